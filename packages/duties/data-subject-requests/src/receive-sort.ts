/**
 * A first look at a message of somebody who was not signed in, after it was taken in and apart from it: whoever wrote sees the
 * same page at the same moment, whatever is found. A school that nobody knows is told to the publisher's officer at once.
 * @clause D10.1b
 */
import type { InquiryId, JobDefinition, JobId, Unit } from "@preau/kernel";
import { PUBLISHER } from "@preau/web";
import { type DeskActor, type DeskPorts, type IntakePorts, SYSTEM } from "./desk-ports.ts";
import { fault } from "./errors.ts";
import { escalateInquiry } from "./escalate.ts";
import { openInquiry } from "./inquiry-seal.ts";
import type { DataSubjectRequestsOptions } from "./options.ts";
import { candidatesOf } from "./receive-candidates.ts";
import { recordInquiry } from "./request-journal.ts";
import { lockInquiry, updateInquiry } from "./store/inquiries.ts";

const SORT = "data-subject-requests.sort";

export function enqueueSorting(
  unit: Unit,
  { jobs }: Pick<IntakePorts, "jobs">,
  inquiry: InquiryId,
): Promise<JobId> {
  return jobs.enqueue(unit, { name: SORT, controller: PUBLISHER, key: inquiry, payload: { inquiry } });
}

export function sortJob(ports: DeskPorts, options: DataSubjectRequestsOptions): JobDefinition {
  return {
    name: SORT,
    handler: async ({ payload }) => {
      const id = payload["inquiry"];
      if (typeof id === "string") await sortInquiry(ports, options, id as InquiryId);
    },
  };
}

/** Whether the school that it names is nobody's. One that names none waits under its clock. @clause D10.1b */
async function sortInquiry(
  ports: DeskPorts,
  options: DataSubjectRequestsOptions,
  id: InquiryId,
): Promise<void> {
  await ports.unitOfWork.transaction(async (unit) => {
    const inquiry = await lockInquiry(unit, id);
    if (inquiry?.state !== "new") return;
    const written = await openInquiry(unit, ports, id);
    if ((written?.concerns?.school?.trim() ?? "") === "" || written === undefined) return;
    const { found } = await candidatesOf(unit, ports, options, inquiry, written);
    if (found.length === 0) await markUnknown(unit, ports, id, SYSTEM);
  });
}

/** A person says that no client is meant. @throws REQUEST_NOT_FOR_YOU, REQUEST_NO_INQUIRY, REQUEST_OVER @clause D10.1b */
export async function markUnknownController(ports: DeskPorts, id: InquiryId, by: DeskActor): Promise<void> {
  if (by.role !== "publisherDpo") throw fault("REQUEST_NOT_FOR_YOU");
  return ports.unitOfWork.transaction(async (unit) => {
    const inquiry = await lockInquiry(unit, id);
    if (inquiry === undefined) throw fault("REQUEST_NO_INQUIRY");
    if (inquiry.state === "unknownController") return;
    if (inquiry.state !== "new") throw fault("REQUEST_OVER");
    await markUnknown(unit, ports, id, by);
  });
}

async function markUnknown(unit: Unit, ports: DeskPorts, id: InquiryId, by: DeskActor): Promise<void> {
  await updateInquiry(unit, id, { state: "unknownController" });
  await recordInquiry(unit, ports, id, { type: "data-subject-requests.unknownController", by });
  await escalateInquiry(unit, ports, id, "unknownController");
}
