/** The SQL of what controllers were told, and of what they answered. */
import { insertRows, inUnit } from "@preau/database";
import type { ControllerId, Instant, InstructionId, Unit } from "@preau/kernel";
import type { Change, ChangeId } from "../change.ts";
import type { Delivery, Notice, NoticeId, Receipt } from "../notice.ts";
import { CHANGES, type ChangeRow, changeOf } from "./changes.ts";

const TABLE = "spr_notice";

export interface NoticeRow {
  readonly controller: string;
  readonly change_id: string;
  readonly id: string;
  readonly recipient: string;
  readonly announced_at: string;
  readonly delivery: string;
  readonly delivered_at: string | null;
  readonly reminders: number;
  readonly reminded_at: string | null;
  readonly received_at: string | null;
  readonly receipt: string | null;
  readonly objected_at: string | null;
  readonly honoured: number;
  readonly instruction: string | null;
  readonly told_back_at: string | null;
}

export type NewNotice = Pick<Notice, "id" | "controller" | "change" | "recipient" | "announcedAt">;

export async function insertNotices(unit: Unit, all: readonly NewNotice[]): Promise<void> {
  if (all.length === 0) return;
  await insertRows(
    inUnit(unit),
    TABLE,
    all.map((each) => ({
      ...{ controller: each.controller, change_id: each.change, id: each.id, recipient: each.recipient },
      ...{ announced_at: each.announcedAt, delivery: "toSend", delivered_at: null, reminders: 0 },
      ...{ reminded_at: null, received_at: null, receipt: null, objected_at: null, honoured: 0 },
      ...{ instruction: null, told_back_at: null },
    })),
  );
}

export async function readNotice(
  unit: Unit,
  controller: ControllerId,
  change: ChangeId,
): Promise<Notice | undefined> {
  const row = await inUnit(unit)(TABLE)
    .where({ controller, change_id: change })
    .first<NoticeRow | undefined>();
  return row && noticeOf(row);
}

export async function noticeById(
  unit: Unit,
  controller: ControllerId,
  id: NoticeId,
): Promise<Notice | undefined> {
  const row = await inUnit(unit)(TABLE).where({ controller, id }).first<NoticeRow | undefined>();
  return row && noticeOf(row);
}

/** Held until the unit ends: of two who answer at once, one is second. */
export async function lockNotice(
  unit: Unit,
  controller: ControllerId,
  change: ChangeId,
): Promise<Notice | undefined> {
  const row = await inUnit(unit)(TABLE)
    .where({ controller, change_id: change })
    .forUpdate()
    .first<NoticeRow | undefined>();
  return row && noticeOf(row);
}

export interface NoticeChanges {
  readonly delivery?: Delivery;
  readonly deliveredAt?: Instant | null;
  readonly reminders?: number;
  readonly remindedAt?: Instant;
  /** Null where a receipt was recorded that was none. */
  readonly receipt?: Receipt | null;
  readonly objectedAt?: Instant | null;
  readonly honoured?: boolean;
  readonly instruction?: InstructionId | null;
  readonly toldBackAt?: Instant;
}

export async function updateNotice(
  unit: Unit,
  { controller, change }: Pick<Notice, "controller" | "change">,
  changes: NoticeChanges,
): Promise<void> {
  await inUnit(unit)(TABLE).where({ controller, change_id: change }).update(columnsOf(changes));
}

/** The same for several controllers of one change. */
export async function updateNotices(
  unit: Unit,
  change: ChangeId,
  controllers: readonly ControllerId[],
  changes: NoticeChanges,
): Promise<void> {
  if (controllers.length === 0) return;
  await inUnit(unit)(TABLE)
    .where({ change_id: change })
    .whereIn("controller", [...controllers])
    .update(columnsOf(changes));
}

/** One more reminder each. */
export async function countReminders(
  unit: Unit,
  change: ChangeId,
  controllers: readonly ControllerId[],
  at: Instant,
): Promise<void> {
  if (controllers.length === 0) return;
  await inUnit(unit)(TABLE)
    .where({ change_id: change })
    .whereIn("controller", [...controllers])
    .update({ reminded_at: at })
    .increment("reminders", 1);
}

