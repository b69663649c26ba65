/**
 * Facts of accounts, read page by page: a fixed number of statements for a page, whatever the number of accounts. What
 * the map does not say is absent: a role or an origin is never guessed.
 */
import type { AccountFacts, Instant } from "@preau/kernel";
import { allOf, anyOf, isOneOf, notTrue, type Sql, type SubjectKeys, whereParts } from "./condition.ts";
import type { MomentForm, PersonCondition, PersonMoment } from "./lifecycle-schema.ts";
import { momentOf } from "./moment.ts";
import { type AccountSite, fromPersons, personsWith, tableWith } from "./person-rows.ts";
import { exactly, type Row, rowsOf } from "./query.ts";
import type { SchemaTable } from "./read-schema.ts";

/** Rows that no account stands behind, and rows that an erasure has left nameless. */
export async function noAccounts(site: AccountSite, nameless: Sql | undefined): Promise<Sql> {
  const { lifecycle, map } = site;
  const parts = lifecycle.exclude.map((where) => allOf(whereParts(where)));
  const listed = await listedKeys(site);
  if (listed.length > 0)
    parts.push(isOneOf(map.subject.key, listed, personTable(site).columns.get(map.subject.key)?.is));
  if (nameless !== undefined) parts.push(nameless);
  return anyOf(parts);
}

/** @throws DATA_MAP_MISFIT when the site has not the list that the map names: an account would be taken for a person's */
async function listedKeys({ runner, lifecycle, schema, prefix }: AccountSite): Promise<SubjectKeys> {
  const { excludeListed } = lifecycle;
  if (excludeListed === undefined) return [];
  const { table, column, where } = excludeListed;
  tableWith(schema, prefix + table, [column, ...Object.keys(where)]);
  const condition = allOf(whereParts(where));
  const rows = await rowsOf(runner, {
    text: `select ?? as listed from ?? where ${condition.text}`,
    bindings: [column, prefix + table, ...condition.bindings],
  });
  return rows.flatMap((row) =>
    textIn(row["listed"])
      .split(/[\s,;]+/)
      .filter((each) => each !== ""),
  );
}

function textIn(cell: unknown): string {
  return typeof cell === "string" || typeof cell === "number" ? String(cell) : "";
}

/** The person table of the site. @throws DATA_MAP_MISFIT */
function personTable({ map, schema, prefix }: Pick<AccountSite, "map" | "schema" | "prefix">): SchemaTable {
  return tableWith(schema, prefix + map.subject.table, [map.subject.key]);
}

/** Keys of one page of the person table, in its order. */
export async function accountKeys(
  site: AccountSite,
  not: Sql,
  page: { readonly after?: string | undefined; readonly limit: number },
): Promise<readonly string[]> {
  const { runner, dialect, map } = site;
  const table = personTable(site);
  const { key } = map.subject;
  const is = table.columns.get(key)?.is;
  const read = exactly(key, is, dialect);
  // A whole number is written out: bound as a text it would be compared as a text.
  const past: readonly Sql[] =
    page.after === undefined
      ? []
      : is === "number" && /^-?\d{1,20}$/.test(page.after)
        ? [{ text: `?? > ${page.after}`, bindings: [key] }]
        : [{ text: "?? > ?", bindings: [key, page.after] }];
  const condition = allOf([notTrue(not), ...past]);
  const rows = await rowsOf(runner, {
    text: `select ${read.text} as account from ?? where ${condition.text} order by ?? limit ${page.limit}`,
    bindings: [...read.bindings, table.name, ...condition.bindings, key],
  });
  return rows.map((row) => String(row["account"]));
}

/** Which of these are accounts still. */
export async function standingKeys(
  site: AccountSite,
  not: Sql,
  keys: SubjectKeys,
): Promise<readonly string[]> {
  const table = personTable(site);
  const { key } = site.map.subject;
  const read = exactly(key, table.columns.get(key)?.is, site.dialect);
  const condition = allOf([isOneOf(key, keys, table.columns.get(key)?.is), notTrue(not)]);
  const rows = await rowsOf(site.runner, {
    text: `select ${read.text} as account from ?? where ${condition.text}`,
    bindings: [...read.bindings, table.name, ...condition.bindings],
  });
  return rows.map((row) => String(row["account"]));
}

