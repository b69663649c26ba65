/** `preau support …`: decides, says who writes, answers, ends, at the machine's own terminal, in the name of the support. */
import type { Origin } from "@preau/kernel";
import {
  answerCase,
  assignWriter,
  closeCase,
  confirmProposal,
  eraseAtDesk,
  markErasedAtDesk,
  rejectProposal,
  requireShown,
  showLines,
  type WriterBehindWall,
  writersBehindWall,
} from "@preau/support-bridge";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { terminalLanguage } from "./report-error.ts";
import { idIn, mattersIn, textOfInput } from "./request-options.ts";
import { AGENT, controllerIn, personIn, supportOptionsOf } from "./support-options.ts";
import { supportTexts } from "./support-texts.ts";

interface Json {
  readonly json?: boolean;
}

/** 0; it goes to the rights desk. @throws SUPPORT_NO_CASE, SUPPORT_NO_PROPOSAL */
export async function supportConfirmCommand(
  context: CommandContext,
  id: string,
  given: Json & { readonly matter?: string },
): Promise<number> {
  const words = idIn("spw", id, "message");
  const matters = given.matter === undefined ? undefined : mattersIn(given.matter);
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    await ports.unitOfWork.transaction((unit) =>
      confirmProposal(unit, ports, {
        ...{ scope: "all", words, by: AGENT },
        ...(matters === undefined ? {} : { matters }),
      }),
    );
    return answer(context, hub, given, { message: words, proposal: "confirmed" });
  });
}

/** 0; it asks for no right. @throws SUPPORT_NO_CASE, SUPPORT_NO_PROPOSAL */
export async function supportRejectCommand(
  context: CommandContext,
  id: string,
  given: Json,
): Promise<number> {
  const words = idIn("spw", id, "message");
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    await ports.unitOfWork.transaction((unit) =>
      rejectProposal(unit, ports, { scope: "all", words, by: AGENT }),
    );
    return answer(context, hub, given, { message: words, proposal: "rejected" });
  });
}

export interface AssignArguments extends Json {
  readonly writer: string;
  readonly controller?: string;
  readonly product?: string;
  readonly role?: string;
  readonly subject?: string;
}

/** 0, with the side on which the case is then. @throws SUPPORT_NO_CASE, SUPPORT_WRITER_KNOWN, HUB_BAD_ARGUMENT */
export async function supportAssignCommand(
  context: CommandContext,
  id: string,
  given: AssignArguments,
): Promise<number> {
  const one = idIn("sup", id, "case");
  return withHub(context, {}, async (hub) => {
    const writer = await writerIn(hub, given);
    const line = await hub.ports.unitOfWork.transaction((unit) =>
      assignWriter(unit, hub.ports, { scope: "all", case: one, writer, by: AGENT }),
    );
    const { side, reason, controller, desk } = line;
    return answer(context, hub, given, { case: one, side, reason, controller, desk });
  });
}

async function writerIn(hub: Hub, { writer, ...given }: AssignArguments) {
  if (Object.hasOwn(writersBehindWall, writer)) return { behindWall: writer as WriterBehindWall };
  if (writer !== "person") throw fault("HUB_BAD_ARGUMENT", { place: "--writer" });
  const controller = controllerIn(given.controller);
  const { product = "", role } = given;
  if (!hub.ports.agreements.of(controller).products.some((each) => each.id === product))
    throw fault("HUB_BAD_ARGUMENT", { place: "--product" });
  if (role !== "teacher" && role !== "administrator") throw fault("HUB_BAD_ARGUMENT", { place: "--role" });
  const subject = await personIn(hub, controller, given.subject);
  if (subject === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--subject" });
  const origin: Origin = "outsideGar";
  return { controller, product, role, origin, subject };
}

export interface AnswerArguments extends Json {
  readonly instruction?: string;
  readonly key?: string;
}

/**
 * 0, with what was masked; it is sent, or waits in the hub. The client's instruction to see the case is asked for.
 * @throws SUPPORT_NO_CASE, SUPPORT_WITHHELD, SUPPORT_BAD_WORDS, SUPPORT_DECIDE_FIRST, SUPPORT_WRITER_UNKNOWN, GATE_REFUSED
 */
export async function supportAnswerCommand(
  context: CommandContext,
  id: string,
  given: AnswerArguments,
): Promise<number> {
  const one = idIn("sup", id, "case");
  const instruction =
    given.instruction === undefined ? undefined : idIn("ins", given.instruction, "--instruction");
  const text = await textOfInput(context, "stdin");
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const options = supportOptionsOf(hub);
    const said = await ports.unitOfWork.transaction(async (unit) => {
      await requireShown(unit, ports, options, { scope: "all", id: one });
      return answerCase(unit, ports, options, {
        ...{ scope: "all", case: one, text, by: AGENT, press: given.key ?? ports.ids.next("prs") },
        ...(instruction === undefined ? {} : { instruction }),
      });
    });
    const { id: message, state, masked } = said;
    return answer(context, hub, given, { case: one, message, state, masked });
  });
}

/** 0; twice is once. @throws SUPPORT_NO_CASE */
export async function supportCloseCommand(context: CommandContext, id: string, given: Json): Promise<number> {
  const one = idIn("sup", id, "case");
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    await ports.unitOfWork.transaction(async (unit) => {
      const shown = await showLines(unit, { scope: "all", id: one });
      const controller = shown?.line.controller;
      if (controller === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "case" });
      await closeCase(unit, ports, supportOptionsOf(hub), { controller, id: one, by: AGENT });
    });
    return answer(context, hub, given, { case: one, state: "closed" });
  });
}

/** 0; the worker does it, or a person has. @throws SUPPORT_NO_CASE */
export async function supportEraseCommand(
  context: CommandContext,
  id: string,
  given: Json & { readonly byHand?: boolean },
): Promise<number> {
  const one = idIn("sup", id, "case");
  const work = given.byHand === true ? markErasedAtDesk : eraseAtDesk;
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const desk = await ports.unitOfWork.transaction(async (unit) => {
      await work(unit, ports, { scope: "all", case: one, by: AGENT });
      return (await showLines(unit, { scope: "all", id: one }))?.line.desk;
    });
    return answer(context, hub, given, { case: one, desk });
  });
}

async function answer(context: CommandContext, hub: Hub, given: Json, told: object): Promise<number> {
  await hub.sequencer.runOnce();
  const { done } = supportTexts[terminalLanguage(context.environment)];
  if (given.json === true) context.out(`${JSON.stringify({ schema: "preau.support/1", ...told })}\n`);
  else context.out(`${done}: ${sayValues(told)}\n`);
  return 0;
}

function sayValues(told: object): string {
  return Object.entries(told)
    .map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" · ");
}
