/** Rows that bear a person's key. */
import type { ControllerId } from "@preau/kernel";
import type { Queries } from "./entry-table.ts";

/** Entries with a slot sealed under that key. */
export async function countSealed(queries: Queries, controller: ControllerId, key: string): Promise<number> {
  const row = await queries("jrn_entry")
    .where({ controller })
    .where((either) => {
      void either.where({ subject_key: key }).orWhere({ actor_key: key });
    })
    .count({ rows: "*" })
    .first<{ rows: number | string } | undefined>();
  return Number(row?.rows ?? 0);
}
