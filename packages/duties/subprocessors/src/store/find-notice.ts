import { inUnit } from "@preau/database";
import type { ControllerId, Unit } from "@preau/kernel";
import type { Notice, NoticeId } from "../notice.ts";
import { type NoticeRow, noticeOf } from "./notices.ts";

/** By its id: one controller's own, or anybody's for the publisher's own people. */
export async function findNotice(
  unit: Unit,
  scope: ControllerId | "all",
  id: NoticeId,
): Promise<Notice | undefined> {
  const query = inUnit(unit)("spr_notice").where({ id });
  if (scope !== "all") void query.where({ controller: scope });
  const row = await query.first<NoticeRow | undefined>();
  return row && noticeOf(row);
}
