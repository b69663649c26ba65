/** Words as small numbers: each is of one kind, and a kind is a set of classes. Made once, of the lexicon and of the frames. */
import { lexicon, spoken, type WordClass } from "./recognise-lexicon.ts";

export interface Vocabulary {
  /** As it is typed to as it is said. */
  readonly spoken: ReadonlyMap<string, readonly string[]>;
  kindOf(word: string): number;
  /** Of kinds: which are of one of these classes, or are one of these words. */
  accepts(alternatives: readonly string[]): Uint8Array;
}

/** What no list knows, and what is capitalised in the middle of a sentence besides. */
export const [UNKNOWN, NAME] = [0, 1];

/** `literals` are words that frames name by themselves. */
export function makeVocabulary(literals: Iterable<string>): Vocabulary {
  const exact = new Map<string, Set<string>>();
  const stems = new Map<string, Set<string>>();
  const put = (word: string, of: string) => {
    const [map, key] = word.endsWith("*") ? [stems, word.slice(0, -1)] : [exact, word];
    map.set(key, (map.get(key) ?? new Set()).add(of));
  };
  for (const [name, words] of Object.entries(lexicon)) for (const word of words.split(" ")) put(word, name);
  for (const word of literals) put(word, word);
  const longest = Math.max(...[...stems.keys()].map(({ length }) => length));
  const shortest = Math.min(...[...stems.keys()].map(({ length }) => length));

  const kinds: ReadonlySet<string>[] = [new Set(), new Set(["NAME"])];
  const kindsByKey = new Map<string, number>([["", UNKNOWN]]);
  const intern = (classes: ReadonlySet<string>): number => {
    const key = [...classes].toSorted().join(" ");
    const known = kindsByKey.get(key);
    if (known !== undefined) return known;
    kindsByKey.set(key, kinds.length);
    return kinds.push(classes) - 1;
  };
  /** Of the stems that begin a word, the longest first; each holds what the shorter ones say too. */
  const kindOfStem = new Map<string, number>();
  const stemsOf = (word: string): Set<string> => {
    const classes = new Set<string>();
    for (let length = shortest; length <= Math.min(longest, word.length); length += 1)
      for (const of of stems.get(word.slice(0, length)) ?? []) classes.add(of);
    return classes;
  };
  for (const stem of stems.keys()) kindOfStem.set(stem, intern(stemsOf(stem)));
  const kindOfWord = new Map<string, number>();
  for (const [word, classes] of exact) kindOfWord.set(word, intern(new Set([...classes, ...stemsOf(word)])));

  const byStem = beginnings(kindOfStem);
  /** « suprimer », « efacer »: as it sounds. */
  const singles = new Map<string, number>();
  for (const [word, kind] of kindOfWord) if (word.length > 4) singles.set(single(word), kind);
  const bySingleStem = beginnings(
    new Map([...kindOfStem].filter(([{ length }]) => length > 4).map(([stem, kind]) => [single(stem), kind])),
  );
  const kindOfSingle = (word: string): number => singles.get(word) ?? stemOf(bySingleStem, word);

  return {
    spoken: new Map(Object.entries(spoken).map(([typed, said]) => [typed, said.split(" ")])),
    kindOf: (word) => {
      const known = kindOfWord.get(word);
      if (known !== undefined) return known;
      const stem = stemOf(byStem, word);
      if (stem !== UNKNOWN) return stem;
      return kindOfSingle(single(word));
    },
    accepts: (alternatives) =>
      Uint8Array.from(kinds, (classes) => Number(alternatives.some((each) => classes.has(each)))),
  };
}

export function isWordClass(name: string): name is WordClass | "NAME" {
  return name === "NAME" || Object.hasOwn(lexicon, name);
}

/** Each doubled letter once. */
function single(word: string): string {
  return word.replace(/([a-z])\1+/g, "$1");
}

type Beginnings = ReadonlyMap<string, readonly (readonly [string, number])[]>;
const BEGINNING = 3;

/** Stems by their first letters, the longest first. */
function beginnings(kinds: ReadonlyMap<string, number>): Beginnings {
  const by = new Map<string, (readonly [string, number])[]>();
  for (const entry of [...kinds].toSorted(([a], [b]) => b.length - a.length)) {
    const key = entry[0].slice(0, BEGINNING);
    by.set(key, [...(by.get(key) ?? []), entry]);
  }
  return by;
}

function stemOf(by: Beginnings, word: string): number {
  for (const [stem, kind] of by.get(word.slice(0, BEGINNING)) ?? []) if (word.startsWith(stem)) return kind;
  return UNKNOWN;
}
