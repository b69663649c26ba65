/** The places in which a worker runs jobs: one lane that all names share, and one of its own for each light name. */
import type { JobDefinition } from "@preau/kernel";

export interface Lane {
  readonly names: readonly string[];
  /** Jobs that run side by side at most. */
  readonly places: number;
  /** Jobs claimed by one statement at most. */
  readonly batch: number;
  /** Of one light name. */
  readonly isLight: boolean;
}

export function lanesOf(
  definitions: readonly JobDefinition[],
  shared: Pick<Lane, "places" | "batch">,
): readonly Lane[] {
  const lanes: Lane[] = [];
  const names: string[] = [];
  for (const { name, sideBySide } of definitions) {
    if (sideBySide === undefined) names.push(name);
    else lanes.push({ names: [name], places: sideBySide, batch: sideBySide, isLight: true });
  }
  return names.length === 0 ? lanes : [{ names, ...shared, isLight: false }, ...lanes];
}
