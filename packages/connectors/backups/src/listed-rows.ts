/** Persons on the replay list whose row is there: what a restore has brought back. Reads the person table once, in pages. */
import { createdRows, type DataMap } from "@preau/data-map";
import type { Database } from "@preau/database";
import {
  type ControllerId,
  creationMark,
  type ErasurePlan,
  type Ground,
  type RegisteredSource,
  type ReplayList,
  type SubjectTarget,
} from "@preau/kernel";
import { fault } from "./errors.ts";

export interface RestoredStore {
  readonly database: Pick<Database, "knex" | "dialect">;
  readonly map: DataMap;
  /** The site's prefix of table names; the map's own when absent. */
  readonly tablePrefix?: string;
  readonly controller: ControllerId;
  readonly registered: RegisteredSource;
  /** Under which source id they were erased; every one that the list has when absent. */
  readonly source?: string;
}

/** Keys of the persons, by the ground of their erasure. */
export type ListedRows = ReadonlyMap<Ground, readonly string[]>;

/**
 * @throws BACKUPS_LIST_MISSING, BACKUPS_LIST_BROKEN, BACKUPS_LIST_STRANGER, BACKUPS_NO_CREATION_TIME
 * @clause D12.3
 */
export async function listedRows(list: ReplayList, store: RestoredStore): Promise<ListedRows> {
  const { controller, map } = store;
  const sources = await list.sources(controller);
  const asked = store.source === undefined ? sources : sources.filter((each) => each === store.source);
  // A word that is written wrong finds nobody, and a gate that finds nobody opens.
  if (store.source !== undefined && asked.length === 0)
    throw fault("BACKUPS_LIST_STRANGER", { place: store.source, clause: "D12.3" });
  const pages = await createdRows(store.database, map, store.tablePrefix);
  if (pages === undefined) throw fault("BACKUPS_NO_CREATION_TIME", { place: map.id, clause: "D12.3" });
  const found = new Map<Ground, string[]>();
  if (asked.length === 0) return found;
  for await (const rows of pages) {
    const keys = new Map(
      rows.flatMap(({ key, created }) =>
        asked.map((source) => [creationMark(source, key, created), key] as const),
      ),
    );
    const seen = new Set<string>();
    for (const [mark, ground] of await list.find(controller, [...keys.keys()])) {
      const key = keys.get(mark) ?? "";
      if (!seen.has(key)) found.set(ground, [...(found.get(ground) ?? []), key]);
      seen.add(key);
    }
  }
  return found;
}

export interface Gate {
  /** Whether the service may open. */
  readonly open: boolean;
  /** Rows on the list that are there, nameless ones that an erasure leaves among them. */
  readonly listed: number;
  /** What an erasure would still change. */
  readonly rows: number;
  /** Persons whom the restored database restricts. */
  readonly restricted: number;
}

/** Nobody on the list is there any more, but for what an erasure leaves. Writes nothing. @clause D12.3 */
export async function restoreGate(list: ReplayList, store: RestoredStore): Promise<Gate> {
  let [listed, rows, restricted] = [0, 0, 0];
  for (const [ground, keys] of await listedRows(list, store)) {
    const plan = await planAgain(store, ground, keys);
    listed += keys.length;
    rows += changesOf(plan);
    restricted += plan.blocked.length;
  }
  return { open: rows === 0 && restricted === 0, listed, rows, restricted };
}

/** A dry run over persons that nobody has to know by name: they get no subject for it. */
export function planAgain(
  store: RestoredStore,
  ground: Ground,
  keys: readonly string[],
): Promise<ErasurePlan> {
  const { map, controller, registered } = store;
  return registered.source.plan({
    ...{ controller, ground, leaveUnknown: true },
    subjects: keys.map((value): SubjectTarget => {
      return { subject: `sub_${value}`, identifiers: [{ kind: map.subject.kind, value }] };
    }),
  });
}

export function changesOf({ tables }: Pick<ErasurePlan, "tables">): number {
  return tables.reduce((sum, { erased, anonymised }) => sum + erased + anonymised, 0);
}