/** A page of those that nobody wrote to yet, held until the unit ends. */
export async function noticesToSend(unit: Unit, change: ChangeId, limit: number): Promise<readonly Notice[]> {
  const rows = await inUnit(unit)(TABLE)
    .where({ change_id: change, delivery: "toSend" })
    .orderBy("controller")
    .limit(limit)
    .forUpdate()
    .select<NoticeRow[]>();
  return rows.map(noticeOf);
}

/** A page of those that nobody confirmed, last written to before then, after that controller. */
export async function noticesToRemind(
  unit: Unit,
  change: ChangeId,
  query: {
    readonly before: Instant;
    readonly reminders: number;
    readonly after: string;
    readonly limit: number;
  },
): Promise<readonly Notice[]> {
  const rows = await inUnit(unit)(TABLE)
    .where({ change_id: change })
    .whereNot("delivery", "toSend")
    .where("controller", ">", query.after)
    .where("announced_at", "<=", query.before)
    .whereNull("received_at")
    .whereNull("objected_at")
    .where("reminders", "<", query.reminders)
    .where((either) => void either.whereNull("reminded_at").orWhere("reminded_at", "<=", query.before))
    .orderBy("controller")
    .limit(query.limit)
    .forUpdate()
    .select<NoticeRow[]>();
  return rows.map(noticeOf);
}

/** A page of those whom nobody told yet that the change was taken back, held until the unit ends. */
export async function noticesToTakeBack(
  unit: Unit,
  change: ChangeId,
  limit: number,
): Promise<readonly Notice[]> {
  const rows = await inUnit(unit)(TABLE)
    .where({ change_id: change })
    .whereNull("told_back_at")
    .orderBy("controller")
    .limit(limit)
    .forUpdate()
    .select<NoticeRow[]>();
  return rows.map(noticeOf);
}

/** The instruction of the ledger that a transfer rests on. */
export async function readInstruction(
  unit: Unit,
  { controller, change }: Pick<Notice, "controller" | "change">,
): Promise<InstructionId | undefined> {
  const row = await inUnit(unit)(TABLE)
    .where({ controller, change_id: change })
    .first<Pick<NoticeRow, "instruction"> | undefined>("instruction");
  return (row?.instruction ?? undefined) as InstructionId | undefined;
}

export interface NoticeQuery {
  /** One controller's, or everybody's for the publisher's own staff. */
  readonly scope: ControllerId | "all";
  readonly change?: ChangeId;
  readonly deliveries?: readonly Delivery[];
  /** Those alone whose receipt is proved, or is not. */
  readonly received?: boolean;
  /** Those alone that somebody objected to, or nobody. */
  readonly objected?: boolean;
  readonly limit: number;
  readonly offset?: number;
}

/** In the order of controllers. */
export async function listNotices(unit: Unit, query: NoticeQuery): Promise<readonly Notice[]> {
  const rows = await queried(unit, query)
    .orderBy(["controller", "change_id"])
    .limit(query.limit)
    .offset(query.offset ?? 0)
    .select<NoticeRow[]>();
  return rows.map(noticeOf);
}

export async function countNotices(
  unit: Unit,
  query: Omit<NoticeQuery, "limit" | "offset">,
): Promise<number> {
  const row = await queried(unit, query).count({ rows: "*" }).first<{ rows: number | string }>();
  return Number(row?.rows ?? 0);
}

function queried(unit: Unit, { scope, change, deliveries, received, objected }: Omit<NoticeQuery, "limit">) {
  const select = inUnit(unit)(TABLE);
  if (scope !== "all") void select.where({ controller: scope });
  if (change !== undefined) void select.where({ change_id: change });
  if (deliveries !== undefined) void select.whereIn("delivery", [...deliveries]);
  if (received !== undefined)
    void (received ? select.whereNotNull("received_at") : select.whereNull("received_at"));
  if (objected !== undefined)
    void (objected ? select.whereNotNull("objected_at") : select.whereNull("objected_at"));
  return select;
}

