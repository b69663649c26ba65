/** The SQL of purges and of their persons. The controller is an argument of every query. */
import { insertRows, inUnit } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  type Instant,
  type InstructionId,
  instant,
  type ReceiptId,
  type SubjectId,
  type Unit,
  type Verdict,
} from "@preau/kernel";
import type { ErasureId } from "../erasure.ts";
import type { HoldId } from "../hold.ts";
import type { DropWhy, PersonState, Purge, PurgeId, PurgeNeeds, PurgePerson, PurgeState } from "../purge.ts";

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly source: string;
  readonly kind: string;
  readonly rule: string;
  readonly clause: string;
  readonly ground: string;
  readonly state: string;
  readonly needs: string;
  readonly ceiling_at: string | null;
  readonly persons: number;
  readonly proposed_at: string;
  readonly acts_at: string;
  readonly approved_at: string | null;
  readonly approved_by: string | null;
  readonly approval: string | null;
  readonly acted_at: string | null;
  readonly erasure: string | null;
  readonly receipt: string | null;
  readonly verdict: string | null;
}

/** Values of one statement. */
const MOST_KEYS = 500;

export async function insertPurge(
  unit: Unit,
  purge: Purge,
  persons: readonly Pick<PurgePerson, "subject" | "dueAt">[],
): Promise<void> {
  const trx = inUnit(unit);
  await trx("ret_purge").insert({
    id: purge.id,
    controller: purge.controller,
    source: purge.source,
    kind: purge.kind,
    rule: purge.rule,
    clause: purge.clause,
    ground: purge.ground,
    state: purge.state,
    needs: purge.needs,
    ceiling_at: purge.ceilingAt ?? null,
    persons: purge.persons,
    proposed_at: purge.proposedAt,
    acts_at: purge.actsAt,
  });
  const { controller, id, source, rule } = purge;
  await insertRows(
    trx,
    "ret_purge_person",
    persons.map(({ subject, dueAt }) => ({
      controller,
      purge: id,
      subject,
      source,
      rule,
      due_at: dueAt,
      state: "waiting",
      why: null,
      hold: null,
      live: 1,
    })),
  );
}

/** One of that controller, or of any for the publisher's own officer. */
export async function readPurge(
  unit: Unit,
  controller: ControllerId | "all",
  id: PurgeId,
): Promise<Purge | undefined> {
  const query = inUnit(unit)("ret_purge").where({ id });
  if (controller !== "all") void query.where({ controller });
  const row = await query.first<Row | undefined>();
  return row && fromRow(row);
}

/** The same, held until the unit ends: nobody else changes it meanwhile. */
export async function lockPurge(
  unit: Unit,
  controller: ControllerId,
  id: PurgeId,
): Promise<Purge | undefined> {
  const row = await inUnit(unit)("ret_purge").where({ controller, id }).forUpdate().first<Row | undefined>();
  return row && fromRow(row);
}

export interface PurgeQuery {
  readonly controller: ControllerId | "all";
  readonly states: readonly PurgeState[];
  /** Act before. */
  readonly before?: Instant;
  readonly newestFirst?: boolean;
  readonly limit?: number;
}

export async function listPurges(unit: Unit, query: PurgeQuery): Promise<readonly Purge[]> {
  const { controller, states, before, newestFirst = false, limit = 200 } = query;
  const rows = inUnit(unit)("ret_purge").whereIn("state", [...states]);
  if (controller !== "all") void rows.where({ controller });
  if (before !== undefined) void rows.where("acts_at", "<", before);
  const order = newestFirst ? "desc" : "asc";
  const found = await rows
    .orderBy([
      { column: "acts_at", order },
      { column: "id", order },
    ])
    .limit(limit)
    .select<Row[]>();
  return found.map(fromRow);
}

export type PurgeChange = Partial<
  Pick<
    Purge,
    | "state"
    | "needs"
    | "approvedAt"
    | "approvedBy"
    | "approval"
    | "actedAt"
    | "erasure"
    | "receipt"
    | "verdict"
  >
>;

/** Writes what is named; `null` takes it back. */
export async function updatePurge(
  unit: Unit,
  { controller, id }: Pick<Purge, "controller" | "id">,
  change: { readonly [K in keyof PurgeChange]: PurgeChange[K] | null },
): Promise<void> {
  const columns = {
    state: change.state,
    needs: change.needs,
    approved_at: change.approvedAt,
    approved_by: change.approvedBy,
    approval: change.approval,
    acted_at: change.actedAt,
    erasure: change.erasure,
    receipt: change.receipt,
    verdict: change.verdict,
  };
  const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
  await inUnit(unit)("ret_purge").where({ controller, id }).update(given);
}

