/** What is to be known of one person, so that a text which names them is recognised. */
import { hashWord, type KnownKind, LONGEST, type Place, SHORTEST_ANYWHERE, START } from "./known-words.ts";
import { isOrdinaryWord } from "./ordinary-words.ts";
import { plainText } from "./plain-text.ts";
import { skeletonOf } from "./skeleton.ts";

/** One person as the caller knows them. Whatever is empty or missing counts for nothing. */
export interface WalledIdentity {
  /** `Anne-Sophie Marie` */
  readonly given?: string;
  /** `Le Goff` */
  readonly family?: string;
  /** Names of use, former names, nicknames: each counts as a family name does. */
  readonly others?: readonly string[];
  /** Whole names of which nobody knows what is given and what family: each in the order in which it is given. */
  readonly names?: readonly string[];
  readonly emails?: readonly string[];
  readonly logins?: readonly string[];
  /** INE, IDO, telephone, number at the desk: letters and digits. */
  readonly numbers?: readonly string[];
}

export interface WalledWord {
  readonly word: string;
  readonly kind: KnownKind;
  readonly place: Place;
}

/** Shorter ones stand everywhere: as a number they are the page, the class, the mark. */
const SHORTEST_NUMBER = 5;
/** A glued name of fewer letters, or one of ordinary words, is found where it has a capital. */
/** A family name alone of so many letters is looked for in small letters too. */
const SHORTEST_NAME_ALONE = 6;
const SHORTEST_NAME = 6;
/** After these an apostrophe stands in French: "l'amour" is not L. Amour. */
const ELIDES = /^[cdjlmnst]$/;

/**
 * The words of one person: the full name in both orders, with the first given name alone too, the initial and the family name, the
 * family name and the given names alone where they are no ordinary words, e-mail addresses whole and by their local part, logins,
 * numbers. Clear: hash them (`hashesOf`), keep the hashes.
 */
export function walledWords(identity: WalledIdentity): readonly WalledWord[] {
  const words: WalledWord[] = [];
  const add = (word: string, kind: KnownKind, place: Place = "anywhere"): void => {
    if (word !== "") words.push({ word, kind, place });
  };
  const given = squeeze(identity.given);
  const first = squeeze(partsOf(identity.given)[0]);
  const families = [identity.family, ...(identity.others ?? [])].filter((name) => squeeze(name) !== "");
  const alone = [...partsOf(identity.given), identity.given, ...families, ...families.flatMap(longParts)];
  const familyParts = new Set([...families, ...families.flatMap(longParts)].map(squeeze));
  for (const name of alone) {
    const word = squeeze(name);
    // A family name that is no word of the language is somebody in small letters too.
    const isSomebody = familyParts.has(word) && word.length >= SHORTEST_NAME_ALONE;
    if (standsAlone(name)) add(word, "name", isSomebody ? "anywhere" : "capital");
  }
  for (const name of families) {
    const family = squeeze(name);
    for (const one of new Set([given, first])) {
      if (one === "") continue;
      const place = placeOf(one + family, [name ?? "", ...partsOf(identity.given)]);
      add(one + family, "name", place);
      add(family + one, "name", place);
    }
    const initial = given.charAt(0);
    if (initial === "" || family.length < 4 || isOrdinaryWord(plainText(name ?? "").text)) continue;
    const elided = ELIDES.test(initial) && /^[aeiouyh]/.test(family);
    add(initial + family, "name", elided ? "capital" : "anywhere");
    if (!elided) add(family + initial, "name", "capital");
  }
  for (const name of identity.names ?? []) {
    const whole = squeeze(name);
    add(whole, "name", placeOf(whole, partsOf(name)));
    for (const part of longParts(name)) if (standsAlone(part)) add(squeeze(part), "name", "capital");
  }
  for (const email of identity.emails ?? []) {
    add(squeeze(email), "email");
    addLogin(email.slice(0, Math.max(0, email.lastIndexOf("@"))), "email");
  }
  for (const login of identity.logins ?? []) addLogin(login, "login");
  for (const number of identity.numbers ?? []) {
    const word = squeeze(number);
    if (word.length >= SHORTEST_NUMBER) add(word, "number");
  }
  return withStarts(words);

  function addLogin(login: string, kind: KnownKind): void {
    const word = squeeze(login);
    if (word.length < SHORTEST_ANYWHERE || isOrdinaryWord(plainText(login).text)) return;
    // Most LMSs have logins in small letters alone, those that are a name too.
    add(word, kind);
  }
}

/** Pairs for the map that `KnownWords.has` reads. @throws RangeError when the key has not 16 bytes */
export function hashesOf(
  key: Uint8Array,
  identity: WalledIdentity,
): readonly (readonly [hash: string, kind: KnownKind])[] {
  return walledWords(identity).map(({ word, kind, place }) => [hashWord(key, word, place), kind] as const);
}

function withStarts(words: readonly WalledWord[]): readonly WalledWord[] {
  const all = new Map<string, WalledWord>();
  for (const { word, kind, place } of words) {
    const short = word.slice(0, LONGEST);
    all.set(`${place} ${short}`, { word: short, kind, place });
    const start = word.slice(0, START);
    if (word.length > START) all.set(`start ${start}`, { word: start, kind: "start", place: "start" });
  }
  return [...all.values()];
}

function placeOf(word: string, parts: readonly string[]): Place {
  if (word.length >= SHORTEST_NAME) return "anywhere";
  const ordinary = parts.some((part) => isOrdinaryWord(plainText(part).text));
  return word.length < SHORTEST_ANYWHERE || ordinary ? "capital" : "anywhere";
}

/** The skeleton as text. */
function squeeze(text: string | undefined): string {
  const { units, length } = skeletonOf(plainText(text ?? "").text);
  return String.fromCharCode(...units.subarray(0, length));
}

function partsOf(name: string | undefined): readonly string[] {
  return (name ?? "").split(/[\s\u2010-\u2015-]+/u).filter((part) => part !== "");
}

/** Of a double name, each half that is more than a particle. */
function longParts(name: string | undefined): readonly string[] {
  const parts = partsOf(name);
  return parts.length < 2 ? [] : parts.filter((part) => squeeze(part).length >= 4);
}

function standsAlone(name: string | undefined): boolean {
  const word = squeeze(name);
  return word.length >= 2 && !isOrdinaryWord(plainText(name ?? "").text);
}
