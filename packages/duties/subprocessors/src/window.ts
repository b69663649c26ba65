/** When a change may begin for one controller. Pure: the agreement, the receipt, the controller's calendar. @clause D8.2, D8.3, D9.3 */
import { type Agreement, type BoundDuration, durationOf } from "@preau/agreement";
import { type Deadline, deadlineOf, type Place, startOfDay } from "@preau/calendar";
import { type Instant, isFault } from "@preau/kernel";
import type { Change } from "./change.ts";
import type { OpeningWindow } from "./standing.ts";

type Counted = Deadline & { readonly clause: string };

/** What an agreement says of announcements and windows. */
export type WindowTerms = Pick<Agreement, "subprocessorChange" | "periods">;

/**
 * The window in which the controller may object, the notice that it is given, and the first instant at which data may flow:
 * after the later of both, and not before the planned start. Of several agreements, the one that it signed and the one in
 * force, each must be over: an edit shortens nothing for who signed more. Undefined where none sets a window.
 * @clause D8.2, D8.3, D9.3
 */
export function windowOf(
  terms: WindowTerms | readonly WindowTerms[],
  change: Pick<Change, "kind" | "entry" | "startsOn">,
  receivedAt: Instant,
  place: Place,
): OpeningWindow | undefined {
  const all = (Array.isArray(terms) ? (terms as readonly WindowTerms[]) : [terms as WindowTerms]).flatMap(
    (each) => {
      const window = windowUnder(each, change, receivedAt, place);
      return window === undefined ? [] : [window];
    },
  );
  const [first] = all;
  if (first === undefined) return undefined;
  return all.reduce(
    (one, other) => ({
      ...(other.opensAt > one.opensAt ? other : one),
      window: other.window.opensAt > one.window.opensAt ? other.window : one.window,
      atOnce: one.atOnce && other.atOnce,
    }),
    first,
  );
}

function windowUnder(
  agreement: WindowTerms,
  change: Pick<Change, "kind" | "entry" | "startsOn">,
  receivedAt: Instant,
  place: Place,
): OpeningWindow | undefined {
  const count = (period: BoundDuration): Counted => ({
    ...deadlineOf(receivedAt, period, { rounding: period.rounding, place }),
    clause: period.clause,
  });
  const windows = windowPeriods(agreement, change).map(count);
  const [first] = windows;
  if (first === undefined) return undefined;
  const window = windows.reduce((one, other) => (other.opensAt > one.opensAt ? other : one), first);
  const period = noticePeriod(agreement);
  const notice = period === undefined ? undefined : count(period);
  const atOnce = agreement.subprocessorChange?.starts === "atOnce";
  const opensAt = latest([
    ...(atOnce ? [] : [window.opensAt]),
    ...(notice === undefined ? [] : [notice.opensAt]),
    startOfDay(place.zone, change.startsOn),
    receivedAt,
  ]);
  return { window, ...(notice === undefined ? {} : { notice }), opensAt, atOnce };
}

/** Whether the agreement says in what time a controller may object to such a change. */
export function hasWindow(agreement: WindowTerms, change: Pick<Change, "kind" | "entry">): boolean {
  return windowPeriods(agreement, change).length > 0;
}

/** D8.3's for whoever joins, D9.3's for what leaves: both where both are true. @figure D8.3, D9.3 */
function windowPeriods(
  agreement: WindowTerms,
  { kind, entry }: Pick<Change, "kind" | "entry">,
): readonly BoundDuration[] {
  const ofSubprocessors = periodOf(agreement, agreement.subprocessorChange?.window);
  const leaves = kind === "transfer" || entry.transfers !== "none";
  const ofTransfers = leaves ? (periodOfTransfers(agreement) ?? ofSubprocessors) : undefined;
  return [kind === "transfer" ? undefined : ofSubprocessors, ofTransfers].filter(
    (each) => each !== undefined,
  );
}

function noticePeriod(agreement: WindowTerms): BoundDuration | undefined {
  return periodOf(agreement, agreement.subprocessorChange?.notice);
}

function periodOf(agreement: WindowTerms, id: string | undefined): BoundDuration | undefined {
  const period = agreement.periods.find((each) => each.id === id);
  return period === undefined ? undefined : durationOf(agreement, period.clause, period.id);
}

function periodOfTransfers(agreement: WindowTerms): BoundDuration | undefined {
  try {
    return durationOf(agreement, "D9.3");
  } catch (error) {
    if (isFault(error, "AGREEMENT_NO_DURATION")) return undefined;
    throw error;
  }
}

function latest(instants: readonly Instant[]): Instant {
  return instants.reduce((one, other) => (other > one ? other : one));
}
