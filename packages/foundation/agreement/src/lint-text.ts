/** Lints over the words of the text: figures left to a word, and words that say the reverse of what is meant. */
import type { Bilingual, Language } from "@preau/kernel";
import { figureBeside } from "./figures.ts";
import type { ClauseText, Finding, LintScope } from "./lint.ts";
import { matchesIn, type TextMatch } from "./text-matches.ts";
import type { VisibleText } from "./visible-text.ts";

const START = "(?<!\\p{L})";
const END = "(?!\\p{L})";
const anyOf = (words: readonly string[]) => new RegExp(`${START}(?:${words.join("|")})${END}`, "giu");

/** Words that stand where a figure is missing. */
const VAGUE: Readonly<Record<Language, RegExp>> = {
  fr: anyOf([
    "raisonnable(?:s|ment)?",
    "meilleurs?\\s+délais?",
    "brefs?\\s+délais?",
    "(?:délais?|retards?)\\s+(?:injustifié|excessif|approprié|adapté|suffisant|convenable)s?",
    "(?:durées?|temps|délais?)\\s+(?:strictement\\s+)?nécessaires?",
    "sans\\s+tarder",
    "de\\s+temps\\s+à\\s+autre",
    "réguli(?:ers?|ères?|èrement)",
    "périodique(?:s|ment)?",
    "(?:de\\s+)?grande\\s+taille",
    "volumineu(?:x|ses?)",
    "(?:un\\s+certain|quelque)\\s+temps",
    "dès\\s+que\\s+possible",
    "(?:en\\s+)?temps\\s+utile",
    "rapidement",
    "promptement",
  ]),
  en: anyOf([
    "reasonabl[ey]",
    "prompt(?:ly)?",
    "undue\\s+delay",
    "regular(?:ly)?",
    "periodic(?:al|ally)?",
    "large\\s+(?:size|sample|file|archive|volume)s?",
    "(?:some|a\\s+certain)\\s+time",
    "as\\s+soon\\s+as\\s+(?:possible|practicable)",
    "(?:as\\s+long\\s+as|time)\\s+(?:is\\s+)?(?:strictly\\s+)?necessary",
    "(?:appropriate|adequate|sufficient|excessive)\\s+(?:time|period|notice|delay)s?",
    "from\\s+time\\s+to\\s+time",
    "swiftly",
    "in\\s+(?:good|due)\\s+time",
    "timely",
    "shortly",
  ]),
};

/** A vague word that no figure of the same sentence bounds, or under a clause to which no rule gives one. */
export function vagueFigure(scope: LintScope): readonly Finding[] {
  const { periods, counts, choices } = scope.agreement;
  const figured = new Set([...periods, ...counts, ...choices].map(({ clause }) => clause));
  const beside = new Map<VisibleText, (offset: number) => boolean>();
  const isBounded = ({ visible, language }: ClauseText, offset: number) => {
    const tell = beside.get(visible) ?? figureBeside(visible, language);
    beside.set(visible, tell);
    return tell(offset);
  };
  return textFindings(scope, VAGUE, ({ words, offset }, text) =>
    figured.has(text.clause) && isBounded(text, offset)
      ? undefined
      : {
          says: {
            en: `“${words}” gives no figure, nor does its sentence with a rule of ${text.clause}.`,
            fr: `« ${words} » ne donne pas de chiffre, et sa phrase non plus avec une règle de ${text.clause}.`,
          },
          remedy: {
            en: "Write a period or a count, in the text and in agreement.yaml; or accept the word under `accepted`, saying why.",
            fr: "Écrivez une durée ou un nombre, dans le texte et dans agreement.yaml ; ou acceptez le mot sous `accepted`, en disant pourquoi.",
          },
        },
  );
}

