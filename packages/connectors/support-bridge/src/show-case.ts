/**
 * A case as an agent sees it: its state, and its words where the client has instructed our team to see them. What was asked at the
 * rights desk is told as a state; the person's data stands nowhere here. @clause DB.n, D10.1c
 */

import { PUBLISHER } from "@preau/contracts";
import { listInstructions } from "@preau/instructions";
import {
  type Bilingual,
  type ControllerId,
  type Gate,
  type InstructionId,
  isFault,
  type Ports,
  type Unit,
} from "@preau/kernel";
import { personOf } from "./answer-case.ts";
import { openWords } from "./case-seal.ts";
import { fault } from "./errors.ts";
import type { SupportBridgeOptions } from "./options.ts";
import { permitTeam } from "./person-flow.ts";
import { readCase } from "./store/cases.ts";
import { wordsOfCase } from "./store/words.ts";
import type { SealedWords, SupportCase, SupportWords } from "./support-case.ts";
import type { SupportPorts } from "./support-ports.ts";

export interface ShownWords {
  readonly line: SupportWords;
  /** Absent where it may not be shown, or is gone. */
  readonly said?: Pick<SealedWords, "text" | "passages">;
}

/** Instructions to give staff access that are tried, the latest first. */
const MOST = 20;

/** Why the words are not shown. */
interface Withheld {
  readonly reason: string;
  readonly clause?: string;
  readonly remedy?: Bilingual;
}

export interface ShownCase {
  readonly line: SupportCase;
  readonly words: readonly ShownWords[];
  readonly withheld?: Withheld;
  /** On which instruction they are shown. */
  readonly instruction?: InstructionId;
}

type ShowPorts = Pick<SupportPorts, "clock" | "vault"> & Pick<Ports, "gate">;

/** How it stands, and no word of it. Undefined where there is none in that scope. */
export async function showLines(
  unit: Unit,
  { scope, id }: { readonly scope: ControllerId | "all"; readonly id: string },
): Promise<ShownCase | undefined> {
  const found = await readCase(unit, scope, id);
  if (found === undefined) return undefined;
  const stored = await wordsOfCase(unit, found.line);
  return { line: found.line, words: stored.map(({ line }) => ({ line })) };
}

/** Undefined where there is none in that scope. */
export async function showCase(
  unit: Unit,
  ports: ShowPorts,
  options: SupportBridgeOptions,
  { scope, id }: { readonly scope: ControllerId | "all"; readonly id: string },
): Promise<ShownCase | undefined> {
  const found = await readCase(unit, scope, id);
  if (found === undefined) return undefined;
  const { line } = found;
  const stored = await wordsOfCase(unit, line);
  const may = await maySee(unit, ports, options, line);
  if ("reason" in may) return { line, words: stored.map((each) => ({ line: each.line })), withheld: may };
  const words: ShownWords[] = [];
  for (const each of stored) {
    const open = await openWords(ports, each.line, each.sealed);
    words.push(open === undefined ? { line: each.line } : { line: each.line, said: open });
  }
  return { line, words, ...may };
}

/**
 * What nobody may read, nobody answers or puts aside.
 * @throws SUPPORT_WITHHELD with the clause and the remedy
 */
export async function requireShown(
  unit: Unit,
  ports: ShowPorts,
  options: SupportBridgeOptions,
  asked: { readonly scope: ControllerId | "all"; readonly id: string },
): Promise<void> {
  const shown = await showCase(unit, ports, options, asked);
  if (shown?.withheld === undefined) return;
  const { clause = "DB.n", remedy } = shown.withheld;
  throw fault("SUPPORT_WITHHELD", { clause, ...(remedy === undefined ? {} : { remedy }) });
}

/** On a standing instruction of the client; of a visitor of whom nobody knows whose it is there is no client to ask. @clause DB.n */
async function maySee(
  unit: Unit,
  { clock, gate }: ShowPorts,
  options: SupportBridgeOptions,
  line: SupportCase,
): Promise<Withheld | { readonly instruction?: InstructionId }> {
  if (line.restrictedAt !== undefined) return { reason: "RESTRICTED", clause: "D10.1a" };
  if (line.controller === PUBLISHER) return {};
  const person = personOf(line);
  if (person === undefined) return {};
  const listed = await listInstructions(unit, line.controller, {
    ...{ kind: "staffAccess", state: "inForce", now: clock.now(), limit: MOST },
  });
  let refused: Withheld | undefined;
  for (const instruction of [undefined, ...listed.map(({ id }) => id)]) {
    const answer = await permittedOn(unit, gate, options, person, instruction);
    if (answer === undefined) return instruction === undefined ? {} : { instruction };
    refused ??= answer;
  }
  return refused ?? { reason: "NO_INSTRUCTION", clause: "DB.n" };
}

async function permittedOn(
  unit: Unit,
  gate: Gate,
  options: SupportBridgeOptions,
  person: NonNullable<ReturnType<typeof personOf>>,
  instruction: InstructionId | undefined,
): Promise<Withheld | undefined> {
  try {
    await permitTeam(unit, gate, person, {
      ...options,
      ...(instruction === undefined ? {} : { instruction }),
    });
    return undefined;
  } catch (error) {
    if (!isFault(error, "GATE_REFUSED")) throw error;
    const { log, clause, remedy } = error.detail;
    return {
      reason: String(log?.["reason"] ?? "GATE_REFUSED"),
      ...(clause === undefined ? {} : { clause }),
      ...(remedy === undefined ? {} : { remedy }),
    };
  }
}