/** The facts of these accounts, in the order of the keys. @throws DATA_MAP_MISFIT */
export async function readFacts(
  site: AccountSite,
  keys: readonly string[],
): Promise<readonly AccountFacts[]> {
  if (keys.length === 0) return [];
  const { lifecycle, map } = site;
  const { subject } = map;
  const own = (moment: Pick<PersonMoment, "column" | "form">): PersonMoment => ({ ...moment, through: [] });
  const created =
    subject.created === undefined || lifecycle.created === undefined
      ? undefined
      : await latest(site, keys, own({ column: subject.created, form: lifecycle.created }));
  const activity = await Promise.all(lifecycle.lastActivity.map((moment) => latest(site, keys, moment)));
  const until = await Promise.all(lifecycle.enrolledUntil.map((moment) => latest(site, keys, moment)));
  const deleted =
    lifecycle.deleted === undefined ? new Set<string>() : await holding(site, keys, lifecycle.deleted);
  const deletedAt =
    lifecycle.deleted?.at === undefined ? undefined : await latest(site, keys, own(lifecycle.deleted.at));
  const roles = await firstThatHolds(site, keys, lifecycle.roles);
  const origins = await firstThatHolds(site, keys, lifecycle.origins);
  return keys.map((key): AccountFacts => {
    const createdAt = created?.get(key)?.at;
    const lastActivity = latestOf(activity.map((each) => each.get(key)?.at));
    const ends = until.flatMap((each) => each.get(key) ?? []);
    // One class without an end, and nobody can say until when.
    const enrolledUntil = ends.some(({ open }) => open) ? undefined : latestOf(ends.map(({ at }) => at));
    const goneAt = deleted.has(key) ? (deletedAt?.get(key)?.at ?? lastActivity ?? createdAt) : undefined;
    const role = roles.get(key)?.role;
    const origin = origins.get(key)?.origin;
    return {
      identifier: { kind: subject.kind, value: key },
      ...(role === undefined ? {} : { role }),
      ...(origin === undefined ? {} : { origin }),
      ...(createdAt === undefined ? {} : { createdAt }),
      ...(lastActivity === undefined ? {} : { lastActivity }),
      ...(goneAt === undefined ? {} : { deletedAt: goneAt }),
      ...(enrolledUntil === undefined ? {} : { enrolledUntil }),
    };
  });
}

function latestOf(instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants.reduce(
    (last, each) => (last === undefined || (each !== undefined && each > last) ? each : last),
    undefined,
  );
}

interface Latest {
  readonly at: Instant | undefined;
  /** A row of this person has no such moment. */
  readonly open: boolean;
}

/**
 * The latest moment of each person, in their own row or in rows that refer to them. A table that the site does not have
 * is skipped: an optional module is not installed. One that lacks the column is a misfit.
 */
async function latest(
  site: AccountSite,
  keys: SubjectKeys,
  moment: PersonMoment,
): Promise<ReadonlyMap<string, Latest>> {
  const { column, form } = moment;
  const from = fromPersons(site, keys, moment, moment.through);
  if (from === undefined) return new Map();
  tableWith(site.schema, from.last.table, [column]);
  const at: Sql = { text: "??.??", bindings: [from.last.alias, column] };
  const none = noMoment(at, form);
  const rows = await rowsOf(site.runner, {
    text: `select ${from.person.text} as account, max(${at.text}) as latest, sum(case when ${none.text} then 1 else 0 end) as unending from ${from.sql.text} group by ${from.person.text}`,
    bindings: [
      ...from.person.bindings,
      ...at.bindings,
      ...none.bindings,
      ...from.sql.bindings,
      ...from.person.bindings,
    ],
  });
  return new Map(
    rows.map((row: Row) => [
      String(row["account"]),
      { at: momentOf(row["latest"], form), open: Number(row["unending"]) > 0 },
    ]),
  );
}

/** « No moment » in the words of the form: a date is never compared with a text, nor a text with a number. */
function noMoment({ text, bindings }: Sql, form: MomentForm): Sql {
  if (form === "database") return { text: `${text} is null`, bindings };
  const nothing = form === "unixSeconds" || form === "unixMillis" ? "0" : "''";
  return { text: `${text} is null or ${text} = ${nothing}`, bindings: [...bindings, ...bindings] };
}

/** The first of the conditions that holds for each person. */
async function firstThatHolds<C extends PersonCondition>(
  site: AccountSite,
  keys: SubjectKeys,
  conditions: readonly C[],
): Promise<ReadonlyMap<string, C>> {
  const found = new Map<string, C>();
  for (const condition of conditions) {
    const rest = keys.filter((key) => !found.has(String(key)));
    if (rest.length === 0) break;
    for (const key of await holding(site, rest, condition)) found.set(key, condition);
  }
  return found;
}

/** Persons for whom a condition holds: on their own row, on rows that refer to them, or both. */
async function holding(
  site: AccountSite,
  keys: SubjectKeys,
  { where, rows }: PersonCondition,
): Promise<ReadonlySet<string>> {
  const ofOwn = where === undefined ? keys : [...(await personsWith(site, keys, { where, through: [] }))];
  // Neither: it holds for everybody whom no earlier one took.
  return rows === undefined ? new Set(ofOwn.map(String)) : personsWith(site, ofOwn, rows);
}
