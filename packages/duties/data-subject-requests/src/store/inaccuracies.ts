/** The SQL of reports of inaccurate data. */
import { inUnit } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  type Instant,
  instant,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { InaccuracyId, InaccurateData } from "../inaccurate-data.ts";

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly subject: string | null;
  readonly state: string;
  readonly place: string;
  readonly learnt_at: string;
  readonly noted_at: string;
  readonly noted_by: string;
  readonly told_at: string | null;
  readonly told_by: string | null;
  readonly opened_at: string | null;
  readonly acknowledged_at: string | null;
  readonly acknowledged_by: string | null;
}

const TABLE = "dsr_inaccuracy";
const COLUMNS: Readonly<Record<keyof InaccurateData, keyof Row>> = {
  id: "id",
  controller: "controller",
  subject: "subject",
  state: "state",
  place: "place",
  learntAt: "learnt_at",
  notedAt: "noted_at",
  notedBy: "noted_by",
  toldAt: "told_at",
  toldBy: "told_by",
  openedAt: "opened_at",
  acknowledgedAt: "acknowledged_at",
  acknowledgedBy: "acknowledged_by",
};
const SELECTED = Object.values(COLUMNS);

export type InaccuracyKey = Pick<InaccurateData, "controller" | "id">;

/** @throws DATABASE_DUPLICATE where the controller has one of that key */
export async function insertInaccuracy(
  unit: Unit,
  report: InaccurateData & { readonly key: string | undefined; readonly sealed: Uint8Array },
): Promise<void> {
  const { key, sealed, ...rest } = report;
  await inUnit(unit)(TABLE).insert({
    ...columnsOf(rest),
    key: key ?? null,
    sealed: Buffer.from(sealed),
  });
}

export async function readInaccuracy(
  unit: Unit,
  scope: ControllerId | "all",
  id: InaccuracyId,
): Promise<InaccurateData | undefined> {
  const row = await scoped(unit, scope).where({ id }).first<Row | undefined>(SELECTED);
  return row && reportOf(row);
}

export async function lockInaccuracy(
  unit: Unit,
  controller: ControllerId,
  id: InaccuracyId,
): Promise<InaccurateData | undefined> {
  const row = await scoped(unit, controller).where({ id }).forUpdate().first<Row | undefined>(SELECTED);
  return row && reportOf(row);
}

export async function inaccuracyOfKey(
  unit: Unit,
  controller: ControllerId,
  key: string,
): Promise<InaccuracyId | undefined> {
  const row = await inUnit(unit)(TABLE)
    .where({ controller, key })
    .first<{ id: InaccuracyId } | undefined>("id");
  return row?.id;
}

/** Newest first. */
export async function listInaccuracies(
  unit: Unit,
  scope: ControllerId | "all",
  {
    states,
    limit,
  }: { readonly states?: readonly InaccurateData["state"][] | undefined; readonly limit: number },
): Promise<readonly InaccurateData[]> {
  const query = scoped(unit, scope);
  if (states !== undefined) void query.whereIn("state", [...states]);
  const rows = await query.orderBy("id", "desc").limit(limit).select<Row[]>(SELECTED);
  return rows.map(reportOf);
}

/** Of one that the caller has locked; `null` takes a value back. */
export async function updateInaccuracy(
  unit: Unit,
  { controller, id }: InaccuracyKey,
  {
    sealed,
    ...change
  }: { readonly [K in Exclude<keyof InaccurateData, "id" | "controller">]?: InaccurateData[K] | null } & {
    readonly sealed?: null;
  },
): Promise<void> {
  await inUnit(unit)(TABLE)
    .where({ controller, id })
    .update({ ...columnsOf(change), ...(sealed === undefined ? {} : { sealed }) });
}

export async function sealedOfInaccuracy(
  unit: Unit,
  { controller, id }: InaccuracyKey,
): Promise<Buffer | undefined> {
  const row = await inUnit(unit)(TABLE)
    .where({ controller, id })
    .first<{ sealed: Buffer | null } | undefined>("sealed");
  return row?.sealed ?? undefined;
}

/** Acknowledged, and its key still stands. */
export async function inaccuraciesToForget(unit: Unit, limit: number): Promise<readonly InaccuracyKey[]> {
  return inUnit(unit)(TABLE)
    .where({ state: "acknowledged" })
    .whereNull("sealed_gone_at")
    .orderBy("id")
    .limit(limit)
    .select<InaccuracyKey[]>("controller", "id");
}

export async function markInaccuracyGone(
  unit: Unit,
  { controller, id }: InaccuracyKey,
  at: Instant,
): Promise<void> {
  await inUnit(unit)(TABLE).where({ controller, id }).update({ sealed_gone_at: at, sealed: null });
}

function scoped(unit: Unit, scope: ControllerId | "all") {
  const query = inUnit(unit)(TABLE);
  return scope === "all" ? query : query.where({ controller: scope });
}

function columnsOf(
  values: Readonly<Partial<Record<keyof InaccurateData, unknown>>>,
): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(COLUMNS))
    if (Object.hasOwn(values, name)) columns[column] = values[name as keyof InaccurateData] ?? null;
  return columns;
}

function reportOf(row: Row): InaccurateData {
  return {
    id: row.id as InaccuracyId,
    controller: row.controller as ControllerId,
    state: row.state as InaccurateData["state"],
    place: row.place,
    learntAt: instant(row.learnt_at),
    notedAt: instant(row.noted_at),
    notedBy: row.noted_by as ActorRole,
    ...(row.subject === null ? {} : { subject: row.subject as SubjectId }),
    ...(row.told_at === null ? {} : { toldAt: instant(row.told_at) }),
    ...(row.told_by === null ? {} : { toldBy: row.told_by as "mail" | "hand" }),
    ...(row.opened_at === null ? {} : { openedAt: instant(row.opened_at) }),
    ...(row.acknowledged_at === null ? {} : { acknowledgedAt: instant(row.acknowledged_at) }),
    ...(row.acknowledged_by === null ? {} : { acknowledgedBy: row.acknowledged_by as ActorRole }),
  };
}
