import type { ControllerId } from "@preau/kernel";
import type { Queries } from "./entry-table.ts";

/** Slots that were sealed under a key and still hold something, by slot. */
export async function rowsUnderKey(
  queries: Queries,
  controller: ControllerId,
  key: string,
): Promise<{ readonly actor: number; readonly subject: number }> {
  const count = async (slot: "actor" | "subject") => {
    const rows = await queries("jrn_entry")
      .select("id")
      .where({ controller, [`${slot}_key`]: key })
      .whereNotNull(`${slot}_sealed`);
    return rows.length;
  };
  return { actor: await count("actor"), subject: await count("subject") };
}
