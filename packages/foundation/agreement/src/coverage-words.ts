/** What the coverage has to say, in both languages, with the place and what to do. */
import { formatDuration } from "@preau/calendar";
import type { Bilingual } from "@preau/kernel";
import type { Agreement } from "./agreement.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { type Figure, type FigureUnit, periodOf } from "./figure.ts";
import type { RuleFigure } from "./rule-figures.ts";
import { textFileOf } from "./text-files.ts";
import type { YamlSource } from "./yaml-source.ts";

/**
 * Between text and rules: a figure that no rule has, a rule that its clause does not say, the two saying different
 * figures, two texts that do, words and digits of one figure that do, an exemption that exempts nothing.
 */
export type CoverageCode =
  | "FIGURE_UNBOUND"
  | "FIGURE_UNSAID"
  | "FIGURE_DIFFERS"
  | "TEXTS_DIFFER"
  | "FIGURE_WRITTEN_TWICE"
  | "EXEMPTION_WITHOUT_EFFECT";

interface Beside {
  readonly rules: readonly RuleFigure[];
  readonly source: YamlSource;
}

export function figureDiffers(file: string, figure: Figure, { rules, source }: Beside): Diagnostic {
  const each = (and: string, says: string) =>
    rules
      .map((rule) => {
        const { line } = source.positionOf(rule.at);
        return `\`${rule.rule}\` (${source.file}:${line}) ${says} ${rule.shows}`;
      })
      .join(` ${and} `);
  const note = rules[0] === undefined ? undefined : lawOf(figure.unit, rules[0].unit);
  return {
    ...at(file, figure),
    code: "FIGURE_DIFFERS",
    severity: "error",
    says: {
      en: `The text says “${figure.says}”, and the rule ${each("or", "says")}.${note === undefined ? "" : ` ${note.en}`}`,
      fr: `Le texte dit « ${figure.says} », et la règle ${each("ou", "dit")}.${note === undefined ? "" : ` ${note.fr}`}`,
    },
    remedy: {
      en: "Make them say the same: correct the text, or the rule.",
      fr: "Faites-leur dire la même chose : corrigez le texte, ou la règle.",
    },
  };
}

/** Why two figures that look alike are not the same. */
function lawOf(text: FigureUnit, rule: FigureUnit): Bilingual | undefined {
  if (text === rule) return undefined;
  const never = UNBINDABLE[text];
  if (never !== undefined) return never;
  const pair = [text, rule].toSorted().join(" ");
  return DIFFERENT_IN_LAW[pair];
}

const DIFFERENT_IN_LAW: Readonly<Record<string, Bilingual>> = {
  "days hours": {
    en: "A day is not 24 hours: hours elapse, a period in days ends with its last day.",
    fr: "Un jour n’est pas 24 heures : les heures s’écoulent, un délai en jours finit avec son dernier jour.",
  },
  "days workingDays": {
    en: "Days are not working days.",
    fr: "Des jours ne sont pas des jours ouvrés.",
  },
  "days months": {
    en: "A month is not a fixed number of days: it ends on the same date of a later month.",
    fr: "Un mois n’est pas un nombre fixe de jours : il finit à la même date d’un mois suivant.",
  },
};

const UNBINDABLE: Partial<Record<FigureUnit, Bilingual>> = {
  ouvrableDays: {
    en: "“Jours ouvrables” (every day but the weekly rest and public holidays) are not working days, and no rule counts them.",
    fr: "Les jours ouvrables (tous sauf le repos hebdomadaire et les jours fériés) ne sont pas des jours ouvrés, et aucune règle ne les compte.",
  },
  clearDays: {
    en: "Clear days leave out the first and the last, and no rule counts them.",
    fr: "Les jours francs excluent le premier et le dernier, et aucune règle ne les compte.",
  },
  workingHours: {
    en: "Hours of a rule elapse day and night; no rule counts working hours.",
    fr: "Les heures d’une règle s’écoulent jour et nuit ; aucune règle ne compte des heures ouvrées.",
  },
};

