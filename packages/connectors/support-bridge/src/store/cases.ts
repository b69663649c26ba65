/** The SQL of cases. The controller is part of every query; only the publisher's own people ask for everybody's. */
import { inUnit } from "@preau/database";
import {
  type ControllerId,
  type Instant,
  instant,
  type Language,
  type Origin,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { CaseChannel, CaseId, CaseSide, CaseState, DeskState, SupportCase } from "../support-case.ts";

export const CASE = "spt_case";

export interface CaseRow {
  readonly id: string;
  readonly controller: string;
  readonly channel: string;
  readonly side: string;
  readonly reason: string | null;
  readonly clause: string | null;
  readonly state: string;
  readonly desk: string;
  readonly source: string | null;
  readonly ref_hash: string | null;
  readonly thread_hash: string | null;
  readonly product: string | null;
  readonly origin: string | null;
  readonly role: string | null;
  readonly subject: string | null;
  readonly language: string;
  readonly opened_at: string;
  readonly last_at: string;
  readonly said_at: string | null;
  readonly closed_at: string | null;
  readonly text_gone_at: string | null;
  readonly desk_gone_at: string | null;
  readonly restricted_at: string | null;
  readonly sealed: Buffer | null;
}

/** A case, and what of it is sealed. */
export interface StoredCase {
  readonly line: SupportCase;
  readonly sealed?: Buffer;
  /** Of the newest message at the desk, by its own clock. */
  readonly saidAt?: Instant;
}

export type NewCase = SupportCase & {
  readonly source?: string;
  readonly refHash?: string;
  readonly sealed?: Buffer;
};

/** @throws DATABASE_DUPLICATE where the conversation has a case */
export async function insertCase(unit: Unit, { source, refHash, sealed, ...line }: NewCase): Promise<void> {
  await inUnit(unit)(CASE).insert({
    ...columnsOf(line),
    id: line.id,
    opened_at: line.openedAt,
    source: source ?? null,
    ref_hash: refHash ?? null,
    thread_hash: refHash ?? null,
    sealed: sealed ?? null,
  });
}

/** The case of a conversation, held until the unit ends: by the desk's own reference, whosever it is. */
export async function lockCaseOfRef(
  unit: Unit,
  source: string,
  refHash: string,
): Promise<StoredCase | undefined> {
  const row = await inUnit(unit)<CaseRow>(CASE).where({ source, ref_hash: refHash }).forUpdate().first();
  return row && storedOf(row);
}

/** All cases that the conversation was of, held until the unit ends; the one that it is of now first. */
export async function lockCasesOfThread(
  unit: Unit,
  source: string,
  refHash: string,
): Promise<readonly StoredCase[]> {
  const rows = await inUnit(unit)<CaseRow>(CASE)
    .where({ source, thread_hash: refHash })
    .orderBy("id", "desc")
    .forUpdate()
    .select("*");
  return rows.map(storedOf);
}

/** Held until the unit ends. */
export async function lockCase(
  unit: Unit,
  controller: ControllerId,
  id: string,
): Promise<StoredCase | undefined> {
  const row = await inUnit(unit)<CaseRow>(CASE).where({ controller, id }).forUpdate().first();
  return row && storedOf(row);
}

/** Whether somebody whose words stand in the same conversation at the desk is under restriction: whosever the case is. */
export async function isThreadRestricted(
  unit: Unit,
  { controller, id }: Pick<SupportCase, "controller" | "id">,
): Promise<boolean> {
  const own = await inUnit(unit)<CaseRow>(CASE).where({ controller, id }).first();
  if (own === undefined || own.restricted_at !== null) return own !== undefined;
  const { source, thread_hash } = own;
  if (source === null || thread_hash === null) return false;
  const other = await inUnit(unit)<CaseRow>(CASE)
    .where({ source, thread_hash })
    .whereNotNull("restricted_at")
    .first("id");
  return other !== undefined;
}

/** `all` for the publisher's own people. */
export async function readCase(
  unit: Unit,
  scope: ControllerId | "all",
  id: string,
): Promise<StoredCase | undefined> {
  const query = inUnit(unit)<CaseRow>(CASE).where({ id });
  if (scope !== "all") void query.where({ controller: scope });
  const row = await query.first();
  return row && storedOf(row);
}

/** What may change; null takes a value away. */
export type CaseChange = {
  readonly [K in keyof Omit<SupportCase, "id" | "channel" | "openedAt">]?: SupportCase[K] | null;
} & {
  readonly sealed?: Buffer | null;
  /** The conversation goes on in another case. */
  readonly refHash?: null;
  /** No message of it is known any more. */
  readonly threadHash?: null;
  readonly deskGoneAt?: Instant;
  readonly saidAt?: Instant;
};

/** Of a case that the caller has locked. */
export async function updateCase(
  unit: Unit,
  { controller, id }: Pick<SupportCase, "controller" | "id">,
  { sealed, refHash, threadHash, deskGoneAt, saidAt, ...change }: CaseChange,
): Promise<void> {
  const columns = {
    ...columnsOf(change),
    ...(sealed === undefined ? {} : { sealed }),
    ...(refHash === undefined ? {} : { ref_hash: refHash }),
    ...(threadHash === undefined ? {} : { thread_hash: threadHash }),
    ...(deskGoneAt === undefined ? {} : { desk_gone_at: deskGoneAt }),
    ...(saidAt === undefined ? {} : { said_at: saidAt }),
  };
  if (Object.keys(columns).length > 0) await inUnit(unit)(CASE).where({ controller, id }).update(columns);
}

/** Answered, and nobody wrote since; the oldest first. */
export async function quietCases(
  unit: Unit,
  { before, limit }: { readonly before: Instant; readonly limit: number },
): Promise<readonly SupportCase[]> {
  const rows = await inUnit(unit)<CaseRow>(CASE)
    .where({ state: "answered" })
    .where("last_at", "<", before)
    .orderBy("last_at")
    .orderBy("id")
    .limit(limit);
  return rows.map(caseOf);
}

/** Conversations that a desk does not let go, the oldest first. */
export async function stuckCases(
  unit: Unit,
  { before, limit }: { readonly before: Instant; readonly limit: number },
): Promise<readonly SupportCase[]> {
  const rows = await inUnit(unit)<CaseRow>(CASE)
    .where({ desk: "stuck" })
    .where("opened_at", "<", before)
    .orderBy("opened_at")
    .orderBy("id")
    .limit(limit);
  return rows.map(caseOf);
}

const COLUMNS = {
  controller: "controller",
  channel: "channel",
  side: "side",
  reason: "reason",
  clause: "clause",
  state: "state",
  desk: "desk",
  product: "product",
  origin: "origin",
  role: "role",
  subject: "subject",
  language: "language",
  lastAt: "last_at",
  closedAt: "closed_at",
  textGoneAt: "text_gone_at",
  restrictedAt: "restricted_at",
} as const satisfies Partial<Record<keyof SupportCase, keyof CaseRow>>;

function columnsOf(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(COLUMNS))
    if (values[name] !== undefined) columns[column] = values[name];
  return columns;
}

