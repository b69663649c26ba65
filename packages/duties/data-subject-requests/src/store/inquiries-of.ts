import { inUnit } from "@preau/database";
import type { ControllerId, Unit } from "@preau/kernel";

/** Messages from a person of that controller, or out of which a request of its came. */
export async function inquiriesOf(unit: Unit, controller: ControllerId): Promise<ReadonlySet<string>> {
  const trx = inUnit(unit);
  const own = await trx("dsr_inquiry").where({ requester_controller: controller }).pluck<string[]>("id");
  const out = await trx("dsr_inquiry_request").where({ controller }).distinct().pluck<string[]>("inquiry");
  return new Set([...own, ...out]);
}

/** Messages that nobody has assigned yet, of nobody who was signed in. */
export async function unassignedInquiries(unit: Unit): Promise<ReadonlySet<string>> {
  const waiting = await inUnit(unit)("dsr_inquiry")
    .whereIn("state", ["new", "unknownController"])
    .whereNull("requester_controller")
    .pluck<string[]>("id");
  return new Set(waiting);
}
