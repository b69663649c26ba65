/** The SQL of requests. */
import { inUnit } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  type InquiryId,
  type Instant,
  instant,
  type Language,
  type Origin,
  type RequesterRole,
  type RequestId,
  type RequestMatter,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type {
  Authority,
  Identity,
  RefusalReason,
  Request,
  RequestOutcome,
  RequestState,
  WaitReason,
} from "../request.ts";

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly inquiry: string;
  readonly matter: string;
  readonly state: string;
  readonly language: string;
  readonly subject: string | null;
  readonly requester: string | null;
  readonly origin: string | null;
  readonly role: string;
  readonly identity: string;
  readonly authority: string;
  readonly received_at: string;
  readonly forward_due_at: string;
  readonly forwarded_at: string | null;
  readonly forwarded_by: string | null;
  readonly opened_at: string | null;
  readonly acknowledged_at: string | null;
  readonly answer_due_at: string | null;
  readonly extended_at: string | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly closed_at: string | null;
  readonly closed_by: string | null;
  readonly level: number;
  readonly overdue_at: string | null;
  readonly bounces: number;
  readonly text_held: number | boolean;
  readonly address_hash: string | null;
}

const TABLE = "dsr_request";
/** What is sealed is read by itself. */
const COLUMNS: Readonly<Record<keyof Request, keyof Row>> = {
  id: "id",
  controller: "controller",
  inquiry: "inquiry",
  matter: "matter",
  state: "state",
  language: "language",
  subject: "subject",
  requester: "requester",
  origin: "origin",
  role: "role",
  identity: "identity",
  authority: "authority",
  receivedAt: "received_at",
  forwardDueAt: "forward_due_at",
  forwardedAt: "forwarded_at",
  forwardedBy: "forwarded_by",
  openedAt: "opened_at",
  acknowledgedAt: "acknowledged_at",
  answerDueAt: "answer_due_at",
  extendedAt: "extended_at",
  outcome: "outcome",
  reason: "reason",
  closedAt: "closed_at",
  closedBy: "closed_by",
  level: "level",
  overdueAt: "overdue_at",
  bounces: "bounces",
  textHeld: "text_held",
  addressHash: "address_hash",
};
const SELECTED = Object.values(COLUMNS);

/** Everybody's for the publisher's own people, one controller's for its own: another's does not exist. */
export type RequestScope = ControllerId | "all";
export type RequestKey = Pick<Request, "controller" | "id">;

export interface NewRequest extends Request {
  /** Who and what, keyed. Of two open ones that share it, the database refuses the second. */
  readonly openKey?: string | undefined;
  readonly sealed?: Uint8Array | undefined;
}

/** @throws DATABASE_DUPLICATE where the same person's same request is open already */
export async function insertRequest(unit: Unit, request: NewRequest): Promise<void> {
  const { openKey, sealed, ...rest } = request;
  await inUnit(unit)(TABLE).insert({
    ...columnsOf(rest),
    open_key: openKey ?? null,
    sealed: sealed === undefined ? null : Buffer.from(sealed),
  });
}

export async function readRequest(
  unit: Unit,
  scope: RequestScope,
  id: RequestId,
): Promise<Request | undefined> {
  const row = await scoped(unit, scope).where({ id }).first<Row | undefined>(SELECTED);
  return row && requestOf(row);
}

/** Under the row's lock. */
export async function lockRequest(
  unit: Unit,
  controller: ControllerId,
  id: RequestId,
): Promise<Request | undefined> {
  const row = await inUnit(unit)(TABLE)
    .where({ controller, id })
    .forUpdate()
    .first<Row | undefined>(SELECTED);
  return row && requestOf(row);
}

/** What changes of a request; `null` takes a value back. */
export type RequestChange = {
  readonly [K in Exclude<keyof Request, "id" | "controller" | "inquiry">]?: Request[K] | null;
} & {
  readonly openKey?: string | null;
  readonly sealed?: Uint8Array | null;
  readonly sealedGoneAt?: Instant;
};

/** Of a request that the caller has locked. */
export async function updateRequest(
  unit: Unit,
  { controller, id }: RequestKey,
  change: RequestChange,
): Promise<void> {
  const { openKey, sealed, sealedGoneAt, ...rest } = change;
  await inUnit(unit)(TABLE)
    .where({ controller, id })
    .update({
      ...columnsOf(rest),
      ...(openKey === undefined ? {} : { open_key: openKey }),
      ...(sealed === undefined ? {} : { sealed: sealed === null ? null : Buffer.from(sealed) }),
      ...(sealedGoneAt === undefined ? {} : { sealed_gone_at: sealedGoneAt }),
    });
}