export async function purgeOfErasure(
  unit: Unit,
  controller: ControllerId,
  receipt: ReceiptId,
): Promise<Purge | undefined> {
  const trx = inUnit(unit);
  const erasure = await trx("ret_erasure")
    .where({ controller, receipt })
    .first<{ id: string } | undefined>("id");
  if (erasure === undefined) return undefined;
  const row = await trx("ret_purge").where({ controller, erasure: erasure.id }).first<Row | undefined>();
  return row && fromRow(row);
}

interface PersonRow {
  readonly subject: string;
  readonly due_at: string;
  readonly state: string;
  readonly why: string | null;
  readonly hold: string | null;
}

const PERSON = ["subject", "due_at", "state", "why", "hold"] as const;

export async function personsOf(
  unit: Unit,
  { controller, id }: Pick<Purge, "controller" | "id">,
  page: { readonly state?: PersonState; readonly limit?: number; readonly offset?: number } = {},
): Promise<readonly PurgePerson[]> {
  const query = inUnit(unit)("ret_purge_person").where({ controller, purge: id });
  if (page.state !== undefined) void query.where({ state: page.state });
  if (page.limit !== undefined) void query.limit(page.limit);
  if (page.offset !== undefined && page.offset > 0) void query.offset(page.offset);
  const rows = await query.orderBy(["due_at", "subject"]).select<PersonRow[]>(...PERSON);
  return rows.map((row) => ({
    subject: row.subject as SubjectId,
    dueAt: instant(row.due_at),
    state: row.state as PersonState,
    ...(row.why === null ? {} : { why: row.why as DropWhy }),
    ...(row.hold === null ? {} : { hold: row.hold as HoldId }),
  }));
}

/** How many persons of a purge stand where, by reason. */
export async function countPersons(
  unit: Unit,
  { controller, id }: Pick<Purge, "controller" | "id">,
): Promise<readonly { readonly state: PersonState; readonly why?: DropWhy; readonly persons: number }[]> {
  const rows = await inUnit(unit)("ret_purge_person")
    .where({ controller, purge: id })
    .groupBy("state", "why")
    .orderBy(["state", "why"])
    .select<{ state: PersonState; why: DropWhy | null; n: number | string }[]>("state", "why")
    .count({ n: "*" });
  return (rows as unknown as { state: PersonState; why: DropWhy | null; n: number | string }[]).map(
    ({ state, why, n }) => ({ state, ...(why === null ? {} : { why }), persons: Number(n) }),
  );
}

export interface PersonChange {
  readonly subjects: readonly SubjectId[];
  readonly state: PersonState;
  readonly why?: DropWhy;
  readonly hold?: HoldId | undefined;
  /** Whether the purge still stands for them. */
  readonly live: boolean;
}

export async function markPersons(
  unit: Unit,
  { controller, id }: Pick<Purge, "controller" | "id">,
  { subjects, state, why, hold, live }: PersonChange,
): Promise<void> {
  for (const some of chunks(subjects)) {
    await inUnit(unit)("ret_purge_person")
      .where({ controller, purge: id })
      .whereIn("subject", some)
      .update({ state, why: why ?? null, hold: hold ?? null, live: live ? 1 : null });
  }
}

/** The persons of a purge that will not act any more. */
export async function releasePersons(
  unit: Unit,
  { controller, id }: Pick<Purge, "controller" | "id">,
  kept: { readonly state: PersonState; readonly why?: DropWhy } | undefined,
): Promise<void> {
  const ofPurge = () => inUnit(unit)("ret_purge_person").where({ controller, purge: id });
  if (kept !== undefined)
    await ofPurge()
      .where({ state: "waiting" })
      .update({ state: kept.state, why: kept.why ?? null });
  await ofPurge().update({ live: null });
}

/** Of these persons, those that a purge which may still act names already. */
export async function liveSubjects(
  unit: Unit,
  { controller, source }: { readonly controller: ControllerId; readonly source: string },
  subjects: readonly SubjectId[],
): Promise<ReadonlySet<SubjectId>> {
  const found = new Set<SubjectId>();
  for (const some of chunks(subjects)) {
    const rows = await inUnit(unit)("ret_purge_person")
      .where({ controller, source, live: 1 })
      .whereIn("subject", some)
      .select<{ subject: SubjectId }[]>("subject");
    for (const { subject } of rows) found.add(subject);
  }
  return found;
}

