/** Controllers in the database: one row each. Every query but the list is of one controller; the list is given a scope. */

import type { GoodFriday, Region } from "@preau/calendar";
import { insertRows } from "@preau/database";
import { foldName } from "@preau/identifiers";
import type { ControllerId, Instant } from "@preau/kernel";
import type { Controller, ControllerKind, Kept } from "../controller.ts";
import type { Scope } from "../scope.ts";
import type { Queries } from "./queries.ts";

interface ControllerRow {
  readonly controller: ControllerId;
  readonly kind: ControllerKind;
  readonly name: string;
  readonly legal_form: string | null;
  readonly seat: string | null;
  readonly siret: string | null;
  readonly uai: string | null;
  readonly region: Region;
  readonly zone: string;
  readonly good_friday: GoodFriday | null;
  readonly folded: string;
  readonly version: number;
  readonly created_at: Instant;
}

const TABLE = "ctr_controller";

function controllerOf(row: ControllerRow): Kept<Controller> {
  return {
    id: row.controller,
    kind: row.kind,
    name: row.name,
    ...(row.legal_form === null ? {} : { legalForm: row.legal_form }),
    ...(row.seat === null ? {} : { seat: row.seat }),
    ...(row.siret === null ? {} : { siret: row.siret }),
    ...(row.uai === null ? {} : { uai: row.uai }),
    place: {
      region: row.region,
      zone: row.zone,
      ...(row.good_friday === null ? {} : { goodFriday: row.good_friday }),
    },
    createdAt: row.created_at,
    version: row.version,
  };
}

function rowOf(each: Controller, version: number): ControllerRow {
  const known = [each.name, each.seat, each.uai, each.siret, each.id].filter((text) => text !== undefined);
  return {
    controller: each.id,
    kind: each.kind,
    name: each.name,
    legal_form: each.legalForm ?? null,
    seat: each.seat ?? null,
    siret: each.siret ?? null,
    uai: each.uai ?? null,
    region: each.place.region,
    zone: each.place.zone,
    good_friday: each.place.goodFriday ?? null,
    folded: foldName(known.join(" ")).slice(0, 700),
    version,
    created_at: each.createdAt,
  };
}

export async function readController(
  queries: Queries,
  controller: ControllerId,
): Promise<Kept<Controller> | undefined> {
  const row = await queries<ControllerRow>(TABLE).where({ controller }).first<ControllerRow | undefined>();
  return row && controllerOf(row);
}

/** @throws DATABASE_DUPLICATE when one of them is there */
export async function insertControllers(queries: Queries, all: readonly Controller[]): Promise<void> {
  await insertRows(
    queries,
    TABLE,
    all.map((each) => rowOf(each, 1)),
  );
}

/** False when it has another version by now. */
export async function updateController(queries: Queries, each: Kept<Controller>): Promise<boolean> {
  const { controller, created_at: _, ...changes } = rowOf(each, each.version + 1);
  const changed = await queries<ControllerRow>(TABLE)
    .where({ controller, version: each.version })
    .update(changes);
  return changed === 1;
}

/** Counts an edit of what hangs on the controller (its officers); false when somebody was first. */
export async function bumpController(
  queries: Queries,
  controller: ControllerId,
  version: number,
): Promise<boolean> {
  const changed = await queries<ControllerRow>(TABLE)
    .where({ controller, version })
    .update({ version: version + 1 });
  return changed === 1;
}

export interface ControllerQuery {
  readonly scope: Scope;
  /** Words that name, seat, UAI, SIRET or identifier must hold, in any order. */
  readonly search?: string;
  readonly limit: number;
  readonly offset: number;
}

/** One page of the list, in the order of their names, and how many there are. */
export async function listControllers(
  queries: Queries,
  query: ControllerQuery,
): Promise<{ readonly controllers: readonly Kept<Controller>[]; readonly total: number }> {
  const found = () => {
    const select = queries<ControllerRow>(TABLE);
    if (query.scope !== "all") void select.where({ controller: query.scope });
    for (const word of wordsOf(query.search)) {
      void select.whereRaw("folded like ? escape '!'", [`%${word.replaceAll(/[!%_]/g, "!$&")}%`]);
    }
    return select;
  };
  const count = await found().count({ rows: "*" }).first();
  const rows = await found()
    .orderBy([{ column: "folded" }, { column: "controller" }])
    .limit(query.limit)
    .offset(query.offset)
    .select<ControllerRow[]>("*");
  return { controllers: rows.map(controllerOf), total: Number(count?.["rows"] ?? 0) };
}

/** At most eight words: more narrow nothing, and each costs a look at every row. */
function wordsOf(search: string | undefined): readonly string[] {
  return foldName(search ?? "")
    .split(" ")
    .filter((word) => word !== "")
    .slice(0, 8);
}

/** All of a scope, by identifier. */
export async function readControllers(queries: Queries, scope: Scope): Promise<readonly Kept<Controller>[]> {
  const select = queries<ControllerRow>(TABLE).orderBy("controller");
  if (scope !== "all") void select.where({ controller: scope });
  return (await select.select<ControllerRow[]>("*")).map(controllerOf);
}