/** Requests of one person that are not over: about them, or made by them for somebody else. Oldest first. */
export async function openRequestsOf(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
): Promise<readonly Request[]> {
  // Each half has an index of its own.
  const half = (column: "subject" | "requester") =>
    inUnit(unit)(TABLE)
      .where({ controller, [column]: subject })
      .where("state", "<>", "closed")
      .orderBy("id")
      .limit(200)
      .select<Row[]>(SELECTED);
  const rows = [...(await half("subject")), ...(await half("requester"))];
  return [...new Map(rows.map((row) => [row.id, requestOf(row)])).values()];
}

/** Every request about one person or made by them, open or not: what this duty holds of them. */
export async function requestsAbout(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly Request[]> {
  if (subjects.length === 0) return [];
  const rows = await inUnit(unit)(TABLE)
    .where({ controller })
    .where((either) => void either.whereIn("subject", [...subjects]).orWhereIn("requester", [...subjects]))
    .orderBy("id")
    .select<Row[]>(SELECTED);
  return rows.map(requestOf);
}

export interface RequestQuery {
  readonly states?: readonly RequestState[];
  readonly matter?: RequestMatter;
  /** Older than this one: the next page. */
  readonly before?: RequestId;
  readonly limit: number;
}

/** Newest first. */
export async function listRequests(
  unit: Unit,
  scope: RequestScope,
  { states, matter, before, limit }: RequestQuery,
): Promise<readonly Request[]> {
  const query = scoped(unit, scope);
  if (states !== undefined) void query.whereIn("state", [...states]);
  if (matter !== undefined) void query.where({ matter });
  if (before !== undefined) void query.where("id", "<", before);
  const rows = await query.orderBy("id", "desc").limit(limit).select<Row[]>(SELECTED);
  return rows.map(requestOf);
}

/** Those not forwarded, the soonest due first. */
export async function unforwardedRequests(
  unit: Unit,
  scope: RequestScope,
  { dueBefore, limit }: { readonly dueBefore?: Instant; readonly limit: number },
): Promise<readonly Request[]> {
  const query = scoped(unit, scope).where({ state: "open" });
  if (dueBefore !== undefined) void query.where("forward_due_at", "<", dueBefore);
  const rows = await query.orderBy("forward_due_at").orderBy("id").limit(limit).select<Row[]>(SELECTED);
  return rows.map(requestOf);
}

/** Those in the controller's hands whose time ends before, the soonest first. */
export async function unansweredRequests(
  unit: Unit,
  scope: RequestScope,
  { dueBefore, limit }: { readonly dueBefore: Instant; readonly limit: number },
): Promise<readonly Request[]> {
  const rows = await scoped(unit, scope)
    .whereIn("state", ["open", "forwarded", "received", "inProgress"])
    .whereNull("outcome")
    .where("answer_due_at", "<", dueBefore)
    .orderBy("answer_due_at")
    .orderBy("id")
    .limit(limit)
    .select<Row[]>(SELECTED);
  return rows.map(requestOf);
}

/** An open one of the same person and matter, the earliest: by the key, by the person, or by the sender's address. */
export async function openTwin(
  unit: Unit,
  controller: ControllerId,
  {
    matter,
    openKey,
    subject,
    addressHash,
  }: {
    readonly matter: RequestMatter;
    readonly openKey?: string | undefined;
    /** Whoever asks for themselves. */
    readonly subject?: SubjectId | undefined;
    readonly addressHash?: string | undefined;
  },
): Promise<Request | undefined> {
  const keys = { open_key: openKey, subject, address_hash: addressHash };
  const known = Object.entries(keys).filter((each): each is [string, string] => each[1] !== undefined);
  if (known.length === 0) return undefined;
  const row = await inUnit(unit)(TABLE)
    .where({ controller, matter })
    .where("state", "<>", "closed")
    .whereNull("outcome")
    .where((any) => {
      for (const [column, value] of known)
        void any.orWhere((one) => {
          void one.where(column, value);
          // A guardian's address stands for several children: only the key tells them apart.
          if (column !== "open_key") void one.where({ authority: "self" });
        });
    })
    .orderBy("received_at")
    .orderBy("id")
    .forUpdate()
    .first<Row | undefined>(SELECTED);
  return row && requestOf(row);
}

/** What is sealed of it; undefined when there is nothing, or no more. */
export async function sealedOfRequest(
  unit: Unit,
  { controller, id }: RequestKey,
): Promise<Buffer | undefined> {
  const row = await inUnit(unit)(TABLE)
    .where({ controller, id })
    .first<{ sealed: Buffer | null } | undefined>("sealed");
  return row?.sealed ?? undefined;
}

/** Those that are over and whose key still stands: a crash came between. */
export async function requestsToForget(unit: Unit, limit: number): Promise<readonly RequestKey[]> {
  return inUnit(unit)(TABLE)
    .where((over) => void over.where({ state: "closed" }).orWhereNotNull("outcome"))
    .whereNull("sealed_gone_at")
    .orderBy("id")
    .limit(limit)
    .select<RequestKey[]>("controller", "id");
}

/** An inquiry comes out in this request. Twice is once. */
export async function attachInquiry(
  unit: Unit,
  request: RequestKey,
  inquiry: InquiryId,
  at: Instant,
): Promise<void> {
  const row = { controller: request.controller, inquiry, request: request.id, attached_at: at };
  await inUnit(unit)("dsr_inquiry_request")
    .insert(row)
    .onConflict(["controller", "request", "inquiry"])
    .ignore();
}

export async function requestsOfInquiry(unit: Unit, inquiry: InquiryId): Promise<readonly Request[]> {
  const rows = await inUnit(unit)(TABLE)
    .join("dsr_inquiry_request", `${TABLE}.id`, "dsr_inquiry_request.request")
    .where({ "dsr_inquiry_request.inquiry": inquiry })
    .orderBy(`${TABLE}.id`)
    .select<Row[]>(SELECTED.map((name) => `${TABLE}.${name}`));
  return rows.map(requestOf);
}

export async function inquiriesOfRequest(
  unit: Unit,
  { controller, id }: RequestKey,
): Promise<readonly InquiryId[]> {
  return inUnit(unit)("dsr_inquiry_request")
    .where({ controller, request: id })
    .orderBy("inquiry")
    .pluck<InquiryId[]>("inquiry");
}

function scoped(unit: Unit, scope: RequestScope) {
  const query = inUnit(unit)(TABLE);
  return scope === "all" ? query : query.where({ controller: scope });
}

function columnsOf(values: Readonly<Partial<Record<keyof Request, unknown>>>): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(COLUMNS))
    if (Object.hasOwn(values, name)) columns[column] = values[name as keyof Request] ?? null;
  return columns;
}

