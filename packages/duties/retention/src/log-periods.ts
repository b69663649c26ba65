/** The agreement's periods of logs and evidence, put backwards: what was recorded before which instant is over now. */
import { type Agreement, type RetentionRule, retentionRules } from "@preau/agreement";
import { type Duration, dayIn, deadlineOf, type Place, type Rounding, startOfDay } from "@preau/calendar";
import { addMillis, type Instant, instant, millisOf } from "@preau/kernel";

type Period = Duration & { readonly rounding: Rounding };
type EvidenceKind = NonNullable<RetentionRule["kinds"]>[number];

/** When the activity log is archived, and when it is gone; a step that the agreement does not name is never taken. @figure DD.8 */
interface LogPeriods {
  readonly archive?: readonly Period[];
  readonly prune?: readonly Period[];
}

/** @figure DD.8 */
export function logPeriodsOf(agreement: Agreement): LogPeriods {
  const rules = retentionRules(agreement).filter(({ store }) => store === "activityLog");
  const after = (anchor: RetentionRule["anchor"], then: RetentionRule["then"]) =>
    rules.filter((rule) => rule.anchor === anchor && rule.then === then).map((rule) => rule.after);
  // Of several rules about one event, the one that ends first.
  const archive = after("entryRecorded", "archive")[0];
  const direct = after("entryRecorded", "erase")[0];
  const archived = after("entryArchived", "erase")[0];
  const prune = direct === undefined ? archive && archived && [archive, archived] : [direct];
  return {
    ...(archive === undefined ? {} : { archive: [archive] }),
    ...(prune === undefined ? {} : { prune }),
  };
}

/** The rule that ends one kind of evidence; undefined when none does. @figure D6.1b, D6.1c, D6.2c, D10.2a */
export function evidenceRuleOf(agreement: Agreement, kind: EvidenceKind): RetentionRule | undefined {
  return retentionRules(agreement).find(
    ({ store, then, anchor, kinds }) =>
      store === "evidence" && then === "erase" && anchor !== undefined && (kinds?.includes(kind) ?? true),
  );
}

/**
 * Of what kind an entry of evidence is, by its type. What the journal says of itself is kept like its checkpoints, and an
 * order or a decision like an instruction.
 */
export function evidenceKindOf(type: string): EvidenceKind {
  const [plugin = "", deed = ""] = type.split(".");
  if (plugin === "journal") return deed.startsWith("receipt") ? "receipt" : "checkpoint";
  if (plugin.startsWith("consent")) return "consent";
  if (plugin.startsWith("breach")) return "breach";
  return /(Noticed|Announced|Notified)$/.test(deed) ? "notice" : "instruction";
}

/** Years that are looked back at most: no agreement that is written today keeps logs for longer. */
const FAR = 100 * 366 * 86_400_000;

/** Days of which several can end on one: the last four of a month, six months before the end of February, and one more. */
const SHARED_ENDS = 5;

/**
 * The instant before which everything that happened has had its periods, one after the other, to the end. The last days of
 * a month can share one end, the later one at an earlier time of day: what goes by order then waits for the day before.
 */
export function overBefore(periods: readonly Period[], now: Instant, place: Place): Instant {
  const isOver = (start: number) => {
    let end = at(start);
    for (const { rounding, ...period } of periods) end = deadlineOf(end, period, { rounding, place }).dueAt;
    return end <= now;
  };
  /** The last that is over, between one that is and one that is not. */
  const between = (is: number, not: number): number => {
    let [over, running] = [is, not];
    while (running - over > 1) {
      const middle = Math.floor((over + running) / 2);
      if (isOver(middle)) over = middle;
      else running = middle;
    }
    return over;
  };
  let over = between(millisOf(now) - FAR, millisOf(now));
  for (let day = dayIn(place.zone, at(over)), back = 0; back < SHARED_ENDS; back += 1) {
    const evening = millisOf(startOfDay(place.zone, day)) - 1;
    day = dayIn(place.zone, at(evening));
    if (!isOver(evening)) over = between(millisOf(startOfDay(place.zone, day)) - 1, evening);
  }
  // What was recorded at that instant goes too.
  return addMillis(at(over), 1);
}

function at(millis: number): Instant {
  return instant(new Date(millis).toISOString());
}
