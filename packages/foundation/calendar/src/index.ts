export {
  type Duration,
  type DurationUnit,
  durationUnits,
  formatDuration,
  parseDuration,
  type Rounding,
} from "./duration.ts";
export { type LocalDate, localDate } from "./local-date.ts";
export {
  type GoodFriday,
  mainland,
  type Place,
  placeOfRegion,
  type Region,
  regions,
} from "./place.ts";
export { placeOf } from "./department.ts";
export { type Deadline, type DeadlineNote, deadlineOf, type DeadlineOptions } from "./deadline.ts";
export { type LatestStart, latestStart } from "./latest-start.ts";
export { dayIn, isZone, startOfDay, timeOfDay } from "./zone.ts";
export { addWorkingDays, isWorkingDay, type SkippedDay, skippedDays } from "./working-day.ts";
export { sayDay, sayDuration } from "./in-words.ts";
export { holidayYears } from "./public-holidays.ts";
export { errors } from "./errors.ts";
