/** Where a controller's days are counted: the region's holidays, and the zone of its clocks unless another is named. */
import { type GoodFriday, isZone, type Place, placeOf, placeOfRegion, type Region } from "@preau/calendar";
import { type Bilingual, isFault } from "@preau/kernel";
import { type Reader, spellingsOf, spelt } from "./read-text.ts";

/** Names of the regions. */
export const regionNames: Readonly<Record<Region, Bilingual>> = {
  metropole: { en: "Mainland France", fr: "France métropolitaine" },
  "alsace-moselle": { en: "Alsace and Moselle", fr: "Alsace-Moselle" },
  guadeloupe: { en: "Guadeloupe", fr: "Guadeloupe" },
  guyane: { en: "French Guiana", fr: "Guyane" },
  "la-reunion": { en: "Réunion", fr: "La Réunion" },
  martinique: { en: "Martinique", fr: "Martinique" },
  mayotte: { en: "Mayotte", fr: "Mayotte" },
  "saint-barthelemy": { en: "Saint Barthélemy", fr: "Saint-Barthélemy" },
  "saint-martin": { en: "Saint Martin", fr: "Saint-Martin" },
  "saint-pierre-et-miquelon": { en: "Saint Pierre and Miquelon", fr: "Saint-Pierre-et-Miquelon" },
};

const named = (region: Region) => [regionNames[region].en, regionNames[region].fr];
const regionSpellings = spellingsOf<Region>({
  metropole: [...named("metropole"), "métropole", "France", "mainland"],
  "alsace-moselle": [...named("alsace-moselle"), "Alsace", "Moselle"],
  guadeloupe: named("guadeloupe"),
  guyane: named("guyane"),
  "la-reunion": named("la-reunion"),
  martinique: named("martinique"),
  mayotte: named("mayotte"),
  "saint-barthelemy": named("saint-barthelemy"),
  "saint-martin": named("saint-martin"),
  "saint-pierre-et-miquelon": named("saint-pierre-et-miquelon"),
});
const fridaySpellings = spellingsOf<GoodFriday>({
  holiday: ["férié", "oui", "yes"],
  workingDay: ["ouvré", "non", "no"],
  unknown: ["inconnu"],
});
const REGION: Bilingual = {
  en: "Name a region: mainland France, Alsace-Moselle, or an overseas one.",
  fr: "Nommez une région : France métropolitaine, Alsace-Moselle, ou outre-mer.",
};

/** The region that a text names, in either language. */
export function regionOf(text: string): Region | undefined {
  return regionSpellings.get(spelt(text.trim()));
}

/** Fields `region`, `zone`, `goodFriday`; without a region, that of the school's UAI where it is sure. */
export function readPlace(reader: Reader, uai: string | undefined): Place | undefined {
  const region = reader.word("region", regionSpellings, REGION);
  const zone = reader.checked("zone", (text) => (isZone(text) ? text : undefined), {
    en: "Write a time zone as Europe/Paris, or leave it empty for the region's own.",
    fr: "Écrivez un fuseau sous la forme Europe/Paris, ou laissez vide pour celui de la région.",
  });
  const goodFriday = reader.word("goodFriday", fridaySpellings, {
    en: "Say holiday, workingDay or unknown.",
    fr: "Écrivez férié, ouvré ou inconnu.",
  });
  const place = region === undefined ? placeOfUai(uai) : placeOfRegion(region);
  if (place === undefined) {
    if (!reader.hasIssue("region"))
      reader.refuse({ code: "CONTRACT_VALUE_MISSING", field: "region", remedy: REGION });
    return undefined;
  }
  return {
    region: place.region,
    zone: zone ?? place.zone,
    // Elsewhere Good Friday is nobody's question.
    ...(place.region === "alsace-moselle" ? { goodFriday: goodFriday ?? "unknown" } : {}),
  };
}

function placeOfUai(uai: string | undefined): Place | undefined {
  try {
    return uai === undefined ? undefined : placeOf(uai);
  } catch (error) {
    // Islands that share their numbers: somebody must say which.
    if (isFault(error)) return undefined;
    throw error;
  }
}
