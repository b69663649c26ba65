/** The figure of a clause in a few words: from the rules of the agreement in force, so that it is that agreement's. */
import type { Agreement } from "@preau/agreement";
import type { Language } from "@preau/kernel";
import { sayNumber } from "@preau/web";
import { agreementTextsOf, sayPeriod } from "./agreement-texts.ts";
import type { ListedClause } from "./clause-list.ts";
import { rulesOf } from "./clause-rules.ts";

/** Undefined when there is none. Words of the list that hold a number are used only where the text lacks the clause. */
export function figureOf(
  agreement: Agreement,
  clause: string,
  { language, listed, inText }: { language: Language; listed: ListedClause | undefined; inText: boolean },
): string | undefined {
  const { periods, counts, choices, subprocessors } = rulesOf(agreement, clause);
  const words = agreementTextsOf(language);
  const figures = [
    ...new Set(periods.map(({ duration }) => sayPeriod(duration, language))),
    ...counts.map((each) => `${sayCount(each, language)} ${each[language]}`),
    ...choices.map(() => words.choiceBetween),
    ...(subprocessors.length > 0
      ? [`${sayNumber(subprocessors.length, language)} ${words.annexC.toLowerCase()}`]
      : []),
  ];
  if (figures.length > 0) return figures.join(", ");
  const said = listed?.words.figure?.[language];
  return said !== undefined && inText && /\d/.test(said) ? undefined : said;
}

const UNITS = {
  megabytes: { fr: "Mo", en: "MB" },
  characters: { fr: "caractères", en: "characters" },
  percent: { fr: "%", en: "%" },
} as const;

/** `2`, `50 Mo`, `5 %`. */
export function sayCount(
  { count, unit }: Pick<Agreement["counts"][number], "count" | "unit">,
  language: Language,
): string {
  const number = sayNumber(count, language);
  if (unit === undefined) return number;
  return `${number}${unit === "percent" && language === "en" ? "" : "\u00a0"}${UNITS[unit][language]}`;
}
