/** A site's schema, read once for a batch of copies: whoever comes next asks the server for its checksum. */
import type { Database } from "@preau/database";
import { rowsOf } from "./query.ts";
import { type DatabaseSchema, readSchema } from "./read-schema.ts";

const CHECKSUM = `select count(*) as amount,
  sum(crc32(concat_ws('/', table_name, column_name, column_type, column_key, is_nullable, ordinal_position))) as one,
  bit_xor(crc32(concat_ws('|', column_name, column_type, table_name, ordinal_position))) as two
  from information_schema.columns where table_schema = database()`;

/** Makes a reader that remembers. SQLite has no checksum: it reads each time. */
export function freshSchema(database: Pick<Database, "knex" | "dialect">): () => Promise<DatabaseSchema> {
  let known: { readonly checksum: string; readonly schema: DatabaseSchema } | undefined;
  return async () => {
    if (database.dialect === "sqlite") return readSchema(database);
    const [row] = await rowsOf(database.knex, { text: CHECKSUM, bindings: [] });
    const checksum = JSON.stringify(Object.values(row ?? {}));
    if (known?.checksum === checksum) return known.schema;
    const schema = await readSchema(database);
    known = { checksum, schema };
    return schema;
  };
}
