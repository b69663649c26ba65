/**
 * Tells the publisher's officer that time runs out, and records that it is over. Nothing is forwarded late without that record:
 * whoever marks something as forwarded records the alarm first, in the same unit. @clause D10.1b
 */
import { correspondenceFlow } from "@preau/agreement";
import type { ControllerId, InquiryId, Instant, RequestId, Unit } from "@preau/kernel";
import { PUBLISHER } from "@preau/web";
import { levelAt, OVERDUE } from "./clocks.ts";
import { alarmNow } from "./clocks-seen.ts";
import type { DeskPorts } from "./desk-ports.ts";
import { waitsForPerson } from "./inquiry.ts";
import { ESCALATION } from "./messages.ts";
import type { Request } from "./request.ts";
import { recordInquiry, recordRequest } from "./request-journal.ts";
import { OFFICERS, sayTo } from "./say-due.ts";
import { lockInquiry, updateInquiry } from "./store/inquiries.ts";
import { lockRequest, updateRequest } from "./store/requests.ts";

/** Why somebody is told before the clock says so. */
export type EscalationCause = "bounced" | "unknownController" | "noOfficer" | "notAccepted";

export type AlarmPorts = Pick<DeskPorts, "agreements" | "clock" | "contracts" | "journal" | "log" | "mailer">;

/** Levels that its clock has reached and nobody was told of; at once for a cause. @clause D10.1b */
export async function escalateRequest(
  unit: Unit,
  ports: AlarmPorts,
  controller: ControllerId,
  id: RequestId,
  cause?: EscalationCause,
): Promise<void> {
  const request = await lockRequest(unit, controller, id);
  if (request !== undefined) await escalateLocked(unit, ports, request, { cause });
}

/** Of a request that the caller has locked; as it stands afterwards. @clause D10.1b */
export async function escalateLocked(
  unit: Unit,
  ports: AlarmPorts,
  request: Request,
  { cause, notBefore }: { readonly cause?: EscalationCause | undefined; readonly notBefore?: Instant } = {},
): Promise<Request> {
  if (request.state !== "open") return request;
  const { receivedAt, forwardDueAt, controller, id } = request;
  const seen = await alarmNow(unit, ports);
  const now = notBefore !== undefined && notBefore > seen ? notBefore : seen;
  const level = Math.max(request.level, levelAt(receivedAt, forwardDueAt, now));
  if (level === request.level && cause === undefined) return request;
  const isAlarm = level === OVERDUE && request.overdueAt === undefined;
  const change = { level, ...(isAlarm ? { overdueAt: now } : {}) };
  await updateRequest(unit, request, change);
  const payload = { level, forwardDueAt, ...(cause === undefined ? {} : { cause }) };
  await recordRequest(unit, ports, request, { type: "data-subject-requests.escalated", payload });
  if (isAlarm)
    await recordRequest(unit, ports, request, {
      type: "data-subject-requests.overdue",
      payload: { forwardDueAt, noticedAt: now },
    });
  say(ports, { request: id, ...payload }, isAlarm);
  await mailOfficer(unit, ports, controller, { id, level, forwardDueAt, cause, count: request.bounces });
  return { ...request, ...change };
}

/** Of a message that nobody has taken up. @clause D10.1b */
export async function escalateInquiry(
  unit: Unit,
  ports: AlarmPorts,
  id: InquiryId,
  cause?: EscalationCause,
): Promise<void> {
  const inquiry = await lockInquiry(unit, id);
  if (inquiry === undefined || !waitsForPerson(inquiry)) return;
  const { receivedAt, forwardDueAt } = inquiry;
  const now = await alarmNow(unit, ports);
  const level = Math.max(inquiry.level, levelAt(receivedAt, forwardDueAt, now));
  if (level === inquiry.level && cause === undefined) return;
  const isAlarm = level === OVERDUE && inquiry.overdueAt === undefined;
  await updateInquiry(unit, id, { level, ...(isAlarm ? { overdueAt: now } : {}) });
  const payload = { level, forwardDueAt, ...(cause === undefined ? {} : { cause }) };
  await recordInquiry(unit, ports, id, { type: "data-subject-requests.escalated", payload });
  if (isAlarm)
    await recordInquiry(unit, ports, id, {
      type: "data-subject-requests.overdue",
      payload: { forwardDueAt, noticedAt: now },
    });
  say(ports, { inquiry: id, ...payload }, isAlarm);
  // No agreement covers a message about nobody's client: the dues page and the log tell of it.
}

function say(
  { log }: Pick<AlarmPorts, "log">,
  fields: Readonly<Record<string, string | number>>,
  isAlarm: boolean,
): void {
  if (isAlarm) log.error("data-subject-requests.overdue", fields);
  else log.warn("data-subject-requests.escalated", fields);
}

interface Told {
  readonly id: RequestId;
  readonly level: number;
  readonly forwardDueAt: Instant;
  readonly cause: EscalationCause | undefined;
  /** Tells one cause from the next of its kind. */
  readonly count: number;
}

/** Where the agreement says through whom; the gate is asked when it leaves. */
async function mailOfficer(
  unit: Unit,
  ports: AlarmPorts,
  controller: ControllerId,
  { id, level, forwardDueAt, cause, count }: Told,
): Promise<void> {
  const flow = correspondenceFlow(ports.agreements, controller);
  if (flow === undefined || controller === PUBLISHER) return;
  const { name, email } = ports.agreements.of(controller).annexA.processor.officer;
  await ports.mailer.send(unit, {
    ...{ template: ESCALATION, language: OFFICERS, to: { name, address: email }, flow },
    variables: {
      request: id,
      level,
      dueAt: await sayTo(unit, ports, controller, forwardDueAt),
      cause: cause ?? "time",
    },
    key: `dsr.escalation.${id}.${level}.${cause ?? "time"}.${count}`,
  });
}
