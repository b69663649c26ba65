/** `preau instructions …`: the ledger at the machine's own terminal. */
import {
  type Basis,
  basisOf,
  clauseOfKind,
  factsOf,
  findInstruction,
  flagInstruction,
  holdsFlagged,
  type Instruction,
  listInstructions,
  requireKnownWords,
  revokeByHand,
  stateOf,
  thingsOf,
} from "@preau/instructions";
import {
  controllerId,
  type EntryId,
  faultsOf,
  type Instant,
  type InstructionId,
  type InstructionKind,
  type InstructionScope,
  instant,
  instructionKinds,
  isFault,
  errors as kernelErrors,
  type Language,
  type SubjectId,
  type Writing,
} from "@preau/kernel";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { instructionsTexts } from "./instructions-texts.ts";
import { terminalLanguage } from "./report-error.ts";

const kernelFault = faultsOf(kernelErrors);

interface Json {
  readonly json?: boolean;
}
/** Whoever sits at the machine writes down what the publisher was written. */
const OFFICER = { role: "publisherDpo" } as const;
const unknown = () => kernelFault("INSTRUCTION_UNKNOWN", { clause: "D6.1c" });
const STATES = ["inForce", "held", "notYet", "ended", "revoked"] as const;

export interface ListArguments extends Json {
  readonly controller?: string;
  readonly state?: string;
  readonly kind?: string;
}

export function listInstructionsCommand(context: CommandContext, given: ListArguments): Promise<number> {
  const state = given.state === undefined ? undefined : oneOf(STATES, given.state, "--state");
  const kind = given.kind === undefined ? undefined : oneOf(instructionKinds, given.kind, "--kind");
  const scope = given.controller === undefined ? "all" : controllerId(given.controller);
  return withHub(context, {}, async (hub) => {
    const now = context.clock.now();
    const found = await hub.ports.unitOfWork.transaction((unit) =>
      listInstructions(unit, scope, { state, kind, now, limit: 1_000 }),
    );
    const facts = found
      .map((each) => factsIn(hub, each, now))
      .filter((each) => state === undefined || each.state === state);
    if (given.json === true)
      context.out(`${JSON.stringify({ schema: "preau.instructions/1", instructions: facts })}\n`);
    else if (facts.length === 0) context.out(`${wordsOf(context).none}\n`);
    else for (const each of facts) context.out(lineOf(each));
    return 0;
  });
}

/** @throws INSTRUCTION_UNKNOWN */
export function showInstructionCommand(
  context: CommandContext,
  id: string,
  given: Json & { readonly controller: string },
): Promise<number> {
  const controller = controllerId(given.controller);
  return withHub(context, {}, async (hub) => {
    const { instruction, things } = await hub.ports.unitOfWork.transaction(async (unit) => ({
      instruction: await findInstruction(unit, controller, id),
      things: await thingsOf(unit, controller, id as InstructionId),
    }));
    if (instruction === undefined) throw unknown();
    const facts = factsIn(hub, instruction, context.clock.now());
    if (given.json === true)
      context.out(`${JSON.stringify({ schema: "preau.instruction/1", ...facts, things })}\n`);
    else {
      context.out(lineOf(facts));
      for (const { thing, at } of things) context.out(`  ${at}  ${thing}\n`);
    }
    return 0;
  });
}

export interface WritingArguments extends Json {
  readonly controller: string;
  readonly receivedAt: string;
  readonly datedAt?: string;
  readonly means: string;
  readonly writer: string;
  readonly reference: string;
  readonly sha256?: string;
}

export interface RecordArguments extends WritingArguments {
  readonly kind: string;
  readonly product?: string;
  readonly subject?: string;
  readonly about?: string;
  readonly recipients?: string;
  readonly purposes?: string;
  readonly categories?: string;
  readonly fields?: string;
  readonly endsAt?: string;
  readonly key?: string;
}

/** @throws INSTRUCTION_BAD naming the field */
export function recordInstructionCommand(context: CommandContext, given: RecordArguments): Promise<number> {
  const controller = controllerId(given.controller);
  const kind: InstructionKind = oneOf(instructionKinds, given.kind, "--kind");
  const writing = writingIn(given);
  const endsAt = given.endsAt === undefined ? undefined : momentIn(given.endsAt, "--ends-at");
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const id = await ports.unitOfWork.transaction(async (unit) => {
      if ((await ports.contracts.controller(unit, controller)) === undefined)
        throw fault("HUB_CONTROLLER_UNKNOWN", { place: controller });
      requireKnownWords(ports.agreements.of(controller), ports.agreements.announced, scopeIn(given));
      return ports.instructions.record(unit, {
        ...{ controller, kind, clause: clauseOfKind[kind], scope: scopeIn(given), by: OFFICER, writing },
        ...(endsAt === undefined ? {} : { endsAt }),
        ...(given.key === undefined ? {} : { key: given.key }),
      });
    });
    await hub.sequencer.runOnce();
    return say(context, given, { instruction: id }, `${wordsOf(context).recorded}: ${id}`);
  });
}

