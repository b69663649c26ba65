/**
 * Fits the weights of recognise-weights.ts to the development messages: logistic regression of each right on the evidence of each
 * sentence, by AdaGrad in a fixed order. The half held out is not read.
 */
import { readFileSync } from "node:fs";
import type { RequestMatter } from "@preau/kernel";
import { evidenceNames, MATTERS } from "../src/recognise-evidence.ts";
import { evidenceIn } from "../src/recognise-matters.ts";

const [ROUNDS, STEP, PULL, MISSED] = [15, 0.5, 3e-3, 2];
/** Evidence in fewer sentences says nothing of others. */
const LEAST = 3;

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

/** By evidence, then by right in the order of D10.1a, in hundredths. */
export function fitWeights(messages: readonly Message[]): ReadonlyMap<string, readonly number[]> {
  const rows = messages.flatMap(rowsOf);
  const seen = evidenceNames.map(() => 0);
  for (const { evidence } of rows) for (const at of evidence) seen[at] = (seen[at] ?? 0) + 1;
  const weights = MATTERS.map(() => new Float64Array(seen.length));
  const sums = MATTERS.map(() => new Float64Array(seen.length).fill(1e-6));
  const next = chance(12_345);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let at = rows.length - 1; at > 0; at -= 1) {
      const other = Math.floor(next() * (at + 1));
      [rows[at], rows[other]] = [rows[other] as Row, rows[at] as Row];
    }
    for (const { evidence, asked } of rows) {
      const known = evidence.filter((at) => (seen[at] ?? 0) >= LEAST);
      const scale = 1 / Math.sqrt(known.length);
      for (const [matter, is] of asked.entries()) {
        const [own, sum] = [weights[matter] as Float64Array, sums[matter] as Float64Array];
        let score = 0;
        for (const at of known) score += own[at] as number;
        const error = (1 / (1 + Math.exp(-score * scale)) - is) * (is === 1 ? MISSED : 1) * scale;
        if (Math.abs(error) < 1e-3) continue;
        for (const at of known) {
          const slope = error + PULL * (own[at] as number);
          sum[at] = (sum[at] as number) + slope * slope;
          own[at] = (own[at] as number) - (STEP * slope) / Math.sqrt(sum[at] as number);
        }
      }
    }
  }
  return new Map(
    evidenceNames.flatMap((name, at) => {
      if ((seen[at] ?? 0) < LEAST) return [];
      return [[name, weights.map((own) => Math.round((own[at] as number) * 100))] as const];
    }),
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

/** As recognise-weights.ts holds them: three a line. */
export function weightLines(weights: ReadonlyMap<string, readonly number[]>): string {
  const each = [...weights].map(([name, row]) => `${name} ${row.join(" ")}`);
  return Array.from({ length: Math.ceil(each.length / 3) }, (_, at) =>
    each.slice(at * 3, at * 3 + 3).join("; "),
  ).join("\n");
}
