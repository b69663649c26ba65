/** Figures in English. */
import { dates, type FigureLanguage, type Qualifier, type UnitWord, words } from "./figure-language.ts";

const MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december";
const unit = (name: UnitWord["unit"], factor: number): UnitWord => ({ unit: name, factor });
const each = <T>(list: string, value: T): [string, T][] => list.split(" ").map((word) => [word, value]);
const qualify = (list: string, value: Qualifier) => each(list, value);

const SMALL =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

export const english: FigureLanguage = {
  numbers: new Map([
    ...SMALL.map((word, value): [string, number] => [word, value]),
    ...TENS.map((word, index): [string, number] => [word, 20 + 10 * index]),
    ["hundred", 100],
    ["thousand", 1_000],
  ]),
  and: "and",
  fits: (soFar, next) => {
    const tail = soFar % 100;
    return tail === 0 || (next < 10 && tail >= 20 && tail % 10 === 0);
  },
  ones: words("a an one"),
  range: words("to and or / - – — , through"),
  units: new Map([
    ...each("hour hours h hr hrs", unit("hours", 1)),
    ...each("day days", unit("days", 1)),
    ...each("week weeks", unit("days", 7)),
    ...each("fortnight fortnights", unit("days", 14)),
    ...each("month months", unit("months", 1)),
    ...each("quarter quarters", unit("months", 3)),
    ...each("year years yr yrs", unit("years", 1)),
    ...each("mb mib megabyte megabytes", unit("megabytes", 1)),
    ...each("gb gib gigabyte gigabytes", unit("megabytes", 1_000)),
    ...each("tb terabyte terabytes", unit("megabytes", 1_000_000)),
    ...each("kb kib kilobyte kilobytes", unit("megabytes", 0.001)),
    ...each("character characters char chars", unit("characters", 1)),
    ...each("% percent", unit("percent", 1)),
  ]),
  between: new Map([
    ...each(
      "calendar consecutive elapsed full whole further more additional other first last next following successive",
      "nothing" as const,
    ),
    ...qualify("working business", "working"),
    ...qualify("clear", "clear"),
    ...qualify("weekday", "ouvrable"),
    ...qualify("school academic", "school"),
  ]),
  after: new Map(),
  half: [["and", "a", "half"]],
  idle: /^ (?:to the next|to another|after|in advance of|of the week|off|or another)/,
  idleBefore: words("on any every each once twice times per such which what that"),
  per: words("a an per"),
  times: words("time times"),
  adverbs: new Map([
    ["once", 1],
    ["twice", 2],
  ]),
  every: [["every"], ["each"]],
  each: [["every"], ["each"], ["per"], ["once", "a"], ["once", "per"]],
  rhythms: new Map([
    ...each("daily nightly", unit("days", 1)),
    ["weekly", unit("days", 7)],
    ["fortnightly", unit("days", 14)],
    ["monthly", unit("months", 1)],
    ["quarterly", unit("months", 3)],
    ...each("yearly annual annually", unit("years", 1)),
  ]),
  moments: new Map([
    ...each("night evening morning", unit("days", 1)),
    ...each("monday tuesday wednesday thursday friday saturday sunday", unit("days", 7)),
  ]),
  spans: new Map(),
  labels: words(
    "article articles art paragraph paragraphs par § recital recitals module modules chapter chapters title section sections schedule schedules exhibit exhibits annex annexes appendix clause clauses point points act regulation directive decree decision law n no nº number standard iso iec nf en rfc tls ssl aes sha rsa wcag rgaa eidas version versions page pages v",
  ),
  uncounted: words("parties party sides"),
  dates: [
    ...dates,
    /(?<![\d.,])\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|a\.m\.|p\.m\.)(?!\p{L})/gu,
    new RegExp(
      `(?<![\\d,.])\\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:${MONTHS})(?:,? \\d{4})?(?![\\p{L}\\d])`,
      "gu",
    ),
    new RegExp(`(?<!\\p{L})(?:${MONTHS}) \\d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\\d\\d(?!\\d)`, "gu"),
    new RegExp(
      `(?<!\\p{L})(?:${MONTHS.replace("may|", "")}|(?:in|of|since|by) may) \\d{4}(?![\\p{L}\\d])`,
      "gu",
    ),
    /(?<!\p{L})(?:in|since|of|year|years|from|until|by|©) (?:19|20)\d\d(?![\d.,/-]?\d)(?! ?(?:hour|day|week|month|year|working|business|%|charact|mb\b|gb\b))/gu,
  ],
  thousands: ",",
};
