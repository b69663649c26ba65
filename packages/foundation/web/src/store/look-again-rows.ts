/** Every row of one controller, read raw and in portions: for the second look, which asks no index and no subject. */
import type { Database } from "@preau/database";
import type { ControllerId } from "@preau/kernel";

type RawRow = Readonly<Record<string, unknown>>;

const PORTION = 1_000;
const KEYS = { web_session: ["id"], web_session_key: ["key_hash", "session"] } as const;

export type WebTable = keyof typeof KEYS;
export const webTables = Object.keys(KEYS) as readonly WebTable[];

export async function* rawRows(
  { knex }: Database,
  table: WebTable,
  controller: ControllerId,
): AsyncIterable<RawRow> {
  for (let offset = 0; ; offset += PORTION) {
    const rows = await knex<RawRow>(table)
      .where({ controller } as RawRow)
      .orderBy([...KEYS[table]])
      .limit(PORTION)
      .offset(offset);
    yield* rows as readonly RawRow[];
    if (rows.length < PORTION) return;
  }
}
