/** The SQL of messages that have ended: address and text go, then whom it was about; the line stays. */
import { inUnit } from "@preau/database";
import type { ControllerId, Instant, Unit } from "@preau/kernel";
import { MESSAGE, type MessageRow } from "./messages.ts";

const ENDED = ["accepted", "bounced", "refused", "dead"];

/** Address and text of those of one controller that ended at or before it. How many. */
export async function destroyTexts(unit: Unit, controller: ControllerId, until: Instant): Promise<number> {
  return inUnit(unit)<MessageRow>(MESSAGE)
    .where({ controller })
    .whereIn("state", ENDED)
    .where("settled_at", "<=", until)
    .whereNull("restricted_at")
    .whereNotNull("sealed")
    .update({ sealed: null, recipient: null });
}

/** Of every controller's that ended before it, all but the line: it leads to nobody. How many. */
export async function endLog(unit: Unit, before: Instant): Promise<number> {
  return inUnit(unit)<MessageRow>(MESSAGE)
    .whereIn("state", ENDED)
    .where("settled_at", "<", before)
    .whereNull("restricted_at")
    .where((each) => void each.whereNotNull("sealed").orWhereNotNull("subject").orWhereNotNull("provider_id"))
    .update({ sealed: null, subject: null, recipient: null, provider_id: null });
}
