/** What a person sees of the support: what is offered, and what was written, as it is kept. Answers are read by being shown. @clause DC, DB.n */
import type { Gate, Unit } from "@preau/kernel";
import { openWords } from "./case-seal.ts";
import { offerSupport, type SupportOffer } from "./offer-support.ts";
import type { SupportBridgeOptions } from "./options.ts";
import { markRead, ownCasesOf } from "./store/person-cases.ts";
import { wordsOfCase } from "./store/words.ts";
import type { SealedWords, SupportCase, SupportWords } from "./support-case.ts";
import type { SupportPorts } from "./support-ports.ts";
import type { SupportPerson } from "./wall.ts";

/** Cases that a page holds; the latest. */
const MOST_CASES = 20;

export interface OwnCase {
  readonly line: SupportCase;
  readonly words: readonly { readonly line: SupportWords; readonly said?: Pick<SealedWords, "text"> }[];
}

export interface OwnSupport {
  readonly offer: SupportOffer;
  /** With unread answers first, then the latest. */
  readonly cases: readonly OwnCase[];
  /** Answers that were not seen before. */
  readonly unread: number;
}

/** `marks`: what is shown is read from now on. */
export async function ownSupport(
  unit: Unit,
  ports: SupportPorts & { readonly gate: Gate },
  options: SupportBridgeOptions,
  person: SupportPerson,
  { marks }: { readonly marks: boolean },
): Promise<OwnSupport> {
  const { controller, subject } = person;
  const stored = await ownCasesOf(unit, controller, subject);
  const cases: OwnCase[] = [];
  for (const { line } of stored.slice(0, MOST_CASES)) {
    const words: OwnCase["words"][number][] = [];
    for (const each of await wordsOfCase(unit, line)) {
      const open = await openWords(ports, each.line, each.sealed);
      words.push(open === undefined ? { line: each.line } : { line: each.line, said: { text: open.text } });
    }
    cases.push({ line, words });
  }
  const unread = cases.reduce((sum, one) => sum + unreadIn(one), 0);
  if (marks)
    await markRead(
      unit,
      controller,
      cases.map(({ line }) => line.id),
    );
  return {
    offer: await offerSupport(unit, ports, options, person),
    cases: cases.toSorted((a, b) => Number(unreadIn(b) > 0) - Number(unreadIn(a) > 0)),
    unread,
  };
}

export function unreadIn({ words }: OwnCase): number {
  return words.filter(({ line }) => line.state === "waits").length;
}
