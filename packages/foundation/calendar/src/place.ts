/** Where a period is counted: the public holidays of a region, the zone of its clocks. */

export const regions = [
  "metropole",
  "alsace-moselle",
  "guadeloupe",
  "guyane",
  "la-reunion",
  "martinique",
  "mayotte",
  "saint-barthelemy",
  "saint-martin",
  "saint-pierre-et-miquelon",
] as const;
export type Region = (typeof regions)[number];

/**
 * Good Friday in Alsace-Moselle: a holiday only in communes with a Protestant or a mixed church (ordinance of
 * 16 August 1892). `unknown` counts to the advantage of whoever holds the right: the later day.
 */
export type GoodFriday = "holiday" | "workingDay" | "unknown";

export interface Place {
  readonly region: Region;
  /** IANA zone, `Europe/Paris`. */
  readonly zone: string;
  /** Matters in Alsace-Moselle alone; `unknown` when absent. */
  readonly goodFriday?: GoodFriday;
}
