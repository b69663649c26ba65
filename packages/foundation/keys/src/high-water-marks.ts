/**
 * How far a signed log had grown, kept in the key store's database, apart from the data: an older copy of the data alone,
 * or one that was emptied, is then noticed. A mark is only ever raised. It protects nothing from whoever writes to both.
 */
import type { Database } from "@preau/database";
import { insertMark, raiseMark, readMark } from "./store/mark-table.ts";

export interface HighWaterMark {
  /** Entries in the log. */
  readonly size: number;
  /** Root of its tree at that size, 32 bytes. */
  readonly root: Buffer;
}

export interface HighWaterMarks {
  /** The mark of the log with that origin; undefined when none was ever set. */
  read(origin: string): Promise<HighWaterMark | undefined>;
  /** Sets the mark where there is none or a lower one; a late writer lowers nothing. */
  raise(origin: string, mark: HighWaterMark): Promise<void>;
}

/** @param database the key store's, migrated with `keyMigrations` */
export function makeHighWaterMarks({ knex }: Pick<Database, "knex">): HighWaterMarks {
  return {
    read: (origin) => readMark(knex, origin),
    raise: async (origin, mark) => {
      if (await raiseMark(knex, origin, mark)) return;
      await insertMark(knex, origin, mark);
      await raiseMark(knex, origin, mark); // somebody else's first mark, a lower one, came between the two
    },
  };
}
