/** How a message ends is written and told in one unit: whoever waits for it hears of it, or nothing happened. @clause DC */
import {
  addHours,
  type Clock,
  type Events,
  type Instant,
  instant,
  type Jobs,
  millisOf,
  type Unit,
} from "@preau/kernel";
import type { MessageLine, MessageState, Settlement } from "./message-line.ts";
import { settle } from "./store/messages.ts";

/** The job that destroys address and text of messages that have ended. */
export const FORGET = "mailer.forget";
const HOUR = 3_600_000;

export interface SettlePorts {
  readonly clock: Clock;
  readonly events: Events;
  readonly jobs: Jobs;
}

/** What those who wait for a message are told of each end. */
const outcomes = {
  accepted: "accepted",
  bounced: "bounced",
  dead: "bounced",
  refused: "refused",
} as const satisfies Record<Settlement["state"], string>;

/** False where it has ended otherwise meanwhile. */
export async function settleMessage(
  unit: Unit,
  ports: SettlePorts,
  {
    line,
    settlement,
    keepHours,
    from = ["queued"],
  }: {
    readonly line: Pick<MessageLine, "controller" | "id" | "key">;
    readonly settlement: Settlement;
    readonly keepHours: number;
    readonly from?: readonly MessageState[];
  },
): Promise<boolean> {
  const at = ports.clock.now();
  if (!(await settle(unit, line, from, { ...settlement, at }))) return false;
  const { controller, id, key } = line;
  const runAt = wholeHour(addHours(at, keepHours));
  // One a controller and hour: it destroys whatever is due by then.
  await ports.jobs.enqueue(unit, { name: FORGET, controller, payload: {}, key: `forget/${runAt}`, runAt });
  const outcome = outcomes[settlement.state];
  await ports.events.emit(unit, "mail.settled", { controller, message: id, key, outcome, at });
  return true;
}

/** The hour that begins at or after it. */
function wholeHour(when: Instant): Instant {
  return instant(Math.ceil(millisOf(when) / HOUR) * HOUR);
}
