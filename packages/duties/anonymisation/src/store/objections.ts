/** The SQL of objections, and of the row that they and releases lock. */
import type { OfficerRole } from "@preau/contracts";
import { inUnit } from "@preau/database";
import { type ActorRole, type ControllerId, type Instant, instant, type Unit } from "@preau/kernel";
import type { Means, Objection, ObjectionId, Written } from "../objection.ts";

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly received_at: string;
  readonly recorded_at: string;
  readonly recorded_by: string;
  readonly means: string;
  readonly writer: string | null;
  readonly reference: string | null;
  readonly withdrawn_received_at: string | null;
  readonly withdrawn_recorded_at: string | null;
  readonly withdrawn_by: string | null;
  readonly withdrawn_means: string | null;
  readonly withdrawn_writer: string | null;
  readonly withdrawn_reference: string | null;
}

interface StandingRow {
  readonly controller: string;
  readonly opposed_since: string | null;
}

/** More ids in one statement would outgrow SQLite's limit of variables. */
const AT_ONCE = 500;

/**
 * Locks the standings of these controllers until the unit ends, in one order for everybody, and says since when each of
 * them is opposed. Whoever objects meanwhile waits; whoever objected before is seen.
 */
export async function lockStandings(
  unit: Unit,
  controllers: readonly ControllerId[],
): Promise<ReadonlyMap<ControllerId, Instant | undefined>> {
  const sorted = [...new Set(controllers)].sort();
  const found = new Map<ControllerId, Instant | undefined>();
  for (let start = 0; start < sorted.length; start += AT_ONCE) {
    const some = sorted.slice(start, start + AT_ONCE);
    const read = () =>
      inUnit(unit)("ano_standing")
        .whereIn("controller", some)
        .orderBy("controller")
        .forUpdate()
        .select<StandingRow[]>();
    let rows = await read();
    if (rows.length < some.length) {
      const known = new Set(rows.map(({ controller }) => controller));
      const missing = some.filter((each) => !known.has(each));
      await inUnit(unit)("ano_standing")
        .insert(missing.map((controller) => ({ controller, opposed_since: null })))
        .onConflict("controller")
        .ignore();
      rows = await read();
    }
    for (const { controller, opposed_since: since } of rows)
      found.set(controller as ControllerId, since === null ? undefined : instant(since));
  }
  return found;
}

/** Since when each of these is opposed, without a lock: one indexed read. */
export async function readStandings(
  unit: Unit,
  controllers: readonly ControllerId[],
): Promise<ReadonlyMap<ControllerId, Instant>> {
  const found = new Map<ControllerId, Instant>();
  for (let start = 0; start < controllers.length; start += AT_ONCE) {
    const rows = await inUnit(unit)("ano_standing")
      .whereIn("controller", controllers.slice(start, start + AT_ONCE))
      .whereNotNull("opposed_since")
      .select<{ controller: string; opposed_since: string }[]>();
    for (const { controller, opposed_since: since } of rows)
      found.set(controller as ControllerId, instant(since));
  }
  return found;
}

export async function writeStanding(
  unit: Unit,
  controller: ControllerId,
  since: Instant | undefined,
): Promise<void> {
  await inUnit(unit)("ano_standing")
    .where({ controller })
    .update({ opposed_since: since ?? null });
}

export async function insertObjection(unit: Unit, objection: Objection): Promise<void> {
  await inUnit(unit)("ano_objection").insert({
    id: objection.id,
    controller: objection.controller,
    received_at: objection.receivedAt,
    recorded_at: objection.recordedAt,
    recorded_by: objection.recordedBy,
    means: objection.means,
    writer: objection.writer ?? null,
    reference: objection.reference ?? null,
  });
}

/** Of one controller, or of all; the latest received first. */
export async function listObjections(
  unit: Unit,
  controller: ControllerId | "all",
): Promise<readonly Objection[]> {
  const query = inUnit(unit)("ano_objection");
  if (controller !== "all") void query.where({ controller });
  const rows = await query
    .orderBy([
      { column: "received_at", order: "desc" },
      { column: "id", order: "desc" },
    ])
    .limit(1_000)
    .select<Row[]>();
  return rows.map(fromRow);
}

export async function markWithdrawn(unit: Unit, id: ObjectionId, withdrawn: Written): Promise<void> {
  await inUnit(unit)("ano_objection")
    .where({ id })
    .whereNull("withdrawn_received_at")
    .update({
      withdrawn_received_at: withdrawn.receivedAt,
      withdrawn_recorded_at: withdrawn.recordedAt,
      withdrawn_by: withdrawn.recordedBy,
      withdrawn_means: withdrawn.means,
      withdrawn_writer: withdrawn.writer ?? null,
      withdrawn_reference: withdrawn.reference ?? null,
    });
}

function fromRow(row: Row): Objection {
  return {
    id: row.id as ObjectionId,
    controller: row.controller as ControllerId,
    receivedAt: instant(row.received_at),
    recordedAt: instant(row.recorded_at),
    recordedBy: row.recorded_by as ActorRole,
    means: row.means as Means,
    ...(row.writer === null ? {} : { writer: row.writer as OfficerRole }),
    ...(row.reference === null ? {} : { reference: row.reference }),
    ...withdrawnOf(row),
  };
}

function withdrawnOf(row: Row): Pick<Objection, "withdrawn"> {
  if (row.withdrawn_received_at === null) return {};
  return {
    withdrawn: {
      receivedAt: instant(row.withdrawn_received_at),
      recordedAt: instant(row.withdrawn_recorded_at ?? row.withdrawn_received_at),
      recordedBy: row.withdrawn_by as ActorRole,
      means: row.withdrawn_means as Means,
      ...(row.withdrawn_writer === null ? {} : { writer: row.withdrawn_writer as OfficerRole }),
      ...(row.withdrawn_reference === null ? {} : { reference: row.withdrawn_reference }),
    },
  };
}
