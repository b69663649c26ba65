/**
 * Fits the weights of recognise-weights.ts to the development messages: logistic regression of each right on the evidence of each
 * sentence, held small (L2), by steps down its slope in a fixed order. The half held out is not read.
 */
import { readFileSync } from "node:fs";
import type { RequestMatter } from "@preau/kernel";
import { MATTERS } from "../src/recognise-evidence.ts";
import { evidenceIn, evidenceNames } from "../src/recognise-matters.ts";

const [ROUNDS, STEP, SLOWER, PULL, MISSED] = [15, 3, 3, 0.05, 2];
/** Evidence in fewer sentences says nothing of others: a piece by itself, and one of two classes. */
const [LEAST, LEAST_PAIR] = [3, 5];
/** Tenths below which nothing is weighed. */
const SMALLEST = 3;
const A_LINE = 14;

interface Message {
  readonly text: string;
  readonly matters: readonly RequestMatter[];
  readonly passages: readonly string[];
}
interface Row {
  readonly evidence: readonly number[];
  readonly asked: readonly number[];
}

export function developmentMessages(): readonly Message[] {
  return ["fr", "en"].flatMap((language) =>
    readFileSync(new URL(`messages/${language}-development.jsonl`, import.meta.url), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Message),
  );
}

/** By evidence, then by right in the order of D10.1a, in tenths. */
export function fitWeights(messages: readonly Message[]): ReadonlyMap<string, readonly number[]> {
  const rows = messages.flatMap(rowsOf);
  const seen = evidenceNames.map(() => 0);
  for (const { evidence } of rows) for (const at of evidence) seen[at] = (seen[at] ?? 0) + 1;
  const counts = (at: number) =>
    (seen[at] ?? 0) >= ((evidenceNames[at] ?? "").includes(">") ? LEAST_PAIR : LEAST);
  const known: Row[] = rows.map(({ evidence, asked }) => ({ evidence: evidence.filter(counts), asked }));
  // Each right's weights are these times its size: all of them are made smaller at once.
  const weights = MATTERS.map(() => new Float64Array(seen.length));
  const sizes = MATTERS.map(() => 1);
  const next = chance(12_345);
  for (let round = 0, done = 0; round < ROUNDS; round += 1) {
    for (let at = known.length - 1; at > 0; at -= 1) {
      const other = Math.floor(next() * (at + 1));
      [known[at], known[other]] = [known[other] as Row, known[at] as Row];
    }
    for (const { evidence, asked } of known) {
      const scale = 1 / Math.sqrt(evidence.length);
      const step = STEP / (1 + done / known.length / SLOWER);
      done += 1;
      for (const [matter, is] of asked.entries()) {
        const own = weights[matter] as Float64Array;
        let score = 0;
        for (const at of evidence) score += own[at] as number;
        score *= (sizes[matter] as number) * scale;
        const slope = (1 / (1 + Math.exp(-score)) - is) * (is === 1 ? MISSED : 1) * scale;
        sizes[matter] = (sizes[matter] as number) * (1 - (step * PULL) / known.length);
        const change = (step * slope) / sizes[matter];
        for (const at of evidence) own[at] = (own[at] as number) - change;
      }
    }
  }
  const tenths = (own: Float64Array, matter: number, at: number) => {
    const rounded = Math.round((own[at] ?? 0) * (sizes[matter] as number) * 10);
    return Math.abs(rounded) < SMALLEST ? 0 : rounded;
  };
  return new Map(
    evidenceNames.flatMap((name, at) =>
      counts(at) ? [[name, weights.map((own, matter) => tenths(own, matter, at))] as const] : [],
    ),
  );
}

function rowsOf({ text, matters, passages }: Message): readonly Row[] {
  return evidenceIn(text).map(({ start, end, evidence }) => ({
    evidence,
    asked: MATTERS.map((matter) =>
      Number(
        matters.some((each, index) => {
          const piece = passages[index] ?? "";
          const from = text.indexOf(piece);
          return each === matter && from < end && start < from + piece.length;
        }),
      ),
    ),
  }));
}

function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** As recognise-weights.ts holds them: so many a line. */
export function weightLines(weights: ReadonlyMap<string, readonly number[]>): string {
  const letters = (row: readonly number[]) =>
    row.map((weight, at) => (weight === 0 ? "" : `${String.fromCharCode(97 + at)}${weight}`)).join("");
  const each = [...weights].map(([name, row]) => `${name} ${letters(row)}`.trim());
  return Array.from({ length: Math.ceil(each.length / A_LINE) }, (_, at) =>
    each.slice(at * A_LINE, (at + 1) * A_LINE).join("; "),
  ).join("\n");
}

/** Back from those lines. */
export function readLines(text: string): ReadonlyMap<string, readonly number[]> {
  return new Map(
    text
      .trim()
      .split(/\n|; /)
      .map((piece) => {
        const [name = "", letters = ""] = piece.split(" ");
        return [name, MATTERS.map((_, at) => weightOf(letters, at))];
      }),
  );
}

function weightOf(letters: string, at: number): number {
  return Number(new RegExp(`${String.fromCharCode(97 + at)}(-?\\d+)`).exec(letters)?.[1] ?? 0);
}