const ON_ACTIVITY: Readonly<Record<Language, RegExp>> = {
  fr: /verrouill\p{L}{0,9}[^.;\n|]{0,80}?(?:en\s+cas|après\s[^.;\n|]{0,30}|minutes?)\s*d'\s*activité/giu,
  en: /lock\p{L}{0,9}[^.;\n|]{0,80}?(?:on|upon|in\s+case\s+of|during|after|minutes?(?:\s+of)?)\s+activity/giu,
};

/** Sessions that lock while somebody works. */
export function lockOnActivity(scope: LintScope): readonly Finding[] {
  return textFindings(scope, ON_ACTIVITY, ({ words }) => ({
    says: {
      en: `“${words}”: the session would lock while it is in use.`,
      fr: `« ${words} » : la session se verrouillerait pendant qu’on s’en sert.`,
    },
    remedy: { en: "Write “inactivity”.", fr: "Écrivez « inactivité »." },
  }));
}

const AJOURS: Readonly<Partial<Record<Language, RegExp>>> = { fr: anyOf(["ajours"]) };

/** *Ajours*, openings in a fabric, where additions are meant. */
export function additionsMiswritten(scope: LintScope): readonly Finding[] {
  return textFindings(scope, AJOURS, ({ words }) => ({
    says: { en: `“${words}” are holes in a fabric.`, fr: `Les « ${words} » sont des jours dans un tissu.` },
    remedy: { en: "Write “ajouts”, additions.", fr: "Écrivez « ajouts »." },
  }));
}

const ENCRYPTED_PASSWORDS: Readonly<Record<Language, RegExp>> = {
  fr: /mots?\s+de\s+passe[^.;\n|]{0,80}?(?<!\p{L})(?:chiffré|crypté)s?(?!\p{L})|(?:chiffrement|cryptage)\s+des\s+mots\s+de\s+passe/giu,
  en: /passwords?[^.;\n|]{0,80}?(?<!\p{L})encrypted(?!\p{L})|(?<!\p{L})encrypt(?:ion\s+of|ed)\s+(?:\p{L}{1,20}\s+){0,2}passwords?/giu,
};
const HASHED = /hach|hash/iu;
const UNHASHED_REMEDY: Bilingual = {
  en: "Say that passwords are hashed, and with which function: what is encrypted can be decrypted.",
  fr: "Dites que les mots de passe sont hachés, et par quelle fonction : ce qui est chiffré se déchiffre.",
};

/** Passwords said to be encrypted, or kept in clear: in a measure, or in the words. @figure DD.4 */
export function passwordsNotHashed(scope: LintScope): readonly Finding[] {
  const measured = scope.agreement.measures.flatMap(({ passwords, clause }, index): Finding[] => {
    if (passwords === undefined || passwords === "hashed") return [];
    const says = {
      en: "Passwords would be kept so that they can be read again.",
      fr: "Les mots de passe seraient conservés de façon à pouvoir être relus.",
    };
    return [{ at: ["measures", index, "passwords"], clause, says, remedy: UNHASHED_REMEDY }];
  });
  const written = textFindings(scope, ENCRYPTED_PASSWORDS, ({ words }) =>
    HASHED.test(words)
      ? undefined
      : {
          says: {
            en: `“${words}”: taken at its word, this is weaker than hashing.`,
            fr: `« ${words} » : pris à la lettre, c’est moins que le hachage.`,
          },
          remedy: UNHASHED_REMEDY,
        },
  );
  return [...measured, ...written];
}

/** One finding a match. */
function textFindings(
  { texts }: LintScope,
  patterns: Readonly<Partial<Record<Language, RegExp>>>,
  judge: (match: TextMatch, text: ClauseText) => Pick<Finding, "says" | "remedy"> | undefined,
): readonly Finding[] {
  return texts.flatMap((text) => {
    const { language, file, clause, visible } = text;
    const pattern = patterns[language];
    if (pattern === undefined) return [];
    return matchesIn(visible, pattern).flatMap((match) => {
      const { line, column } = match;
      const judged = judge(match, text);
      return judged === undefined ? [] : [{ at: { file, line, column }, clause, ...judged }];
    });
  });
}
