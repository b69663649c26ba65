/** Why rows would still identify somebody, and what can be done about it. */
import type { Bilingual } from "@preau/kernel";
import { type Judge, type Rule, takenOut } from "./anonymise-evaluate.ts";
import type { BaseTable, ReadFinding } from "./anonymise-read.ts";
import type { Found } from "./anonymise-search.ts";

type ReasonCode =
  | "empty"
  | "personsNotToldApart"
  | "identifier"
  | "freeText"
  | "unknownValue"
  | "unreadable"
  | Rule
  | "measured";

export interface Reason {
  readonly code: ReasonCode;
  /** Its name in the source. */
  readonly column?: string;
  /** Share of the rows that it concerns, where it was counted. */
  readonly share?: number;
  readonly says: Bilingual;
  readonly remedy: Bilingual;
}

interface Refused {
  readonly judge: Judge;
  readonly table: BaseTable;
  readonly personsToldApart: boolean;
  readonly found: Found | undefined;
}

export function reasonsOf({ judge, table, personsToldApart, found }: Refused): readonly Reason[] {
  const reasons: Reason[] = table.findings.map((finding) => ({
    ...{ code: codeOf(finding), column: finding.column },
    ...WORDS[codeOf(finding)],
  }));
  if (table.given === 0) reasons.push({ code: "empty", ...WORDS.empty });
  if (!personsToldApart) reasons.push({ code: "personsNotToldApart", ...WORDS.personsNotToldApart });
  if (reasons.length > 0) return reasons;
  const share = (rows: number) => rows / table.given;
  for (const { source, unreadable } of table.columns)
    if (unreadable > 0)
      reasons.push({ code: "unreadable", column: source, share: share(unreadable), ...WORDS.unreadable });
  if (found !== undefined) return [{ code: "measured", ...WORDS.measured }, ...reasons];
  for (const [rule, rows] of Object.entries(takenOut(judge)) as [Rule, number][])
    if (rows > 0) reasons.push({ code: rule, share: share(rows), ...WORDS[rule] });
  return reasons.toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0));
}

function codeOf({ what }: ReadFinding): "identifier" | "freeText" | "unknownValue" {
  if (what === "type" || what === "missing" || what === "person") return "unknownValue";
  return what === "text" || what === "manyValues" ? "freeText" : "identifier";
}

