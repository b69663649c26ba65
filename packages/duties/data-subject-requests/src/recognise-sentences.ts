/**
 * A message as sentences of words, each with where it stands (UTF-16) and of which kinds it is. Words are compared without
 * accents and case, apart at every apostrophe, and written out where they are written as they sound (`jve` is `je veux`).
 */
import { NAME, UNKNOWN, type Vocabulary } from "./recognise-vocabulary.ts";

export interface Word {
  readonly text: string;
  /** Index into the table of kinds. */
  readonly kind: number;
  readonly start: number;
  readonly end: number;
  /** A comma or a bracket stands before it: a negation does not reach across. */
  readonly apart: boolean;
  /** Between quotation marks: somebody else's word, or a name of something. */
  readonly quoted: boolean;
}

export type Sentence = readonly Word[];

/** Longest quotation that is taken for one, in words: a mark that nobody closed quotes nothing. */
const LONGEST_QUOTATION = 40;
const PIECES = /[\p{L}\p{N}\p{M}\p{Cf}]+|['’‘ʼ`´]|[.!?…;:,()\n\u2013\u2014]|[«»“”"]/gu;
const ENGLISH = /\b(?:the|my|you|u|i|is|to|it|of|and|for)\b/gi;
const FRENCH = /\b(?:le|la|les|de|des|je|j|vous|que|est|et|mon|ma|pas)\b/gi;
const ENDS = /^[.!?…;]$/;

const ABBREVIATIONS: ReadonlySet<string> = new Set("art m mme mr mrs ms dr st n no cf p".split(" "));
const CONTRACTED = /^(?:do|does|did|is|are|was|were|have|has|had|ca|wo|would|could|should)n$/;

export function sentencesOf(text: string, vocabulary: Vocabulary): readonly Sentence[] {
  const sentences: Word[][] = [];
  let words: Word[] = [];
  let apart = true;
  let apostrophe = false;
  let quotedFrom = -1;
  let lastEnd = 0;
  const isShouted = shouted(text);
  const isEnglish = (text.match(ENGLISH)?.length ?? 0) > (text.match(FRENCH)?.length ?? 0);
  const close = () => {
    if (words.length > 0) sentences.push(words);
    words = [];
    apart = true;
  };
  const push = (word: string, start: number, end: number, name: boolean) => {
    const kind = name ? NAME : vocabulary.kindOf(word);
    words.push({ text: word, kind, start, end, apart, quoted: quotedFrom >= 0 });
    apart = false;
  };
  for (const match of text.matchAll(PIECES)) {
    const piece = match[0];
    const start = match.index;
    const end = start + piece.length;
    const code = piece.charCodeAt(0);
    if (
      piece.length === 1 &&
      (code < 48 ||
        (code > 57 && code < 65) ||
        code > 0x2000 ||
        code === 96 ||
        code === 0xab ||
        code === 0xbb ||
        code === 0xb4)
    ) {
      if (/['’‘ʼ`´]/.test(piece)) apostrophe = start === lastEnd && words.length > 0;
      else if (/[«»“”"]/.test(piece)) {
        quotedFrom = isOpening(piece, quotedFrom) ? words.length : unquote(words, quotedFrom);
        apart = true;
      } else if (ENDS.test(piece)) {
        if (piece === "?" && words.length > 0) push(piece, start, end, false);
        if (!(piece === "." && isAbbreviated(words, text, end))) close();
        if (words.length === 0) quotedFrom = -1;
      } else if (piece === "\n") {
        if (/^[ \t>]*(?:\n|[-*•]|\d[.)])/.test(text.slice(end, end + 12))) close();
      } else apart = true;
      continue;
    }
    const folded = fold(piece);
    if (folded === "") continue;
    const before = words.at(-1);
    if (apostrophe && before !== undefined && before.end === start - 1) {
      apostrophe = false;
      if (folded === "t" && CONTRACTED.test(before.text)) {
        words.pop();
        apart = before.apart;
        push(`${before.text}'t`, before.start, end, false);
        lastEnd = end;
        continue;
      }
    }
    apostrophe = false;
    const isName =
      !isShouted && words.length > 0 && isCapital(piece) && vocabulary.kindOf(folded) === UNKNOWN;
    // French words of the same letters: « dont », « il a ».
    if (folded === "dont" && isEnglish) push("don't", start, end, false);
    else if (folded === "a" && isEnglish) push("an", start, end, false);
    else for (const word of vocabulary.spoken.get(folded) ?? [folded]) push(word, start, end, isName);
    lastEnd = end;
  }
  close();
  return sentences;
}

function isOpening(mark: string, quotedFrom: number): boolean {
  return mark === "«" || mark === "“" || (mark === '"' && quotedFrom < 0);
}

/** The end of a quotation, which was none when it is too long. */
function unquote(words: Word[], from: number): -1 {
  if (from >= 0 && words.length - from > LONGEST_QUOTATION)
    for (let at = from; at < words.length; at += 1) words[at] = { ...(words[at] as Word), quoted: false };
  return -1;
}

/** `art. 18`, `M. Abgrall`; not the end of a sentence. */
function isAbbreviated(words: readonly Word[], text: string, end: number): boolean {
  const last = words.at(-1);
  if (last === undefined || last.end !== end - 1) return false;
  return ABBREVIATIONS.has(last.text) || /^\S/.test(text.slice(end, end + 1));
}

function fold(piece: string): string {
  // What is `à` is no `a`: the one goes before an infinitive, the other before a participle.
  if (piece === "à" || piece === "À") return "à";
  const lower = piece.toLowerCase();
  if (/^[a-z0-9]+$/.test(lower)) return lower;
  return lower
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]/gu, "")
    .replaceAll("œ", "oe");
}

function isCapital(piece: string): boolean {
  const first = piece.charAt(0);
  return first !== first.toLowerCase() && piece.length > 1;
}

/** Written in capitals throughout: they name nobody. */
function shouted(text: string): boolean {
  const sample = text.slice(0, 400);
  const upper = sample.replace(/[^\p{Lu}]/gu, "").length;
  return upper > sample.replace(/[^\p{Ll}]/gu, "").length;
}
