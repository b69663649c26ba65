/** The SQL of restrictions, and of what each store did. */
import { inUnit } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  type Instant,
  type InstructionId,
  instant,
  type RequestId,
  type SubjectId,
  type Unit,
  type Verdict,
} from "@preau/kernel";
import type { Restriction, RestrictionId, RestrictionStore } from "../restriction.ts";

const TABLE = "dsr_restriction";
const STORES = "dsr_restriction_store";

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly subject: string | null;
  readonly live: string | null;
  readonly request: string | null;
  readonly instruction: string;
  readonly restricted_by: string;
  readonly since: string;
  readonly stopped_at: string | null;
  readonly lift_instruction: string | null;
  readonly lifted_by: string | null;
  readonly lifted_at: string | null;
}

interface StoreRow {
  readonly restriction: string;
  readonly store: string;
  readonly was_before: number | null;
  readonly begun_at: string | null;
  readonly verdict: string;
  readonly why: string | null;
  readonly lift_verdict: string | null;
  readonly lift_why: string | null;
}

export interface NewRestriction {
  readonly id: RestrictionId;
  readonly controller: ControllerId;
  readonly subject: SubjectId;
  readonly request?: RequestId | undefined;
  readonly instruction: InstructionId;
  readonly by: ActorRole;
  readonly since: Instant;
}

/** False when another live one of the same person was first. */
export async function insertRestriction(unit: Unit, given: NewRestriction): Promise<boolean> {
  await inUnit(unit)(TABLE)
    .insert({
      id: given.id,
      controller: given.controller,
      subject: given.subject,
      live: given.subject,
      request: given.request ?? null,
      instruction: given.instruction,
      restricted_by: given.by,
      since: given.since,
    })
    .onConflict(["controller", "live"])
    .ignore();
  return (await lockLive(unit, given.controller, given.subject))?.id === given.id;
}

/** The one that stands, or whose stores still follow its lifting; locked until the unit ends. */
export async function lockLive(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
): Promise<Restriction | undefined> {
  const row = await inUnit(unit)(TABLE)
    .where({ controller, live: subject })
    .forUpdate()
    .first<Row | undefined>();
  return row && fromRow(row);
}

/** Is the person's data restricted now? One read by a unique index. */
export async function isRestrictedNow(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
): Promise<boolean> {
  const row = await inUnit(unit)(TABLE)
    .where({ controller, live: subject })
    .whereNull("lifted_at")
    .first<{ id: string } | undefined>("id");
  return row !== undefined;
}

export async function lockRestriction(
  unit: Unit,
  controller: ControllerId,
  id: RestrictionId,
): Promise<Restriction | undefined> {
  const row = await inUnit(unit)(TABLE).where({ controller, id }).forUpdate().first<Row | undefined>();
  return row && fromRow(row);
}

/** Of one person, or of a controller, or of all; newest first. */
export async function listRestrictions(
  unit: Unit,
  controller: ControllerId | "all",
  { subjects, limit = 500 }: { readonly subjects?: readonly SubjectId[]; readonly limit?: number } = {},
): Promise<readonly Restriction[]> {
  const query = inUnit(unit)(TABLE);
  if (controller !== "all") void query.where({ controller });
  if (subjects !== undefined) void query.whereIn("subject", [...subjects]);
  const rows = await query
    .orderBy([
      { column: "since", order: "desc" },
      { column: "id", order: "desc" },
    ])
    .limit(limit)
    .select<Row[]>();
  return rows.map(fromRow);
}

export async function restrictionsOfInstruction(
  unit: Unit,
  controller: ControllerId,
  instruction: InstructionId,
): Promise<readonly Restriction[]> {
  const rows = await inUnit(unit)(TABLE).where({ controller, instruction }).forUpdate().select<Row[]>();
  return rows.map(fromRow);
}

type Whose = Pick<Restriction, "controller" | "id">;

const one = (unit: Unit, { controller, id }: Whose) => inUnit(unit)(TABLE).where({ controller, id });

export async function markStopped(unit: Unit, whose: Whose, at: Instant): Promise<void> {
  await one(unit, whose).whereNull("stopped_at").update({ stopped_at: at });
}

/** Goes on, on another instruction. */
export async function goOn(unit: Unit, whose: Whose, instruction: InstructionId): Promise<void> {
  await one(unit, whose).update({ stopped_at: null, instruction });
}

export async function markLifted(
  unit: Unit,
  whose: Whose,
  lift: { readonly at: Instant; readonly instruction: InstructionId; readonly by: ActorRole },
): Promise<void> {
  await one(unit, whose).update({
    lifted_at: lift.at,
    lift_instruction: lift.instruction,
    lifted_by: lift.by,
  });
}

