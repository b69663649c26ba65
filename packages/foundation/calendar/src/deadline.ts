/** The end of a period, as a pair: the last instant still in time, and the first instant after it. */
import type { Instant } from "@preau/kernel";
import type { LocalDate } from "./local-date.ts";
import type { Place } from "./place.ts";

export interface Deadline {
  /** Last day, in the place's zone, on which it is still in time. */
  readonly lastDay: LocalDate;
  /** Last instant at which it is still in time. */
  readonly dueAt: Instant;
  /** First instant at which what waited for the end may happen. */
  readonly opensAt: Instant;
  readonly place: Place;
  /** `GOOD_FRIDAY_UNKNOWN` when the later of two days was taken. */
  readonly notes: readonly "GOOD_FRIDAY_UNKNOWN"[];
}
