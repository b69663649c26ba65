/** The SQL of orders. */
import { inUnit } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  type Instant,
  type InstructionId,
  instant,
  type Language,
  type ProjectKind,
  type RequestId,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { ExportId, ExportOrder, ExportState, ExportWhat, OrderedProtection } from "../export-order.ts";

export interface OrderRow {
  readonly id: string;
  readonly controller: string;
  readonly kind: string;
  readonly store: string | null;
  readonly project_kind: string | null;
  readonly project: string | null;
  readonly subject: string | null;
  readonly language: string;
  readonly protection: string;
  readonly recipients: string | null;
  readonly passphrase: Buffer | null;
  readonly state: string;
  readonly ordered_by: string;
  readonly ordered_at: string;
  readonly reference: string | null;
  readonly instruction: string | null;
  readonly about: string | null;
  readonly run: number;
  readonly files: number;
  readonly content_bytes: number | string;
  readonly made_at: string | null;
  readonly bytes: number | string | null;
  readonly sha256: string | null;
  readonly link: string | null;
  readonly link_until: string | null;
  readonly claim: string | null;
  readonly claim_until: string | null;
  readonly fetched_at: string | null;
  readonly destroy_by: string | null;
  readonly over_at: string | null;
  readonly failure: string | null;
  readonly restricted: number | boolean;
}

/** An order as a run holds it: with its number, and the passphrase as it is sealed. */
export interface TakenOrder extends ExportOrder {
  readonly run: number;
  readonly passphrase?: Buffer;
}

export interface NewOrder
  extends Pick<
    ExportOrder,
    | "id"
    | "controller"
    | "what"
    | "language"
    | "protection"
    | "orderedBy"
    | "orderedAt"
    | "reference"
    | "instruction"
    | "about"
  > {
  readonly passphrase?: Uint8Array | undefined;
  readonly press?: string | undefined;
}

export async function insertOrder(unit: Unit, order: NewOrder): Promise<void> {
  const { what, protection } = order;
  await inUnit(unit)("exp_order").insert({
    id: order.id,
    controller: order.controller,
    kind: what.kind,
    store: "store" in what ? what.store : null,
    project_kind: what.kind === "project" ? what.projectKind : null,
    project: what.kind === "project" ? what.project : null,
    subject: "subject" in what ? (what.subject ?? null) : null,
    language: order.language,
    protection: "recipients" in protection ? "recipients" : protection.kind,
    recipients: "recipients" in protection ? protection.recipients.join("\n") : null,
    passphrase: order.passphrase === undefined ? null : Buffer.from(order.passphrase),
    press: order.press ?? null,
    state: "ordered",
    ordered_by: order.orderedBy,
    ordered_at: order.orderedAt,
    reference: order.reference ?? null,
    instruction: order.instruction ?? null,
    about: order.about ?? null,
  });
}

export type OrderScope = ControllerId | "all";

export async function readOrder(
  unit: Unit,
  scope: OrderScope,
  id: ExportId,
): Promise<ExportOrder | undefined> {
  const query = inUnit(unit)("exp_order").where({ id });
  if (scope !== "all") void query.where({ controller: scope });
  const row = await query.first<OrderRow | undefined>();
  return row && orderOf(row);
}

export async function orderOfPress(
  unit: Unit,
  controller: ControllerId,
  press: string,
): Promise<ExportId | undefined> {
  const row = await inUnit(unit)("exp_order")
    .where({ controller, press })
    .first<{ id: ExportId } | undefined>("id");
  return row?.id;
}

