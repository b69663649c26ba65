/** The records of a project, table after table, in batches of flat memory. */
import type { ProjectRecord } from "@preau/kernel";

const BATCH_ROWS = 500;

export interface RecordsOfTable {
  /** The `where` of its records. */
  readonly table: string;
  /** Its records; to be read to the end, or left: whatever is left is read over. */
  readonly batches: () => AsyncGenerator<readonly ProjectRecord[]>;
}

/**
 * Splits a stream of records where the table changes. Records of a table stand together.
 * @param seen told of every record, also of one that nobody reads
 */
export async function* byTable(
  records: AsyncIterable<ProjectRecord>,
  seen: (record: ProjectRecord) => void,
): AsyncGenerator<RecordsOfTable> {
  const stream = records[Symbol.asyncIterator]();
  const held: { next?: ProjectRecord | undefined } = {};
  const advance = async (): Promise<void> => {
    const step = await stream.next();
    held.next = step.done === true ? undefined : step.value;
    if (held.next !== undefined) seen(held.next);
  };
  try {
    await advance();
    while (held.next !== undefined) {
      const table = held.next.where;
      yield { table, batches: () => batchesOf(table) };
      while (isOf(table)) await advance();
    }
  } finally {
    await stream.return?.();
  }

  function isOf(table: string): boolean {
    return held.next?.where === table;
  }

  async function* batchesOf(table: string): AsyncGenerator<readonly ProjectRecord[]> {
    while (isOf(table)) {
      const batch: ProjectRecord[] = [];
      for (let { next } = held; next?.where === table && batch.length < BATCH_ROWS; { next } = held) {
        batch.push(next);
        await advance();
      }
      yield batch;
    }
  }
}
