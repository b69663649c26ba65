/** The SQL of what controllers were told, and of what they answered. */
import { insertRows, inUnit } from "@preau/database";
import type { ControllerId, Instant, InstructionId, Unit } from "@preau/kernel";
import type { ChangeId } from "../change.ts";
import type { Delivery, Notice, NoticeId, Receipt } from "../notice.ts";

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

/** Controllers that have a notice of a change. */
export async function toldControllers(unit: Unit, change: ChangeId): Promise<ReadonlySet<string>> {
  return new Set(await inUnit(unit)(TABLE).where({ change_id: change }).pluck<string[]>("controller"));
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
    reminders: row.reminders,
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
    honoured: row.honoured === 1,
  };
}