function requestOf(row: Row): Request {
  return {
    id: row.id as RequestId,
    controller: row.controller as ControllerId,
    inquiry: row.inquiry as InquiryId,
    matter: row.matter as RequestMatter,
    state: row.state as RequestState,
    language: row.language as Language,
    role: row.role as RequesterRole,
    identity: row.identity as Identity,
    authority: row.authority as Authority,
    receivedAt: instant(row.received_at),
    forwardDueAt: instant(row.forward_due_at),
    level: row.level,
    bounces: row.bounces,
    textHeld: Number(row.text_held) === 1,
    ...(row.subject === null ? {} : { subject: row.subject as SubjectId }),
    ...(row.requester === null ? {} : { requester: row.requester as SubjectId }),
    ...(row.origin === null ? {} : { origin: row.origin as Origin }),
    ...(row.forwarded_at === null ? {} : { forwardedAt: instant(row.forwarded_at) }),
    ...(row.forwarded_by === null ? {} : { forwardedBy: row.forwarded_by as "mail" | "hand" }),
    ...(row.opened_at === null ? {} : { openedAt: instant(row.opened_at) }),
    ...(row.acknowledged_at === null ? {} : { acknowledgedAt: instant(row.acknowledged_at) }),
    ...(row.answer_due_at === null ? {} : { answerDueAt: instant(row.answer_due_at) }),
    ...(row.extended_at === null ? {} : { extendedAt: instant(row.extended_at) }),
    ...(row.outcome === null ? {} : { outcome: row.outcome as RequestOutcome }),
    ...(row.reason === null ? {} : { reason: row.reason as WaitReason | RefusalReason }),
    ...(row.closed_at === null ? {} : { closedAt: instant(row.closed_at) }),
    ...(row.closed_by === null ? {} : { closedBy: row.closed_by as ActorRole }),
    ...(row.overdue_at === null ? {} : { overdueAt: instant(row.overdue_at) }),
    ...(row.address_hash === null ? {} : { addressHash: row.address_hash }),
  };
}
