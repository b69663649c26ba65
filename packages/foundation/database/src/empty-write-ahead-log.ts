/**
 * After rows were deleted: SQLite has overwritten their cells in the file (`secure_delete`), but the pages of before stand
 * in the write-ahead log until it is emptied, in clear. True when nothing of them is left in our files; false while
 * another process reads. MariaDB's and MySQL's logs are not ours to empty.
 */
import { isFault } from "@preau/kernel";
import type { Database } from "./open-database.ts";

const ATTEMPTS = 5;

export async function emptyWriteAheadLog({
  knex,
  dialect,
}: Pick<Database, "knex" | "dialect">): Promise<boolean> {
  if (dialect !== "sqlite") return true;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      const [row] = await knex.raw<{ busy: number }[]>("PRAGMA wal_checkpoint(TRUNCATE)");
      if (row?.busy === 0) return true;
    } catch (error) {
      if (!isFault(error, "DATABASE_BUSY")) throw error; // another process empties it
    }
    await new Promise((resolve) => setTimeout(resolve, 20 * attempt));
  }
  return false;
}
