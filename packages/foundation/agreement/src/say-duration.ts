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

/** How often, in both languages: `every 2 days`, `tous les 2 jours`. */
export function sayInterval(duration: Duration): Bilingual {
  const { unit, amount } = duration;
  const { en, frMany } = UNITS[unit];
  const all = unit === "hours" ? "toutes les" : "tous les";
  const words = sayDuration(duration);
  return {
    en: amount === 1 ? `every ${en}` : `every ${words.en}`,
    fr: amount === 1 ? `${all} ${frMany}` : `${all} ${words.fr}`,
  };
}
