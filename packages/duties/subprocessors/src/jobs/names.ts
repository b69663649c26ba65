/** The jobs' names, and how they are asked for. A payload is a change's id alone. */
import { PUBLISHER } from "@preau/contracts";
import { addHours, type Instant, type Unit } from "@preau/kernel";
import type { ChangeId } from "../change.ts";
import type { SubprocessorPorts } from "../ports.ts";

/** Sends what waits to be sent, and what says that a change was taken back. */
export const TELL = "subprocessors.tell";
/** Looks once a day at who has not confirmed, and whose contract is new. */
export const LOOK = "subprocessors.look";

/** Hours between two looks: a technical pace, no period of the agreement. */
const PACE_HOURS = 24;
/** Before work that nobody waits for: a window starts when the notice arrives. */
const SOON = 50;

type Asking = Pick<SubprocessorPorts, "clock" | "jobs">;

export async function enqueueTelling(unit: Unit, { jobs }: Asking, change: ChangeId): Promise<void> {
  await jobs.enqueue(unit, {
    ...{ name: TELL, controller: PUBLISHER, payload: { change }, key: change, priority: SOON },
  });
}

export async function enqueueLook(unit: Unit, ports: Asking, change: ChangeId): Promise<void> {
  const runAt: Instant = addHours(ports.clock.now(), PACE_HOURS);
  // A key a day: asked for by the look that runs, the same one would begin again at once.
  const key = `${change}.${runAt.slice(0, 10)}`;
  await ports.jobs.enqueue(unit, {
    ...{ name: LOOK, controller: PUBLISHER, payload: { change }, key, runAt },
  });
}
