/**
 * Names of persons by what stands around them: a civility, a word for a person ("ma fille", "my son"), "je m'appelle", a usual given
 * name, a given name beside a family name in capitals, a signature. A rare name without any of these stays.
 */
import { blockPlaces } from "./block-places.ts";
import type { Sighting } from "./detect-personal-words.ts";
import { markSignatures } from "./find-signatures.ts";
import { NameReader } from "./name-reader.ts";
import type { TextWord } from "./text-words.ts";
import {
  BELONGING,
  CIVILITY,
  DETERMINER,
  FAMILY,
  GIVEN,
  GREETING,
  MAYBE_GIVEN,
  MONTH,
  NAMES_SOMEBODY,
  NO_NAME_AFTER_CIVILITY,
  ORDINARY,
  PARTICLE,
  PERSON,
  PERSON_LINK,
  PLACE_NAME,
  PREDICATE,
  VERB,
} from "./word-classes.ts";

const MOST_NAMES = 4;
/** After these a name may be in small letters too. */
const SHORT_CIVILITY = /^(?:mr|mme|mlle|mrs|ms|miss)$/;
const LABEL = /^(?:noms?|prenoms?|name|surname|firstname|lastname|eleve|pupil|student|enfant|child)$/;
const AFTER_LABEL = /^ ?[:=] ?"?$/;
const BEFORE_NAME = /^(?: |' ?| ?[:=] ?"?|, | ")$/;

export function findNames(plain: string, words: readonly TextWord[]): readonly Sighting[] {
  const reader = new NameReader(plain, words);
  for (let index = 0; index < words.length; index += 1) blockPlaces(reader, index);
  for (let index = 0; index < words.length; index += 1) {
    if (reader.is(index, CIVILITY)) afterCivility(reader, index);
    if (reader.is(index, PERSON)) afterPerson(reader, index);
    if (reader.is(index, GIVEN | MAYBE_GIVEN)) givenName(reader, index);
    afterSaying(reader, index);
    if (reader.isNameLike(index)) {
      shape(reader, index);
      byItsSentence(reader, index);
    }
  }
  markSignatures(reader);
  for (let index = 0; index < words.length; index += 1) if (reader.isNamed(index)) extend(reader, index);
  for (let index = 0; index < words.length; index += 1) if (reader.isNamed(index)) alike(reader, index);
  return reader.sightings();
}

function afterCivility(reader: NameReader, index: number): void {
  const word = reader.words[index];
  const next = reader.words[index + 1];
  if (word === undefined || next === undefined || !/^\.? {1,2}$|^\.$/.test(reader.gap(index))) return;
  const small = SHORT_CIVILITY.test(word.low);
  if (word.shape === "low" && word.low.length <= 2 && !small && word.low !== "dr") return;
  if (reader.is(index + 1, NO_NAME_AFTER_CIVILITY | CIVILITY)) return;
  if (word.low === "me" && !reader.isNameLike(index + 1)) return;
  if (reader.isLarge(index + 1) && next.text.length > 1) {
    reader.mark(index + 1);
    if (reader.isClose(index + 1)) reader.markRun(index + 2, false);
  } else reader.markRun(index + 1, small);
}

function afterPerson(reader: NameReader, index: number): void {
  let next = index + 1;
  while (next < index + 4 && reader.is(next, PERSON_LINK) && /^[ ':,]{1,2}$/.test(reader.gap(next - 1)))
    next += 1;
  if (!/^(?: |'| : ?|: ?|, | \()$/.test(reader.gap(next - 1))) return;
  if (reader.isNameLike(next) || (reader.isGivenLarge(next) && !reader.is(next, MONTH))) {
    reader.mark(next);
    if (reader.isClose(next)) reader.markRun(next + 1, false);
    othersAfter(reader, next);
  } else if (reader.isSmallName(next)) {
    const acts = reader.gap(next) === " " && reader.is(next + 1, VERB);
    if (acts || reader.is(next, GIVEN | MAYBE_GIVEN)) reader.mark(next);
  }
}

/** "mes enfants Lina, Noé et Sacha" */
function othersAfter(reader: NameReader, index: number): void {
  for (let at = index; at < index + 8; at += 1) {
    const gap = reader.gap(at);
    const link = reader.words[at + 1]?.low;
    if (gap === ", " && reader.words[at + 1]?.shape === "cap" && reader.isNameLike(at + 1))
      reader.mark(at + 1);
    else if (
      gap === " " &&
      (link === "et" || link === "and") &&
      reader.gap(at + 1) === " " &&
      reader.isNameLike(at + 2)
    ) {
      reader.mark(at + 2);
      at += 1;
    } else if (gap !== " " || !reader.isNamed(at + 1)) return;
  }
}

/** "je m'appelle", "my name is", "prénom :", "signé". */
function afterSaying(reader: NameReader, index: number): void {
  const small = saying(reader, index);
  if (small === undefined || !BEFORE_NAME.test(reader.gap(index))) return;
  let next = index + 1;
  while (
    next < index + 3 &&
    reader.words[next]?.shape === "low" &&
    reader.gap(next) === " " &&
    /^(?:mme|mlle|mr|le|la|est|is|par|by)$/.test(reader.words[next]?.low ?? "")
  )
    next += 1;
  const word = reader.words[next];
  if (word === undefined) return;
  const abbreviation =
    word.shape === "caps" && word.text.length <= 4 && !reader.is(next, GIVEN | MAYBE_GIVEN);
  if (small || (!abbreviation && reader.isNameLike(next))) reader.markRun(next, small);
}

/** Whether a name follows: in any letters (true), only written large (false), or not at all (undefined). */
function saying(reader: NameReader, index: number): boolean | undefined {
  const low = reader.words[index]?.low ?? "";
  const before = reader.words[index - 1]?.low ?? "";
  if (reader.is(index, NAMES_SOMEBODY)) return !low.startsWith("sign");
  if (
    /^(?:de|from|a|to|par|by|exp|expediteur|cc)$/.test(low) &&
    /^ ?: ?$/.test(reader.gap(index)) &&
    reader.opens(index)
  )
    return false;
  if (LABEL.test(low) && AFTER_LABEL.test(reader.gap(index))) return true;
  switch (low) {
    case "appelle":
      return /^(?:m|s|me|se|t)$/.test(before) ? true : undefined;
    case "is":
      if (before === "this") return false;
      return before === "name" || before === "names" ? true : undefined;
    case "s":
      return before === "name" ? true : undefined;
    case "est":
      if (before === "c") return false;
      return before === "nom" || before === "prenom" ? true : undefined;
    case "appele":
    case "appelee":
    case "called":
      return false;
    case "suis":
      return before === "je" ? false : undefined;
    case "am":
    case "m":
      return before === "i" ? false : undefined;
    default:
      return undefined;
  }
}

function givenName(reader: NameReader, index: number): void {
  const word = reader.words[index];
  if (word === undefined || reader.isBlocked(index) || word.text.length < 2) return;
  const isPlain = !reader.is(index, MAYBE_GIVEN | PLACE_NAME);
  if (word.shape === "low") {
    if (isPlain && word.text.length > 2 && !reader.is(index, ORDINARY)) reader.mark(index);
    return;
  }
  if (isPlain || isBesideName(reader, index)) {
    reader.mark(index);
    return;
  }
  if (reader.is(index, PLACE_NAME | MONTH)) return;
  if (reader.opens(index)) {
    const acts = reader.gap(index) === " " && reader.is(index + 1, VERB);
    if (acts && !/^(?:un|une|le|la|les|the|a|an)$/.test(reader.words[index + 2]?.low ?? ""))
      reader.mark(index);
  } else if (word.shape === "cap" && !(reader.gap(index - 1).length <= 1 && reader.is(index - 1, DETERMINER)))
    reader.mark(index);
}

/** "Anne-Rose", "Rose Martin": what may be a name is one beside another. */
function isBesideName(reader: NameReader, index: number): boolean {
  const isName = (at: number): boolean => reader.isLarge(at) && reader.is(at, GIVEN | MAYBE_GIVEN);
  if (reader.gap(index) === "-" && isName(index + 1)) return true;
  if (index > 0 && reader.gap(index - 1) === "-" && isName(index - 1)) return true;
  if (reader.gap(index) !== " " || !reader.isNameLike(index + 1) || reader.is(index - 1, DETERMINER))
    return false;
  return !reader.is(index, MONTH) || reader.is(index + 1, FAMILY);
}

/** "Kélyan DUBREUIL", "DUBREUIL Kélyan", "avec Kélyan Dubreuil", a usual family name. */
function shape(reader: NameReader, index: number): void {
  const word = reader.words[index];
  const next = reader.words[index + 1];
  if (word === undefined || word.text.length < 3) return;
  const acts = reader.gap(index) === " " && reader.is(index + 1, VERB);
  if (reader.is(index, FAMILY) && (!reader.opens(index) || acts)) reader.mark(index);
  if (isInitial(reader, index - 1)) {
    reader.mark(index - 1);
    reader.mark(index);
  }
  if (
    next === undefined ||
    next.text.length < 3 ||
    reader.gap(index) !== " " ||
    !reader.isNameLike(index + 1)
  )
    return;
  const capitals = word.shape === "caps" ? word : next;
  if (word.shape === "mix" || next.shape === "mix" || (word.shape === "caps" && next.shape === "caps"))
    return;
  if (capitals.shape === "caps" && (capitals.text.length < 4 || !/[aeiouy]/.test(capitals.low))) return;
  reader.mark(index);
  reader.mark(index + 1);
}

/** "Kélyandre est absente", "le compte de Kélyandre", "Bonjour Kélyandre,", "Kélyandre's mother". */
function byItsSentence(reader: NameReader, index: number): void {
  const word = reader.words[index];
  if (word === undefined || word.text.length < 3 || (word.shape === "caps" && word.text.length < 5)) return;
  const before = reader.gap(index - 1);
  const after = reader.gap(index);
  const acts =
    after === " " &&
    reader.is(index + 1, VERB) &&
    reader.gap(index + 1).length === 1 &&
    reader.is(index + 2, PREDICATE);
  const of =
    /^(?:de|d|of)$/.test(reader.words[index - 1]?.low ?? "") &&
    reader.is(index - 2, BELONGING) &&
    /^[ ']$/.test(before);
  const greeted =
    reader.is(index - 1, GREETING) && /^ {1,2}$/.test(before) && /^(?:,| ?!|\n|\.| ?[:;-])/.test(after);
  const owns =
    after === "'" &&
    reader.words[index + 1]?.low === "s" &&
    (reader.is(index + 2, BELONGING) || reader.is(index + 2, PERSON));
  if (acts || of || greeted || owns) reader.mark(index);
}

/** "Lina et Zélandine", "lucas dubois": what stands beside a name, and is like one. */
function alike(reader: NameReader, index: number): void {
  const gap = reader.gap(index);
  const word = reader.words[index];
  const link = reader.words[index + 1];
  if (
    gap === " " &&
    word?.shape === "low" &&
    link?.shape === "low" &&
    reader.is(index + 1, FAMILY) &&
    !reader.is(index + 1, ORDINARY)
  )
    reader.mark(index + 1);
  if (gap !== " " || !/^(?:et|and|ou|or)$/.test(link?.low ?? "") || reader.gap(index + 1) !== " ") return;
  if (reader.isNameLike(index + 2) || reader.isGivenLarge(index + 2)) reader.mark(index + 2);
}

/** "P. Lefèbvre"; M. is a civility, A and I are words. */
function isInitial(reader: NameReader, index: number): boolean {
  const word = reader.words[index];
  return (
    word?.text.length === 1 &&
    reader.isLarge(index) &&
    !/[AIM]/.test(word.text) &&
    /^\.[ -]?$/.test(reader.gap(index))
  );
}

/** The rest of a name: what is written large beside it, over particles, and initials. */
function extend(reader: NameReader, index: number): void {
  let at = index;
  for (let names = 0; names < MOST_NAMES && reader.isClose(at); names += 1) {
    let next = at + 1;
    while (next - at < 3 && reader.is(next, PARTICLE) && reader.isClose(next) && !reader.isNamed(next))
      next += 1;
    const word = reader.words[next];
    if (word === undefined || reader.isNamed(next)) break;
    const initial = word.text.length === 1 && reader.isLarge(next) && word.text !== "I";
    const hyphened = next === at + 1 && reader.gap(at) === "-" && reader.isLarge(next);
    const family = reader.isLarge(next) && reader.is(next, FAMILY) && !reader.isBlocked(next);
    if (!reader.isNameLike(next) && !initial && !hyphened && !family) break;
    for (let each = at + 1; each <= next; each += 1) reader.mark(each);
    at = next;
  }
  for (let before = index - 1; before >= index - 3 && !reader.isNamed(before); before -= 1) {
    if (!isPartBefore(reader, before)) break;
    reader.mark(before);
  }
}

function isPartBefore(reader: NameReader, before: number): boolean {
  const word = reader.words[before];
  if (word === undefined) return false;
  const gap = reader.gap(before);
  if (isInitial(reader, before) || (word.text.length === 1 && gap === " " && /[B-HJ-LN-Z]/.test(word.text)))
    return true;
  if ((gap !== " " && gap !== "-") || !reader.isNameLike(before)) return false;
  return !reader.opens(before) || word.shape === "caps" || gap === "-" || reader.is(before, FAMILY);
}
