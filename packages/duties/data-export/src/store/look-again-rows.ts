/** The SQL of the second look: rows as they stand. */
import { inUnit } from "@preau/database";
import type { ControllerId, Unit } from "@preau/kernel";

export const lookedTables = ["exp_order", "exp_fetch"] as const;

const PAGE = 500;

export async function* everyExportRow(
  unit: Unit,
  table: (typeof lookedTables)[number],
  controller: ControllerId,
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  for (let after = ""; ; ) {
    const rows = await inUnit(unit)(table)
      .where({ controller })
      .where("id", ">", after)
      .orderBy("id")
      .limit(PAGE)
      .select<Readonly<Record<string, unknown>>[]>();
    yield* rows;
    if (rows.length < PAGE) return;
    after = String(rows.at(-1)?.["id"]);
  }
}