/** How many notices of a change stand how: of all controllers, by one read of the index. */
export interface NoticeCounts {
  readonly all: number;
  readonly byDelivery: Readonly<Record<Delivery, number>>;
  readonly received: number;
  readonly objected: number;
}

export async function noticeCounts(unit: Unit, change: ChangeId): Promise<NoticeCounts> {
  const rows = await inUnit(unit)(TABLE)
    .where({ change_id: change })
    .groupBy("delivery")
    .select<{ delivery: Delivery; n: number; received: number; objected: number }[]>("delivery")
    .count({ n: "*", received: "received_at", objected: "objected_at" });
  const byDelivery = { toSend: 0, queued: 0, sent: 0, undelivered: 0, noAddress: 0 };
  let [all, received, objected] = [0, 0, 0];
  for (const row of rows as unknown as Record<string, string | number>[]) {
    byDelivery[row["delivery"] as Delivery] = Number(row["n"]);
    all += Number(row["n"]);
    received += Number(row["received"]);
    objected += Number(row["objected"]);
  }
  return { all, byDelivery, received, objected };
}

/** Controllers that have a notice of a change. */
export async function toldControllers(unit: Unit, change: ChangeId): Promise<ReadonlySet<string>> {
  return new Set(await inUnit(unit)(TABLE).where({ change_id: change }).pluck<string[]>("controller"));
}

/** What one controller was told about one recipient, each with its change: one read by the index. */
export async function noticesAbout(
  unit: Unit,
  controller: ControllerId,
  recipient: string,
): Promise<readonly { readonly notice: Notice; readonly change: Change }[]> {
  const rows = await inUnit(unit)(`${TABLE} as n`)
    .join(`${CHANGES} as c`, "c.id", "n.change_id")
    .where({ "n.controller": controller, "n.recipient": recipient })
    .orderBy("n.change_id")
    .select<(NoticeRow & Omit<ChangeRow, "id" | "announced_at">)[]>(
      "c.kind",
      "c.replaces",
      "c.entry",
      "c.content",
      "c.starts_on",
      "c.state",
      "c.audience",
      "c.proposed_at",
      "c.withdrawn_at",
      "c.version",
      "n.*",
    );
  return rows.map((row) => ({ notice: noticeOf(row), change: changeOf({ ...row, id: row.change_id }) }));
}

function columnsOf(changes: NoticeChanges): Readonly<Record<string, string | number | null>> {
  const { receipt } = changes;
  const columns: Record<string, string | number | null | undefined> = {
    delivery: changes.delivery,
    delivered_at: changes.deliveredAt,
    reminders: changes.reminders,
    reminded_at: changes.remindedAt,
    objected_at: changes.objectedAt,
    honoured: changes.honoured === undefined ? undefined : Number(changes.honoured),
    instruction: changes.instruction,
    told_back_at: changes.toldBackAt,
  };
  if (receipt === null) {
    columns["received_at"] = null;
    columns["receipt"] = null;
  } else if (receipt !== undefined) {
    const { receivedAt, ...said } = receipt;
    columns["received_at"] = receivedAt;
    columns["receipt"] = JSON.stringify(said);
  }
  return Object.fromEntries(Object.entries(columns).filter((each) => each[1] !== undefined)) as Record<
    string,
    string | number | null
  >;
}

export function noticeOf(row: NoticeRow): Notice {
  return {
    id: row.id as NoticeId,
    controller: row.controller as ControllerId,
    change: row.change_id as ChangeId,
    recipient: row.recipient,
    announcedAt: row.announced_at as Instant,
    delivery: row.delivery as Delivery,
    ...(row.delivered_at === null ? {} : { deliveredAt: row.delivered_at as Instant }),
    reminders: Number(row.reminders),
    ...(row.reminded_at === null ? {} : { remindedAt: row.reminded_at as Instant }),
    ...(row.received_at === null || row.receipt === null
      ? {}
      : {
          receipt: {
            receivedAt: row.received_at as Instant,
            ...(JSON.parse(row.receipt) as Omit<Receipt, "receivedAt">),
          },
        }),
    ...(row.objected_at === null ? {} : { objectedAt: row.objected_at as Instant }),
    honoured: Number(row.honoured) === 1,
  };
}
