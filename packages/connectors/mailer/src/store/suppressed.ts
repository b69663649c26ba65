/** The SQL of addresses that are not written to. The controller is part of every query; only the publisher's people see everybody's. */
import { inUnit } from "@preau/database";
import { type ControllerId, type Instant, instant, type SubjectId, type Unit } from "@preau/kernel";
import type { Suppression, SuppressionId, SuppressionKind } from "../suppression.ts";

export const SUPPRESSED = "mlr_suppressed";

export interface SuppressedRow {
  readonly controller: string;
  readonly id: string;
  /** `recipientMark` of the address. */
  readonly recipient: string;
  readonly kind: string;
  readonly subject: string | null;
  readonly strikes: number;
  readonly since: string;
  readonly keep_until: string;
  readonly restricted_at: string | null;
}

/** What is known of one address now, whether it counts already or not; the oldest first. */
export async function suppressedAs(
  unit: Unit,
  controller: ControllerId,
  recipient: string,
  now: Instant,
): Promise<readonly Suppression[]> {
  const rows = await inUnit(unit)<SuppressedRow>(SUPPRESSED)
    .where({ controller, recipient })
    .where("keep_until", ">", now)
    .orderBy(["since", "id"]);
  return rows.map(suppressionIn);
}

/** The row of that kind, held until the unit ends. */
export async function lockSuppressed(
  unit: Unit,
  { controller, recipient, kind }: Pick<SuppressedRow, "controller" | "recipient" | "kind">,
): Promise<Suppression | undefined> {
  const row = await inUnit(unit)<SuppressedRow>(SUPPRESSED)
    .where({ controller, recipient, kind })
    .forUpdate()
    .first();
  return row && suppressionIn(row);
}

/** @throws DATABASE_DUPLICATE where another writes it at this moment */
export async function insertSuppressed(unit: Unit, entry: Suppression, recipient: string): Promise<void> {
  await inUnit(unit)<SuppressedRow>(SUPPRESSED).insert({
    ...{ controller: entry.controller, id: entry.id, recipient, kind: entry.kind },
    subject: entry.subject ?? null,
    ...{ strikes: entry.strikes, since: entry.since, keep_until: entry.until },
    restricted_at: null,
  });
}

export async function updateSuppressed(unit: Unit, entry: Suppression): Promise<void> {
  const { controller, id, subject, strikes, since, until } = entry;
  await inUnit(unit)<SuppressedRow>(SUPPRESSED)
    .where({ controller, id })
    .update({ strikes, since, keep_until: until, ...(subject === undefined ? {} : { subject }) });
}

export async function listSuppressed(
  unit: Unit,
  {
    scope,
    now,
    limit,
  }: { readonly scope: ControllerId | "all"; readonly now: Instant; readonly limit: number },
): Promise<readonly Suppression[]> {
  const query = inUnit(unit)<SuppressedRow>(SUPPRESSED)
    .where("keep_until", ">", now)
    .orderBy([
      { column: "since", order: "desc" },
      { column: "id", order: "desc" },
    ])
    .limit(limit);
  if (scope !== "all") void query.where({ controller: scope });
  return (await query).map(suppressionIn);
}

/** Entries in force, everybody's. */
export async function countSuppressed(unit: Unit, now: Instant): Promise<number> {
  const [row] = await inUnit(unit)(SUPPRESSED).where("keep_until", ">", now).count({ entries: "*" });
  return Number(row?.["entries"] ?? 0);
}

/** Controllers that have anybody on the list. */
export async function controllersOfSuppressed(unit: Unit): Promise<readonly ControllerId[]> {
  return inUnit(unit)(SUPPRESSED).distinct().orderBy("controller").pluck<ControllerId[]>("controller");
}

/** How many it took away. */
export async function deleteSuppressed(unit: Unit, scope: ControllerId | "all", id: string): Promise<number> {
  const everybody = scope === "all" ? await controllersOfSuppressed(unit) : [scope];
  return inUnit(unit)<SuppressedRow>(SUPPRESSED)
    .whereIn("controller", [...everybody])
    .where({ id })
    .delete();
}

/** Entries whose time is over, everybody's; not those of restricted persons. How many. */
export async function dropPastSuppressed(unit: Unit, now: Instant): Promise<number> {
  return inUnit(unit)<SuppressedRow>(SUPPRESSED)
    .where("keep_until", "<=", now)
    .whereNull("restricted_at")
    .delete();
}

/** What is on the list under a person's name, or with one of these marks. */
export async function suppressedAbout(
  unit: Unit,
  controller: ControllerId,
  {
    subjects,
    recipients,
  }: { readonly subjects: readonly SubjectId[]; readonly recipients: readonly string[] },
): Promise<readonly SuppressedRow[]> {
  if (subjects.length === 0 && recipients.length === 0) return [];
  return inUnit(unit)<SuppressedRow>(SUPPRESSED)
    .where({ controller })
    .where((each) => void each.whereIn("subject", [...subjects]).orWhereIn("recipient", [...recipients]))
    .orderBy("id");
}

/** One of them, held until the unit ends. */
export async function lockSuppressedRow(
  unit: Unit,
  controller: ControllerId,
  id: string,
): Promise<SuppressedRow | undefined> {
  return inUnit(unit)<SuppressedRow>(SUPPRESSED).where({ controller, id }).forUpdate().first();
}

/** Since when they are restricted, or no longer. How many it changed. */
export async function markSuppressedRestricted(
  unit: Unit,
  controller: ControllerId,
  ids: readonly string[],
  since: Instant | null,
): Promise<number> {
  const query = inUnit(unit)<SuppressedRow>(SUPPRESSED)
    .where({ controller })
    .whereIn("id", [...ids]);
  if (since === null) void query.whereNotNull("restricted_at");
  else void query.whereNull("restricted_at");
  return query.update({ restricted_at: since });
}

function suppressionIn(row: SuppressedRow): Suppression {
  return {
    id: row.id as SuppressionId,
    controller: row.controller as ControllerId,
    kind: row.kind as SuppressionKind,
    ...(row.subject === null ? {} : { subject: row.subject as SubjectId }),
    strikes: row.strikes,
    since: instant(row.since),
    until: instant(row.keep_until),
  };
}
