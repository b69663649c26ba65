/**
 * Folding, first face: lower case, no accents, nothing unseen, one Unicode form, one apostrophe and hyphen, single spaces. A
 * table folds code unit by code unit; what one unit cannot say (ligatures, characters beyond the base plane) is folded
 * as a string.
 */

/** Lower case, without accents, in one Unicode form, with one kind of apostrophe and hyphen, one space between words. */
export function foldText(text: string): string {
  return foldLetters(text).replace(/\s+/gu, " ");
}

const RARE = /[’‘ʼ`´‐‑‒–−œæßøłđıς]/;
/** Letters that Unicode does not take apart, and the sigma that ends a word. */
const LETTERS = new Map([
  ["œ", "oe"],
  ["æ", "ae"],
  ["ß", "ss"],
  ["ø", "o"],
  ["ł", "l"],
  ["đ", "d"],
  ["ı", "i"],
  ["ς", "σ"],
]);

export function foldLetters(text: string): string {
  const letters = text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]+/gu, "")
    .toLowerCase();
  if (!RARE.test(letters)) return letters;
  return letters
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[‐‑‒–−]/g, "-")
    .replace(/[œæßøłđıς]/g, (letter) => LETTERS.get(letter) ?? letter);
}

/** A folded text as code units. */
export class FoldedText {
  units = new Uint16Array(4096);
  length = 0;

  /** Folds a text into this one, in place of what was there. */
  fill(text: string): void {
    this.length = 0;
    if (this.units.length < text.length + 1) this.units = new Uint16Array(text.length * 2);
    const { units } = this;
    const folds = foldTable();
    let length = 0;
    let space = false;
    for (let index = 0; index < text.length; index += 1) {
      const unit = folds[text.charCodeAt(index)] ?? NEEDS_STRING;
      if (unit === NEEDS_STRING) {
        this.fillSlowly(text);
        return;
      }
      if (unit === DROPPED || (unit === SPACE && space)) continue;
      space = unit === SPACE;
      units[length] = unit;
      length += 1;
    }
    this.length = length;
  }

  /** Adds a text that is to be folded to what is there. */
  add(text: string): void {
    for (const character of foldLetters(text)) {
      const one = /\s/u.test(character) ? " " : character;
      if (one === " " && this.length > 0 && this.units[this.length - 1] === SPACE) continue;
      for (let index = 0; index < one.length; index += 1) this.push(one.charCodeAt(index));
    }
  }

  /** Adds one character of a text, by its code unit; what needs a string is added by `add`. */
  addUnit(code: number, character: () => string): void {
    const unit = foldTable()[code] ?? NEEDS_STRING;
    if (unit === NEEDS_STRING) this.add(character());
    else if (
      unit !== DROPPED &&
      !(unit === SPACE && this.length > 0 && this.units[this.length - 1] === SPACE)
    )
      this.push(unit);
  }

  slice(start: number, end: number): string {
    let out = "";
    for (let from = start; from < end; from += 4096)
      out += String.fromCharCode(...this.units.subarray(from, Math.min(end, from + 4096)));
    return out;
  }

  private push(unit: number): void {
    if (this.length >= this.units.length) {
      const larger = new Uint16Array(this.units.length * 2);
      larger.set(this.units);
      this.units = larger;
    }
    this.units[this.length] = unit;
    this.length += 1;
  }

  private fillSlowly(text: string): void {
    const folded = foldText(text);
    if (this.units.length < folded.length) this.units = new Uint16Array(folded.length * 2);
    for (let index = 0; index < folded.length; index += 1) this.units[index] = folded.charCodeAt(index);
    this.length = folded.length;
  }
}

const DROPPED = 0;
const NEEDS_STRING = 0xffff;
const SPACE = 32;
let folds: Uint16Array | undefined;

function foldTable(): Uint16Array {
  if (folds !== undefined) return folds;
  const made = new Uint16Array(0x10000).fill(NEEDS_STRING);
  for (let code = 0; code < 0x10000; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const folded = foldText(String.fromCharCode(code));
    if (folded === "") made[code] = DROPPED;
    else if (folded.length === 1) made[code] = folded.charCodeAt(0);
  }
  folds = made;
  return made;
}

let words: Uint8Array | undefined;

/** By code unit, 1 for letters and digits. Halves of characters beyond the base plane count as letters. */
export function wordTable(): Uint8Array {
  if (words !== undefined) return words;
  const made = new Uint8Array(0x10000);
  for (let code = 0; code < 0x10000; code += 1) {
    const half = code >= 0xd800 && code <= 0xdfff;
    if (half || /[\p{L}\p{N}]/u.test(String.fromCharCode(code))) made[code] = 1;
  }
  words = made;
  return made;
}
