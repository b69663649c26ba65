/** What the agreement says about time: its periods by clause, its retention rules with their anchors. */
import type { Duration, Rounding } from "@preau/calendar";
import type { Agreement, Period } from "./agreement.ts";
import { fault } from "./errors.ts";
import { endsWithin } from "./worst-case.ts";

/** A period of the agreement: a duration, the clause behind it and the way in which its deadline rounds. */
export interface BoundDuration extends Duration {
  readonly id: string;
  readonly clause: string;
  readonly rounding: Rounding;
  /** Whom it binds, or whose right it is. */
  readonly party: "processor" | "controller" | "dataSubject";
}

/** When data of one store goes. What narrows it (`roles`, `origins`, `products`, `categories`, `kinds`) limits nothing when absent. */
export interface RetentionRule extends Omit<Agreement["retention"][number], "period" | "notices"> {
  readonly after: BoundDuration;
  /** How long before a big purge it is announced, the earliest first: the rule's own, or the agreement's where the period holds them. */
  readonly notices?: readonly Duration[];
  /** Persons from which a purge is big. */
  readonly big?: number;
}

/**
 * The period that the agreement sets under a clause; `rule` is its id, needed where the clause sets several.
 * @throws AGREEMENT_NO_DURATION when there is none, or when several could be meant
 */
export function durationOf(
  agreement: Pick<Agreement, "periods">,
  clause: string,
  rule?: string,
): BoundDuration {
  const found = agreement.periods.filter(
    (period) => period.clause === clause && (rule === undefined || period.id === rule),
  );
  const [period] = found;
  if (period === undefined || found.length > 1) throw fault("AGREEMENT_NO_DURATION", { clause, place: rule });
  return bound(period);
}

/** The retention rules, each with its period, in the order of the file. @figure D12.2, D12.3, D12.4, DD.1, DD.8 */
export function retentionRules(agreement: Agreement): readonly RetentionRule[] {
  const periods = new Map(agreement.periods.map((period) => [period.id, bound(period)]));
  return agreement.retention.map(({ period, notices, ...rule }) => {
    const after = periods.get(period);
    if (after === undefined) throw fault("AGREEMENT_NO_DURATION", { clause: rule.clause, place: period });
    return { ...rule, after, ...announcementsOf(agreement, { ...rule, notices }, after) };
  });
}

/** A notice that would stand before the event itself is none: a 24-hour rule inherits no notice of 90 days. */
function announcementsOf(
  { notices: ofAgreement }: Agreement,
  { store, then, notices: own }: Pick<Agreement["retention"][number], "store" | "then" | "notices">,
  after: Duration,
): Pick<RetentionRule, "notices" | "big"> {
  const announced = own ?? (store === "live" && then === "erase" ? ofAgreement : undefined);
  if (announced === undefined) return {};
  const notices = announced.before
    .filter((ahead) => own !== undefined || endsWithin([ahead], after))
    .toSorted((a, b) => b.amount - a.amount);
  return notices.length === 0 ? {} : { notices, big: announced.big };
}

/** Month and day on which the agreement's school year ends, `08-31`; undefined when it names none. */
export function schoolYearEndOf({ schoolYear }: Agreement): string | undefined {
  return schoolYear?.endsOn;
}

function bound({ id, clause, duration, binds, right }: Period): BoundDuration {
  return {
    ...duration,
    id,
    clause,
    rounding: right === undefined ? "binds" : "right",
    party: right ?? binds ?? "processor",
  };
}
