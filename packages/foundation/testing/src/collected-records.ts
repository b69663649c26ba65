/** Records that a source has given, as its contract compares them. */
import type { ErasurePlan, PersonalRecord } from "@preau/kernel";

export async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

export function rowsOf(records: readonly PersonalRecord[]): readonly string[] {
  return records.map(({ where, row }) => JSON.stringify([where, row])).sort();
}

export function withoutKept(records: readonly PersonalRecord[], plan: ErasurePlan): readonly string[] {
  return rowsOf(records.filter(({ where }) => !plan.kept.some((each) => each.where === where)));
}

export function hitsOutsideKept(
  where: readonly { readonly place: string; readonly hits: number }[],
  plan: ErasurePlan,
) {
  return where.filter(
    ({ place }) => !plan.kept.some((each) => place.split(".")[0] === each.where.split(".")[0]),
  );
}
