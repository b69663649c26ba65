/** The lists that this installation has written to. They belong to no controller: an id, and a time. */
import { inUnit } from "@preau/database";
import { type Instant, isFault, type Unit } from "@preau/kernel";

export async function listsWritten(unit: Unit): Promise<readonly string[]> {
  const rows = await inUnit(unit)("bck_list").orderBy("id").select<{ id: string }[]>("id");
  return rows.map(({ id }) => id);
}

/** The same twice is once. */
export async function noteList(unit: Unit, id: string, at: Instant): Promise<void> {
  try {
    await inUnit(unit)("bck_list").insert({ id, first_written_at: at });
  } catch (error) {
    if (!isFault(error, "DATABASE_DUPLICATE")) throw error;
  }
}
