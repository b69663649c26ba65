/** The SQL of holdings and of restore tests. */
import { inUnit } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  type EntryId,
  type Id,
  type Instant,
  instant,
  type ReceiptId,
  type Unit,
  type Verdict,
} from "@preau/kernel";
import type { Holding, HoldingId, HoldingKind, HoldingStore } from "../loading-data.ts";

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly store: string;
  readonly kind: string;
  readonly place: string;
  readonly label: string | null;
  readonly bytes: number | string | null;
  readonly sha256: string | null;
  readonly held_since: string;
  readonly anchor_at: string | null;
  readonly due_at: string | null;
  readonly clause: string;
  readonly state: string;
  readonly destroyed_at: string | null;
  readonly receipt: string | null;
  readonly verdict: string | null;
  readonly identity: string | null;
  readonly unlinking_at: string | null;
}

const TABLE = "ret_holding";

export async function insertHolding(unit: Unit, each: Holding): Promise<void> {
  await inUnit(unit)(TABLE).insert({
    id: each.id,
    controller: each.controller,
    store: each.store,
    kind: each.kind,
    place: each.place,
    label: each.label ?? null,
    bytes: each.bytes ?? null,
    sha256: each.sha256 ?? null,
    held_since: each.heldSince,
    anchor_at: each.anchorAt ?? null,
    due_at: each.dueAt ?? null,
    clause: each.clause,
    state: each.state,
    identity: each.identity ?? null,
  });
}

export async function readHolding(
  unit: Unit,
  controller: ControllerId,
  id: HoldingId,
): Promise<Holding | undefined> {
  const row = await inUnit(unit)(TABLE).where({ controller, id }).first<Row | undefined>();
  return row && fromRow(row);
}

/** The same, held until the unit ends: of two who destroy it at once, one opens a receipt. */
export async function lockHolding(
  unit: Unit,
  controller: ControllerId,
  id: HoldingId,
): Promise<Holding | undefined> {
  const row = await inUnit(unit)(TABLE).where({ controller, id }).forUpdate().first<Row | undefined>();
  return row && fromRow(row);
}

/** Every controller's copies that stand on a disk: two of them never share a place. */
export async function placesHeld(unit: Unit): Promise<readonly Holding[]> {
  const rows = await inUnit(unit)(TABLE)
    .where({ state: "held" })
    .whereNot({ kind: "database" })
    .select<Row[]>();
  return rows.map(fromRow);
}

/** The soonest due first; those that stand alone, or all. */
export async function listHoldings(
  unit: Unit,
  controller: ControllerId,
  which: "standing" | "all",
): Promise<readonly Holding[]> {
  const query = inUnit(unit)(TABLE).where({ controller });
  if (which === "standing") void query.where({ state: "held" });
  const rows = await query.orderByRaw("due_at is null, due_at, id").limit(1_000).select<Row[]>();
  return rows.map(fromRow);
}

/** Held beyond that instant; every controller's for `all`. */
export async function holdingsDue(
  unit: Unit,
  controller: ControllerId | "all",
  before: Instant,
): Promise<readonly Holding[]> {
  const query = inUnit(unit)(TABLE).where({ state: "held" }).where("due_at", "<", before);
  if (controller !== "all") void query.where({ controller });
  return (await query.orderBy(["due_at", "id"]).limit(1_000).select<Row[]>()).map(fromRow);
}

export interface HoldingChange {
  readonly anchorAt?: Instant;
  readonly dueAt?: Instant;
  readonly state?: Holding["state"];
  readonly destroyedAt?: Instant;
  readonly receipt?: ReceiptId;
  readonly verdict?: Verdict;
  readonly identity?: string;
  readonly unlinkingAt?: Instant;
}

/** False when it is not held any more. */
export async function updateHolding(
  unit: Unit,
  { controller, id }: Pick<Holding, "controller" | "id">,
  change: HoldingChange,
): Promise<boolean> {
  const columns = {
    anchor_at: change.anchorAt,
    due_at: change.dueAt,
    state: change.state,
    destroyed_at: change.destroyedAt,
    receipt: change.receipt,
    verdict: change.verdict,
    identity: change.identity,
    unlinking_at: change.unlinkingAt,
  };
  const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
  return (await inUnit(unit)(TABLE).where({ controller, id, state: "held" }).update(given)) === 1;
}

function fromRow(row: Row): Holding {
  return {
    id: row.id as HoldingId,
    controller: row.controller as ControllerId,
    store: row.store as HoldingStore,
    kind: row.kind as HoldingKind,
    place: row.place,
    ...(row.label === null ? {} : { label: row.label }),
    ...(row.bytes === null ? {} : { bytes: Number(row.bytes) }),
    ...(row.sha256 === null ? {} : { sha256: row.sha256 }),
    heldSince: instant(row.held_since),
    ...(row.anchor_at === null ? {} : { anchorAt: instant(row.anchor_at) }),
    ...(row.due_at === null ? {} : { dueAt: instant(row.due_at) }),
    clause: row.clause,
    state: row.state as Holding["state"],
    ...(row.destroyed_at === null ? {} : { destroyedAt: instant(row.destroyed_at) }),
    ...(row.receipt === null ? {} : { receipt: row.receipt as ReceiptId }),
    ...(row.verdict === null ? {} : { verdict: row.verdict as Verdict }),
    ...(row.identity === null ? {} : { identity: row.identity }),
    ...(row.unlinking_at === null ? {} : { unlinkingAt: instant(row.unlinking_at) }),
  };
}

export interface RestoreTest {
  readonly id: Id<"rst">;
  readonly controller: ControllerId;
  /** Which backup: its file or its name. */
  readonly backup: string;
  /** When that backup was made. */
  readonly backupAt: Instant;
  readonly restoredAt: Instant;
  /** Where it is shown that it worked: a report's reference. */
  readonly evidence: string;
  readonly recordedBy: ActorRole;
  readonly entry: EntryId;
}

export async function insertRestoreTest(unit: Unit, test: RestoreTest): Promise<void> {
  await inUnit(unit)("ret_restore_test").insert({
    id: test.id,
    controller: test.controller,
    backup: test.backup,
    backup_at: test.backupAt,
    restored_at: test.restoredAt,
    evidence: test.evidence,
    recorded_by: test.recordedBy,
    entry: test.entry,
  });
}

/** Newest backup first. */
export async function listRestoreTests(
  unit: Unit,
  controller: ControllerId,
): Promise<readonly RestoreTest[]> {
  const rows = await inUnit(unit)("ret_restore_test")
    .where({ controller })
    .orderBy([
      { column: "backup_at", order: "desc" },
      { column: "id", order: "desc" },
    ])
    .limit(200)
    .select<Readonly<Record<string, string>>[]>();
  return rows.map((row) => ({
    id: row["id"] as RestoreTest["id"],
    controller,
    backup: row["backup"] ?? "",
    backupAt: instant(row["backup_at"] ?? ""),
    restoredAt: instant(row["restored_at"] ?? ""),
    evidence: row["evidence"] ?? "",
    recordedBy: row["recorded_by"] as ActorRole,
    entry: row["entry"] as EntryId,
  }));
}
