/** A person judges that a message asks for no right: it is closed with its reason, and what was written goes. @clause D10.1b */
import type { InquiryId } from "@preau/kernel";
import type { DeskActor, DeskPorts } from "./desk-ports.ts";
import { fault } from "./errors.ts";
import { waitsForPerson } from "./inquiry.ts";
import { forgetClosed } from "./request-forget.ts";
import { recordInquiry } from "./request-journal.ts";
import { lockInquiry, updateInquiry } from "./store/inquiries.ts";

export const dismissals = ["notARequest", "unsolicited", "noClientOfOurs"] as const;
export type Dismissal = (typeof dismissals)[number];

/** @throws REQUEST_NOT_FOR_YOU, REQUEST_NO_INQUIRY, REQUEST_OVER */
export async function dismissInquiry(
  ports: DeskPorts,
  id: InquiryId,
  { why, by }: { readonly why: Dismissal; readonly by: DeskActor },
): Promise<void> {
  if (by.role !== "publisherDpo") throw fault("REQUEST_NOT_FOR_YOU");
  await ports.unitOfWork.transaction(async (unit) => {
    const inquiry = await lockInquiry(unit, id);
    if (inquiry === undefined) throw fault("REQUEST_NO_INQUIRY");
    if (!waitsForPerson(inquiry)) throw fault("REQUEST_OVER");
    const closedAt = ports.clock.now();
    await updateInquiry(unit, id, { state: "noRequest", closedAt, addressHash: null, sealed: null });
    await recordInquiry(unit, ports, id, {
      ...{ type: "data-subject-requests.noRequest", by },
      payload: { why },
    });
  });
  await forgetClosed(ports);
}
