/** `preau deadline`: when a period ends, counted as the hub counts it, with the days that did not count by their names. */
import {
  type Deadline,
  dayIn,
  deadlineOf,
  formatDuration,
  holidayYears,
  type SkippedDay,
  sayDay,
  sayDuration,
  skippedDays,
} from "@preau/calendar";
import { regionNames } from "@preau/contracts";
import type { Language } from "@preau/kernel";
import { sayMoment } from "@preau/web";
import type { CommandContext } from "./command-context.ts";
import type { DeadlineAsked } from "./deadline-options.ts";
import { terminalLanguage } from "./report-error.ts";

const WORDS = {
  en: {
    colon: ": ",
    period: "Period",
    from: "from",
    right: "a right: it lasts to the end of its last day",
    binds: "binding: due at the time of day at which it began",
    elapsed: "elapsed time",
    lastDay: "Last day",
    dueAt: "In time until",
    opensAt: "Opens",
    calendar: "Calendar",
    table: "official open data",
    goodFriday: "Good Friday",
    fridays: { holiday: "a holiday of the commune", workingDay: "worked", unknown: "unknown" },
    later: "the later day was taken",
    earlier: "the earlier day was taken",
    skipped: "Days that did not count",
    moved: "Days past which the end moved",
  },
  fr: {
    colon: "\u00a0: ",
    period: "Période",
    from: "à compter du",
    right: "un droit\u00a0: jusqu’à la fin du dernier jour",
    binds: "une obligation\u00a0: échue à l’heure où elle a commencé",
    elapsed: "en temps écoulé",
    lastDay: "Dernier jour",
    dueAt: "À temps jusqu’au",
    opensAt: "Ouverture",
    calendar: "Calendrier",
    table: "données publiques officielles",
    goodFriday: "vendredi saint",
    fridays: { holiday: "férié dans la commune", workingDay: "ouvré", unknown: "inconnu" },
    later: "le jour le plus tardif est retenu",
    earlier: "le jour le plus proche est retenu",
    skipped: "Jours non comptés",
    moved: "Jours qui ont repoussé la fin",
  },
} as const;

/** Always 0: a date is the answer. @throws CALENDAR_OUTSIDE_TABLE, CALENDAR_TOO_FAR */
export function deadlineCommand(context: CommandContext, asked: DeadlineAsked): number {
  const deadline = deadlineOf(asked.start, asked.duration, asked);
  const skipped = skippedBy(asked, deadline);
  if (asked.json) context.out(`${JSON.stringify(documentOf(asked, deadline, skipped))}\n`);
  else context.out(textOf(asked, deadline, skipped, terminalLanguage(context.environment)));
  return 0;
}

/** Days passed over: all that are not worked for working days; for another right, those at its end. */
function skippedBy(asked: DeadlineAsked, { lastDay, place }: Deadline): readonly SkippedDay[] {
  const { start, duration, rounding } = asked;
  if (duration.unit === "workingDays") {
    const received = dayIn(place.zone, start);
    return skippedDays(received, lastDay, place, rounding).filter(({ day }) => day > received);
  }
  if (duration.unit === "hours" || rounding === "binds") return [];
  const unmoved = deadlineOf(start, duration, { rounding: "binds", place }).lastDay;
  return skippedDays(unmoved, lastDay, place, rounding);
}

function documentOf(asked: DeadlineAsked, deadline: Deadline, skipped: readonly SkippedDay[]) {
  const { lastDay, dueAt, opensAt, place, notes } = deadline;
  const period = { start: asked.start, period: formatDuration(asked.duration), rounding: asked.rounding };
  return { ...period, lastDay, dueAt, opensAt, place, notes, holidays: holidayYears, skipped };
}

function textOf(
  asked: DeadlineAsked,
  deadline: Deadline,
  skipped: readonly SkippedDay[],
  language: Language,
): string {
  const { duration, rounding, place, start } = asked;
  const words = WORDS[language];
  const moment = (when: Deadline["dueAt"]) => sayMoment(when, { language, zone: place.zone });
  const line = (label: string, value: string) => `${label}${words.colon}${value}`;
  const fromMoment = duration.unit === "hours" || rounding === "binds";
  const since = fromMoment ? moment(start) : sayDay(dayIn(place.zone, start), language);
  const how = duration.unit === "hours" ? words.elapsed : words[rounding];
  const lines = [
    line(words.period, `${sayDuration(duration, language)} ${words.from} ${since}, ${how}`),
    line(words.lastDay, sayDay(deadline.lastDay, language)),
    line(words.dueAt, moment(deadline.dueAt)),
    ...(rounding === "right" ? [line(words.opensAt, moment(deadline.opensAt))] : []),
    line(words.calendar, calendarOf(deadline, rounding, language)),
  ];
  if (skipped.length > 0) {
    lines.push(line(duration.unit === "workingDays" ? words.skipped : words.moved, "").trimEnd());
    for (const { day, names } of skipped)
      lines.push(`  ${[sayDay(day, language), ...names.map((name) => name[language])].join(", ")}`);
  }
  return `${lines.join("\n")}\n`;
}

/** `Alsace-Moselle, Europe/Paris, données publiques officielles 2006–2031 ; vendredi saint inconnu`. */
function calendarOf(
  { place, notes }: Deadline,
  rounding: DeadlineAsked["rounding"],
  language: Language,
): string {
  const words = WORDS[language];
  const table = `${words.table} ${holidayYears.from}–${holidayYears.to}`;
  const calendar = `${regionNames[place.region][language]}, ${place.zone}, ${table}`;
  if (place.goodFriday === undefined) return calendar;
  const taken = notes.length === 0 ? "" : `, ${rounding === "right" ? words.later : words.earlier}`;
  return `${calendar}, ${words.goodFriday} ${words.fridays[place.goodFriday]}${taken}`;
}
