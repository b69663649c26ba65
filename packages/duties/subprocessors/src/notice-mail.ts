/** What became of a notice's mail: taken by the next server, or come back. @clause D8.2 */
import type { EventHandlers } from "@preau/kernel";
import { recordAct, SYSTEM } from "./act.ts";
import type { NoticeId } from "./notice.ts";
import type { SubprocessorPorts } from "./ports.ts";
import { noticeById, updateNotice } from "./store/notices.ts";

const KEY = /^subprocessors\/notice\/(spn_[0-9a-z]+)(?:\/\d+)?$/;

export function onMailSettled(
  ports: Pick<SubprocessorPorts, "journal">,
): NonNullable<EventHandlers["mail.settled"]> {
  return async ({ controller, key, outcome, at }, unit) => {
    const id = KEY.exec(key)?.[1];
    const notice = id === undefined ? undefined : await noticeById(unit, controller, id as NoticeId);
    if (notice === undefined) return;
    const delivery = outcome === "accepted" ? "sent" : "undelivered";
    // The server that took a reminder says nothing of receipt, and one that sends it back takes none away.
    await updateNotice(unit, notice, { delivery, deliveredAt: outcome === "accepted" ? at : null });
    await recordAct(unit, ports, {
      ...{ type: "subprocessors.noticeSettled", clause: "D8.2", by: SYSTEM, controller },
      payload: { change: notice.change, notice: notice.id, outcome, at },
    });
  };
}
