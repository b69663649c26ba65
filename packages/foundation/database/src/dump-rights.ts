/**
 * What the account of a database may have dumped: an event or a stored routine that it may not read stops `mariadb-dump`
 * where it is asked for, and is left out without a word where it is not visible. What may be missing is said.
 */
import type { NotCovered } from "@preau/kernel";
import { readDatabaseUrl } from "./database-url.ts";
import type { DumpOptions } from "./dump-database.ts";
import type { Database } from "./open-database.ts";

export interface DumpRights {
  readonly events: boolean;
  readonly routines: boolean;
  /** Those alone; all when absent. */
  readonly tables?: readonly string[];
  readonly notCovered: readonly NotCovered[];
}

/** What a dump of this database may lack. Nothing for SQLite. */
export async function outsideDump(
  database: Database,
  { tablePrefix }: Pick<DumpOptions, "tablePrefix"> = {},
): Promise<readonly NotCovered[]> {
  const target = readDatabaseUrl(database.url);
  if (target.dialect === "sqlite") return [];
  return (await dumpRights(database, target.name, tablePrefix)).notCovered;
}

/** Asks the server. @throws DATABASE_UNREACHABLE */
export async function dumpRights({ knex }: Database, name: string, tablePrefix = ""): Promise<DumpRights> {
  const rows = async (sql: string, ...values: string[]) => {
    const [found] = (await knex.raw(sql, values)) as [Record<string, unknown>[]];
    return found;
  };
  const grants = (await rows("show grants")).flatMap((row) => Object.values(row).map(String));
  const events = isGranted(grants, "EVENT", name);
  const [hidden] = await rows(
    "select count(*) as n from information_schema.routines where routine_schema = ? and routine_definition is null",
    name,
  );
  const routines = Number(hidden?.["n"] ?? 0) === 0;
  const unsafe = await rows(
    "select table_name as t from information_schema.tables where table_schema = ? and table_type = 'BASE TABLE' and engine not in ('InnoDB', 'RocksDB', 'TokuDB') order by table_name",
    name,
  );
  const all = (
    await rows("select table_name as t from information_schema.tables where table_schema = ?", name)
  ).map((row) => String(row["t"]));
  const own = all.filter((table) => table.startsWith(tablePrefix));
  const isShared = own.length < all.length;
  const lacking = (what: string, right: string): NotCovered => ({
    what,
    why: "the account of the database may not see them, if there are any",
    remedy: `GRANT ${right}`,
  });
  return {
    events: events && !isShared,
    routines: routines && !isShared,
    ...(isShared ? { tables: own } : {}),
    notCovered: [
      ...(isShared
        ? [
            {
              what: `${all.length - own.length} tables of the same database, stored routines and events`,
              why: `they are not this application’s: their names do not begin with ${tablePrefix}`,
            },
          ]
        : []),
      ...(isGranted(grants, "SELECT", name) ? [] : [lacking("further tables and columns", "SELECT")]),
      ...(events ? [] : [lacking("scheduled events", "EVENT")]),
      ...(isGranted(grants, "TRIGGER", name) ? [] : [lacking("triggers", "TRIGGER")]),
      ...(routines && (isGranted(grants, "SELECT", "mysql") || isGranted(grants, "SHOW CREATE ROUTINE", name))
        ? []
        : [lacking("stored routines", "SHOW CREATE ROUTINE, or SELECT ON mysql.proc")]),
      ...(unsafe.length === 0
        ? []
        : [
            {
              what: `${unsafe.length} tables without transactions (MyISAM, Aria, MEMORY)`,
              why: "they are dumped as they stand when their turn comes, not at the instant of the others",
              remedy: "let nobody write meanwhile (maintenance mode), or convert them to InnoDB",
              places: unsafe.map((row) => String(row["t"])),
            },
          ]),
    ],
  };
}

/** Whether a line of SHOW GRANTS gives a right on a whole database, or on all. */
function isGranted(grants: readonly string[], right: string, database: string): boolean {
  return grants.some((grant) => {
    const [, rights = "", on = ""] = /^GRANT (.+?) ON (\*|`(?:[^`]|``)+`)\.\*/.exec(grant) ?? [];
    if (!rights.split(", ").some((each) => each === right || each === "ALL PRIVILEGES")) return false;
    return on === "*" || matches(on.slice(1, -1).replaceAll("``", "`"), database);
  });
}

/** A database's name in a grant is a pattern: `_` and `%` stand for others unless escaped. */
function matches(pattern: string, name: string): boolean {
  const source = pattern.replaceAll(/\\?[\s\S]/g, (part) => {
    if (part === "_") return ".";
    if (part === "%") return ".*";
    return part.slice(-1).replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${source}$`, "s").test(name);
}
