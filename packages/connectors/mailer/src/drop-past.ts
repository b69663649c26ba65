/** What is over is taken away: entries of the list whose time has come, and lines by which a repeated hook would be known. */
import {
  addHours,
  type Clock,
  type Instant,
  instant,
  type Jobs,
  millisOf,
  type Unit,
  type UnitOfWork,
} from "@preau/kernel";
import { PUBLISHER } from "./publishers-own.ts";
import { dropOldHooks } from "./store/hooks.ts";
import { dropOldOrders } from "./store/provider-orders.ts";
import { dropPastSuppressed } from "./store/suppressed.ts";

export const DROP_PAST = "mailer.dropPast";

/** Hours for which a hook that is done with is known again. Providers repeat for half a day. */
export const HOOK_HOURS = 168;
/** Hours for which it is known what a provider was told to erase: longer than any of them documents. */
export const ORDER_HOURS = 720;
const DAY = 86_400_000;

/** One job a day, at the day's end: it takes away whatever is over by then. */
export async function orderDropping(unit: Unit, jobs: Jobs, at: Instant): Promise<void> {
  const runAt = instant(Math.ceil(millisOf(at) / DAY) * DAY);
  await jobs.enqueue(unit, {
    name: DROP_PAST,
    controller: PUBLISHER,
    payload: {},
    key: `past/${runAt}`,
    runAt,
  });
}

export async function dropPast({
  clock,
  unitOfWork,
}: {
  readonly clock: Clock;
  readonly unitOfWork: UnitOfWork;
}): Promise<void> {
  const now = clock.now();
  await unitOfWork.transaction(async (unit) => {
    await dropPastSuppressed(unit, now);
    await dropOldHooks(unit, addHours(now, -HOOK_HOURS));
    await dropOldOrders(unit, addHours(now, -ORDER_HOURS));
  });
}
