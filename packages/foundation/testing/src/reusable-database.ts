/**
 * Databases that several tests of a suite use one after the other: a test gets one that is as new but for its empty tables, since
 * making sixty tables takes longer than most tests. One whose tables a test has changed is thrown away.
 */
import { DatabaseSync } from "node:sqlite";
import { afterAll } from "vitest";
import { type DatabaseKind, type FreshDatabase, freshDatabase } from "./fresh-database.ts";
import { sharedMariaDb } from "./shared-mariadb.ts";

interface ReusableDatabase {
  readonly url: string;
  /** What its tables looked like when it was ready; undefined while nobody has said. */
  shape?: string | undefined;
}

export interface ReusableDatabases {
  /** An empty one. */
  take(): Promise<ReusableDatabase>;
  /** It is ready: from here on its tables are to stay as they are. */
  isReady(database: ReusableDatabase): Promise<void>;
  /** Nobody has it open any more. */
  giveBack(database: ReusableDatabase): Promise<void>;
}

/** Bookkeeping of migrations: what it says stays true. What was made without any is made anew for each test. */
const KEPT = "db_migration";

/** For the suite in which it is called. */
export function reusableDatabases(kind: DatabaseKind): ReusableDatabases {
  const idle: ReusableDatabase[] = [];
  const made = new Map<string, FreshDatabase>();
  const remove = async ({ url }: ReusableDatabase) => {
    await made.get(url)?.remove();
    made.delete(url);
  };
  afterAll(async () => {
    for (const each of idle.splice(0)) await remove(each);
  });
  const side = kind === "sqlite" ? sqlite : mariaDb;
  return {
    take: async () => {
      const known = idle.pop();
      if (known !== undefined) return known;
      const fresh = await freshDatabase(kind);
      made.set(fresh.url, fresh);
      return { url: fresh.url };
    },
    isReady: async (database) => {
      database.shape ??= await side.shapeOf(database.url);
    },
    giveBack: async (database) => {
      const { url, shape } = database;
      // Of another shape: the next test would notice.
      const again = shape !== undefined && shape !== "" && (await side.shapeOf(url)) === shape;
      if (!again) return remove(database);
      await side.empty(url);
      idle.push(database);
    },
  };
}

const sqlite = {
  shapeOf: async (url: string) =>
    withSqlite(url, (database) => {
      const tables = database.prepare("select name, sql from sqlite_master order by name").all();
      return tables.some(({ name }) => name === KEPT) ? JSON.stringify(tables) : "";
    }),
  empty: async (url: string) => {
    withSqlite(url, (database) => {
      const tables = database
        .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
        .all();
      database.exec("begin immediate");
      for (const { name } of tables) if (name !== KEPT) database.exec(`delete from "${String(name)}"`);
      database.exec("commit");
    });
  },
};

function withSqlite<T>(url: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(url.slice("sqlite:".length), { enableForeignKeyConstraints: false });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const mariaDb = {
  shapeOf: async (url: string) => {
    const server = await sharedMariaDb();
    const schema = schemaOf(url);
    return (
      (await server?.ask(
        "SET SESSION group_concat_max_len = 10000000; SELECT IF(SUM(table_name = '" +
          KEPT +
          "') > 0, MD5(GROUP_CONCAT(table_name, column_name, column_type, column_key" +
          ` ORDER BY table_name, ordinal_position)), '') FROM information_schema.columns WHERE table_schema = '${schema}'`,
      )) ?? ""
    );
  },
  empty: async (url: string) => {
    const server = await sharedMariaDb();
    const schema = schemaOf(url);
    await server?.ask(
      `DELIMITER //\nBEGIN NOT ATOMIC SET FOREIGN_KEY_CHECKS = 0; FOR r IN (SELECT table_name AS name FROM information_schema.tables` +
        ` WHERE table_schema = '${schema}' AND table_type = 'BASE TABLE' AND table_name <> '${KEPT}')` +
        ` DO EXECUTE IMMEDIATE CONCAT('DELETE FROM \`${schema}\`.\`', r.name, '\`'); END FOR; SET FOREIGN_KEY_CHECKS = 1; END //\nDELIMITER `,
    );
  },
};

function schemaOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
