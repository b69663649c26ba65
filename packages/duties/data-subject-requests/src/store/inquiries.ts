/** The SQL of inquiries. They stand in the publisher's own scope. */
import { inUnit } from "@preau/database";
import {
  type ControllerId,
  type InquiryId,
  type Instant,
  instant,
  type Language,
  type Origin,
  type RequestChannel,
  type RequesterRole,
  type RequestMatter,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import { PUBLISHER } from "@preau/web";
import type { Inquiry, InquiryState } from "../inquiry.ts";

interface Row {
  readonly id: string;
  readonly state: string;
  readonly channel: string;
  readonly language: string;
  readonly received_at: string;
  readonly recorded_at: string;
  readonly forward_due_at: string;
  readonly requester_controller: string | null;
  readonly requester_subject: string | null;
  readonly requester_origin: string | null;
  readonly requester_role: string | null;
  readonly matters: string;
  readonly recognised: string;
  readonly address_hash: string | null;
  readonly attachments: number;
  readonly level: number;
  readonly overdue_at: string | null;
  readonly closed_at: string | null;
  readonly text_gone_at: string | null;
}

const TABLE = "dsr_inquiry";
const COLUMNS: Readonly<Record<keyof Inquiry, keyof Row>> = {
  id: "id",
  state: "state",
  channel: "channel",
  language: "language",
  receivedAt: "received_at",
  recordedAt: "recorded_at",
  forwardDueAt: "forward_due_at",
  controller: "requester_controller",
  subject: "requester_subject",
  origin: "requester_origin",
  role: "requester_role",
  matters: "matters",
  recognised: "recognised",
  addressHash: "address_hash",
  attachments: "attachments",
  level: "level",
  overdueAt: "overdue_at",
  closedAt: "closed_at",
  textGoneAt: "text_gone_at",
};
const SELECTED = Object.values(COLUMNS);

/** @throws DATABASE_DUPLICATE where an inquiry of that key stands */
export async function insertInquiry(
  unit: Unit,
  inquiry: Inquiry & { readonly keyHash: string; readonly sealed: Uint8Array | undefined },
): Promise<void> {
  const { keyHash, sealed, ...rest } = inquiry;
  await inUnit(unit)(TABLE).insert({
    ...columnsOf(rest),
    controller: PUBLISHER,
    key_hash: keyHash,
    sealed: sealed === undefined ? null : Buffer.from(sealed),
  });
}

export async function readInquiry(unit: Unit, id: InquiryId): Promise<Inquiry | undefined> {
  const row = await own(unit).where({ id }).first<Row | undefined>(SELECTED);
  return row && inquiryOf(row);
}

/** Under the row's lock. */
export async function lockInquiry(unit: Unit, id: InquiryId): Promise<Inquiry | undefined> {
  const row = await own(unit).where({ id }).forUpdate().first<Row | undefined>(SELECTED);
  return row && inquiryOf(row);
}

export async function inquiryOfKey(unit: Unit, keyHash: string): Promise<Inquiry | undefined> {
  const row = await own(unit).where({ key_hash: keyHash }).first<Row | undefined>(SELECTED);
  return row && inquiryOf(row);
}

export type InquiryChange = {
  readonly [K in "state" | "level" | "overdueAt" | "closedAt" | "textGoneAt" | "addressHash"]?:
    | Inquiry[K]
    | null;
} & { readonly sealed?: null };

/** Of an inquiry that the caller has locked. */
export async function updateInquiry(unit: Unit, id: InquiryId, change: InquiryChange): Promise<void> {
  const { sealed, ...rest } = change;
  await own(unit)
    .where({ id })
    .update({ ...columnsOf(rest), ...(sealed === undefined ? {} : { sealed }) });
}

/** Those that wait for a person, the soonest due first. */
export async function waitingInquiries(
  unit: Unit,
  { dueBefore, limit }: { readonly dueBefore?: Instant; readonly limit: number },
): Promise<readonly Inquiry[]> {
  const query = own(unit).whereIn("state", ["new", "unknownController"]);
  if (dueBefore !== undefined) void query.where("forward_due_at", "<", dueBefore);
  const rows = await query.orderBy("forward_due_at").orderBy("id").limit(limit).select<Row[]>(SELECTED);
  return rows.map(inquiryOf);
}

/** Of somebody who was signed in. */
export async function inquiriesOfSubjects(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly Inquiry[]> {
  if (subjects.length === 0) return [];
  const rows = await own(unit)
    .where({ requester_controller: controller })
    .whereIn("requester_subject", [...subjects])
    .orderBy("id")
    .select<Row[]>(SELECTED);
  return rows.map(inquiryOf);
}

export async function sealedOfInquiry(unit: Unit, id: InquiryId): Promise<Buffer | undefined> {
  const row = await own(unit).where({ id }).first<{ sealed: Buffer | null } | undefined>("sealed");
  return row?.sealed ?? undefined;
}

/** Over, and their keys still stand: a crash came between. */
export async function inquiriesToForget(unit: Unit, limit: number): Promise<readonly InquiryId[]> {
  return own(unit)
    .whereIn("state", ["closed", "noRequest"])
    .whereNull("text_gone_at")
    .orderBy("id")
    .limit(limit)
    .pluck<InquiryId[]>("id");
}

function own(unit: Unit) {
  return inUnit(unit)(TABLE).where({ controller: PUBLISHER });
}

function columnsOf(values: Readonly<Partial<Record<keyof Inquiry, unknown>>>): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(COLUMNS)) {
    if (!Object.hasOwn(values, name)) continue;
    const value = values[name as keyof Inquiry];
    columns[column] = Array.isArray(value) ? value.join(" ") : (value ?? null);
  }
  return columns;
}

function inquiryOf(row: Row): Inquiry {
  return {
    id: row.id as InquiryId,
    state: row.state as InquiryState,
    channel: row.channel as RequestChannel,
    language: row.language as Language,
    receivedAt: instant(row.received_at),
    recordedAt: instant(row.recorded_at),
    forwardDueAt: instant(row.forward_due_at),
    matters: mattersOf(row.matters),
    recognised: mattersOf(row.recognised),
    attachments: row.attachments,
    level: row.level,
    ...(row.requester_controller === null ? {} : { controller: row.requester_controller as ControllerId }),
    ...(row.requester_subject === null ? {} : { subject: row.requester_subject as SubjectId }),
    ...(row.requester_origin === null ? {} : { origin: row.requester_origin as Origin }),
    ...(row.requester_role === null ? {} : { role: row.requester_role as RequesterRole }),
    ...(row.address_hash === null ? {} : { addressHash: row.address_hash }),
    ...(row.overdue_at === null ? {} : { overdueAt: instant(row.overdue_at) }),
    ...(row.closed_at === null ? {} : { closedAt: instant(row.closed_at) }),
    ...(row.text_gone_at === null ? {} : { textGoneAt: instant(row.text_gone_at) }),
  };
}

function mattersOf(text: string): readonly RequestMatter[] {
  return text === "" ? [] : (text.split(" ") as RequestMatter[]);
}
