/**
 * The clocks of a request: the processor's, to pass it on, and the controller's, to answer. Both are of the agreement and
 * begin when the message reached us. What the agreement does not say is never taken for later. @figure D10.1b, D10.1c
 */
import { durationOf } from "@preau/agreement";
import { deadlineOf } from "@preau/calendar";
import { addMillis, type ControllerId, type Instant, isFault, millisOf, type Unit } from "@preau/kernel";
import type { IntakePorts } from "./desk-ports.ts";

export type ClockPorts = Pick<IntakePorts, "agreements"> & {
  readonly contracts: Pick<IntakePorts["contracts"], "placeOf">;
};

/** Shares of the processor's time at which somebody is told: of 48 hours, 24, 36 and 44. */
const SHARES = [
  [1, 2],
  [3, 4],
  [11, 12],
] as const;
/** All are over, and so is the time. */
export const OVERDUE = SHARES.length + 1;

/**
 * The last instant at which passing it on is in time. Elapsed hours: no night of summer time adds or removes one. An agreement
 * that sets none makes it due at once.
 * @figure D10.1b
 */
export async function forwardDue(
  unit: Unit,
  ports: ClockPorts,
  controller: ControllerId,
  receivedAt: Instant,
): Promise<Instant> {
  return (
    (await periodFrom(unit, ports, controller, {
      ...{ from: receivedAt, clause: "D10.1b", id: "forwardRequest" },
    })) ?? receivedAt
  );
}

/** The controller's own time; undefined where the agreement sets none. @figure D10.1c */
export function answerDue(
  unit: Unit,
  ports: ClockPorts,
  controller: ControllerId,
  receivedAt: Instant,
): Promise<Instant | undefined> {
  return periodFrom(unit, ports, controller, {
    ...{ from: receivedAt, clause: "D10.1c", id: "answerRequest" },
  });
}

/** Extended once, from the end of the first time. @figure D10.1c */
export function extendedDue(
  unit: Unit,
  ports: ClockPorts,
  controller: ControllerId,
  answerDueAt: Instant,
): Promise<Instant | undefined> {
  return periodFrom(unit, ports, controller, {
    ...{ from: answerDueAt, clause: "D10.1c", id: "extendAnswer" },
  });
}

/** The instants of the three escalations, and the first at which it is too late. */
export function levelInstants(receivedAt: Instant, dueAt: Instant): readonly Instant[] {
  const span = millisOf(dueAt) - millisOf(receivedAt);
  return [
    ...SHARES.map(([part, of]) => addMillis(receivedAt, Math.floor((span * part) / of))),
    addMillis(dueAt, 1),
  ];
}

/** How many of them are reached: 0 to 3, or `OVERDUE`. */
export function levelAt(receivedAt: Instant, dueAt: Instant, now: Instant): number {
  return levelInstants(receivedAt, dueAt).filter((each) => now >= each).length;
}

async function periodFrom(
  unit: Unit,
  { agreements, contracts }: ClockPorts,
  controller: ControllerId,
  { from, clause, id }: { readonly from: Instant; readonly clause: string; readonly id: string },
): Promise<Instant | undefined> {
  try {
    const duration = durationOf(agreements.of(controller), clause, id);
    const place = await contracts.placeOf(unit, controller);
    return deadlineOf(from, duration, { rounding: duration.rounding, place }).dueAt;
  } catch (error) {
    if (isFault(error, "AGREEMENT_NO_DURATION")) return undefined;
    throw error;
  }
}
