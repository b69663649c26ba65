/** What a benchmark says of one case: INTERFACES, *Benchmarks*. */
export interface Figure {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

/** Median and range, to four digits; zeros for none. */
export function figureOf(values: readonly number[], unit: string): Figure {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (place: number) => Number((sorted[place] ?? 0).toPrecision(4));
  return { median: at(Math.floor(sorted.length / 2)), min: at(0), max: at(sorted.length - 1), unit };
}

/** Milliseconds of wall time that it took. */
export async function msOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
