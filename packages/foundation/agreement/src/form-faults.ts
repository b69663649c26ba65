/** What the form of `agreement.yaml` refuses, in words: the field, where it stands, and what it should have been. */
import type { Bilingual } from "@preau/kernel";
import type { z } from "zod";
import type { Diagnostic, FormCode } from "./diagnostic.ts";
import type { YamlSource } from "./yaml-source.ts";

type Issue = z.core.$ZodIssue;

/** One diagnostic an unknown key, or one an issue. */
export function formFaults(issue: Issue, source: YamlSource): Diagnostic[] {
  const make = (
    code: FormCode,
    says: Bilingual,
    { key, remedy = REMEDIES[code] ?? REMEDY }: Rest = {},
  ): Diagnostic => ({
    code,
    severity: "error",
    file: source.file,
    ...source.positionOf(issue.path, key),
    ...clauseNear(source.value, issue.path),
    says,
    remedy,
  });
  const field = fieldName(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) =>
      make(
        "UNKNOWN_KEY",
        {
          en: `No key \`${short(key)}\` is known here.`,
          fr: `Aucune clé \`${short(key)}\` n'est connue ici.`,
        },
        { key },
      ),
    );
  }
  if (valueAt(source.value, issue.path) === undefined) {
    return [make("MISSING", { en: `\`${field}\` is missing.`, fr: `\`${field}\` manque.` })];
  }
  const form = formOf(issue);
  const isEntry = typeof issue.path.at(-1) === "number";
  return [
    make(
      "BAD_VALUE",
      {
        en: `${isEntry ? `An entry of \`${field}\`` : `\`${field}\``} must be ${form.en}.`,
        fr: `${isEntry ? `Une entrée de \`${field}\`` : `\`${field}\``} doit être ${form.fr}.`,
      },
      { remedy: remedyFor(issue, source.value) },
    ),
  ];
}

interface Rest {
  readonly key?: string | undefined;
  readonly remedy?: Bilingual | undefined;
}

/** What to type instead, where the value shows what was meant. */
function remedyFor(issue: Issue, value: unknown): Bilingual | undefined {
  const form = ownForm(issue);
  const written = valueAt(value, issue.path);
  if (form !== undefined && REMEDY_OF_FORM[form] !== undefined) return REMEDY_OF_FORM[form];
  if (issue.code !== "invalid_type") return undefined;
  if (issue.expected === "string" && ["number", "boolean"].includes(typeof written)) {
    const quoted = `"${short(String(written))}"`;
    return { en: `Put it between quotes: \`${quoted}\`.`, fr: `Mettez-le entre guillemets : \`${quoted}\`.` };
  }
  if (issue.expected === "string" && Array.isArray(written)) {
    return { en: "Write one value, without brackets.", fr: "Écrivez une seule valeur, sans crochets." };
  }
  if (issue.expected === "array" && typeof written === "string") {
    return {
      en: `Write a list: \`[${short(written)}]\`.`,
      fr: `Écrivez une liste : \`[${short(written)}]\`.`,
    };
  }
  return undefined;
}

/** The form that a key has, also where its value is no text at all: `duration: 24`. */
function ownForm(issue: Issue): string | undefined {
  if (issue.code === "invalid_format" || issue.code === "custom") return issue.message;
  if (issue.code !== "invalid_type" || issue.expected !== "string") return undefined;
  return FORM_OF_KEY[String(issue.path.at(-1))];
}

const FORM_OF_KEY: Readonly<Record<string, string>> = {
  ...Object.fromEntries(["duration", "every", "least", "most"].map((key) => [key, "duration"])),
  ...Object.fromEntries(["deletionDelay", "deletionBatch"].map((key) => [key, "documentedDelay"])),
  siret: "siret",
  clause: "clause",
};
const REMEDY_OF_FORM: Readonly<Record<string, Bilingual>> = {
  ofOtherStore: {
    en: "Persons, `approval` and `notices` belong to `live`; `kinds` to `evidence`; `generation` to `backups`; `condition` to `loadingData`.",
    fr: "Les personnes, `approval` et `notices` vont avec `live` ; `kinds` avec `evidence` ; `generation` avec `backups` ; `condition` avec `loadingData`.",
  },
  dayOfYear: {
    en: 'Write month and day between quotes: `"08-31"`.',
    fr: 'Écrivez le mois et le jour entre guillemets : `"08-31"`.',
  },
  duration: {
    en: "Write the unit and the number: `hours(24)`; three weeks are `days(21)`, a quarter `months(3)`.",
    fr: "Écrivez l'unité et le nombre : `hours(24)` ; trois semaines sont `days(21)`, un trimestre `months(3)`.",
  },
  siret: {
    en: 'Put the 14 digits between quotes, without spaces: `"99900003500018"`.',
    fr: 'Mettez les 14 chiffres entre guillemets, sans espaces : `"99900003500018"`.',
  },
  clause: {
    en: "Write the id that a heading of the text bears, one alone.",
    fr: "Écrivez l'identifiant que porte un titre du texte, un seul.",
  },
  word: {
    en: "Begin with a lower-case letter, and leave out accents, hyphens, underscores and spaces.",
    fr: "Commencez par une minuscule, sans accent, trait d'union, tiret bas ni espace.",
  },
  bindsOrRight: {
    en: "Keep `binds` where somebody must act within the period, `right` where somebody may.",
    fr: "Gardez `binds` si quelqu'un doit agir dans ce délai, `right` si quelqu'un le peut.",
  },
};

