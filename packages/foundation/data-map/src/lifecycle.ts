/**
 * The lifecycle face of an application that is known by its data map alone: accounts with their anchors, events that go
 * by age, the window for administrators. Nothing is copied; every answer is read when it is asked for.
 * @clause D12.4, DD.8, S10, DB.D.self
 */
import type { Database } from "@preau/database";
import type { ControllerId, DeletionRequest, Lifecycle } from "@preau/kernel";
import { accessWindowOf } from "./access-window.ts";
import { accountKeys, noAccounts, readFacts, standingKeys } from "./account-facts.ts";

import { agedRowsOf } from "./aged-rows.ts";
import { stillNeeds } from "./anonymise.ts";
import { compileMap } from "./compile-map.ts";
import { allOf, notTrue, type Sql, whereParts } from "./condition.ts";
import { fault } from "./errors.ts";
import type { LifecycleMap } from "./lifecycle-schema.ts";
import type { DataMap } from "./map-schema.ts";
import { momentOf } from "./moment.ts";
import type { AccountSite } from "./person-rows.ts";
import { exactly, rowsOf } from "./query.ts";
import { readLookups } from "./read-lookups.ts";
import { readSchema } from "./read-schema.ts";

export interface LifecycleOptions {
  readonly database: Pick<Database, "knex" | "dialect">;
  readonly map: DataMap;
  /** The controller whose data the database holds. */
  readonly controller: ControllerId;
  /** The site's prefix of table names; the map's own when absent. */
  readonly tablePrefix?: string;
  /** Rows of a log a transaction; 1,000 when absent. */
  readonly batchRows?: number;
  /** Awaited after every transaction of a purge. */
  readonly throttle?: () => Promise<void>;
}

/** Undefined when the map has no `lifecycle`. Nothing is read before the first call. */
export function makeDataMapLifecycle(options: LifecycleOptions): Lifecycle | undefined {
  const { database, map, controller } = options;
  const { lifecycle } = map;
  if (lifecycle === undefined) return undefined;
  const prefix = options.tablePrefix ?? map.tablePrefix;
  const siteNow = async (): Promise<{ readonly site: AccountSite; readonly not: Sql }> => {
    const schema = await readSchema(database);
    const { knex: runner, dialect } = database;
    const site: AccountSite = { runner, dialect, map, lifecycle, schema, prefix };
    return { site, not: await noAccounts(site, await namelessRows(site)) };
  };
  const { deletionRequests, activityLog, access } = lifecycle;
  return {
    accounts: async (of, { after, limit }) => {
      if (of !== controller || limit < 1) return { accounts: [] };
      const { site, not } = await siteNow();
      const keys = await accountKeys(site, not, { after, limit });
      const accounts = await readFacts(site, keys);
      const last = keys.at(-1);
      return last === undefined || keys.length < limit ? { accounts } : { accounts, next: last };
    },
    factsOf: async (of, identifiers) => {
      if (of !== controller) return [];
      const asked = [
        ...new Set(identifiers.filter(({ kind }) => kind === map.subject.kind).map(({ value }) => value)),
      ];
      if (asked.length === 0) return [];
      const { site, not } = await siteNow();
      const standing = new Set(await standingKeys(site, not, asked));
      return readFacts(
        site,
        asked.filter((key) => standing.has(key)),
      );
    },
    ...(deletionRequests === undefined
      ? {}
      : {
          deletionRequests: async (of) =>
            of === controller ? requestsIn((await siteNow()).site, deletionRequests) : [],
        }),
    ...(activityLog.length === 0
      ? {}
      : {
          activityLog: agedRowsOf({
            ...{ database, controller, tables: activityLog, prefix },
            batchRows: options.batchRows ?? 1_000,
            throttle: options.throttle ?? (() => Promise.resolve()),
          }),
        }),
    ...(access === undefined ? {} : { access: accessWindowOf({ database, controller, access, prefix }) }),
  };
}

/** Rows of the person table that an erasure has finished with: nameless, they are nobody's account. */
async function namelessRows(site: AccountSite): Promise<Sql | undefined> {
  const { runner, map, schema, prefix } = site;
  const own = compileMap(map, schema, prefix, "account-deleted").find((table) => table.own);
  if (own === undefined || own.anonymise.length === 0) return undefined;
  const lookups = await readLookups(runner, map, schema, prefix);
  const needed = own.anonymise.flatMap((each) => {
    const parts = stillNeeds(each, { table: own.schema, lookups });
    return parts.length === 0 ? [] : [allOf(parts)];
  });
  return needed.length === 0 ? undefined : allOf(needed.map(notTrue));
}

/** @throws DATA_MAP_MISFIT @clause DB.D.self */
async function requestsIn(
  { runner, dialect, schema, prefix, map }: AccountSite,
  { table: name, id, account, requestedBy, at, where }: NonNullable<LifecycleMap["deletionRequests"]>,
): Promise<readonly DeletionRequest[]> {
  const table = schema.get(prefix + name);
  const columns = [id, account, at.column, ...(requestedBy === undefined ? [] : [requestedBy])];
  const lacking = [...columns, ...Object.keys(where ?? {})].find(
    (column) => table?.columns.has(column) !== true,
  );
  if (table === undefined || lacking !== undefined)
    throw fault("DATA_MAP_MISFIT", {
      place: `${prefix}${name}${lacking === undefined ? "" : `.${lacking}`}`,
    });
  const read = columns.map((column) => exactly(column, table.columns.get(column)?.is, dialect));
  const condition = allOf([{ text: "1 = 1", bindings: [] }, ...whereParts(where)]);
  const rows = await rowsOf(runner, {
    text: `select ${read.map(({ text }, index) => `${text} as value_${index}`).join(", ")} from ?? where ${condition.text}`,
    bindings: [...read.flatMap(({ bindings }) => bindings), table.name, ...condition.bindings],
  });
  return rows.flatMap((row): readonly DeletionRequest[] => {
    const key = String(row["value_1"]);
    const requestedAt = momentOf(row["value_2"], at.form);
    if (requestedAt === undefined) return [];
    const own = requestedBy === undefined || String(row["value_3"]) === key;
    return [
      {
        id: String(row["value_0"]),
        account: { kind: map.subject.kind, value: key },
        requestedBy: own ? "dataSubject" : "controllerAdministrator",
        requestedAt,
      },
    ];
  });
}
