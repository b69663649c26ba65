/** It has left us. Late, the alarm is recorded first: in this very unit, before anything says "forwarded". @clause D10.1b */
import type { Instant, Unit } from "@preau/kernel";
import { type DeskActor, type DeskPorts, SYSTEM } from "./desk-ports.ts";
import { escalateLocked } from "./escalate.ts";
import type { InaccurateData } from "./inaccurate-data.ts";
import type { Relay } from "./relay.ts";
import { scheduleReminder } from "./remind-controller.ts";
import { isTakenBack, type Request } from "./request.ts";
import { record, recordRequest } from "./request-journal.ts";
import { updateInaccuracy } from "./store/inaccuracies.ts";
import { updateRequest } from "./store/requests.ts";

export interface Departure {
  /** When it left. */
  readonly at: Instant;
  readonly relay: Pick<Relay, "id" | "how" | "reference">;
  readonly by?: DeskActor;
}

/** Of a request that the caller has locked; as it stands afterwards. @clause D10.1b */
export async function forwardLocked(
  unit: Unit,
  ports: DeskPorts,
  given: Request,
  { at, relay, by = SYSTEM }: Departure,
): Promise<Request> {
  if (given.state !== "open") return given;
  // What left after its time is an alarm, whatever the clock says now.
  const request =
    at > given.forwardDueAt ? await escalateLocked(unit, ports, given, { notBefore: at }) : given;
  const change = { state: "forwarded", forwardedAt: at, forwardedBy: relay.how } as const;
  await updateRequest(unit, request, change);
  await recordRequest(unit, ports, request, {
    ...{ type: "data-subject-requests.forwarded", by },
    payload: {
      ...{ relay: relay.id, how: relay.how, at, inTime: at <= request.forwardDueAt },
      ...(relay.reference === undefined ? {} : { reference: relay.reference }),
    },
  });
  const forwarded = { ...request, ...change };
  if (!isTakenBack(request)) {
    await scheduleReminder(unit, ports, forwarded);
    return forwarded;
  }
  // Nobody has anything to answer: its link lives on, and says so.
  const closed = { state: "closed", closedAt: ports.clock.now() } as const;
  await updateRequest(unit, request, closed);
  return { ...forwarded, ...closed };
}

/** The same of a report of inaccurate data. @clause D10.3b */
export async function tellLocked(
  unit: Unit,
  ports: Pick<DeskPorts, "journal">,
  report: InaccurateData,
  { at, relay, by = SYSTEM }: Departure,
): Promise<void> {
  if (report.state !== "noted") return;
  await updateInaccuracy(unit, report, { state: "told", toldAt: at, toldBy: relay.how });
  await record(unit, ports, {
    ...{ controller: report.controller, subject: report.subject, clause: "D10.3b", by },
    type: "data-subject-requests.inaccuracyTold",
    payload: { report: report.id, relay: relay.id, how: relay.how, at },
  });
}