/** @throws INSTRUCTION_UNKNOWN, INSTRUCTIONS_OWN_VERB */
export function revokeInstructionCommand(
  context: CommandContext,
  id: string,
  given: WritingArguments,
): Promise<number> {
  const controller = controllerId(given.controller);
  const writing = writingIn(given);
  return withHub(context, {}, async (hub) => {
    await hub.ports.unitOfWork.transaction((unit) =>
      revokeByHand(unit, hub.ports, { controller, id: id as InstructionId, by: OFFICER, writing }),
    );
    await hub.sequencer.runOnce();
    return say(context, given, { instruction: id, revoked: true }, `${wordsOf(context).revoked}: ${id}`);
  });
}

/** @throws INSTRUCTION_UNKNOWN, INSTRUCTIONS_BAD_WORDS */
export function flagInstructionCommand(
  context: CommandContext,
  id: string,
  given: Json & { readonly controller: string; readonly why: string },
): Promise<number> {
  const controller = controllerId(given.controller);
  return withHub(context, {}, async (hub) => {
    const flag = await flagInstruction(hub.ports, {
      ...{ controller, instruction: id as InstructionId, by: OFFICER, why: given.why },
    });
    await hub.sequencer.runOnce();
    return say(context, given, { instruction: id, flag }, `${wordsOf(context).flagged}: ${flag}`);
  });
}

/** 0 with what it rests on, 1 when nothing is recorded. @throws INSTRUCTIONS_NO_ENTRY */
export function instructionOfCommand(
  context: CommandContext,
  entry: string,
  given: Json & { readonly controller: string },
): Promise<number> {
  const controller = controllerId(given.controller);
  return withHub(context, {}, async (hub) => {
    const { basis, entry: found } = await hub.ports.unitOfWork.transaction((unit) =>
      basisOf(unit, hub.journal, controller, entry as EntryId),
    );
    if (given.json === true)
      context.out(
        `${JSON.stringify({ schema: "preau.basis/1", entry: found.id, type: found.type, ...basis })}\n`,
      );
    else context.out(`${sayBasis(basis, terminalLanguage(context.environment))}\n`);
    return basis.basis === "none" ? 1 : 0;
  });
}

function sayBasis(basis: Basis, language: Language): string {
  const words = instructionsTexts[language];
  if (basis.basis === "instruction") return `${words.onInstruction} ${basis.instructions.join(", ")}`;
  if (basis.basis === "entryIsInstruction") return `${words.isInstruction} ${basis.entry} (${basis.type})`;
  return basis.basis === "agreement" ? `${words.byAgreement} ${basis.clause}` : words.noBasis;
}

function factsIn({ ports }: Hub, each: Instruction, now: Instant) {
  return factsOf(each, stateOf(each, now, holdsFlagged(ports.agreements, each.controller)));
}

function lineOf({ id, controller, kind, clause, state, recordedAt }: ReturnType<typeof factsOf>): string {
  return `${id}  ${controller}  ${kind} (${clause})  ${state}  ${recordedAt}\n`;
}

function say(context: CommandContext, { json }: Json, facts: object, line: string): number {
  context.out(
    json === true ? `${JSON.stringify({ schema: "preau.instruction/1", ...facts })}\n` : `${line}\n`,
  );
  return 0;
}

function wordsOf({ environment }: CommandContext) {
  return instructionsTexts[terminalLanguage(environment)];
}

/** @throws HUB_BAD_ARGUMENT */
function oneOf<const T extends string>(words: readonly T[], text: string, place: string): T {
  const found = words.find((each) => each === text);
  if (found === undefined) throw fault("HUB_BAD_ARGUMENT", { place });
  return found;
}

/** @throws HUB_BAD_ARGUMENT */
function momentIn(text: string, place: string): Instant {
  try {
    // A moment of whole seconds, as most people write one.
    return instant(text.replace(/(T\d{2}:\d{2}:\d{2})Z$/, "$1.000Z"));
  } catch (cause) {
    if (!isFault(cause)) throw cause;
    throw fault("HUB_BAD_ARGUMENT", { place, cause });
  }
}

function writingIn(given: WritingArguments): Writing {
  const { reference, datedAt, sha256 } = given;
  return {
    receivedAt: momentIn(given.receivedAt, "--received-at"),
    means: oneOf(["email", "letter", "desk"], given.means, "--means"),
    writer: oneOf(["representative", "dpo", "contact"], given.writer, "--writer"),
    reference,
    ...(datedAt === undefined ? {} : { datedAt: momentIn(datedAt, "--dated-at") }),
    ...(sha256 === undefined ? {} : { sha256 }),
  };
}

function scopeIn(given: RecordArguments): InstructionScope {
  const { product, subject } = given;
  const lists = (["about", "recipients", "purposes", "categories", "fields"] as const).flatMap((name) => {
    const text = given[name];
    return text === undefined ? [] : [[name, text.split(",").map((each) => each.trim())] as const];
  });
  return {
    ...(product === undefined ? {} : { product }),
    ...(subject === undefined ? {} : { subject: subject as SubjectId }),
    ...Object.fromEntries(lists),
  };
}
