/**
 * Restriction (GDPR art. 18) by the application's own means: columns of the person's row, and where the map names one,
 * a mark that remembers their values from before, so that lifting gives them back exactly.
 */
import type { ActionResult } from "@preau/kernel";
import { bindable, isOneOf, joinSql, type Sql, type SubjectKeys } from "./condition.ts";
import type { DataMap, Scalar } from "./map-schema.ts";
import { changedBy, type Pool, type Runner, rowsOf } from "./query.ts";
import type { DatabaseSchema } from "./read-schema.ts";

export interface RestrictionSite {
  readonly schema: DatabaseSchema;
  readonly prefix: string;
}

/** Which of the persons are restricted. */
export async function restrictedKeys(
  runner: Runner,
  map: DataMap,
  { schema, prefix, keys }: RestrictionSite & { readonly keys: SubjectKeys },
): Promise<ReadonlySet<string>> {
  const { restriction } = map.subject;
  if (restriction === undefined || keys.length === 0) return new Set();
  const [table, by, values] =
    restriction.mark === undefined
      ? [map.subject.table, map.subject.key, restriction.set]
      : [restriction.mark.table, restriction.mark.by, restriction.mark.values];
  if (schema.get(prefix + table)?.columns.has(by) !== true) return new Set();
  const condition = joinSql([isOneOf(by, keys), ...equalTo(values)], " and ");
  const rows = await rowsOf(runner, {
    text: `select ?? as row_subject from ?? where ${condition.text}`,
    bindings: [by, prefix + table, ...condition.bindings],
  });
  return new Set(rows.map((row) => String(row["row_subject"])));
}

/** Restricts one person. Restricting twice is restricting once. */
export async function restrictPerson(
  knex: Pool,
  map: DataMap,
  { schema, prefix, key }: RestrictionSite & { readonly key: number | string },
): Promise<ActionResult> {
  const { restriction, table, key: keyColumn } = map.subject;
  if (restriction === undefined) return { changed: 0, refused: [noMeans(map)] };
  if ((await restrictedKeys(knex, map, { schema, prefix, keys: [key] })).size > 0)
    return { changed: 0, refused: [] };
  return knex.transaction(async (transaction) => {
    const columns = Object.keys(restriction.set);
    if (restriction.mark !== undefined) {
      const own = isOneOf(keyColumn, [key]);
      const [before] = await rowsOf(transaction, {
        text: `select ${columns.map(() => "??").join(", ")} from ?? where ${own.text}`,
        bindings: [...columns, prefix + table, ...own.bindings],
      });
      const { mark } = restriction;
      const row: [string, string | number | null][] = [
        [mark.by, key],
        ...Object.entries(mark.values).map(([column, value]): [string, string | number | null] => [
          column,
          bindable(value),
        ]),
        [mark.remembers, JSON.stringify(before ?? {})],
      ];
      await changedBy(transaction, {
        text: `insert into ?? (${row.map(() => "??").join(", ")}) values (${row.map(() => "?").join(", ")})`,
        bindings: [prefix + mark.table, ...row.map(([column]) => column), ...row.map(([, value]) => value)],
      });
    }
    return {
      changed: await setColumns(transaction, restriction.set, { table: prefix + table, by: keyColumn, key }),
      refused: [],
    };
  });
}

/** Lifts it again, giving back what was there before. */
export async function liftPerson(
  knex: Pool,
  map: DataMap,
  { schema, prefix, key }: RestrictionSite & { readonly key: number | string },
): Promise<ActionResult> {
  const { restriction, table, key: keyColumn } = map.subject;
  if (restriction === undefined) return { changed: 0, refused: [noMeans(map)] };
  if ((await restrictedKeys(knex, map, { schema, prefix, keys: [key] })).size === 0)
    return { changed: 0, refused: [] };
  const own = { table: prefix + table, by: keyColumn, key };
  return knex.transaction(async (transaction) => {
    const { mark } = restriction;
    if (mark === undefined) {
      return { changed: await setColumns(transaction, restriction.clear ?? {}, own), refused: [] };
    }
    const condition = joinSql([isOneOf(mark.by, [key]), ...equalTo(mark.values)], " and ");
    const [row] = await rowsOf(transaction, {
      text: `select ?? as remembered from ?? where ${condition.text}`,
      bindings: [mark.remembers, prefix + mark.table, ...condition.bindings],
    });
    const before = remembered(row?.["remembered"], Object.keys(restriction.set));
    const changed = await setColumns(transaction, before ?? restriction.clear ?? {}, own);
    await changedBy(transaction, {
      text: `delete from ?? where ${condition.text}`,
      bindings: [prefix + mark.table, ...condition.bindings],
    });
    return { changed, refused: [] };
  });
}

function remembered(text: unknown, columns: readonly string[]): Readonly<Record<string, Scalar>> | undefined {
  if (typeof text !== "string") return undefined;
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof values !== "object" || values === null) return undefined;
  const found = values as Readonly<Record<string, Scalar>>;
  return columns.every((column) => column in found) ? found : undefined;
}

async function setColumns(
  runner: Runner,
  values: Readonly<Record<string, Scalar>>,
  { table, by, key }: { readonly table: string; readonly by: string; readonly key: number | string },
): Promise<number> {
  const entries = Object.entries(values);
  if (entries.length === 0) return 0;
  const own = isOneOf(by, [key]);
  return changedBy(runner, {
    text: `update ?? set ${entries.map(() => "?? = ?").join(", ")} where ${own.text}`,
    bindings: [table, ...entries.flatMap(([column, value]) => [column, bindable(value)]), ...own.bindings],
  });
}

function equalTo(values: Readonly<Record<string, Scalar>>): readonly Sql[] {
  return Object.entries(values).map(([column, value]) => ({
    text: "?? = ?",
    bindings: [column, bindable(value)],
  }));
}

function noMeans(map: DataMap) {
  return {
    what: map.subject.table,
    why: "the map names no way in which the application restricts a person",
    remedy: "add subject.restriction to the map",
  };
}
