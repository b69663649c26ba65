/**
 * What speaks for a right in a sentence, and what against it: which classes of words stand there, denied or not, which class stands shortly before which, which words of the lists, and what the rest of the message is about. Each has a weight for
 * each right.
 */
import { dataSubjectRights, otherRequests, type RequestMatter } from "@preau/kernel";
import { lexicon } from "./recognise-lexicon.ts";
import type { Reading } from "./recognise-reading.ts";
import type { Vocabulary } from "./recognise-vocabulary.ts";

/** Words of no class but their own: they stand for themselves alone. */
const ALONE = new Set(["PLAIN", "KNOWN", "THANKS"]);
const CLASSES: readonly string[] = [...Object.keys(lexicon).filter((name) => !ALONE.has(name)), "NAME"];
/** Words between the two of a pair, articles not counted, are fewer than this. */
const REACH = 5;

/** In the order of D10.1a. */
export const MATTERS: readonly RequestMatter[] = [...dataSubjectRights, ...otherRequests];

const SIZE = CLASSES.length;
const [DENIED, ANYWHERE, PAIRS] = [1 + SIZE, 1 + 2 * SIZE, 1 + 3 * SIZE];
const ENTRIES = PAIRS + SIZE * SIZE;

interface Evidence {
  /** Of each sentence, each piece once. */
  readonly sentences: readonly (readonly number[])[];
  /** Of the message, and so of each sentence too. */
  readonly anywhere: readonly number[];
}

export interface EvidenceFinder {
  /**
   * Every piece of evidence by its number: `ERASE`, `-ERASE` denied or done already, `…ERASE` anywhere; `ERASE>DATA` one
   * before the other; `=effac*` an entry of the lists.
   */
  readonly names: readonly string[];
  find(readings: readonly Reading[]): Evidence;
}

export function makeEvidenceFinder(vocabulary: Vocabulary): EvidenceFinder {
  const accepts = CLASSES.map((name) => vocabulary.accepts([name]));
  const classesOf = vocabulary.entries.map((_, kind) =>
    CLASSES.flatMap((_name, at) => (accepts[at]?.[kind] === 1 ? [at] : [])),
  );
  const names = [
    "always",
    ...["", "-", "…"].flatMap((sign) => CLASSES.map((name) => sign + name)),
    ...CLASSES.flatMap((first) => CLASSES.map((second) => `${first}>${second}`)),
    ...vocabulary.entries.map((entry) => `=${entry}`),
  ];
  const seenIn = new Int32Array(names.length);
  let turn = 0;

  const findIn = (reading: Reading, everywhere: Uint8Array): readonly number[] => {
    const { kinds, off, light, quoted } = reading;
    turn += 1;
    const numbers = [0];
    const put = (number: number) => {
      if (seenIn[number] === turn) return;
      seenIn[number] = turn;
      numbers.push(number);
    };
    /** Places of the last words of any class. */
    const before: number[] = [];
    for (let at = 0; at < kinds.length; at += 1) {
      const kind = kinds[at] as number;
      if (quoted[at] === 1) continue;
      if (kind > 1 && off[at] === 0) put(ENTRIES + kind);
      const classes = classesOf[kind] as readonly number[];
      const isOff = off[at] === 1;
      for (const each of classes) {
        everywhere[each] = 1;
        put((isOff ? DENIED : 1) + each);
      }
      if (light[at] === 1 || classes.length === 0) continue;
      for (const place of before) {
        if (isOff || off[place] === 1) continue;
        for (const first of classesOf[kinds[place] as number] as readonly number[])
          for (const second of classes) put(PAIRS + first * SIZE + second);
      }
      before.push(at);
      if (before.length > REACH) before.shift();
    }
    return numbers;
  };

  return {
    names,
    find: (readings) => {
      const everywhere = new Uint8Array(SIZE);
      const sentences = readings.map((reading) => findIn(reading, everywhere));
      const anywhere = [...everywhere.keys()].filter((at) => everywhere[at] === 1).map((at) => ANYWHERE + at);
      return { sentences, anywhere };
    },
  };
}
