/** A text cut into words, for the rules that read it. */
import { BETWEEN, CAPITAL, DIGIT, kindOf } from "./letter-kinds.ts";
import { classesOf } from "./word-classes.ts";

/** `low` small letters, `cap` a capital first, `caps` capitals alone (two at least), `num` with a digit, `mix` anything else, `mask` what was taken out. */
type WordShape = "low" | "cap" | "caps" | "num" | "mix" | "mask";

export interface TextWord {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly low: string;
  readonly shape: WordShape;
  /** As `classesOf` says. */
  readonly classes: number;
}

/** Stands for every unit of a mask. */
export const MASKED = "\ue000";
const MASKED_CODE = 0xe000;

/** Of a plain text whose masks are filled with `MASKED`. */
export function wordsOf(plain: string): readonly TextWord[] {
  const words: TextWord[] = [];
  for (let at = 0; at < plain.length; at += 1) {
    const first = plain.charCodeAt(at);
    if (first === MASKED_CODE) {
      const start = at;
      while (plain.charCodeAt(at + 1) === MASKED_CODE) at += 1;
      words.push({ start, end: at + 1, text: MASKED, low: MASKED, shape: "mask", classes: 0 });
      continue;
    }
    if (kindOf(first) === BETWEEN) continue;
    const start = at;
    let capitals = 0;
    let digits = 0;
    for (;;) {
      const kind = kindOf(plain.charCodeAt(at));
      if (kind === BETWEEN) break;
      if (kind === CAPITAL) capitals += 1;
      else if (kind === DIGIT) digits += 1;
      at += 1;
      if (at >= plain.length) break;
    }
    const text = plain.slice(start, at);
    const low = capitals === 0 ? text : text.toLowerCase();
    const shape = shapeOf(first, at - start, capitals, digits);
    words.push({ start, end: at, text, low, shape, classes: digits > 0 ? 0 : classesOf(low) });
    at -= 1;
  }
  return words;
}

function shapeOf(first: number, length: number, capitals: number, digits: number): WordShape {
  if (digits > 0) return "num";
  if (capitals === 0) return "low";
  if (kindOf(first) === CAPITAL && capitals === 1) return "cap";
  return capitals === length ? "caps" : "mix";
}
