/** An attempt to join accounts that was refused is logged: by whom and why, never which account. @clause DD.7 */
import type { PreauError, Unit } from "@preau/kernel";
import type { AccountPorts } from "./account-ports.ts";
import type { Approver } from "./judge-relink.ts";

export async function noteRefusedRelink(
  unit: Unit,
  { journal }: Pick<AccountPorts, "journal">,
  approver: Approver,
  { code }: Pick<PreauError, "code">,
): Promise<void> {
  const id = approver.kind === "teacher" ? approver.subject : approver.actor;
  await journal.record(unit, {
    log: "activity",
    type: "gar.relinkRefused",
    clause: "DD.7",
    controller: approver.controller,
    actor: {
      role: approver.kind === "teacher" ? "dataSubject" : approver.role,
      ...(id === undefined ? {} : { id }),
    },
    payload: { code },
  });
}
