/** How much the evidence of a sentence speaks for each right. */
import { evidenceNames } from "./recognise-evidence.ts";
import { weights } from "./recognise-weights.ts";

interface Weights {
  /** By evidence, then by right. */
  readonly of: Float64Array;
  readonly isWeighed: Uint8Array;
  readonly rights: number;
}

const read = readWeights(weights);

function readWeights(text: string): Weights {
  const lines = text.trim().split(/\n|; /);
  const rights = (lines[0] ?? "").split(" ").length - 1;
  const [of, isWeighed] = [
    new Float64Array(evidenceNames.length * rights),
    new Uint8Array(evidenceNames.length),
  ];
  for (const line of lines) {
    const [name = "", ...row] = line.split(" ");
    const at = evidenceNames.indexOf(name);
    if (at < 0) continue;
    isWeighed[at] = 1;
    for (const [right, hundredths] of row.entries()) of[at * rights + right] = Number(hundredths) / 100;
  }
  return { of, isWeighed, rights };
}

/** Sums, and how many they are of: evidence weighs less the more there is of it. */
export interface Score {
  readonly sums: Float64Array;
  readonly count: number;
}

export function sumOf(evidence: readonly number[], given?: Score): Score {
  const { of, isWeighed, rights } = read;
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

export function scoreFor({ sums, count }: Score, right: number): number {
  return count === 0 ? 0 : (sums[right] as number) / Math.sqrt(count);
}

/** The three that speak for it most. */
export function strongest(evidence: readonly number[], right: number): readonly string[] {
  const weight = (at: number) => read.of[at * read.rights + right] as number;
  return evidence
    .filter((at) => at > 0 && weight(at) > 0)
    .toSorted((a, b) => weight(b) - weight(a))
    .slice(0, 3)
    .map((at) => evidenceNames[at] as string);
}
