/** Words as small numbers: each is of one kind, which is an entry of the lexicon, and each kind is of some classes. Made once. */
import { lexicon, spoken } from "./recognise-lexicon.ts";

export interface Vocabulary {
  /** As it is typed to as it is said. */
  readonly spoken: ReadonlyMap<string, readonly string[]>;
  /** Of each kind: how the lexicon writes it. */
  readonly entries: readonly string[];
  kindOf(word: string): number;
  /** Of kinds: which are of one of these classes. */
  accepts(alternatives: readonly string[]): Uint8Array;
}

/** What no list knows, and what is capitalised in the middle of a sentence besides. */
export const [UNKNOWN, NAME] = [0, 1];

export function makeVocabulary(): Vocabulary {
  const exact = new Map<string, Set<string>>();
  const stems = new Map<string, Set<string>>();
  for (const [name, words] of Object.entries(lexicon))
    for (const word of words.split(" ")) {
      const [map, key] = word.endsWith("*") ? [stems, word.slice(0, -1)] : [exact, word];
      map.set(key, (map.get(key) ?? new Set()).add(name));
    }
  const longest = Math.max(...[...stems.keys()].map(({ length }) => length));

  const kinds: ReadonlySet<string>[] = [new Set(), new Set(["NAME"])];
  const entries = ["", "NAME"];
  const intern = (entry: string, classes: ReadonlySet<string>): number => {
    entries.push(entry);
    return kinds.push(classes) - 1;
  };
  /** Of all stems that begin a word: each holds what the shorter ones say too. */
  const classesOf = (word: string): Set<string> => {
    const classes = new Set<string>();
    for (let length = 1; length <= Math.min(longest, word.length); length += 1)
      for (const of of stems.get(word.slice(0, length)) ?? []) classes.add(of);
    return classes;
  };
  const kindOfStem = new Map([...stems.keys()].map((stem) => [stem, intern(`${stem}*`, classesOf(stem))]));
  const kindOfWord = new Map(
    [...exact].map(([word, classes]) => [word, intern(word, new Set([...classes, ...classesOf(word)]))]),
  );

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
    entries,
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
