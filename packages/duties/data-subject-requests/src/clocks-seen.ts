/** Now, as alarms see it: a clock that goes back delays none. @clause D10.1b */
import type { Clock, Instant, Unit, UnitOfWork } from "@preau/kernel";
import { raiseLatestSeen, readLatestSeen } from "./store/latest-seen.ts";

/** The later of the clock and the latest instant ever recorded. */
export async function alarmNow(unit: Unit, { clock }: { readonly clock: Clock }): Promise<Instant> {
  const now = clock.now();
  const seen = await readLatestSeen(unit);
  return seen !== undefined && seen > now ? seen : now;
}

/** In a unit of its own: nobody who takes a request in waits for another. */
export async function recordNow({
  clock,
  unitOfWork,
}: {
  readonly clock: Clock;
  readonly unitOfWork: UnitOfWork;
}): Promise<void> {
  await unitOfWork.transaction((unit) => raiseLatestSeen(unit, clock.now()));
}
