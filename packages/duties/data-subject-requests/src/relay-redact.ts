/**
 * One person's request carries nobody else's name. Names that the desk was told are taken out, and the second look of the data
 * map says whether one still stands; text in which somebody else may stand is held back until a person has looked.
 * @clause D10.1b
 */
import { makeTraceMatcher } from "@preau/data-map";
import { findEmails, foldName } from "@preau/identifiers";

const GONE = "[…]";
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{N}\p{M}]+)*/gu;

/** The text without the others' names. What is somebody's own stays, but where it stands in another's whole name. */
export function redactNames(text: string, own: readonly string[], others: readonly string[]): string {
  const mine = new Set(own.flatMap(partsOf));
  const theirs = others.map(partsOf).filter((parts) => parts.length > 0);
  const loose = new Set(theirs.flat().filter((part) => part.length > 1 && !mine.has(part)));
  const words = [...text.matchAll(WORD)].map((match) => ({
    at: match.index,
    end: match.index + match[0].length,
    fold: foldName(match[0]),
  }));
  const gone = new Set<number>();
  for (const [index, word] of words.entries()) {
    if (loose.has(word.fold)) gone.add(index);
    for (const parts of theirs) {
      if (parts.length < 2) continue;
      const run = words.slice(index, index + parts.length).map((each) => each.fold);
      if (run.length === parts.length && run.toSorted().join(" ") === parts.toSorted().join(" "))
        for (let step = 0; step < parts.length; step += 1) gone.add(index + step);
    }
  }
  let out = "";
  let from = 0;
  for (const [index, { at, end }] of words.entries()) {
    if (!gone.has(index)) continue;
    const joins = out.endsWith(GONE) && /^[\s-]*$/u.test(text.slice(from, at));
    out += joins ? "" : text.slice(from, at) + GONE;
    from = end;
  }
  return out + text.slice(from);
}

/** Whether one of these persons still stands in it, whole, in either order of the name. */
export function namesAnyOf(text: string, persons: readonly string[]): boolean {
  const words = new Set(partsOf(text));
  if (
    persons.map(partsOf).some(([only, ...more]) => only !== undefined && more.length === 0 && words.has(only))
  )
    return true;
  const traces = persons.flatMap((name) => {
    const words = name.trim().split(/\s+/u);
    return [words.join(" "), words.toReversed().join(" "), `${words.at(-1) ?? ""} ${words[0] ?? ""}`];
  });
  return makeTraceMatcher(traces.filter((each) => each.trim().includes(" "))).count(text) > 0;
}

/** Words that speak of several persons at once. */
const SEVERAL =
  /\b(?:mes|nos|les|ces|des|deux|trois|quatre|cinq|my|our|the|these|those|two|three|four|five)\s+(?:\p{L}+\s+)?(?:enfants|eleves|fils|filles|camarades|pupils|students|children|sons|daughters|kids|classmates)\b/u;
/** Begins where a word does and never within one, and no word of it is without end: a long text is read once. */
const NAME =
  /(?<![\p{L}\p{M}'’-])\p{Lu}[\p{L}\p{M}'’-]{1,60}(?:[ \u00a0](?:(?:de|du|des|d['’]|la|le|van|von|el|al|ben|da|dos)[ \u00a0]?)?\p{Lu}[\p{L}\p{M}'’-]{1,60}){1,12}/gu;
/** What is written large and is nobody. */
const NOBODY = new Set(
  (
    "je j'ai nous vous il elle madame monsieur mesdames messieurs mademoiselle mme mlle mr mrs ms miss bonjour bonsoir cordialement " +
    "merci dear sir madam hello regards sincerely the i my a an article rgpd gdpr cnil dpo reglement general regulation data protection " +
    "college lycee ecole etablissement school high middle primary institut universite academie rue avenue boulevard place " +
    "saint sainte notre dame janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre january february " +
    "march april may june july august september october november december lundi mardi mercredi jeudi vendredi samedi dimanche " +
    "monday tuesday wednesday thursday friday saturday sunday union europeenne european france francais delegue officer"
  ).split(" "),
);

/**
 * Whether somebody beside these may stand in a text: names written large, several persons at once, other addresses. It guesses
 * towards yes: a text that is held back waits for a person, and the facts go on.
 */
export function mayNameOthers(text: string, own: readonly string[]): boolean {
  const mine = new Set(own.flatMap(partsOf));
  const addresses = new Set(own.map((each) => each.trim().toLowerCase()));
  if (SEVERAL.test(foldName(text))) return true;
  for (const { value } of findEmails(text)) if (!addresses.has(value.toLowerCase())) return true;
  for (const [name] of text.matchAll(NAME)) {
    const strange = partsOf(name).filter((part) => !mine.has(part) && !NOBODY.has(part));
    if (strange.length > 0) return true;
  }
  return false;
}

function partsOf(name: string): readonly string[] {
  return [...foldName(name).matchAll(WORD)].map(([word]) => word);
}