const REMEDY: Bilingual = {
  en: "Write it as the guide of the file's form says.",
  fr: "Écrivez-le comme le dit le guide du fichier.",
};
const REMEDIES: Partial<Record<FormCode, Bilingual>> = {
  UNKNOWN_KEY: { en: "Correct its spelling, or remove it.", fr: "Corrigez son orthographe, ou retirez-la." },
  MISSING: { en: "Add it to this entry.", fr: "Ajoutez-le à cette entrée." },
};

/** What a refused value should have been, in words. */
function formOf(issue: Issue): Bilingual {
  const known = FORMS[ownForm(issue) ?? ""];
  if (known !== undefined) return known;
  if (issue.code === "invalid_value") {
    const values = issue.values.map(String).join(", ");
    return { en: `one of: ${values}`, fr: `l'une des valeurs : ${values}` };
  }
  if (issue.code === "invalid_type") return TYPES[issue.expected] ?? OF_FORM;
  if (issue.code === "too_big" || issue.code === "too_small") {
    return { en: "within the bounds of the form", fr: "dans les bornes de la forme" };
  }
  return OF_FORM;
}

const OF_FORM: Bilingual = { en: "of the form that the guide gives", fr: "de la forme donnée par le guide" };
const FORMS: Readonly<Record<string, Bilingual>> = {
  word: {
    en: "an id: a lower-case letter, then at most 63 letters and digits",
    fr: "un identifiant : une minuscule, puis au plus 63 lettres et chiffres",
  },
  clause: { en: "the id of a clause, such as D8.3", fr: "l'identifiant d'une clause, par exemple D8.3" },
  slug: {
    en: "lower-case letters, digits and hyphens",
    fr: "fait de minuscules, de chiffres et de traits d'union",
  },
  siret: { en: "14 digits between quotes", fr: "fait de 14 chiffres entre guillemets" },
  duration: {
    en: "a period such as hours(24), days(7), workingDays(7), months(6) or years(2)",
    fr: "une durée telle que hours(24), days(7), workingDays(7), months(6) ou years(2)",
  },
  documentedDelay: {
    en: "unknown, none, or a delay such as hours(48) or days(3)",
    fr: "unknown, none, ou un délai tel que hours(48) ou days(3)",
  },
  country: {
    en: "the two capital letters of a country, such as FR",
    fr: "les deux majuscules d'un pays, par exemple FR",
  },
  lint: {
    en: "the code of a lint, such as VAGUE_FIGURE",
    fr: "le code d'un contrôle, par exemple VAGUE_FIGURE",
  },
  siretOrRegister: {
    en: "given with a `siret`, or a `register` for a company outside France",
    fr: "accompagné d'un `siret`, ou d'un `register` pour une société hors de France",
  },
  leastMost: { en: "no shorter than `least`", fr: "au moins aussi long que `least`" },
  daysAhead: { en: "a number of days such as days(90)", fr: "un nombre de jours tel que days(90)" },
  dayOfYear: {
    en: 'month and day between quotes, such as "08-31"',
    fr: 'le mois et le jour entre guillemets, par exemple "08-31"',
  },
  ofOtherStore: {
    en: "left out: this store does not have it",
    fr: "omis : ce qui est gardé ici n'en a pas",
  },
  bindsOrRight: {
    en: "given either `binds` or `right`",
    fr: "pourvu de `binds` ou de `right`, pas des deux",
  },
};
const TYPES: Readonly<Record<string, Bilingual>> = {
  string: {
    en: "a text (between quotes when it looks like a number)",
    fr: "un texte (entre guillemets s'il ressemble à un nombre)",
  },
  array: { en: "a list", fr: "une liste" },
  object: { en: "a group of keys", fr: "un groupe de clés" },
  boolean: { en: "true or false", fr: "true ou false" },
  int: { en: "a whole number", fr: "un nombre entier" },
  number: { en: "a number", fr: "un nombre" },
};

function fieldName(path: readonly PropertyKey[]): string {
  const names = path.filter((step) => typeof step === "string");
  return short(names.at(-1) ?? "agreement.yaml");
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = Object.getOwnPropertyDescriptor(here, step)?.value as unknown;
  }
  return here;
}

/** The clause of the entry that the path leads into, when it has one. */
function clauseNear(value: unknown, path: readonly PropertyKey[]): { readonly clause?: string } {
  for (let length = path.length; length > 0; length -= 1) {
    const clause = valueAt(value, [...path.slice(0, length), "clause"]);
    if (typeof clause === "string") return { clause: short(clause) };
  }
  return {};
}
