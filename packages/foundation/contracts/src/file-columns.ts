/**
 * The columns of a contracts file, one row a contract: heading in French and in English, and other spellings. Headings
 * are compared without case, accents, spaces and hyphens; their order is free. A column that is absent leaves what is
 * known as it is; an empty cell of a column that is there says that there is none.
 */
import type { Language } from "@preau/kernel";
import { spelt } from "./read-text.ts";

export const controllerFields = [
  "kind",
  "name",
  "legalForm",
  "seat",
  "siret",
  "uai",
  "region",
  "zone",
  "goodFriday",
] as const;
export const contractFields = ["reference", "products", "startsOn", "endsOn", "atEnd"] as const;

export type FileField = "controller" | (typeof controllerFields)[number] | (typeof contractFields)[number];

interface Column {
  readonly field: FileField;
  readonly fr: string;
  readonly en: string;
  readonly also: readonly string[];
}

/** In the order of an export. */
export const fileColumns: readonly Column[] = [
  {
    field: "reference",
    fr: "référence",
    en: "reference",
    also: ["référence du contrat", "contrat", "contract"],
  },
  {
    field: "controller",
    fr: "identifiant",
    en: "controller",
    also: ["responsable", "responsable de traitement", "id"],
  },
  { field: "kind", fr: "type", en: "kind", also: ["nature"] },
  { field: "name", fr: "nom", en: "name", also: ["établissement"] },
  { field: "legalForm", fr: "forme juridique", en: "legal form", also: [] },
  { field: "seat", fr: "siège", en: "seat", also: ["adresse", "address"] },
  { field: "siret", fr: "SIRET", en: "siret", also: [] },
  { field: "uai", fr: "UAI", en: "uai", also: ["RNE"] },
  { field: "region", fr: "région", en: "region", also: ["calendrier", "calendar"] },
  { field: "zone", fr: "fuseau", en: "zone", also: ["fuseau horaire", "time zone"] },
  { field: "goodFriday", fr: "vendredi saint", en: "good friday", also: [] },
  { field: "products", fr: "produits", en: "products", also: ["produit", "product"] },
  {
    field: "startsOn",
    fr: "début",
    en: "start",
    also: ["date de début", "premier jour", "starts on", "first day"],
  },
  { field: "endsOn", fr: "fin", en: "end", also: ["date de fin", "dernier jour", "ends on", "last day"] },
  { field: "atEnd", fr: "en fin de contrat", en: "at the end", also: ["sort des données", "at end"] },
];

const fields: ReadonlyMap<string, FileField> = new Map(
  fileColumns.flatMap(({ field, fr, en, also }) =>
    [field, fr, en, ...also].map((heading) => [spelt(heading), field] as const),
  ),
);

export function fieldOfHeading(heading: string): FileField | undefined {
  return fields.get(spelt(heading.trim()));
}

export function headingsOf(language: Language): readonly string[] {
  return fileColumns.map((column) => column[language]);
}
