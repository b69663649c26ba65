/** A value as its reader says it: dates in the controller's zone, durations, sizes, yes and no, words of a closed list. */
import { dayIn } from "@preau/calendar";
import { type Cell, sayDate, sayFigure } from "@preau/documents";
import { type ColumnWords, type Instant, instant, type Json, type Language } from "@preau/kernel";
import { textOfHtml } from "./copy-html-text.ts";
import { copyTexts } from "./copy-texts.ts";

export interface Reader {
  readonly language: Language;
  readonly zone: string;
}

/** Letters of a cell; the file has the whole text. */
const MOST_LETTERS = 900;
const NO_BREAK_SPACE = "\u00A0";

/** Empty where there is nothing to say. */
export function sayValue(value: Json | undefined, words: ColumnWords | undefined, reader: Reader): Cell {
  if (value === null || value === undefined || value === "") return [];
  const chosen = typeof value === "object" ? undefined : words?.choices?.[String(value)];
  if (chosen !== undefined) return [[chosen[reader.language]]];
  if (typeof value === "object") return linesOf(sayParts(value));
  return linesOf(sayForm(value, words?.form ?? "text", reader));
}

function sayForm(
  value: string | number | boolean,
  form: NonNullable<ColumnWords["form"]>,
  { language, zone }: Reader,
): string {
  const number = numberOf(value);
  switch (form) {
    case "html":
      return textOfHtml(String(value));
    case "number":
      return number === undefined ? String(value) : sayFigure(number, language);
    case "yesNo":
      return sayYesNo(value, language);
    case "unixSeconds":
      if (number === 0) return "";
      return sayInstant(number === undefined ? Number.NaN : number * 1000, String(value), { language, zone });
    case "isoMoment":
      return /^\d{4}-\d{2}-\d{2}$/u.test(String(value))
        ? sayIsoDay(String(value), language)
        : sayInstant(Date.parse(isoOf(String(value))), String(value), { language, zone });
    case "duration":
      return number === undefined ? String(value) : saySeconds(number, language);
    case "bytes":
      return number === undefined ? String(value) : sayBytes(number, language);
    case "text":
    case "technical":
      return typeof value === "boolean" ? sayYesNo(value, language) : sayText(String(value));
  }
}

/** A text of digits too; not one that a number cannot hold exactly. */
function numberOf(value: string | number | boolean): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || !/^-?\d+(?:\.\d+)?$/u.test(value)) return undefined;
  const number = Number(value);
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : undefined;
}

function sayYesNo(value: string | number | boolean, language: Language): string {
  const { yes, no } = copyTexts[language];
  if (value === true || value === 1 || value === "1" || value === "true") return yes;
  return value === false || value === 0 || value === "0" || value === "false" ? no : String(value);
}

/** A database's `2026-11-23 08:15:00`, without a zone, is taken for UTC. */
function isoOf(text: string): string {
  const bare = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/u.exec(text);
  return bare === null ? text : `${bare[1] ?? ""}T${bare[2] ?? ""}Z`;
}

function sayIsoDay(text: string, language: Language): string {
  return Number.isNaN(Date.parse(text)) ? text : sayDate(dayIn("UTC", instant(Date.parse(text))), language);
}

function sayInstant(millis: number, otherwise: string, reader: Reader): string {
  if (!Number.isFinite(millis) || Math.abs(millis) > LATEST) return otherwise;
  return sayMinute(instant(millis), reader);
}
/** The end of the year 9999: a later number is no moment. */
const LATEST = 253_402_300_799_999;

/** `23 novembre 2026 à 09:15`, on the controller's clocks, which the page names once. */
export function sayMinute(at: Instant, { language, zone }: Reader): string {
  const clock = new Intl.DateTimeFormat("fr-FR", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(Date.parse(at));
  const day = sayDate(dayIn(zone, at), language).replaceAll(" ", NO_BREAK_SPACE);
  return `${day} ${language === "fr" ? "à" : "at"}${NO_BREAK_SPACE}${clock}`;
}

/** `1 h 05 min`, `2 j 3 h`, `45 s`: the two largest units. */
function saySeconds(seconds: number, language: Language): string {
  const whole = Math.round(Math.abs(seconds));
  const parts = [
    [Math.floor(whole / 86_400), copyTexts[language].dayUnit],
    [Math.floor(whole / 3600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "min"],
    [whole % 60, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return `0${NO_BREAK_SPACE}s`;
  const said = parts
    .slice(first, first + 2)
    .filter(([count], at) => at === 0 || count > 0)
    .map(([count, unit]) => `${count}${NO_BREAK_SPACE}${unit}`);
  return `${seconds < 0 ? "−" : ""}${said.join(" ")}`;
}

function sayBytes(bytes: number, language: Language): string {
  const [unit, size] =
    bytes < 1000
      ? (["byte", 1] as const)
      : bytes < 1_000_000
        ? (["kilobyte", 1000] as const)
        : bytes < 1_000_000_000
          ? (["megabyte", 1_000_000] as const)
          : (["gigabyte", 1_000_000_000] as const);
  const locale = language === "fr" ? "fr-FR" : "en-GB";
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }).format(
    bytes / size,
  );
}

/** Applications write lists and objects into texts: `{"state":"done"}` reads as `state : done`. */
function sayText(text: string): string {
  if (!/^\s*[[{]/u.test(text)) return text;
  try {
    return sayParts(JSON.parse(text) as Json);
  } catch {
    return text;
  }
}

function sayParts(value: Json, depth = 0): string {
  if (value === null) return "–";
  if (typeof value !== "object") return String(value);
  if (depth > DEEPEST) return JSON.stringify(value);
  const parts = Array.isArray(value)
    ? (value as readonly Json[]).map((part) => sayParts(part, depth + 1))
    : Object.entries(value).map(([name, part]) => `${name}: ${sayParts(part, depth + 1)}`);
  return parts.join("; ");
}

const DEEPEST = 6;

/** Lines under each other, to the length that a page can bear. */
function linesOf(text: string): Cell {
  const short = text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
  return short
    .split(/\r\n|\r|\n/u)
    .filter((line) => line.trim() !== "")
    .map((line) => [line]);
}
