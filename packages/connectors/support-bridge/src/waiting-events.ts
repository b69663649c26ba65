/**
 * Events of persons who are being erased that wait to be dealt with: of a conversation of theirs, or with our token of theirs. They
 * stand in nobody's name under the key of a day, so that each is opened and looked at; few wait at any time. @clause D12.2
 */
import type { ControllerId, SubjectId, Unit } from "@preau/kernel";
import { openReferences } from "./case-seal.ts";
import type { DeskEvent } from "./desk-event.ts";
import { dayOf, eventContext, eventScope } from "./receive-event.ts";
import { type EventId, settleEvent, waitingEvents } from "./store/events.ts";
import { casesOfSubjects } from "./store/subject-cases.ts";
import type { SupportPorts } from "./support-ports.ts";

type WaitingPorts = Pick<SupportPorts, "clock" | "support" | "unitOfWork" | "vault">;

/** Events that are opened at a time. */
const PAGE = 200;

export async function waitingEventsOf(
  ports: WaitingPorts,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly EventId[]> {
  const own = new Set<string>();
  const cases = await ports.unitOfWork.transaction((unit) => casesOfSubjects(unit, controller, subjects));
  for (const { line, sealed } of cases) {
    const { conversation } = await openReferences(ports, line, sealed);
    if (conversation !== undefined) own.add(conversation);
  }
  const found: EventId[] = [];
  let after: EventId | undefined;
  for (;;) {
    const page = await ports.unitOfWork.transaction((unit) => waitingEvents(unit, { after, limit: PAGE }));
    for (const { id, receivedAt, sealed } of page) {
      const bytes = await ports.vault.open(eventScope(dayOf(receivedAt)), sealed, eventContext(id));
      if (bytes === undefined) continue;
      const { conversation, visitor } = JSON.parse(bytes.toString()) as DeskEvent;
      const { token } = visitor;
      const person = token === undefined ? undefined : await ports.support.tokens.read(token, receivedAt);
      const isTold = person?.controller === controller && subjects.includes(person.subject);
      if (isTold || own.has(conversation)) found.push(id);
    }
    if (page.length < PAGE) return found;
    after = page.at(-1)?.id;
  }
}

/** Their bytes go; the line by which another delivery is known stays. How many. */
export async function dropEvents(
  unit: Unit,
  { clock }: Pick<SupportPorts, "clock">,
  events: readonly EventId[],
): Promise<number> {
  let dropped = 0;
  for (const id of events)
    dropped += await settleEvent(unit, id, { state: "dropped", reason: "ERASED", at: clock.now() });
  return dropped;
}
