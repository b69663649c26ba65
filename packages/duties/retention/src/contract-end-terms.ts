/** What the agreement, or the policy beside it, lets a contract settle for its end: choices, window, guard time. @figure S10, S15 */
import type { Agreement, AgreementsInForce } from "@preau/agreement";
import {
  type Duration,
  deadlineOf,
  formatDuration,
  type LocalDate,
  type Place,
  parseDuration,
  type Rounding,
  startOfDay,
} from "@preau/calendar";
import type { Contract, EndChoice } from "@preau/contracts";
import type { ControllerId, Instant } from "@preau/kernel";
import { fault } from "./errors.ts";

type Choice = Agreement["choices"][number];

export interface EndTerms {
  /** Undefined where the agreement leaves the choice open: then any may be made. */
  readonly offered?: readonly EndChoice[];
  readonly clause: string;
  readonly window?: Choice;
  readonly guard?: Choice;
}

export function endTermsOf(agreements: AgreementsInForce, controller: ControllerId): EndTerms {
  const agreement = agreements.of(controller);
  const choiceOf = (id: string) =>
    [agreement, agreements.policy].flatMap((each) => each?.choices ?? []).find((each) => each.id === id);
  const [window, guard] = [choiceOf("administratorsOnly"), choiceOf("guardTime")];
  const { endOfContract } = agreement;
  return {
    ...(endOfContract === undefined ? {} : { offered: endOfContract.choices }),
    clause: endOfContract?.clause ?? "D6.2c",
    ...(window === undefined ? {} : { window }),
    ...(guard === undefined ? {} : { guard }),
  };
}

/**
 * The period that a contract settles within a choice's bounds; what the choice says otherwise when nothing is given.
 * Formatted, or undefined for none.
 * @throws RETENTION_END_OUTSIDE_BOUNDS, RETENTION_END_BAD for what is no period or is not offered
 */
export function settlePeriod(
  choice: Choice | undefined,
  given: string | undefined,
  counting: { readonly from: Instant; readonly place: Place; readonly name: string },
): string | undefined {
  const { from, place, name } = counting;
  if (given === undefined || given === "") {
    const otherwise = choice?.otherwise;
    return otherwise === undefined || otherwise === "none" ? undefined : formatDuration(otherwise);
  }
  if (given === "none") {
    if (choice?.mandatory === true)
      throw fault("RETENTION_END_OUTSIDE_BOUNDS", { place: name, clause: choice.clause });
    return undefined;
  }
  const duration = /^\d+$/.test(given) ? parseDuration(`days(${given})`) : parseDuration(given);
  if (choice === undefined || duration === undefined)
    throw fault("RETENTION_END_BAD", { place: name, clause: choice?.clause });
  const end = endOf(from, duration, place);
  const { least, most } = choice;
  const isOutside =
    (least !== undefined && end < endOf(from, least, place)) ||
    (most !== undefined && end > endOf(from, most, place));
  if (isOutside) throw fault("RETENTION_END_OUTSIDE_BOUNDS", { place: name, clause: choice.clause });
  return formatDuration(duration);
}

/** The end of a settled period: the client's time to retrieve its data rounds up, the keeping of archives rounds down. */
export function periodEnd(
  from: Instant,
  formatted: string | undefined,
  counting: { readonly place: Place; readonly rounding: Rounding },
): Instant | undefined {
  const duration = formatted === undefined ? undefined : parseDuration(formatted);
  return duration && deadlineOf(from, duration, counting).dueAt;
}

function endOf(from: Instant, duration: Duration, place: Place): Instant {
  return deadlineOf(from, duration, { rounding: "binds", place }).dueAt;
}

/** The first instant after a contract's last day; undefined while it has none. */
export function endOfContract({ endsOn }: Pick<Contract, "endsOn">, place: Place): Instant | undefined {
  if (endsOn === undefined) return undefined;
  const next = Date.parse(`${endsOn}T00:00:00.000Z`) + 86_400_000;
  return startOfDay(place.zone, new Date(next).toISOString().slice(0, 10) as LocalDate);
}
