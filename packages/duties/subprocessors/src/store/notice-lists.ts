/** The SQL of lists and counts of notices, for pages and for what is due. */
import { inUnit } from "@preau/database";
import type { ControllerId, Unit } from "@preau/kernel";
import type { ChangeId } from "../change.ts";
import type { Delivery, Notice } from "../notice.ts";
import { type NoticeRow, noticeOf } from "./notices.ts";

const TABLE = "spr_notice";

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
  return Number(row.rows);
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
