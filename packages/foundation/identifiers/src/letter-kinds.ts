/** What a code unit is to a reader of words: a table filled as letters are met. */

export const BETWEEN = 0;
const SMALL = 1;
export const CAPITAL = 2;
export const DIGIT = 3;
const UNKNOWN = 255;

const kinds = new Uint8Array(0x10000).fill(UNKNOWN);

/** `BETWEEN` words, or a `SMALL` letter, a `CAPITAL` (also of scripts without case), a `DIGIT`. */
export function kindOf(code: number): number {
  const kind = kinds[code] ?? BETWEEN; // NaN: past either end of a text
  return kind === UNKNOWN ? learn(code) : kind;
}

function learn(code: number): number {
  const letter = String.fromCharCode(code);
  const half = code >= 0xd800 && code <= 0xdfff;
  let kind = BETWEEN;
  if (/\p{N}/u.test(letter)) kind = DIGIT;
  else if (half || /\p{L}/u.test(letter))
    kind = letter.toLowerCase() === letter && letter.toUpperCase() !== letter ? SMALL : CAPITAL;
  kinds[code] = kind;
  return kind;
}

/** Scripts that put no space between words: a word may begin at any sign. */
export function isUnspaced(code: number): boolean {
  return (
    code >= 0x1100 &&
    (code <= 0x115e || (code >= 0x3041 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7a3))
  );
}
