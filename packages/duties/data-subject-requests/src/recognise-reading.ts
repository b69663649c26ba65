/**
 * A sentence as it is weighed: of each word its kind, whether it is quoted, denied or done already, and whether it counts between
 * two others. « je ne demande pas l’effacement » asks for none, « merci d’avoir effacé » for none any more.
 */
import type { Sentence, Word } from "./recognise-sentences.ts";
import { UNKNOWN, type Vocabulary } from "./recognise-vocabulary.ts";

export interface Reading {
  readonly words: Sentence;
  readonly kinds: Uint16Array;
  readonly quoted: Uint8Array;
  /** Denied, or done already. */
  readonly off: Uint8Array;
  /** An article or the like, which is nothing between two words. */
  readonly light: Uint8Array;
}

/** Words between a denial and what it denies, at most. */
const REACH = 6;
/** And articles with them. */
const FURTHEST = 14;
const LIGHT = words(
  "l d le la les de du des the a an of to t s que qu en y à au aux un une se votre vos your et and pour for please svp bien i s est is ca",
);
const SUBJECTS = words("i he she they we you someone somebody who j il elle on");
const ARE = words("est sont etes es suis etait is are was were be been ete isn't aren't wasn't");
/** Whose not having done something is a complaint, and no denial. */
const OTHERS_HAVE = words("avez a ont est sont have has haven't hasn't is are isn't aren't wasn't");
const ENGLISH_HAVE = words("have has had ve");
const OWN_HAVE = words("j i we nous");

export type ReadSentence = (sentence: Sentence) => Reading;

export function makeReader(vocabulary: Vocabulary): ReadSentence {
  const not = vocabulary.accepts(["NOT"]);
  const ne = vocabulary.accepts(["NE"]);
  const aux = vocabulary.accepts(["AUX"]);
  const but = vocabulary.accepts(["BUT"]);

  /** Where denials stand, and where they begin to reach from. */
  const isDenial = (sentence: Sentence, at: number): boolean => {
    const { kind, text } = sentence[at] as Word;
    const before = sentence[at - 1];
    if (text === "plus" || text === "rien" || text === "longer")
      return has(sentence, at, 3, (word) => ne[word.kind] === 1 || word.text === "no");
    if (not[kind] !== 1) return false;
    const next = sentence[at + 1]?.text;
    if (next === "seulement" || next === "only" || next === "encore" || next === "yet") return false;
    if (next === "hesitez" || before?.text === "hesitez" || next === "hesitate") return false;
    const auxiliary = OTHERS_HAVE.has(text) ? (sentence[at] as Word) : nearest(sentence, at);
    if (auxiliary !== undefined && OTHERS_HAVE.has(auxiliary.text))
      return has(sentence, at, 4, (word) => OWN_HAVE.has(word.text));
    return true;
  };

  const isDenied = (sentence: Sentence, at: number): boolean => {
    const after = sentence[at + 1];
    if (after !== undefined && !after.apart && after.text === "pas") return true;
    for (let back = 0, left = REACH; left > 0 && back < FURTHEST && at - back > 0; back += 1) {
      const word = sentence[at - back] as Word;
      if (word.apart && back > 0 && at - back < at) return isDenial(sentence, at - back);
      if (word.apart) return false;
      const previous = sentence[at - back - 1] as Word;
      if (but[previous.kind] === 1) return false;
      if (isDenial(sentence, at - back - 1)) return true;
      // « ne les effacez » : the other half comes after.
      if (ne[previous.kind] === 1 && back < 3 && aux[word.kind] !== 1 && !ARE.has(word.text)) return true;
      if (!LIGHT.has(previous.text)) left -= 1;
    }
    return false;
  };

  /** After an auxiliary: done, unless it is an infinitive or somebody complains that it is not. */
  const isDone = (sentence: Sentence, at: number): boolean => {
    const { text } = sentence[at] as Word;
    if (text.endsWith("ed") && SUBJECTS.has(sentence[at - 1]?.text ?? "")) return true;
    for (let back = 1; back <= 3 && at - back >= 0; back += 1) {
      const before = sentence[at - back] as Word;
      if (not[before.kind] === 1) return false;
      if (ENGLISH_HAVE.has(before.text)) return /(?:ed|en|wn|nt|pt|ut)$/.test(text);
      if (aux[before.kind] === 1)
        return (back === 1 || /(?:e|es|it|is|u|t)$/.test(text)) && !/(?:ez|ions)$/.test(text);
      if ((sentence[at - back + 1] as Word).apart) return false;
    }
    return false;
  };

  return (sentence) => {
    const size = sentence.length;
    const kinds = new Uint16Array(size);
    const [quoted, off, light] = [new Uint8Array(size), new Uint8Array(size), new Uint8Array(size)];
    for (let at = 0; at < size; at += 1) {
      const word = sentence[at] as Word;
      kinds[at] = word.kind;
      quoted[at] = Number(word.quoted);
      light[at] = Number(LIGHT.has(word.text));
      if (word.kind === UNKNOWN || light[at] === 1) continue;
      off[at] = Number(isDenied(sentence, at) || isDone(sentence, at));
    }
    return { words: sentence, kinds, quoted, off, light };
  };
}

function has(sentence: Sentence, at: number, reach: number, is: (word: Word) => boolean): boolean {
  for (let back = 1; back <= reach && at - back >= 0; back += 1)
    if (is(sentence[at - back] as Word)) return true;
  return false;
}

/** The word before, over « toujours », « bien » and the like. */
function nearest(sentence: Sentence, at: number): Word | undefined {
  const before = sentence[at - 1];
  return before !== undefined && ["toujours", "bien", "still"].includes(before.text)
    ? sentence[at - 2]
    : before;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
