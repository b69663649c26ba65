/** The SQL of rows whose evidence is gone. */
import { inUnit } from "@preau/database";
import { type ControllerId, type Instant, instant, type Unit } from "@preau/kernel";

const TABLES = ["ins_instruction", "ins_observation", "ins_notice"] as const;

export interface EndedRow {
  readonly table: (typeof TABLES)[number];
  readonly id: string;
}

export async function rowsToEnd(unit: Unit, controller: ControllerId): Promise<readonly EndedRow[]> {
  const rows: EndedRow[] = [];
  for (const table of TABLES)
    for (const { id } of await inUnit(unit)(table).where({ controller }).select<{ id: string }[]>("id"))
      rows.push({ table, id });
  return rows;
}

/** With the flags and links that hang on them. */
export async function deleteOf(unit: Unit, controller: ControllerId, rows: readonly EndedRow[]) {
  for (const { table, id } of rows) {
    await inUnit(unit)(table).where({ controller, id }).delete();
    if (table !== "ins_instruction") continue;
    for (const hanging of ["ins_flag", "ins_link"])
      await inUnit(unit)(hanging).where({ controller, instruction: id }).delete();
  }
}

export async function oldestRows(
  unit: Unit,
): Promise<readonly { readonly controller: ControllerId; readonly oldest: Instant }[]> {
  const rows = await inUnit(unit)("ins_instruction")
    .groupBy("controller")
    .select("controller")
    .min<{ controller: ControllerId; oldest: string }[]>("recorded_at as oldest");
  return rows.map(({ controller, oldest }) => ({ controller, oldest: instant(oldest) }));
}
