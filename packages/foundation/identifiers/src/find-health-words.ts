/** Words of health with what belongs to them: "allergie aux arachides", "diabète de type 1", "TDAH sévère" are one mask each. */
import type { Sighting } from "./detect-personal-words.ts";
import {
  HEALTH_PAIRS,
  isTrouble,
  looksLikeHealth,
  mayBeTroubled,
  standsBesideHealth,
} from "./health-words.ts";
import type { TextWord } from "./text-words.ts";
import { HEALTH, HEALTH_PAIR, ORDINARY } from "./word-classes.ts";

const JOINS = new Set([
  "a",
  "au",
  "aux",
  "de",
  "du",
  "des",
  "d",
  "la",
  "le",
  "les",
  "l",
  "to",
  "of",
  "et",
  "and",
  "ou",
  "or",
]);
/** What somebody is allergic to follows these. */
const TOWARDS = /^(?:allerg|intoler|phobi)/;

export function findHealthWords(plain: string, words: readonly TextWord[]): readonly Sighting[] {
  const found: Sighting[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const size = sizeAt(words, index);
    if (size === 0 || isTaught(plain, words, index)) continue;
    let first = index;
    let last = index + size - 1;
    while (first > 0 && isBeside(plain, words, first, first - 1)) first -= 1;
    last = extend(plain, words, last);
    found.push({ kind: "health", start: words[first]?.start ?? 0, end: words[last]?.end ?? 0 });
    index = last;
  }
  return found;
}

/** How many words at that place are one of health; 0 for none. */
function sizeAt(words: readonly TextWord[], index: number): number {
  const word = words[index];
  if (word === undefined || word.shape === "mask" || word.shape === "num") return 0;
  if ((word.classes & HEALTH_PAIR) !== 0) {
    const next = words[index + 1];
    if (next?.start === word.end + 1 && HEALTH_PAIRS.has(`${word.low} ${next.low}`)) return 2;
  }
  if (isTrouble(word.low)) {
    const size = troubleSize(words, index);
    if (size > 0) return size;
  }
  return (word.classes & HEALTH) !== 0 || looksLikeHealth(word.low, word.text) ? 1 : 0;
}

/** "troubles du langage", "mal au ventre": with the small words between. */
function troubleSize(words: readonly TextWord[], index: number): number {
  for (let next = index + 1; next <= index + 4; next += 1) {
    const word = words[next];
    if (word === undefined || word.start - (words[next - 1]?.end ?? 0) > 1) return 0;
    if (next > index + 1 && mayBeTroubled(word.low)) return next - index + 1;
    if (!JOINS.has(word.low)) return 0;
  }
  return 0;
}

/** Words of lessons: what is said of health after them is taught, not suffered. */
const LESSON =
  /^(?:cours|chapitre|chapitres|expose|lecon|lecons|module|modules|quiz|sequence|theme|svt|exercice|exercices|evaluation|manuel|programme|course|courses|lesson|lessons|chapter|unit|biology|biologie|article|documentaire|fiche|conference|campagne|journee|semaine|atelier|projet|rubrique|page|onglet|video|science|sciences|revision|topic|worksheet)$/;
/** Unless somebody is named, or a reason is given. */
const SOMEBODY =
  /^(?:il|elle|son|sa|ses|mon|ma|mes|notre|nos|je|j|moi|fils|fille|enfant|eleve|frere|soeur|cause|car|parce|souffre|malade|absent|absente|because|due|his|her|my|our|he|she|has|suite|a|est|suivi|suivie|pour|son|daughter|pupil|student|child)$/;
const LOOK_BACK = 8;

function isTaught(plain: string, words: readonly TextWord[], index: number): boolean {
  for (let before = index - 1; before >= index - LOOK_BACK && before >= 0; before -= 1) {
    const word = words[before];
    if (word === undefined || /[.!?\n]/.test(plain.slice(word.end, words[before + 1]?.start))) return false;
    if (LESSON.test(word.low)) return true;
    if (word.shape === "mask" || SOMEBODY.test(word.low)) return false;
  }
  return false;
}

/** The last word that belongs to it. */
function extend(plain: string, words: readonly TextWord[], from: number): number {
  let last = from;
  for (let steps = 0; steps < 6; steps += 1) {
    let next = last + 1;
    if (
      isBeside(plain, words, last, next) ||
      (isClose(plain, words, last, next) && sizeAt(words, next) > 0)
    ) {
      last = next + Math.max(sizeAt(words, next), 1) - 1;
      continue;
    }
    const towards = TOWARDS.test(words[last]?.low ?? "");
    let joins = 0;
    while (joins < 3 && JOINS.has(words[next]?.low ?? "") && isClose(plain, words, next - 1, next)) {
      next += 1;
      joins += 1;
    }
    const word = words[next];
    if (joins === 0 || word === undefined || !isClose(plain, words, next - 1, next)) break;
    const size = sizeAt(words, next);
    const thing = towards && word.shape === "low" && (word.classes & ORDINARY) === 0;
    if (size === 0 && !thing && !standsBesideHealth(word.low)) break;
    last = next + Math.max(size, 1) - 1;
    if (word.low === "type" && /^[12i]{1,2}$/.test(words[last + 1]?.low ?? "")) last += 1;
  }
  return last;
}

/** Whether the word at `side`, next to the one at `at`, belongs to it. */
function isBeside(plain: string, words: readonly TextWord[], at: number, side: number): boolean {
  if (!isClose(plain, words, Math.min(at, side), Math.max(at, side))) return false;
  const word = words[side];
  if (word === undefined || word.shape === "mask") return false;
  return standsBesideHealth(word.low) || /^[0-9]+(?:mg|ml|ui)$/.test(word.low);
}

/** Whether only a space, a hyphen or an apostrophe parts two words. */
function isClose(plain: string, words: readonly TextWord[], one: number, other: number): boolean {
  const left = words[one];
  const right = words[other];
  if (left === undefined || right === undefined || right.start - left.end > 1) return false;
  return /[ '-]/.test(plain.charAt(left.end));
}
