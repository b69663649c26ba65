/** Where a period is counted: the public holidays of a region, the zone of its clocks. */
import { fault } from "./errors.ts";

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

const zones: Readonly<Record<Region, string>> = {
  metropole: "Europe/Paris",
  "alsace-moselle": "Europe/Paris",
  guadeloupe: "America/Guadeloupe",
  guyane: "America/Cayenne",
  "la-reunion": "Indian/Reunion",
  martinique: "America/Martinique",
  mayotte: "Indian/Mayotte",
  "saint-barthelemy": "America/St_Barthelemy",
  "saint-martin": "America/Marigot",
  "saint-pierre-et-miquelon": "America/Miquelon",
};

/** Mainland France, Alsace and Moselle excepted. */
export const mainland: Place = { region: "metropole", zone: "Europe/Paris" };

/** A region with the zone of its clocks. @throws CALENDAR_UNKNOWN_REGION */
export function placeOfRegion(region: string, goodFriday: GoodFriday = "unknown"): Place {
  const known = regions.find((each) => each === region);
  if (known === undefined) throw fault("CALENDAR_UNKNOWN_REGION");
  const place = { region: known, zone: zones[known] };
  return known === "alsace-moselle" ? { ...place, goodFriday } : place;
}
