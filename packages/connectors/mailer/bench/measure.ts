/** Medians of runs, as the interfaces have them. */
export interface Measured {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

export function measure(values: readonly number[], unit: string): Measured {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (index: number) => Number((sorted[index] ?? 0).toPrecision(3));
  return { median: at(Math.floor(sorted.length / 2)), min: at(0), max: at(sorted.length - 1), unit };
}

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

export function rssMiB(): number {
  return Math.round(process.memoryUsage().rss / 2 ** 20);
}
