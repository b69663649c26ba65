/** What a person sees of the support: what is offered, and what was written, as it is kept. Answers are read by being shown. @clause DC, DB.n */
import { type Gate, isFault, type Unit } from "@preau/kernel";
import { openWords } from "./case-seal.ts";
import { offerSupport, type SupportOffer } from "./offer-support.ts";
import type { SupportBridgeOptions } from "./options.ts";
import { permitAnswer } from "./person-flow.ts";
import { markRead, ownCasesOf } from "./store/person-cases.ts";
import { type StoredWords, wordsOfCase } from "./store/words.ts";
import type { SealedWords, SupportCase, SupportWords } from "./support-case.ts";
import type { SupportPorts } from "./support-ports.ts";
import type { SupportPerson } from "./wall.ts";

/** Cases that a page holds; the latest. */
const MOST_CASES = 20;

export interface OwnCase {
  readonly line: SupportCase;
  readonly words: readonly OwnWords[];
}

interface OwnWords {
  readonly line: SupportWords;
  readonly said?: Pick<SealedWords, "text">;
  /** An answer that the gate lets nobody show now: the clause. */
  readonly held?: string;
}

export interface OwnSupport {
  readonly offer: SupportOffer;
  /** With unread answers first, then the latest. */
  readonly cases: readonly OwnCase[];
  /** Answers that were not seen before. */
  readonly unread: number;
}

type OwnPorts = SupportPorts & { readonly gate: Gate };

/** `marks`: what is shown is read from now on. */
export async function ownSupport(
  unit: Unit,
  ports: OwnPorts,
  options: SupportBridgeOptions,
  person: SupportPerson,
  { marks }: { readonly marks: boolean },
): Promise<OwnSupport> {
  const { controller, subject } = person;
  const stored = await ownCasesOf(unit, controller, subject);
  const cases: OwnCase[] = [];
  for (const { line } of stored.slice(0, MOST_CASES)) {
    const words: OwnWords[] = [];
    const all = await wordsOfCase(unit, line);
    const lines = all.map((each) => each.line);
    for (const each of all)
      words.push(await ownWords(unit, ports, options, { person, stored: each, words: lines }));
    cases.push({ line, words });
  }
  const unread = cases.reduce((sum, one) => sum + unreadIn(one), 0);
  const seen = cases.flatMap(({ words }) => words.filter(isUnread)).map(({ line }) => line.id);
  if (marks) await markRead(unit, controller, seen);
  return {
    offer: await offerSupport(unit, ports, options, person),
    cases: cases.toSorted((a, b) => Number(unreadIn(b) > 0) - Number(unreadIn(a) > 0)),
    unread,
  };
}

/** The gate is asked when an answer is shown, as it is when one leaves for the desk. @clause D10.1c */
async function ownWords(
  unit: Unit,
  ports: OwnPorts,
  options: SupportBridgeOptions,
  {
    person,
    stored: { line, sealed },
    words,
  }: {
    readonly person: SupportPerson;
    readonly stored: StoredWords;
    readonly words: readonly SupportWords[];
  },
): Promise<OwnWords> {
  const open = await openWords(ports, line, sealed);
  if (open === undefined) return { line };
  const { text, instruction } = open;
  if (line.state !== "waits") return { line, said: { text } };
  try {
    await permitAnswer(unit, ports.gate, person, {
      ...{ ...options, operation: "show", words },
      ...(instruction === undefined ? {} : { instruction }),
    });
    return { line, said: { text } };
  } catch (error) {
    if (!isFault(error, "GATE_REFUSED")) throw error;
    return { line, held: error.clause ?? "D10.1c" };
  }
}

export function unreadIn({ words }: OwnCase): number {
  return words.filter(isUnread).length;
}

function isUnread({ line, held }: OwnWords): boolean {
  return line.state === "waits" && held === undefined;
}
