/**
 * Alarms: a job for each moment of each request, and a sweep over all of them, which finds what a job that died or a clock that
 * went back has left, and destroys keys that a crash left. @clause D10.1b
 */
import {
  type InquiryId,
  type Instant,
  instant,
  type JobDefinition,
  millisOf,
  type RequestId,
  type Unit,
} from "@preau/kernel";
import { PUBLISHER } from "@preau/web";
import { levelAt } from "../clocks.ts";
import { alarmNow, recordNow } from "../clocks-seen.ts";
import type { DeskPorts } from "../desk-ports.ts";
import { escalateInquiry, escalateRequest } from "../escalate.ts";
import { ESCALATE } from "../escalate-schedule.ts";
import { forgetClosed } from "../request-forget.ts";
import { waitingInquiries } from "../store/inquiries.ts";
import { unforwardedRequests } from "../store/requests.ts";
import { thingIn } from "./relay.ts";

const SWEEP = "data-subject-requests.sweep";
/** How often; a technical pace, no clause. */
const EVERY_MS = 5 * 60_000;
const MOST = 5_000;

export function alarmJobs(ports: DeskPorts): readonly JobDefinition[] {
  return [
    {
      name: ESCALATE,
      handler: async ({ controller, payload }) => {
        const id = thingIn(payload);
        await recordNow(ports);
        await ports.unitOfWork.transaction((unit) =>
          id.startsWith("inq_")
            ? escalateInquiry(unit, ports, id as InquiryId)
            : escalateRequest(unit, ports, controller, id as RequestId),
        );
      },
      attempts: 20,
    },
    {
      name: SWEEP,
      handler: async (_job, { signal }) => {
        // The next one first: a sweep that fails is made again.
        await ports.unitOfWork.transaction((unit) => enqueue(unit, ports, slotOf(ports.clock.now()) + 1));
        await sweepAlarms(ports, signal);
      },
      attempts: 5,
    },
  ];
}

/**
 * Everything that nobody was told of in time; how many. Asked at start, every five minutes, and by whoever keeps real time.
 * @clause D10.1b
 */
export async function sweepAlarms(ports: DeskPorts, signal?: AbortSignal): Promise<number> {
  await recordNow(ports);
  const late = await ports.unitOfWork.transaction(async (unit) => {
    const now = await alarmNow(unit, ports);
    const isLate = ({ receivedAt, forwardDueAt, level }: Timed) =>
      levelAt(receivedAt, forwardDueAt, now) > level;
    const requests = await unforwardedRequests(unit, "all", { limit: MOST });
    const inquiries = await waitingInquiries(unit, { limit: MOST });
    return { requests: requests.filter(isLate), inquiries: inquiries.filter(isLate) };
  });
  for (const { controller, id } of late.requests) {
    signal?.throwIfAborted();
    await ports.unitOfWork.transaction((unit) => escalateRequest(unit, ports, controller, id));
  }
  for (const { id } of late.inquiries) {
    signal?.throwIfAborted();
    await ports.unitOfWork.transaction((unit) => escalateInquiry(unit, ports, id));
  }
  await forgetClosed(ports);
  return late.requests.length + late.inquiries.length;
}

interface Timed {
  readonly receivedAt: Instant;
  readonly forwardDueAt: Instant;
  readonly level: number;
}

/** Begins it: at the start of the worker, and by whoever keeps real time. Twice is once. */
export async function scheduleAlarms(ports: Pick<DeskPorts, "clock" | "jobs" | "unitOfWork">): Promise<void> {
  await ports.unitOfWork.transaction((unit) => enqueue(unit, ports, slotOf(ports.clock.now())));
}

function slotOf(now: Instant): number {
  return Math.floor(millisOf(now) / EVERY_MS);
}

async function enqueue(unit: Unit, { jobs }: Pick<DeskPorts, "jobs">, slot: number): Promise<void> {
  await jobs.enqueue(unit, {
    ...{ name: SWEEP, controller: PUBLISHER, key: String(slot), payload: {}, priority: 10 },
    runAt: instant(slot * EVERY_MS),
  });
}
