/**
 * An agreement's folder: `agreement.yaml`, and the text in Markdown with a clause id at the head of every heading,
 * `## D8.3 · Objection`. The French text is the binding one; the English one, where there is one, has the same ids.
 */
import type { Language } from "@preau/kernel";
import type { Agreement } from "./agreement.ts";
import { type ClauseSection, headingsOf } from "./clause-sections.ts";
import { AgreementInvalid, type Diagnostic } from "./diagnostic.ts";
import { headingLike } from "./heading-example.ts";
import { type LocatedAgreement, locateAgreement, readForm } from "./parse-agreement.ts";
import { RULES_FILE, textFileOf } from "./text-files.ts";

const TEXTS: readonly { readonly language: Language; readonly required: boolean }[] = [
  { language: "fr", required: true },
  { language: "en", required: false },
];
const MAX_CHARACTERS = 1_048_576;
const MAX_DIAGNOSTICS = 100;
/** What decoding puts where bytes are not UTF-8. */
const REPLACED = "\uFFFD";

/**
 * The agreement in a folder, given as its files' texts by name. Rules may cite the clauses of the French text.
 * @throws AGREEMENT_INVALID (`AgreementInvalid`, with its diagnostics)
 */
export function readAgreementFolder(files: ReadonlyMap<string, string>): Agreement {
  return locateAgreementFolder(files).agreement;
}

/**
 * The same, with the source of its YAML.
 * @throws AGREEMENT_INVALID (`AgreementInvalid`, with its diagnostics)
 */
export function locateAgreementFolder(files: ReadonlyMap<string, string>): LocatedAgreement {
  const faults: Diagnostic[] = [];
  const headings: Partial<Record<Language, ReadonlySet<string>>> = {};
  const texts: { -readonly [L in Language]?: string } = {};
  for (const { language, required } of TEXTS) {
    const file = textFileOf(language);
    const text = files.get(file);
    if (text === undefined) {
      if (required) faults.push(missingFile(file));
      continue;
    }
    if (text.length > MAX_CHARACTERS) {
      faults.push(tooLarge(file));
      continue;
    }
    if (text.includes(REPLACED)) {
      faults.push(notUtf8(file, text));
      continue;
    }
    const read = readHeadings(text, file);
    faults.push(...read.faults);
    headings[language] = read.clauses;
    texts[language] = text;
  }
  faults.push(...headingsApart(headings));
  const yaml = files.get(RULES_FILE);
  if (yaml === undefined) faults.push(missingFile(RULES_FILE));
  else if (yaml.includes(REPLACED)) faults.push(notUtf8(RULES_FILE, yaml));
  else if (faults.length > 0) faults.push(...formFaultsOf(yaml));
  if (faults.length > 0 || yaml === undefined) throw new AgreementInvalid(faults);
  return locateAgreement(yaml, {
    file: RULES_FILE,
    texts,
    ...(headings.fr === undefined ? {} : { clauses: headings.fr }),
  });
}

/** Without a text that holds, what the rules cite cannot be looked up; their form can. */
function formFaultsOf(yaml: string): readonly Diagnostic[] {
  try {
    readForm(yaml, RULES_FILE);
    return [];
  } catch (error) {
    if (error instanceof AgreementInvalid) return error.diagnostics;
    throw error;
  }
}

/** The clause ids that the text's headings bear, and the headings that bear none or one that came before. */
function readHeadings(
  text: string,
  file: string,
): { clauses: ReadonlySet<string>; faults: readonly Diagnostic[] } {
  const clauses = new Set<string>();
  const faults: Diagnostic[] = [];
  for (const section of headingsOf(text)) {
    const { clause, line } = section;
    if (clause === undefined) faults.push(headingWithoutClause(file, section));
    else if (clauses.has(clause)) faults.push(headingTwice(file, line, clause));
    else clauses.add(clause);
  }
  return { clauses, faults: faults.slice(0, MAX_DIAGNOSTICS) };
}

/** What one language's text has a heading for and the other has not. */
function headingsApart({ fr, en }: Partial<Record<Language, ReadonlySet<string>>>): readonly Diagnostic[] {
  if (fr === undefined || en === undefined) return [];
  const apart = (file: string, clauses: ReadonlySet<string>, other: ReadonlySet<string>) =>
    [...clauses].filter((clause) => !other.has(clause)).map((clause) => headingMissing(file, clause));
  return [...apart(textFileOf("en"), fr, en), ...apart(textFileOf("fr"), en, fr)];
}

function headingMissing(file: string, clause: string): Diagnostic {
  return {
    code: "MISSING",
    severity: "error",
    file,
    line: 1,
    column: 1,
    clause,
    says: {
      en: `No heading bears \`${clause}\`, as in the other language.`,
      fr: `Aucun titre ne porte \`${clause}\`, à la différence de l'autre langue.`,
    },
    remedy: { en: "Translate the clause here too.", fr: "Traduisez la clause ici aussi." },
  };
}

function missingFile(file: string): Diagnostic {
  return {
    code: "MISSING_FILE",
    severity: "error",
    file,
    line: 1,
    column: 1,
    says: { en: `The folder has no \`${file}\`.`, fr: `Le dossier ne contient pas \`${file}\`.` },
    remedy: { en: "Add the file.", fr: "Ajoutez ce fichier." },
  };
}

function notUtf8(file: string, text: string): Diagnostic {
  const before = text.slice(0, text.indexOf(REPLACED)).split("\n");
  return {
    code: "SYNTAX",
    severity: "error",
    file,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    says: { en: "This is not UTF-8.", fr: "Ceci n’est pas de l’UTF-8." },
    remedy: { en: "Save the file as UTF-8.", fr: "Enregistrez le fichier en UTF-8." },
  };
}

function tooLarge(file: string): Diagnostic {
  return {
    code: "TOO_LARGE",
    severity: "error",
    file,
    line: 1,
    column: 1,
    says: {
      en: "The text is longer than a million characters.",
      fr: "Le texte dépasse un million de caractères.",
    },
    remedy: { en: "Keep to the agreement's own text.", fr: "Tenez-vous au texte même de l'accord." },
  };
}

function headingWithoutClause(file: string, { line, heading }: ClauseSection): Diagnostic {
  const example = headingLike(heading);
  return {
    code: "HEADING_WITHOUT_CLAUSE",
    severity: "error",
    file,
    line,
    column: 1,
    says: { en: "This heading bears no clause id.", fr: "Ce titre ne porte pas d'identifiant de clause." },
    remedy: {
      en: `Begin it with an id of your own (a capital letter, then letters and digits), a space, a middle dot “·”, a space: \`${example}\`.`,
      fr: `Commencez-le par un identifiant de votre choix (une majuscule, puis lettres et chiffres), une espace, un point médian « · », une espace : \`${example}\`.`,
    },
  };
}

function headingTwice(file: string, line: number, clause: string): Diagnostic {
  return {
    code: "DUPLICATE",
    severity: "error",
    file,
    line,
    column: 1,
    clause,
    says: { en: `Two headings bear \`${clause}\`.`, fr: `Deux titres portent \`${clause}\`.` },
    remedy: {
      en: "Give each heading an id of its own.",
      fr: "Donnez à chaque titre son propre identifiant.",
    },
  };
}