interface Around {
  readonly clause: string | undefined;
  /** Rules of the whole agreement with the same figure. */
  readonly elsewhere: readonly RuleFigure[];
}

export function figureUnbound(file: string, figure: Figure, { clause, elsewhere }: Around): Diagnostic {
  const never = UNBINDABLE[figure.unit];
  const under =
    clause === undefined ? NO_CLAUSE : { en: `No rule of ${clause}`, fr: `Aucune règle de ${clause}` };
  return {
    ...at(file, figure),
    code: "FIGURE_UNBOUND",
    severity: "error",
    says: {
      en: `${under.en} has the figure “${figure.says}”.${never === undefined ? "" : ` ${never.en}`}`,
      fr: `${under.fr} n’a pour chiffre « ${figure.says} ».${never === undefined ? "" : ` ${never.fr}`}`,
    },
    remedy: never === undefined ? remedyOf(figure, clause, elsewhere) : WRITE_OTHERWISE,
  };
}

const NO_CLAUSE: Bilingual = {
  en: "This stands under no clause, so that no rule",
  fr: "Ceci n’est sous aucune clause : aucune règle",
};
const WRITE_OTHERWISE: Bilingual = {
  en: "Write it in hours, days, working days, months or years, or list it under `exempt` and say why.",
  fr: "Écrivez-le en heures, jours, jours ouvrés, mois ou années, ou inscrivez-le sous `exempt` en disant pourquoi.",
};

function remedyOf(figure: Figure, clause: string | undefined, elsewhere: readonly RuleFigure[]): Bilingual {
  if (clause === undefined) {
    return {
      en: "Move it under the heading of its clause, or name in the same sentence the clause that sets it.",
      fr: "Placez-le sous le titre de sa clause, ou nommez dans la même phrase la clause qui le fixe.",
    };
  }
  const named = elsewhere.slice(0, 3).map(({ rule, clause: other }) => `\`${rule}\` (${other})`);
  const cite =
    named.length === 0
      ? { en: "", fr: "" }
      : {
          en: ` Elsewhere ${named.join(", ")} has it: cite this clause there, or name that clause in this sentence.`,
          fr: ` Ailleurs, ${named.join(", ")} a ce chiffre : citez-y cette clause, ou nommez celle-là dans cette phrase.`,
        };
  const rule = ruleFor(figure, clause);
  const time = /^\d{1,2} ?h$/iu.test(figure.says) && figure.amount <= 24 ? WITH_MINUTES : { en: "", fr: "" };
  return {
    en: `${rule === undefined ? "" : `Add ${rule}; or list`}${rule === undefined ? "List" : ""} it under \`exempt\`, { clause: ${clause}, says, why }, if it binds nobody.${cite.en}${time.en}`,
    fr: `${rule === undefined ? "" : `Ajoutez ${rule} ; ou inscrivez`}${rule === undefined ? "Inscrivez" : ""}-le sous \`exempt\`, { clause: ${clause}, says, why }, s’il n’oblige personne.${cite.fr}${time.fr}`,
  };
}

const WITH_MINUTES: Bilingual = {
  en: " If it is a time of the day, write its minutes: 9h00.",
  fr: " Si c’est une heure de la journée, écrivez-en les minutes : 9h00.",
};

/** The rule that would have the figure, as one would write it. */
function ruleFor(figure: Figure, clause: string): string | undefined {
  const period = periodOf(figure);
  if (period !== undefined)
    return `\`periods: { clause: ${clause}, duration: ${formatDuration(period)}, … }\``;
  const { unit, amount } = figure;
  if (!Number.isInteger(amount) || amount < 1 || amount > 9_999) return undefined;
  return `\`counts: { clause: ${clause}, count: ${amount}${unit === "things" ? "" : `, unit: ${unit}`}, … }\``;
}