const WORDS = {
  empty: {
    says: { en: "There are no rows.", fr: "Il n’y a aucune ligne." },
    remedy: { en: "Check where the rows come from.", fr: "Vérifiez d’où viennent les lignes." },
  },
  personsNotToldApart: {
    says: {
      en: "Nothing says which rows are of one person, so persons cannot be counted.",
      fr: "Rien ne dit quelles lignes sont d’une même personne\u202f: les personnes ne peuvent être comptées.",
    },
    remedy: {
      en: "Name the column under data.person, or say data.rows: onePerPerson.",
      fr: "Nommez la colonne sous data.person, ou indiquez data.rows: onePerPerson.",
    },
  },
  identifier: {
    says: {
      en: "A value of this column identifies somebody: an address, a number, a key, a name, a moment.",
      fr: "Une valeur de cette colonne identifie quelqu’un\u202f: adresse, numéro, clé, nom ou moment.",
    },
    remedy: {
      en: "Take the column out of the plan, or generalise it.",
      fr: "Retirez la colonne du plan, ou généralisez-la.",
    },
  },
  freeText: {
    says: {
      en: "This column is free text, or has too many different values to be a closed list.",
      fr: "Cette colonne est du texte libre, ou a trop de valeurs différentes pour une liste fermée.",
    },
    remedy: {
      en: "Generalise it: bands for numbers, years for dates, groups for words.",
      fr: "Généralisez-la\u202f: des tranches pour des nombres, des années pour des dates, des groupes pour des mots.",
    },
  },
  unknownValue: {
    says: {
      en: "A row lacks this column, or has a value in it of a kind that is not known here.",
      fr: "Une ligne n’a pas cette colonne, ou y porte une valeur d’une sorte inconnue ici.",
    },
    remedy: {
      en: "Give each row the column, with a text, a number, yes or no, or nothing.",
      fr: "Donnez la colonne à chaque ligne, avec un texte, un nombre, oui ou non, ou rien.",
    },
  },
  unreadable: {
    says: {
      en: "Rows were left out because their value in this column is not what the plan says.",
      fr: "Des lignes ont été écartées parce que leur valeur dans cette colonne n’est pas ce que dit le plan.",
    },
    remedy: {
      en: "Correct the form in the plan, or give groups an `otherwise`.",
      fr: "Corrigez la forme dans le plan, ou donnez aux groupes un «\u202fotherwise\u202f».",
    },
  },
  small: {
    says: {
      en: "Even when everything is widened, a school has fewer than k persons.",
      fr: "Même quand tout est élargi, un établissement compte moins de k personnes.",
    },
    remedy: {
      en: "Leave out the schools that are too small, or wait until they have more persons.",
      fr: "Écartez les établissements trop petits, ou attendez qu’ils comptent plus de personnes.",
    },
  },
  telling: {
    says: {
      en: "A sensitive column has too few values, or too uneven ones: whoever is in it is known to have the frequent one.",
      fr: "Une colonne sensible a trop peu de valeurs, ou des valeurs trop inégales\u202f: qui s’y trouve a sûrement la plus fréquente.",
    },
    remedy: {
      en: "Give it narrower bands or finer groups, or release it without the other columns.",
      fr: "Donnez-lui des tranches plus étroites ou des groupes plus fins, ou publiez-la sans les autres colonnes.",
    },
  },
  rare: {
    says: {
      en: "Sensitive values that very few have would be known again.",
      fr: "Des valeurs sensibles que très peu de personnes ont seraient reconnues.",
    },
    remedy: {
      en: "Add a wider band or group to the sensitive column, or a bound below or above.",
      fr: "Ajoutez à la colonne sensible une tranche ou un groupe plus large, ou une borne en bas ou en haut.",
    },
  },
  unique: {
    says: {
      en: "Somebody is alone with three of the released values.",
      fr: "Quelqu’un est seul avec trois des valeurs publiées.",
    },
    remedy: {
      en: "Release fewer sensitive columns together, or widen one of them.",
      fr: "Publiez moins de colonnes sensibles ensemble, ou élargissez-en une.",
    },
  },
  differences: {
    says: {
      en: "An earlier release, taken from this one, would isolate fewer than k persons.",
      fr: "Une publication antérieure, soustraite de celle-ci, isolerait moins de k personnes.",
    },
    remedy: {
      en: "Wait until more persons have come, gone or changed, or release none of the columns of the earlier release.",
      fr: "Attendez que plus de personnes soient venues, parties ou aient changé, ou ne publiez aucune colonne de la publication antérieure.",
    },
  },
  cover: {
    says: {
      en: "Those left out are so few that they stand out by being absent.",
      fr: "Les personnes écartées sont si peu nombreuses que leur absence les désigne.",
    },
    remedy: {
      en: "Widen the column that leaves them out, or allow more rows to be left out.",
      fr: "Élargissez la colonne qui les écarte, ou permettez d’écarter plus de lignes.",
    },
  },
  measured: {
    says: {
      en: "What was found does not hold when it is measured.",
      fr: "Ce qui a été trouvé ne tient pas une fois mesuré.",
    },
    remedy: {
      en: "See the figures that do not hold; widen the columns that they name.",
      fr: "Voyez les chiffres qui ne tiennent pas\u202f; élargissez les colonnes qu’ils nomment.",
    },
  },
} as const satisfies Record<ReasonCode, { readonly says: Bilingual; readonly remedy: Bilingual }>;
