/**
 * Public holidays of France, 2006 to 2031: the law's facts, in our own form. Data alone.
 *
 * Source: "Jours fériés en France", Etalab (DINUM), data of 1 January 2026, under the Licence Ouverte / Open Licence 2.0.
 * `reference/open-data.json` names the commit, the files compared day by day, their fingerprints and the differences: none.
 * Articles L3133-1 (national), L3134-13 (Alsace-Moselle) and L3422-2 (overseas) of the Code du travail.
 */
import type { Bilingual } from "@preau/kernel";
import type { Region } from "./place.ts";

/** Month and day of Good Friday, Easter Monday, Ascension and Whit Monday, year by year. */
export const movableFeasts: Readonly<Record<number, readonly [string, string, string, string]>> = {
  2006: ["04-14", "04-17", "05-25", "06-05"],
  2007: ["04-06", "04-09", "05-17", "05-28"],
  2008: ["03-21", "03-24", "05-01", "05-12"],
  2009: ["04-10", "04-13", "05-21", "06-01"],
  2010: ["04-02", "04-05", "05-13", "05-24"],
  2011: ["04-22", "04-25", "06-02", "06-13"],
  2012: ["04-06", "04-09", "05-17", "05-28"],
  2013: ["03-29", "04-01", "05-09", "05-20"],
  2014: ["04-18", "04-21", "05-29", "06-09"],
  2015: ["04-03", "04-06", "05-14", "05-25"],
  2016: ["03-25", "03-28", "05-05", "05-16"],
  2017: ["04-14", "04-17", "05-25", "06-05"],
  2018: ["03-30", "04-02", "05-10", "05-21"],
  2019: ["04-19", "04-22", "05-30", "06-10"],
  2020: ["04-10", "04-13", "05-21", "06-01"],
  2021: ["04-02", "04-05", "05-13", "05-24"],
  2022: ["04-15", "04-18", "05-26", "06-06"],
  2023: ["04-07", "04-10", "05-18", "05-29"],
  2024: ["03-29", "04-01", "05-09", "05-20"],
  2025: ["04-18", "04-21", "05-29", "06-09"],
  2026: ["04-03", "04-06", "05-14", "05-25"],
  2027: ["03-26", "03-29", "05-06", "05-17"],
  2028: ["04-14", "04-17", "05-25", "06-05"],
  2029: ["03-30", "04-02", "05-10", "05-21"],
  2030: ["04-19", "04-22", "05-30", "06-10"],
  2031: ["04-11", "04-14", "05-22", "06-02"],
};

export const goodFridayName: Bilingual = { en: "Good Friday", fr: "vendredi saint" };
export const easterMondayName: Bilingual = { en: "Easter Monday", fr: "lundi de Pâques" };
export const ascensionName: Bilingual = { en: "Ascension Day", fr: "Ascension" };
export const whitMondayName: Bilingual = { en: "Whit Monday", fr: "lundi de Pentecôte" };

export interface FixedHoliday {
  /** Month and day. */
  readonly on: string;
  readonly name: Bilingual;
  /** First and last year of that day; every year of the table when absent. */
  readonly from?: number;
  readonly until?: number;
}

/** The same days everywhere. */
export const nationalHolidays: readonly FixedHoliday[] = [
  { on: "01-01", name: { en: "New Year’s Day", fr: "jour de l’An" } },
  { on: "05-01", name: { en: "Labour Day", fr: "fête du Travail" } },
  { on: "05-08", name: { en: "Victory Day 1945", fr: "victoire de 1945" } },
  { on: "07-14", name: { en: "national day", fr: "fête nationale" } },
  { on: "08-15", name: { en: "Assumption", fr: "Assomption" } },
  { on: "11-01", name: { en: "All Saints’ Day", fr: "Toussaint" } },
  { on: "11-11", name: { en: "Armistice 1918", fr: "armistice de 1918" } },
  { on: "12-25", name: { en: "Christmas Day", fr: "Noël" } },
];

const abolition: Bilingual = { en: "abolition of slavery", fr: "abolition de l’esclavage" };

/** What a region adds to them; Good Friday, a matter of communes, stands apart. */
export const regionalHolidays: Readonly<Record<Region, readonly FixedHoliday[]>> = {
  metropole: [],
  "alsace-moselle": [{ on: "12-26", name: { en: "second day of Christmas", fr: "second jour de Noël" } }],
  guadeloupe: [{ on: "05-27", name: abolition }],
  guyane: [{ on: "06-10", name: abolition }],
  "la-reunion": [{ on: "12-20", name: abolition }],
  martinique: [{ on: "05-22", name: abolition }],
  mayotte: [{ on: "04-27", name: abolition }],
  "saint-barthelemy": [{ on: "10-09", name: abolition }],
  "saint-martin": [
    { on: "05-27", name: abolition, until: 2017 },
    { on: "05-28", name: abolition, from: 2018 },
  ],
  "saint-pierre-et-miquelon": [],
};
