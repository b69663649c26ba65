/** The SQL of the gate's read: what one controller was told about one recipient. */
import { inUnit } from "@preau/database";
import type { ControllerId, Unit } from "@preau/kernel";
import type { Change } from "../change.ts";
import type { Notice } from "../notice.ts";
import { CHANGES, type ChangeRow, changeOf } from "./changes.ts";
import { type NoticeRow, noticeOf } from "./notices.ts";

const TABLE = "spr_notice";

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
