/** A text cut into words, for the rules that read it. */
import { BETWEEN, CAPITAL, DIGIT, kindOf } from "./letter-kinds.ts";

/** `low` small letters, `cap` a capital first, `caps` capitals alone (two at least), `num` with a digit, `mix` anything else, `mask` what was taken out. */
export type WordShape = "low" | "cap" | "caps" | "num" | "mix" | "mask";

export interface TextWord {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly low: string;
  readonly shape: WordShape;
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
      words.push({ start, end: at + 1, text: MASKED, low: MASKED, shape: "mask" });
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
    words.push({
      start,
      end: at,
      text,
      low: text.toLowerCase(),
      shape: shapeOf(first, text.length, capitals, digits),
    });
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
