/** Every row of one controller that could name a person, read raw and in portions: for the second look. */
import { inUnit } from "@preau/database";
import type { ControllerId, Unit } from "@preau/kernel";

const PORTION = 1_000;
const KEYS = { ret_purge_person: ["purge", "subject"], ret_hold: ["id"] } as const;

export type LookedTable = keyof typeof KEYS;
export const lookedTables = Object.keys(KEYS) as readonly LookedTable[];

export async function* rawRows(
  unit: Unit,
  table: LookedTable,
  controller: ControllerId,
): AsyncIterable<Readonly<Record<string, unknown>>> {
  for (let offset = 0; ; offset += PORTION) {
    const rows = await inUnit(unit)(table)
      .where({ controller })
      .orderBy([...KEYS[table]])
      .limit(PORTION)
      .offset(offset)
      .select<Readonly<Record<string, unknown>>[]>();
    yield* rows;
    if (rows.length < PORTION) return;
  }
}
