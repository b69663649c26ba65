export {
  type Duration,
  type DurationUnit,
  dueAfter,
  durationUnits,
  formatDuration,
  parseDuration,
  type Rounding,
} from "./duration.ts";
export { type LocalDate, localDate } from "./local-date.ts";
export { type GoodFriday, type Place, type Region, regions } from "./place.ts";
export type { Deadline } from "./deadline.ts";
export { errors } from "./errors.ts";
