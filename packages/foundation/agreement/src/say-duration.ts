/** Periods in words, for sentences: `48 hours`, `48 heures`. */
import type { Duration, DurationUnit } from "@preau/calendar";
import type { Bilingual } from "@preau/kernel";

const UNITS: Readonly<
  Record<DurationUnit, { readonly en: string; readonly fr: string; readonly frMany: string }>
> = {
  hours: { en: "hour", fr: "heure", frMany: "heures" },
  days: { en: "day", fr: "jour", frMany: "jours" },
  workingDays: { en: "working day", fr: "jour ouvré", frMany: "jours ouvrés" },
  months: { en: "month", fr: "mois", frMany: "mois" },
  years: { en: "year", fr: "an", frMany: "ans" },
};

/** The period in both languages, with a space that does not break. */
export function sayDuration({ unit, amount }: Duration): Bilingual {
  const { en, fr, frMany } = UNITS[unit];
  return {
    en: `${amount}\u00a0${en}${amount === 1 ? "" : "s"}`,
    fr: `${amount}\u00a0${amount === 1 ? fr : frMany}`,
  };
}