interface Missing {
  readonly files: readonly string[];
  readonly source: YamlSource;
  /** Other clauses in whose text the figure stands. */
  readonly clauses: readonly string[];
}

export function figureUnsaid(rule: RuleFigure, { files, source, clauses }: Missing): Diagnostic {
  const said = clauses.length === 0 ? undefined : clauses.slice(0, 5).join(", ");
  return {
    code: "FIGURE_UNSAID",
    severity: "error",
    file: source.file,
    ...source.positionOf(rule.at),
    clause: rule.clause,
    says: {
      en: `Rule \`${rule.rule}\` says ${rule.shows}, and clause ${rule.clause} of ${files.join(" and ")} does not.`,
      fr: `La règle \`${rule.rule}\` dit ${rule.shows}, et la clause ${rule.clause} de ${files.join(" et de ")} ne le dit pas.`,
    },
    remedy: {
      en: `Say “${rule.inWords.en}” in the clause, or correct the rule.${said === undefined ? "" : ` The figure stands in ${said}: cite that clause, if it is the one.`}`,
      fr: `Dites « ${rule.inWords.fr} » dans la clause, ou corrigez la règle.${said === undefined ? "" : ` Le chiffre figure dans ${said} : citez cette clause, si c’est elle.`}`,
    },
  };
}

interface Apart {
  readonly clause: string;
  /** Line of the clause's heading in the English text. */
  readonly heading: number;
  readonly onlyFrench: readonly Figure[];
  readonly onlyEnglish: readonly Figure[];
}

export function textsDiffer({ clause, heading, onlyFrench, onlyEnglish }: Apart): Diagnostic {
  const list = (figures: readonly Figure[]) =>
    figures.length === 0 ? "–" : figures.map(({ says }) => `“${says}”`).join(", ");
  const first = onlyEnglish[0];
  return {
    code: "TEXTS_DIFFER",
    severity: "error",
    file: textFileOf("en"),
    line: first?.line ?? heading,
    column: first?.column ?? 1,
    clause,
    says: {
      en: `Only the French text says ${list(onlyFrench)}, only the English one ${list(onlyEnglish)}.`,
      fr: `Seul le texte français dit ${list(onlyFrench)}, seul l’anglais ${list(onlyEnglish)}.`,
    },
    remedy: {
      en: "Give the clause the same figures in both languages; the French text is binding.",
      fr: "Donnez à la clause les mêmes chiffres dans les deux langues ; le texte français fait foi.",
    },
  };
}

export function writtenTwice(file: string, figure: Figure): Diagnostic {
  return {
    ...at(file, figure),
    code: "FIGURE_WRITTEN_TWICE",
    severity: "error",
    says: {
      en: `“${figure.says}”: the words and the digits are not the same number.`,
      fr: `« ${figure.says} » : les lettres et les chiffres ne disent pas le même nombre.`,
    },
    remedy: { en: "Correct one of them.", fr: "Corrigez l’un des deux." },
  };
}

export function exemptionWithoutEffect({ exempt }: Agreement, source: YamlSource, index: number): Diagnostic {
  const { clause, says } = exempt[index] ?? { clause: "", says: "" };
  return {
    code: "EXEMPTION_WITHOUT_EFFECT",
    severity: "warning",
    file: source.file,
    ...source.positionOf(["exempt", index]),
    clause,
    says: {
      en: `No figure of clause ${clause} stands in “${says}”.`,
      fr: `Aucun chiffre de la clause ${clause} ne figure dans « ${says} ».`,
    },
    remedy: {
      en: "Copy the words of the text that hold the figure, or remove the entry.",
      fr: "Recopiez les mots du texte où figure le chiffre, ou retirez l’entrée.",
    },
  };
}

function at(file: string, { line, column, clause }: Figure) {
  return { file, line, column, ...(clause === undefined ? {} : { clause }) };
}
