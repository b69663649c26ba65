/**
 * What a message seems to ask for: rights and the two that stand beside them, out of its words. A proposal with the words that
 * led to it; a person confirms. Deterministic, and nothing learns. @clause D10.1a
 */
import { dataSubjectRights, otherRequests, type RequestMatter } from "@preau/kernel";
import { matterWords, negations, noNegations } from "./recognise-words.ts";

export interface Recognised {
  readonly matter: RequestMatter;
  /** The phrases of the list that stand in the text: of the list, never of the text. */
  readonly by: readonly string[];
}

const ORDER: readonly RequestMatter[] = [...dataSubjectRights, ...otherRequests];
/** Words between a negation and what it turns off, at most. */
const REACH = 4;

interface Word {
  readonly text: string;
  /** A sentence ended before it: a negation does not reach across. */
  readonly begins: boolean;
}

const phrases = ORDER.map((matter) => ({
  matter,
  phrases: matterWords[matter].map((phrase) => ({ phrase, words: phrase.split(" ") })),
}));
const ignored = noNegations.map((phrase) => phrase.split(" "));

/** In the order of D10.1a. @clause D10.1a */
export function recogniseMatters(text: string): readonly Recognised[] {
  const words = wordsOf(text);
  const off = negationsIn(words);
  return phrases.flatMap(({ matter, phrases: list }) => {
    const by = list.filter((each) => stands(words, each.words, off)).map(({ phrase }) => phrase);
    return by.length === 0 ? [] : [{ matter, by }];
  });
}

function stands(words: readonly Word[], phrase: readonly string[], off: ReadonlySet<number>): boolean {
  for (let at = 0; at < words.length; at += 1)
    if (isAt(words, phrase, at) && !isNegated(words, at, off)) return true;
  return false;
}

/** `step` words of the phrase are found already: what begins a sentence is no part of one that began before. */
function isAt(words: readonly Word[], phrase: readonly string[], at: number, step = 0): boolean {
  const wanted = phrase[step];
  if (wanted === undefined) return true;
  if (wanted === "?" && isAt(words, phrase, at, step + 1)) return true;
  const word = words[at];
  if (word === undefined || (step > 0 && word.begins)) return false;
  const fits =
    wanted === "?" ||
    (wanted.endsWith("*") ? word.text.startsWith(wanted.slice(0, -1)) : word.text === wanted);
  return fits && isAt(words, phrase, at + 1, step + 1);
}

function isNegated(words: readonly Word[], at: number, off: ReadonlySet<number>): boolean {
  for (let back = 1; back <= REACH && at - back >= 0; back += 1) {
    if (words[at - back + 1]?.begins === true) return false;
    if (off.has(at - back)) return true;
  }
  return false;
}

/** Where a word negates what follows. */
function negationsIn(words: readonly Word[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [index, { text }] of words.entries()) if (negations.has(text)) found.add(index);
  for (const phrase of ignored)
    for (let at = 0; at + phrase.length <= words.length; at += 1)
      if (isAt(words, phrase, at))
        for (let step = 0; step < phrase.length; step += 1) found.delete(at + step);
  return found;
}

/** Folded words; `d’accès` is `d'acces`. */
function wordsOf(text: string): readonly Word[] {
  const folded = text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]/gu, "")
    .toLowerCase()
    .replace(/[’‘ʼ`´]/g, "'");
  const words: Word[] = [];
  let begins = true;
  for (const [piece] of folded.matchAll(/[\p{L}\p{N}](?:[\p{L}\p{N}'-]*[\p{L}\p{N}])?|[.!?;:\n]/gu)) {
    if (/^[.!?;:\n]$/.test(piece)) {
      begins ||= piece !== "\n";
      continue;
    }
    words.push({ text: piece, begins });
    begins = false;
  }
  return words;
}
