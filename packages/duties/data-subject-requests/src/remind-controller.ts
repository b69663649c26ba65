/** The controller's time is tracked too: its officer is reminded once, when a quarter of it is left. @clause D10.1c */
import { correspondenceFlow } from "@preau/agreement";
import { addMillis, type ControllerId, millisOf, type RequestId, type Unit } from "@preau/kernel";
import type { DeskPorts, IntakePorts } from "./desk-ports.ts";
import { REMINDER } from "./messages.ts";
import { officerToWrite } from "./relay-officer.ts";
import { isOpen, type Request } from "./request.ts";
import { OFFICERS, sayTo } from "./say-due.ts";
import { relaysOf } from "./store/relays.ts";
import { lockRequest } from "./store/requests.ts";

export const REMIND = "data-subject-requests.remind";

export async function scheduleReminder(
  unit: Unit,
  { jobs }: Pick<IntakePorts, "jobs">,
  { controller, id, receivedAt, answerDueAt }: Request,
): Promise<void> {
  if (answerDueAt === undefined) return;
  const span = millisOf(answerDueAt) - millisOf(receivedAt);
  await jobs.enqueue(unit, {
    ...{ name: REMIND, controller, key: `${id}.${answerDueAt}`, payload: { thing: id } },
    runAt: addMillis(receivedAt, Math.floor((span * 3) / 4)),
  });
}

/** One mail an end: a link to the console and the case's number alone. @clause D10.1c */
export async function remindController(
  ports: DeskPorts,
  controller: ControllerId,
  id: RequestId,
): Promise<void> {
  await ports.unitOfWork.transaction(async (unit) => {
    const request = await lockRequest(unit, controller, id);
    if (request === undefined || !isOpen(request) || request.answerDueAt === undefined) return;
    const flow = correspondenceFlow(ports.agreements, controller);
    const officers = await ports.contracts.officers(unit, controller);
    const officer = officerToWrite(officers, await relaysOf(unit, controller, id));
    if (flow === undefined || officer === undefined) return;
    await ports.mailer.send(unit, {
      ...{ template: REMINDER, language: OFFICERS, flow, to: { name: officer.name, address: officer.email } },
      variables: {
        link: `/requests/${id}`,
        thing: id,
        dueAt: await sayTo(unit, ports, controller, request.answerDueAt),
      },
      key: `dsr.reminder.${id}.${request.answerDueAt}`,
    });
  });
}