/** Persons whom a cancelled purge kept under that rule, with the day that was refused: `subject|dueAt`. */
export async function keptSubjects(
  unit: Unit,
  { controller, source, rule }: Pick<Purge, "controller" | "source" | "rule">,
  subjects: readonly SubjectId[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const some of chunks(subjects)) {
    const rows = await inUnit(unit)("ret_purge_person")
      .where({ controller, source, rule, state: "kept" })
      .whereIn("subject", some)
      .select<{ subject: string; due_at: string }[]>("subject", "due_at");
    for (const each of rows) found.add(`${each.subject}|${each.due_at}`);
  }
  return found;
}

export interface SubjectPurge {
  readonly purge: Purge;
  readonly person: PurgePerson;
}

/** Purges that name one person, oldest first. */
export async function purgesOfSubject(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
): Promise<readonly SubjectPurge[]> {
  const rows = await inUnit(unit)("ret_purge_person")
    .where({ controller, subject })
    .orderBy("purge")
    .limit(200)
    .select<(PersonRow & { readonly purge: string })[]>("purge", ...PERSON);
  const found: SubjectPurge[] = [];
  for (const row of rows) {
    const purge = await readPurge(unit, controller, row.purge as PurgeId);
    if (purge === undefined) continue;
    found.push({
      purge,
      person: {
        subject,
        dueAt: instant(row.due_at),
        state: row.state as PersonState,
        ...(row.why === null ? {} : { why: row.why as DropWhy }),
        ...(row.hold === null ? {} : { hold: row.hold as HoldId }),
      },
    });
  }
  return found;
}

export interface MassCount {
  /** Persons whom purges of the store have ordered since that instant, or could order now. */
  readonly persons: number;
  /** Of those ordered, the ones that a later survey no longer counts. */
  readonly goneBefore: number;
}

export async function countMass(
  unit: Unit,
  { controller, source }: { readonly controller: ControllerId; readonly source: string },
  {
    since,
    now,
    surveyedAt,
  }: { readonly since: Instant; readonly now: Instant; readonly surveyedAt: Instant },
): Promise<MassCount> {
  const trx = inUnit(unit);
  const ofSource = () => trx("ret_purge").where({ controller, source });
  const sumOf = async (query: ReturnType<typeof ofSource>): Promise<number> => {
    const [row] = await query.sum<{ n: number | string | null }[]>({ n: "persons" });
    return Number(row?.n ?? 0);
  };
  const ordered = () => ofSource().where("acted_at", ">=", since);
  const due = ofSource().whereIn("state", ["proposed", "approved"]).where("acts_at", "<=", now);
  return {
    persons: (await sumOf(ordered())) + (await sumOf(due)),
    goneBefore: await sumOf(ordered().where("acted_at", "<=", surveyedAt)),
  };
}

function chunks<T>(values: readonly T[]): readonly (readonly T[])[] {
  const parts: (readonly T[])[] = [];
  for (let at = 0; at < values.length; at += MOST_KEYS) parts.push(values.slice(at, at + MOST_KEYS));
  return parts;
}

function fromRow(row: Row): Purge {
  return {
    id: row.id as PurgeId,
    controller: row.controller as ControllerId,
    source: row.source,
    kind: row.kind,
    rule: row.rule,
    clause: row.clause,
    ground: row.ground as Purge["ground"],
    state: row.state as PurgeState,
    needs: row.needs as PurgeNeeds,
    ...(row.ceiling_at === null ? {} : { ceilingAt: instant(row.ceiling_at) }),
    persons: row.persons,
    proposedAt: instant(row.proposed_at),
    actsAt: instant(row.acts_at),
    ...(row.approved_at === null ? {} : { approvedAt: instant(row.approved_at) }),
    ...(row.approved_by === null ? {} : { approvedBy: row.approved_by as ActorRole }),
    ...(row.approval === null ? {} : { approval: row.approval as InstructionId }),
    ...(row.acted_at === null ? {} : { actedAt: instant(row.acted_at) }),
    ...(row.erasure === null ? {} : { erasure: row.erasure as ErasureId }),
    ...(row.receipt === null ? {} : { receipt: row.receipt as ReceiptId }),
    ...(row.verdict === null ? {} : { verdict: row.verdict as Verdict }),
  };
}
