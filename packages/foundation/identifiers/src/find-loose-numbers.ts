/**
 * Numbers that lead to a person, as they are typed: telephones in any grouping, INE, NIR and IBAN also where a key is wrong or missing
 * but the grouping or the word before says what is meant.
 */
import type { Sighting } from "./detect-personal-words.ts";
import { findIban } from "./iban.ts";
import { findIne } from "./ine.ts";
import { findNir } from "./nir.ts";
import type { RedactedKind } from "./redaction-masks.ts";
import { findSiret } from "./siret.ts";
import { findTelephones } from "./telephone.ts";
import { findUai } from "./uai.ts";

const SHAPES: readonly (readonly [RedactedKind, RegExp])[] = [
  // One joint throughout, of three signs at most: 06 / 12 / 34 / 56 / 78.
  [
    "telephone",
    /(?<![0-9A-Za-z+])(?:(?:\+|00) ?33 ?(?:\(0\) ?)?|0)[1-9]([ ./_,-]{1,3})[0-9]{2}(?:\1[0-9]{2}){3}(?![0-9])/g,
  ],
  [
    "telephone",
    /(?<![0-9A-Za-z.,/+-])\(?0[1-9][0-9]{1,4}\)?[ -][0-9]{3,6}(?:[ -][0-9]{3,4})?(?![0-9]|[.,/-][0-9])/g,
  ],
  ["telephone", /(?<![0-9A-Za-z.,/+-])0[1-9][0-9]{8,9}(?![0-9A-Za-z])/g],
  [
    "telephone",
    /(?<![0-9A-Za-z.,/+-])(?!..[.-]..[.-](?:19|20))[0Oo][1-9](?:[ .-]?[0-9Oo]){8}(?![0-9A-Za-z]|[.,/-][0-9])/g,
  ],
  ["telephone", /(?<![0-9A-Za-z])(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}-)[0-9]{3}-[0-9]{4}(?![0-9])/g],
  ["nir", /(?<![0-9A-Za-z])[A-CEGHJ-PR-TW-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D](?![0-9A-Za-z])/g],
  [
    "ine",
    /(?<![0-9A-Za-z])(?:[0-9]{3} [0-9]{3} [0-9]{3} ?[A-Z]{2}|[0-9]{4} [0-9]{3} [0-9]{3} ?[A-Z]|[0-9]{9}[ -][A-Z]{2}|[0-9]{10}[ -][A-Z])(?![0-9A-Za-z])/g,
  ],
  ["telephone", /(?<![0-9])0(?:[ .-][0-9]){9}(?![ .-]?[0-9])/g],
  [
    "telephone",
    /(?<![0-9A-Za-z+])(?:\+|00)[1-9][0-9]{0,2}(?:[ .-]?\(0\))?(?:[ .-]?[0-9]{1,4}){2,6}(?![0-9])/g,
  ],
  [
    "nir",
    /(?<![0-9A-Za-z])[1-478] ?[0-9]{2} (?:0[1-9]|1[0-2]|[2-9][0-9]) ?(?:[0-9]{2}|2[ABab]) ?[0-9]{3} ?[0-9]{3}(?: ?[0-9]{2})?(?![0-9])/g,
  ],
  [
    "iban",
    /(?<![0-9A-Za-z])(?:FR|MC|BE|LU|CH|DE|PT|ES|IT)[0-9]{2}(?: ?[0-9A-Z]{4}){3,6}(?: ?[0-9A-Z]{1,4})?(?![0-9A-Za-z])/g,
  ],
];
const CUED: readonly (readonly [RedactedKind, RegExp])[] = [
  [
    "ine",
    /(?<![A-Za-z])(?:INE|INE-RNIE|identifiant national(?: eleve| etudiant)?|national (?:pupil|student) (?:number|identifier))(?:[ :=.n°#-]|est|le|la|de|du|mon|ma|son|sa|fils|fille|numero|eleve|is|of|my|son|daughter){1,10}([0-9](?:[ .-]?[0-9]){3,10}(?:[ .-]?A(?:[ .-]?[0-9]){5})?[ .-]?[A-Z](?:[ .-]?[A-Z])?)(?![A-Za-z0-9])/gi,
  ],
  [
    "nir",
    /(?<![A-Za-z])(?:NIR|N\.?I\.?R\.?|secu(?:rite sociale)?|social security(?: number)?)(?:[ :=.n°#-]|est|le|numero|is|de|mon|ma|my){1,10}([1-478][0-9 .-]{2,4}[0-9AB .-]{8,18}[0-9])/gi,
  ],
  [
    "telephone",
    /(?<![A-Za-z])(?:tel(?:ephone)?|portable|mobile|phone|appelez(?:-moi)?(?: au)?|joindre(?: au)?|call me (?:on|at)|numero(?: de telephone)?)\.?(?: est| is)?[ :=.°-]{1,4}((?:\+|0)[0-9](?:[ ./_-]{0,3}[0-9]){7,13})(?![0-9])/gi,
  ],
];

const DIGIT_WORD =
  "(?:zero|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|et|oh|one|two|three|four|five|seven|eight|nine|double|triple)";
/** A number that is spoken: "zéro six douze trente-quatre…", "oh seven nine double one…". */
const SPOKEN = new RegExp(`(?<![A-Za-z])(?:zero|oh)(?:[ ,.-]{1,2}${DIGIT_WORD}){4,24}(?![A-Za-z])`, "gi");

export function findLooseNumbers(plain: string, also: readonly ("siret" | "uai")[]): readonly Sighting[] {
  const found: Sighting[] = [];
  for (const match of plain.matchAll(SPOKEN))
    found.push({ kind: "telephone", start: match.index, end: match.index + match[0].length });
  if (!/[0-9][^A-Za-z]{0,4}[0-9Oo]/.test(plain)) return found;
  const add = (
    kind: RedactedKind,
    all: readonly { readonly start: number; readonly end: number }[],
  ): void => {
    for (const { start, end } of all) found.push({ kind, start, end });
  };
  add("iban", findIban(plain));
  add("nir", findNir(plain));
  add("ine", findIne(plain));
  add("telephone", findTelephones(plain));
  if (also.includes("siret")) add("siret", findSiret(plain));
  if (also.includes("uai")) add("uai", findUai(plain));
  for (const [kind, shape] of SHAPES) {
    for (const match of plain.matchAll(shape)) {
      if (kind === "telephone" && !isLongEnough(match[0])) continue;
      found.push({ kind, start: match.index, end: match.index + match[0].length });
    }
  }
  for (const [kind, shape] of CUED) {
    for (const match of plain.matchAll(shape)) {
      const value = match[1] ?? "";
      if (digitsIn(value) < 8) continue;
      const end = match.index + match[0].length;
      found.push({ kind, start: end - value.length, end });
    }
  }
  return found;
}

/** Eight digits after a country's code, ten with the leading 0; an O may stand for a 0. */
function isLongEnough(text: string): boolean {
  const digits = digitsIn(text.replace(/o/gi, "0"));
  return digits >= (/^(?:\+|00)/.test(text) ? 8 : 10) && digits <= 15;
}

function digitsIn(text: string): number {
  let digits = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 48 && code <= 57) digits += 1;
  }
  return digits;
}
