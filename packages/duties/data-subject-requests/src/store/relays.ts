/** The SQL of relays: each time something was passed on to a controller. */

import type { OfficerId, OfficerRole } from "@preau/contracts";
import { inUnit } from "@preau/database";
import { type ControllerId, type Id, type Instant, instant, type RequestId, type Unit } from "@preau/kernel";
import type { Relay, RelayState } from "../relay.ts";

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly thing: string;
  readonly state: string;
  readonly how: string;
  readonly officer: string | null;
  readonly officer_role: string | null;
  readonly made_at: string;
  readonly until_at: string | null;
  readonly settled_at: string | null;
  readonly opened_at: string | null;
  readonly reference: string | null;
}

const TABLE = "dsr_relay";

export async function insertRelay(unit: Unit, relay: Relay): Promise<void> {
  const { id, controller, thing, state, how, officer, officerRole, madeAt, until, settledAt, reference } =
    relay;
  await inUnit(unit)(TABLE).insert({
    ...{ id, controller, thing, state, how, officer: officer ?? null, officer_role: officerRole ?? null },
    ...{ made_at: madeAt, until_at: until ?? null, settled_at: settledAt ?? null },
    reference: reference ?? null,
  });
}

export async function readRelay(
  unit: Unit,
  controller: ControllerId,
  id: Id<"rel">,
): Promise<Relay | undefined> {
  const row = await inUnit(unit)(TABLE).where({ controller, id }).first<Row | undefined>();
  return row && relayOf(row);
}

/** Under the row's lock; what it is about is locked before. */
export async function lockRelay(
  unit: Unit,
  controller: ControllerId,
  id: Id<"rel">,
): Promise<Relay | undefined> {
  const row = await inUnit(unit)(TABLE).where({ controller, id }).forUpdate().first<Row | undefined>();
  return row && relayOf(row);
}

/** Oldest first. */
export async function relaysOf(
  unit: Unit,
  controller: ControllerId,
  thing: RequestId | Id<"inx">,
): Promise<readonly Relay[]> {
  const rows = await inUnit(unit)(TABLE)
    .where({ controller, thing })
    .orderBy(["made_at", "id"])
    .select<Row[]>();
  return rows.map(relayOf);
}

export async function updateRelay(
  unit: Unit,
  { controller, id }: Pick<Relay, "controller" | "id">,
  {
    state,
    settledAt,
    openedAt,
  }: { readonly state: RelayState; readonly settledAt?: Instant; readonly openedAt?: Instant },
): Promise<void> {
  await inUnit(unit)(TABLE)
    .where({ controller, id })
    .update({
      state,
      ...(settledAt === undefined ? {} : { settled_at: settledAt }),
      ...(openedAt === undefined ? {} : { opened_at: openedAt }),
    });
}

/** Links that were not opened are taken back: those of earlier relays of the same thing. */
export async function supersedeRelays(
  unit: Unit,
  controller: ControllerId,
  thing: RequestId | Id<"inx">,
): Promise<void> {
  await inUnit(unit)(TABLE)
    .where({ controller, thing })
    .whereIn("state", ["queued", "accepted"])
    .update({ state: "superseded" });
}

function relayOf(row: Row): Relay {
  return {
    id: row.id as Id<"rel">,
    controller: row.controller as ControllerId,
    thing: row.thing as RequestId | Id<"inx">,
    state: row.state as RelayState,
    how: row.how as "mail" | "hand",
    madeAt: instant(row.made_at),
    ...(row.officer === null ? {} : { officer: row.officer as OfficerId }),
    ...(row.officer_role === null ? {} : { officerRole: row.officer_role as OfficerRole }),
    ...(row.until_at === null ? {} : { until: instant(row.until_at) }),
    ...(row.settled_at === null ? {} : { settledAt: instant(row.settled_at) }),
    ...(row.opened_at === null ? {} : { openedAt: instant(row.opened_at) }),
    ...(row.reference === null ? {} : { reference: row.reference }),
  };
}
