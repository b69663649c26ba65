import { type Database, emptyWriteAheadLog } from "@preau/database";
import { markScrubbed, readState } from "./store/key-tables.ts";

/**
 * Takes the old epoch out of the files: SQLite has overwritten the cells (`secure_delete`), and the write-ahead log,
 * which still holds the old pages, is emptied here. True when nothing is left to do; false while another process reads.
 * On MariaDB and MySQL undo log, redo log and binary log keep old rows for a while: that is not ours to empty, and the
 * epoch counts as scrubbed only in our own tables.
 */
export async function scrub(database: Database): Promise<boolean> {
  const state = await readState(database.knex);
  if (state === undefined || state.scrubbedEpoch >= state.epoch) return true;
  if (!(await emptyWriteAheadLog(database))) return false;
  await markScrubbed(database.knex, state.epoch);
  return true;
}
