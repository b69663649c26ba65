/** How a message ends is written and told in one unit: whoever waits for it hears of it, or nothing happened. @clause DC */
import { afterCommit } from "@preau/database";
import {
  addHours,
  type Clock,
  type ControllerId,
  type Events,
  type Instant,
  instant,
  type Job,
  type Jobs,
  millisOf,
  type Unit,
} from "@preau/kernel";
import type { MessageLine, MessageState, Settlement } from "./message-line.ts";
import { settleAll } from "./store/leaving-messages.ts";

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

type Ending = Pick<MessageLine, "controller" | "id" | "key">;

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
    readonly line: Ending;
    readonly settlement: Settlement;
    readonly keepHours: number;
    readonly from?: readonly MessageState[];
  },
): Promise<boolean> {
  const at = ports.clock.now();
  if ((await settleAll(unit, [line], from, { ...settlement, at })) === 0) return false;
  const forget = forgetJob(line.controller, at, keepHours);
  await ports.jobs.enqueue(unit, forget);
  await tell(unit, ports, line, settlement, at);
  return true;
}

/** Which jobs of forgetting stand already, so that not every message asks for its own again. */
export type ForgetJobs = Set<string>;
const MOST_KNOWN = 50_000;

/**
 * As `settleMessage` of each, from `queued`, in few statements.
 * @throws Changed where one of them has ended otherwise meanwhile; then nothing is written
 */
export async function settleMessages(
  unit: Unit,
  ports: SettlePorts,
  {
    ended,
    keepHours,
    known,
  }: {
    readonly ended: readonly { readonly line: Ending; readonly settlement: Settlement }[];
    readonly keepHours: number;
    readonly known: ForgetJobs;
  },
): Promise<void> {
  const at = ports.clock.now();
  const alike = new Map<string, typeof ended>();
  for (const each of ended) {
    const name = JSON.stringify(each.settlement);
    alike.set(name, [...(alike.get(name) ?? []), each]);
  }
  for (const some of alike.values()) {
    const lines = some.map(({ line }) => line);
    const [{ settlement } = { settlement: undefined }] = some;
    if (settlement === undefined) continue;
    const changed = await settleAll(unit, lines, ["queued"], { ...settlement, at });
    if (changed < lines.length) throw new Changed();
  }
  const forgets = new Map<string, Job>();
  for (const { line } of ended) {
    const job = forgetJob(line.controller, at, keepHours);
    const name = `${line.controller} ${job.key}`;
    if (!known.has(name)) forgets.set(name, job);
  }
  await enqueueAll(unit, ports.jobs, [...forgets.values()]);
  for (const { line, settlement } of ended) await tell(unit, ports, line, settlement, at);
  afterCommit(unit, () => {
    if (known.size > MOST_KNOWN) known.clear();
    for (const name of forgets.keys()) known.add(name);
  });
}

/** One of a group has ended otherwise meanwhile: each is to be settled by itself. */
class Changed extends Error {
  override readonly name = "Changed";
}

async function enqueueAll(unit: Unit, jobs: Jobs, many: readonly Job[]): Promise<void> {
  if (many.length === 0) return;
  if (jobs.enqueueMany !== undefined) await jobs.enqueueMany(unit, many);
  else for (const job of many) await jobs.enqueue(unit, job);
}

async function tell(
  unit: Unit,
  { events }: Pick<SettlePorts, "events">,
  { controller, id, key }: Ending,
  { state }: Settlement,
  at: Instant,
): Promise<void> {
  await events.emit(unit, "mail.settled", { controller, message: id, key, outcome: outcomes[state], at });
}

/** One a controller and hour: it destroys whatever is due by then. */
function forgetJob(controller: ControllerId, at: Instant, keepHours: number): Job {
  const runAt = wholeHour(addHours(at, keepHours));
  return { name: FORGET, controller, payload: {}, key: `forget/${runAt}`, runAt };
}

/** The hour that begins at or after it. */
function wholeHour(when: Instant): Instant {
  return instant(Math.ceil(millisOf(when) / HOUR) * HOUR);
}
