/**
 * What it costs to recognise the matters of a message of 2,000 characters, against one regular expression of plain words over the
 * same text. Runs of both sides alternate, so that a busy moment falls on both.
 */
import { readFileSync } from "node:fs";
import { figureOf } from "@preau/testing";
import { recogniseMatters } from "../src/recognise-matters.ts";

interface BenchOptions {
  readonly runs: number;
  readonly seed: number;
}
const LENGTH = 2_000;
const MESSAGES = 100;
const PLAIN =
  /\b(?:droit d['’]acc[eè]s|copie de mes donn[ée]es|donn[ée]es que vous d[ée]tenez|rectifi\w*|corrig\w*|mettre [àa] jour|effac\w*|supprim\w*|m['’]oppose|limitation du traitement|geler|portabilit[ée]|d[ée]cision automatis[ée]e|profilage|retire mon consentement|qui est le responsable|dur[ée]e de conservation|right of access|copy of my|what data|correct my|inaccurate|delete\w*|eras\w*|remove my|object to|restrict processing|freeze my|portability|machine-readable|automated decision|withdraw my consent|privacy policy|how long)/giu;

/** Cases `2 kB of mail` and `20 kB written to cost time`, in milliseconds of processor time each. */
export async function bench({ runs }: BenchOptions) {
  const messages = mails();
  const hostile = "je ne veux pas que mes données effacer copie « ".repeat(450).slice(0, 10 * LENGTH);
  const [ours, peer, worst] = [[] as number[], [] as number[], [] as number[]];
  for (let round = -3; round < Math.max(10, runs); round += 1) {
    const own = cost(() => {
      for (const text of messages) recogniseMatters(text);
    });
    const plain = cost(() => {
      for (const text of messages) for (const _ of text.matchAll(PLAIN)) continue;
    });
    const long = cost(() => recogniseMatters(hostile));
    if (round < 0) continue; // they warm up
    ours.push(own / messages.length);
    peer.push(plain / messages.length);
    worst.push(long);
  }
  const [figure, longest] = [figureOf(ours, "ms"), figureOf(worst, "ms")];
  return {
    cases: [
      {
        case: `${LENGTH} characters of mail`,
        ours: figure,
        peer: { name: "one plain regular expression", ...figureOf(peer, "ms") },
        goal: "<= 0.3 ms",
        met: figure.median <= 0.3,
      },
      {
        case: `${10 * LENGTH} characters written to cost time`,
        ours: longest,
        goal: "<= 10 times the above, and a little",
        met: longest.median <= 20 * figure.median,
      },
    ],
  };
}

/** Development messages one after the other, cut to one length. */
function mails(): readonly string[] {
  const texts = ["fr", "en"].flatMap((language) =>
    readFileSync(new URL(`../test/messages/${language}-development.jsonl`, import.meta.url), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { readonly text: string }).text),
  );
  const all = texts.join("\n\n").repeat(3);
  return Array.from({ length: MESSAGES }, (_, at) => all.slice(at * LENGTH, (at + 1) * LENGTH));
}

/** Milliseconds of processor time. */
function cost(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
