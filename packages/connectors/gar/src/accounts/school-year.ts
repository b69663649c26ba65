/**
 * School years, as the agreement ends them and as the controller's clocks count days: the agreement's day (`08-31`, D5), in
 * the zone of the controller's register. A year is called by its two calendar years, `2025-2026`. Pure, but for the reading of
 * the two. @clause D5
 */
import { type AgreementsInForce, schoolYearEndOf } from "@preau/agreement";
import { dayIn, type LocalDate, localDate, mainland, startOfDay } from "@preau/calendar";
import type { Contracts } from "@preau/contracts";
import { addMillis, type ControllerId, type Instant, type Unit } from "@preau/kernel";
import { fault } from "../errors.ts";

/** Where school years come from. An application of one's own may have neither: the usual day and the mainland's clocks count. */
export interface SchoolYearPorts {
  readonly agreements?: Pick<AgreementsInForce, "of">;
  readonly contracts?: Pick<Contracts, "placeOf">;
}

export interface SchoolYearRule {
  /** Month and day on which a year ends. */
  readonly ends: string;
  /** IANA zone. */
  readonly zone: string;
}

export interface SchoolYear {
  readonly name: string;
  readonly from: LocalDate;
  readonly until: LocalDate;
  /** The first and the last instant of it. */
  readonly begins: Instant;
  readonly ends: Instant;
}

/** An agreement that names no day: the school calendar's own. */
const USUAL_END = "08-31";
const DAY_MS = 86_400_000;
const NAME = /^(\d{4})-(\d{4})$/;

/** @clause D5 */
export async function schoolYearRule(
  unit: Unit,
  { agreements, contracts }: SchoolYearPorts,
  controller: ControllerId,
): Promise<SchoolYearRule> {
  const agreement = agreements?.of(controller);
  const place = (await contracts?.placeOf(unit, controller)) ?? mainland;
  return { ends: (agreement && schoolYearEndOf(agreement)) ?? USUAL_END, zone: place.zone };
}

/** The school year that an instant is in. */
export function schoolYearAt(when: Instant, rule: SchoolYearRule): SchoolYear {
  const day = dayIn(rule.zone, when);
  const year = Number(day.slice(0, 4));
  return endingIn(day.slice(5) <= rule.ends ? year : year + 1, rule);
}

/** @throws GAR_BAD_SCHOOL_YEAR for anything but two years that follow each other */
export function schoolYearNamed(name: string, rule: SchoolYearRule): SchoolYear {
  const [, from, until] = NAME.exec(name.trim()) ?? [];
  if (from === undefined || Number(until) !== Number(from) + 1) throw fault("GAR_BAD_SCHOOL_YEAR");
  return endingIn(Number(until), rule);
}

function endingIn(year: number, { ends, zone }: SchoolYearRule): SchoolYear {
  const endOf = (which: number) => localDate(`${String(which).padStart(4, "0")}-${ends}`);
  const [from, until] = [dayAfter(endOf(year - 1)), endOf(year)];
  return {
    name: `${String(year - 1).padStart(4, "0")}-${String(year).padStart(4, "0")}`,
    from,
    until,
    begins: startOfDay(zone, from),
    ends: addMillis(startOfDay(zone, dayAfter(until)), -1),
  };
}

function dayAfter(day: LocalDate): LocalDate {
  return localDate(new Date(Date.parse(`${day}T00:00:00.000Z`) + DAY_MS).toISOString().slice(0, 10));
}
