/** The table written out: every public holiday of a region, as text, in order. */
import { holidayYears, type Region } from "../src/index.ts";
import { dateOfDay, dayNumber, localDate } from "../src/local-date.ts";
import { holidayNames, isGoodFriday } from "../src/public-holidays.ts";

/** Good Friday with the others in Alsace-Moselle, as in the official data. */
export function tableDays(
  region: Region,
  { goodFriday = region === "alsace-moselle" } = {},
): readonly string[] {
  const last = dayNumber(localDate(`${holidayYears.to}-12-31`));
  const days: string[] = [];
  for (let day = dayNumber(localDate(`${holidayYears.from}-01-01`)); day <= last; day += 1)
    if (holidayNames(day, region).length > 0 || (goodFriday && isGoodFriday(day))) days.push(dateOfDay(day));
  return days;
}