/** False when that verdict was told already. */
export async function tellSettled(unit: Unit, whose: Whose, settled: Verdict): Promise<boolean> {
  const told = await one(unit, whose)
    .where((other) => void other.whereNull("settled").orWhereNot("settled", settled))
    .update({ settled });
  return told > 0;
}

export async function endRestriction(unit: Unit, whose: Whose): Promise<void> {
  await one(unit, whose).update({ live: null });
}

/** The facts stay, about nobody. How many there were. */
export async function forgetRestricted(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
): Promise<number> {
  return inUnit(unit)(TABLE).where({ controller, subject }).update({ subject: null, live: null });
}

const store = (unit: Unit, { controller, id }: Whose, name: string) =>
  inUnit(unit)(STORES).where({ controller, restriction: id, store: name });

/** A store that has a row keeps it. */
export async function addStore(
  unit: Unit,
  { controller, id }: Whose,
  given: { readonly store: string; readonly wasBefore?: boolean | undefined },
): Promise<void> {
  await inUnit(unit)(STORES)
    .insert({
      controller,
      restriction: id,
      store: given.store,
      was_before: given.wasBefore === undefined ? null : Number(given.wasBefore),
      verdict: "PENDING" satisfies Verdict,
    })
    .onConflict(["controller", "restriction", "store"])
    .ignore();
}

/** What it was before is written once: whoever asked later may have seen our own restriction. */
export async function beginStore(
  unit: Unit,
  whose: Whose,
  { name, wasBefore, at }: { readonly name: string; readonly wasBefore: boolean; readonly at: Instant },
): Promise<void> {
  await store(unit, whose, name)
    .whereNull("was_before")
    .update({ was_before: Number(wasBefore) });
  await store(unit, whose, name).whereNull("begun_at").update({ begun_at: at });
}

export interface StoreJudged {
  readonly verdict: Verdict;
  readonly why?: string | undefined;
}

export async function judgeStore(
  unit: Unit,
  whose: Whose,
  {
    name,
    restrict,
    lift,
  }: { readonly name: string; readonly restrict?: StoreJudged; readonly lift?: StoreJudged },
): Promise<void> {
  await store(unit, whose, name).update({
    ...(restrict === undefined ? {} : { verdict: restrict.verdict, why: restrict.why ?? null }),
    ...(lift === undefined ? {} : { lift_verdict: lift.verdict, lift_why: lift.why ?? null }),
  });
}

export async function storesOf(unit: Unit, { controller, id }: Whose): Promise<readonly RestrictionStore[]> {
  const rows = await inUnit(unit)(STORES)
    .where({ controller, restriction: id })
    .orderBy("store")
    .select<StoreRow[]>();
  return rows.map(storeFromRow);
}

/** Stores that earlier restrictions of the person were to free and did not: what they are under is ours, not theirs. */
export async function leftRestricted(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
): Promise<ReadonlySet<string>> {
  const rows = await inUnit(unit)(STORES)
    .join(TABLE, `${TABLE}.id`, `${STORES}.restriction`)
    .where({ [`${TABLE}.controller`]: controller, [`${TABLE}.subject`]: subject })
    .where({ [`${STORES}.was_before`]: 0 })
    .whereNotNull(`${STORES}.begun_at`)
    .where(
      (open) => void open.whereNull(`${STORES}.lift_verdict`).orWhereNot(`${STORES}.lift_verdict`, "PASS"),
    )
    .select<{ store: string }[]>(`${STORES}.store`);
  return new Set(rows.map((row) => row.store));
}

function fromRow(row: Row): Restriction {
  return {
    id: row.id as RestrictionId,
    controller: row.controller as ControllerId,
    ...(row.subject === null ? {} : { subject: row.subject as SubjectId }),
    isLive: row.live !== null,
    ...(row.request === null ? {} : { request: row.request as RequestId }),
    instruction: row.instruction as InstructionId,
    by: row.restricted_by as ActorRole,
    since: instant(row.since),
    ...(row.stopped_at === null ? {} : { stoppedAt: instant(row.stopped_at) }),
    ...(row.lifted_at === null
      ? {}
      : {
          lifted: {
            at: instant(row.lifted_at),
            instruction: row.lift_instruction as InstructionId,
            by: row.lifted_by as ActorRole,
          },
        }),
  };
}

function storeFromRow(row: StoreRow): RestrictionStore {
  return {
    store: row.store,
    ...(row.was_before === null ? {} : { wasBefore: row.was_before === 1 }),
    ...(row.begun_at === null ? {} : { begunAt: instant(row.begun_at) }),
    verdict: row.verdict as Verdict,
    ...(row.why === null ? {} : { why: row.why }),
    ...(row.lift_verdict === null
      ? {}
      : {
          lift: {
            verdict: row.lift_verdict as Verdict,
            ...(row.lift_why === null ? {} : { why: row.lift_why }),
          },
        }),
  };
}