/** Newest first. */
export async function listOrders(
  unit: Unit,
  scope: OrderScope,
  { states, limit }: { readonly states?: readonly ExportState[] | undefined; readonly limit: number },
): Promise<readonly ExportOrder[]> {
  const query = inUnit(unit)("exp_order");
  if (scope !== "all") void query.where({ controller: scope });
  if (states !== undefined) void query.whereIn("state", [...states]);
  const rows = await query
    .orderBy("ordered_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .select<OrderRow[]>();
  return rows.map(orderOf);
}

/** Under the row's lock. */
export async function lockOrder(
  unit: Unit,
  controller: ControllerId,
  id: ExportId,
): Promise<TakenOrder | undefined> {
  const row = await inUnit(unit)("exp_order")
    .where({ controller, id })
    .forUpdate()
    .first<OrderRow | undefined>();
  return row && takenOf(row);
}

export interface OrderChange {
  readonly state?: ExportState;
  readonly run?: number;
  readonly files?: number;
  readonly contentBytes?: number;
  readonly passphrase?: null;
  readonly madeAt?: Instant;
  readonly bytes?: number;
  readonly sha256?: string;
  readonly link?: string | null;
  readonly linkUntil?: Instant | null;
  readonly claim?: string | null;
  readonly claimUntil?: Instant | null;
  readonly fetchedAt?: Instant;
  readonly destroyBy?: Instant;
  readonly overAt?: Instant;
  readonly failure?: string;
}

const COLUMNS: Readonly<Record<keyof OrderChange, string>> = {
  state: "state",
  run: "run",
  files: "files",
  contentBytes: "content_bytes",
  passphrase: "passphrase",
  madeAt: "made_at",
  bytes: "bytes",
  sha256: "sha256",
  link: "link",
  linkUntil: "link_until",
  claim: "claim",
  claimUntil: "claim_until",
  fetchedAt: "fetched_at",
  destroyBy: "destroy_by",
  overAt: "over_at",
  failure: "failure",
};

/** Of an order that the caller has locked. */
export async function updateOrder(
  unit: Unit,
  { controller, id }: Pick<ExportOrder, "controller" | "id">,
  change: OrderChange,
): Promise<void> {
  const values: Record<string, string | number | null> = {};
  for (const [name, value] of Object.entries(change) as [keyof OrderChange, string | number | null][])
    values[COLUMNS[name]] = value;
  await inUnit(unit)("exp_order").where({ controller, id }).update(values);
}

/** Orders on one instruction that nobody has fetched yet, under their locks. */
export async function unfetchedOn(
  unit: Unit,
  controller: ControllerId,
  instruction: InstructionId,
): Promise<readonly ExportOrder[]> {
  const rows = await inUnit(unit)("exp_order")
    .where({ controller, instruction })
    .whereIn("state", ["ordered", "running", "ready"])
    .orderBy("id")
    .forUpdate()
    .select<OrderRow[]>();
  return rows.map(orderOf);
}

/** Orders of one controller about nobody, whose packages may hold anybody of it. */
export async function livePackagesOfMany(
  unit: Unit,
  controller: ControllerId,
): Promise<readonly ExportOrder[]> {
  const rows = await inUnit(unit)("exp_order")
    .where({ controller })
    .whereIn("kind", ["project", "database"])
    .whereIn("state", ["running", "ready", "fetched"])
    .orderBy("id")
    .select<OrderRow[]>();
  return rows.map(orderOf);
}

export function takenOf(row: OrderRow): TakenOrder {
  return {
    ...orderOf(row),
    run: row.run,
    ...(row.passphrase === null ? {} : { passphrase: row.passphrase }),
  };
}

export function orderOf(row: OrderRow): ExportOrder {
  return {
    id: row.id as ExportId,
    controller: row.controller as ControllerId,
    what: whatOf(row),
    language: row.language as Language,
    protection: protectionOf(row),
    state: row.state as ExportState,
    orderedBy: row.ordered_by as ActorRole,
    orderedAt: instant(row.ordered_at),
    ...(row.reference === null ? {} : { reference: row.reference }),
    ...(row.instruction === null ? {} : { instruction: row.instruction as InstructionId }),
    ...(row.about === null ? {} : { about: row.about as RequestId }),
    files: row.files,
    contentBytes: Number(row.content_bytes),
    ...(row.made_at === null ? {} : { madeAt: instant(row.made_at) }),
    ...(row.bytes === null ? {} : { bytes: Number(row.bytes) }),
    ...(row.sha256 === null ? {} : { sha256: row.sha256 }),
    ...(row.link_until === null ? {} : { linkUntil: instant(row.link_until) }),
    ...(row.fetched_at === null ? {} : { fetchedAt: instant(row.fetched_at) }),
    ...(row.destroy_by === null ? {} : { destroyBy: instant(row.destroy_by) }),
    ...(row.over_at === null ? {} : { overAt: instant(row.over_at) }),
    ...(row.failure === null ? {} : { failure: row.failure }),
  };
}

function whatOf({ kind, store, project_kind, project, subject }: OrderRow): ExportWhat {
  if (kind === "project")
    return {
      kind,
      store: store ?? "",
      projectKind: (project_kind ?? "school") as ProjectKind,
      project: project ?? "",
    };
  if (kind === "database") return { kind, store: store ?? "" };
  return { kind: kind as "access" | "portability", subject: (subject ?? undefined) as SubjectId | undefined };
}

function protectionOf({ protection, recipients }: OrderRow): OrderedProtection {
  return protection === "recipients"
    ? { kind: "age", recipients: (recipients ?? "").split("\n") }
    : { kind: protection as "age" | "zip", passphrase: "made" };
}
