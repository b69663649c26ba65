import type { ControllerId } from "@preau/kernel";
import type { Queries } from "./entry-table.ts";

/** Raw segments of the archive, one after the other. */
export async function* rawSegments(
  queries: Queries,
  controller: ControllerId,
): AsyncGenerator<{
  readonly id: string;
  readonly log: string;
  readonly from: number;
  readonly to: number;
  readonly sealed: Buffer;
}> {
  const ids = (await queries("jrn_archive").where({ controller }).pluck("id")) as string[];
  for (const id of ids) {
    const row = await queries("jrn_archive")
      .where({ controller, id })
      .first<
        { log: string; range_from: number | string; range_to: number | string; sealed: Buffer } | undefined
      >();
    if (row === undefined) continue; // pruned meanwhile
    const { log, range_from: from, range_to: to, sealed } = row;
    yield { id, log, from: Number(from), to: Number(to), sealed };
  }
}

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
