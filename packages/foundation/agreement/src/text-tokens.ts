/** Visible text cut into words, numbers, ids and single marks. Spaces are no tokens; each token knows whether one precedes it. */
import type { Stretch } from "./visible-text.ts";

export interface Token extends Stretch {
  /** `name`: letters with digits, D12.4 or SHA-256. `ordinal`: 2e, 1st. `end` ends a block, `mark` is any other sign. */
  readonly kind: "word" | "number" | "name" | "ordinal" | "mark" | "end";
  readonly text: string;
  /** Of a number. */
  readonly value?: number;
  /** A space stands before it. */
  readonly spaced: boolean;
}

const TOKEN =
  /(?<space> +)|(?<end>\n)|(?<name>\p{L}+(?:[-/]?\d[\p{L}\d]*)(?:[.\-/][\p{L}\d]+)*)|(?<number>\d[\d]*)|(?<word>\p{L}+)|(?<mark>.)/suy;
const ORDINAL = /^(?:er|re|ère|e|è|ème|eme|nd|nde|st|rd|th|°|º)$/;
const MOST_DIGITS = 15;

/** The tokens of a text in lower case. `thousands` is the mark that parts thousands; the other parts decimals. */
export function tokensOf(lower: string, thousands: "." | ","): readonly Token[] {
  const tokens: Token[] = [];
  const grouped = thousands === "." ? /(?:[ .]\d{3})+(?!\d)/y : /(?:[ ,]\d{3})+(?!\d)/y;
  const decimals = thousands === "." ? /[.,]\d{1,9}(?!\d)(?![.,]\d)/y : /\.\d{1,9}(?!\d)(?!\.\d)/y;
  let spaced = true;
  let at = 0;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    return pattern.exec(lower)?.[0] ?? "";
  };
  while (at < lower.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(lower);
    if (match === null) break;
    const from = at;
    at += match[0].length;
    const { space, end, name, number, word } = match.groups ?? {};
    if (space !== undefined) {
      spaced = true;
      continue;
    }
    if (number !== undefined) {
      const whole = number.length <= 3 ? number + take(grouped) : number;
      at = from + whole.length;
      const part = take(decimals);
      at += part.length;
      const digits = whole.replace(/\D/g, "").slice(0, MOST_DIGITS) + part.replace(",", ".");
      tokens.push({ kind: "number", text: whole + part, value: Number(digits), from, to: at, spaced });
      const glued = take(/\p{L}+|°|º/uy);
      if (ORDINAL.test(glued)) {
        at += glued.length;
        tokens.pop();
        tokens.push({ kind: "ordinal", text: lower.slice(from, at), from, to: at, spaced });
      }
    } else {
      const kind =
        end !== undefined ? "end" : name !== undefined ? "name" : word !== undefined ? "word" : "mark";
      tokens.push({ kind, text: match[0], from, to: at, spaced });
    }
    spaced = end !== undefined;
  }
  return tokens;
}
