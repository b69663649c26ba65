/**
 * What is due as a calendar file (RFC 5545). One VEVENT a due, since calendars show those and few show VTODO: it starts
 * and ends at the last moment in time, rounded down to the second, blocks nobody's day, and rings 24 hours before.
 * Opaque ids, clause, title and link: no personal data. A UID stays the same from one file to the next.
 */
import { createHash } from "node:crypto";
import { type Due, type Instant, type Language, millisOf } from "@preau/kernel";
import ical, { ICalAlarmType, ICalEventStatus, ICalEventTransparency } from "ical-generator";

export interface CalendarFileOptions {
  readonly language: Language;
  readonly now: Instant;
  /** Where links lead, `https://preau.example`. */
  readonly publicUrl: string;
  /** Name that a calendar shows. */
  readonly name: string;
}

const ALARM_BEFORE_SECONDS = 86_400;
const REFRESH_SECONDS = 3_600;
const CLAUSE = { fr: "Clause\u00a0:", en: "Clause:" } as const;
const CONTROLLER = { fr: "Responsable de traitement\u00a0:", en: "Controller:" } as const;

/** The file's text: CRLF lines of at most 75 octets, the last one closed too. */
export function calendarFile(dues: readonly Due[], options: CalendarFileOptions): string {
  const { language, now, publicUrl, name } = options;
  const host = new URL(publicUrl).hostname;
  const calendar = ical({
    // The generator escapes no name: what has a meaning in a value is left out of it.
    name: plain(name).replaceAll(/[\\;,]/g, " "),
    prodId: { company: "Preau", product: "hub", language: language.toUpperCase() },
    ttl: REFRESH_SECONDS,
  });
  for (const due of dues) {
    const title = `${due.clause} · ${plain(due.title[language])}`;
    const said = [
      `${CLAUSE[language]} ${due.clause}`,
      `${CONTROLLER[language]} ${due.controller}`,
      plain(due.title[language]),
    ].join("\n");
    calendar.createEvent({
      id: `${uidOf(due)}@${host}`,
      stamp: new Date(millisOf(now)),
      start: new Date(millisOf(due.dueAt)),
      summary: title,
      description: said,
      categories: [{ name: due.clause }],
      status: ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.TRANSPARENT,
      ...(due.href === undefined ? {} : { url: new URL(due.href, publicUrl).href }),
      alarms: [{ type: ICalAlarmType.display, triggerBefore: ALARM_BEFORE_SECONDS, description: title }],
    });
  }
  return `${calendar.toString()}\r\n`;
}

/** One a due: the same thing due under two clauses, or for two controllers, is two. */
function uidOf({ id, controller, clause }: Due): string {
  return createHash("sha256").update(`${controller}\0${clause}\0${id}`).digest("hex").slice(0, 32);
}

/** Without control characters, which no value of the format may hold. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}
