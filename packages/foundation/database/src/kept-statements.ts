/**
 * SQLite statements compiled once a connection instead of at each use: compiling costs about as much as running a small one.
 * Not kept: those with a `*`, whose columns another process's migration may change, and those that change the schema.
 */
import type { DriverConnection } from "./guarded-client.ts";

interface Preparing extends DriverConnection {
  prepare(sql: string): unknown;
}

/** The texts of one connection; beyond that, all are forgotten and the used ones soon there again. */
const MOST_STATEMENTS = 200;
const KEPT = /^\s*(?:select|insert|update|delete|BEGIN|COMMIT|ROLLBACK)\b[^*]*$/i;

const connections = new WeakMap<DriverConnection, DriverConnection>();

/** The connection as knex's query may see it: it prepares, and nothing else. */
export function keepingStatements(connection: DriverConnection): DriverConnection {
  const known = connections.get(connection);
  if (known !== undefined) return known;
  const driver = connection as Preparing;
  const statements = new Map<string, unknown>();
  const keeping = {
    prepare: (sql: string) => {
      if (!KEPT.test(sql)) return driver.prepare(sql);
      const kept = statements.get(sql);
      if (kept !== undefined) return kept;
      if (statements.size >= MOST_STATEMENTS) statements.clear();
      const made = driver.prepare(sql);
      statements.set(sql, made);
      return made;
    },
  } as unknown as DriverConnection;
  connections.set(connection, keeping);
  return keeping;
}