function storedOf(row: CaseRow): StoredCase {
  return {
    line: caseOf(row),
    ...(row.sealed === null ? {} : { sealed: row.sealed }),
    ...(row.said_at === null ? {} : { saidAt: instant(row.said_at) }),
  };
}

export function caseOf(row: CaseRow): SupportCase {
  return {
    id: row.id as CaseId,
    controller: row.controller as ControllerId,
    channel: row.channel as CaseChannel,
    side: row.side as CaseSide,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.clause === null ? {} : { clause: row.clause }),
    state: row.state as CaseState,
    desk: row.desk as DeskState,
    ...(row.product === null ? {} : { product: row.product }),
    ...(row.origin === null ? {} : { origin: row.origin as Origin }),
    ...(row.role === null ? {} : { role: row.role }),
    ...(row.subject === null ? {} : { subject: row.subject as SubjectId }),
    language: row.language as Language,
    openedAt: instant(row.opened_at),
    lastAt: instant(row.last_at),
    ...(row.closed_at === null ? {} : { closedAt: instant(row.closed_at) }),
    ...(row.text_gone_at === null ? {} : { textGoneAt: instant(row.text_gone_at) }),
    ...(row.restricted_at === null ? {} : { restrictedAt: instant(row.restricted_at) }),
  };
}

/** Whether the desk still has another conversation of that person's. */
export async function hasOtherAtDesk(
  unit: Unit,
  { id, controller, subject }: Pick<SupportCase, "id" | "controller" | "subject">,
): Promise<boolean> {
  if (subject === undefined) return false;
  const row = await inUnit(unit)<CaseRow>(CASE)
    .where({ controller, subject, desk: "there" })
    .whereNot({ id })
    .first("id");
  return row !== undefined;
}
