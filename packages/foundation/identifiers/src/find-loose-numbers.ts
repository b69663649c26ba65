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
    /(?<![A-Za-z])(?:INE|INE-RNIE|identifiant national(?: eleve| etudiant)?|national (?:pupil|student) (?:number|identifier))(?: est)?[ :=.n°#-]{1,6}([0-9][0-9A-Za-z]{2}(?:[ .-]?[0-9A-Za-z]{1,8}){1,8})/gi,
  ],
  [
    "nir",
    /(?<![A-Za-z])(?:NIR|N\.?I\.?R\.?|secu(?:rite sociale)?|social security(?: number)?)(?: est)?[ :=.n°#-]{1,6}([1-478][0-9 .-]{2,4}[0-9AB .-]{8,18}[0-9])/gi,
  ],
  [
    "telephone",
    /(?<![A-Za-z])(?:tel(?:ephone)?|portable|mobile|phone|appelez(?:-moi)?(?: au)?|joindre(?: au)?|call me (?:on|at)|numero(?: de telephone)?)\.?(?: est| is)?[ :=.°-]{1,4}((?:\+|0)[0-9](?:[ ./_-]{0,3}[0-9]){7,13})(?![0-9])/gi,
  ],
];

export function findLooseNumbers(plain: string, also: readonly ("siret" | "uai")[]): readonly Sighting[] {
  if (!/[0-9][^A-Za-z]{0,4}[0-9]/.test(plain)) return [];
  const found: Sighting[] = [];
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
      if (kind === "telephone" && digitsIn(match[0]) < 8) continue;
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

function digitsIn(text: string): number {
  let digits = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 48 && code <= 57) digits += 1;
  }
  return digits;
}
