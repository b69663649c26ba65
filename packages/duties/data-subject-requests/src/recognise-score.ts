/** How much the evidence of a sentence speaks for each right. */
import { MATTERS } from "./recognise-evidence.ts";

/** Below even odds: a missed right costs more than a person's look at what is none. */
const ENOUGH = -0.8;

export interface Weights {
  /** By evidence, then by right. */
  readonly of: Float64Array;
  readonly isWeighed: Uint8Array;
}

/** Of pieces such as `ERASE a-12c97`: a name, and tenths by the letter of each right. */
export function readWeights(text: string, names: readonly string[]): Weights {
  const numbers = new Map(names.map((name, at) => [name, at]));
  const of = new Float64Array(names.length * MATTERS.length);
  const isWeighed = new Uint8Array(names.length);
  for (const piece of text.trim().split(/\n|; /)) {
    const [name = "", row = ""] = piece.split(" ");
    const at = numbers.get(name);
    if (at === undefined) continue;
    isWeighed[at] = 1;
    for (const [, letter = "", tenths] of row.matchAll(/([a-z])(-?\d+)/g))
      of[at * MATTERS.length + letter.charCodeAt(0) - 97] = Number(tenths) / 10;
  }
  return { of, isWeighed };
}

/** Sums, and how many they are of: evidence weighs less the more there is of it. */
export interface Score {
  readonly sums: Float64Array;
  readonly count: number;
}

export function sumOf({ of, isWeighed }: Weights, evidence: readonly number[], given?: Score): Score {
  const rights = MATTERS.length;
  const sums = given === undefined ? new Float64Array(rights) : given.sums.slice();
  let count = given?.count ?? 0;
  for (const at of evidence) {
    if (isWeighed[at] !== 1) continue;
    count += 1;
    for (let right = 0, from = at * rights; right < rights; right += 1)
      sums[right] = (sums[right] as number) + (of[from + right] as number);
  }
  return { sums, count };
}

export function isEnough({ sums, count }: Score, right: number): boolean {
  return count > 0 && (sums[right] as number) / Math.sqrt(count) > ENOUGH;
}

/** The three that speak for it most. */
export function strongest({ of }: Weights, evidence: readonly number[], right: number): readonly number[] {
  const weight = (at: number) => of[at * MATTERS.length + right] as number;
  return evidence
    .filter((at) => at > 0 && weight(at) > 0)
    .toSorted((a, b) => weight(b) - weight(a))
    .slice(0, 3);
}
