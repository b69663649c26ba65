/** A text's words with what the rules on names have made of them so far. */
import type { Sighting } from "./detect-personal-words.ts";
import type { TextWord } from "./text-words.ts";
import { FAMILY, GIVEN, MAYBE_GIVEN, MONTH, ORDINARY, PARTICLE } from "./word-classes.ts";

/** Louis XIV, François Ier. */
export const NUMERAL = /^(?:[IVX]{1,5}|Ier|Ire)$/;
const MOST_NAMES = 4;
const CLOSE = new Set([" ", "-", "'", "  "]);
const OPENS = /[.!?:;\n"«»(•*>\t]|^ ?- $/;
const JOINS = /^(?: {1,2}|-|'|\. ?)$/;

export class NameReader {
  readonly plain: string;
  readonly words: readonly TextWord[];
  private readonly named: Uint8Array;
  private readonly blocked: Uint8Array;

  constructor(plain: string, words: readonly TextWord[]) {
    this.plain = plain;
    this.words = words;
    this.named = new Uint8Array(words.length);
    this.blocked = new Uint8Array(words.length);
  }

  is(index: number, classes: number): boolean {
    return ((this.words[index]?.classes ?? 0) & classes) !== 0;
  }

  isLarge(index: number): boolean {
    const shape = this.words[index]?.shape;
    return shape === "cap" || shape === "caps" || shape === "mix";
  }

  /** Written large, and nothing says that it is something else than a name. */
  isNameLike(index: number): boolean {
    if (!this.isLarge(index) || this.blocked[index] === 1 || this.is(index, ORDINARY)) return false;
    const text = this.words[index]?.text ?? "";
    return text.length > 1 && !NUMERAL.test(text);
  }

  /** A given name written large, be it an ordinary word too. */
  isGivenLarge(index: number): boolean {
    return this.isLarge(index) && !this.isBlocked(index) && this.is(index, GIVEN | MAYBE_GIVEN);
  }

  /** In small letters, where a name is expected. */
  isSmallName(index: number): boolean {
    const word = this.words[index];
    if (word?.shape !== "low" || word.text.length < 2 || this.is(index, PARTICLE)) return false;
    if (this.isNamed(index - 1) && this.is(index, FAMILY)) return true;
    return !this.is(index, ORDINARY) || (this.is(index, GIVEN | MAYBE_GIVEN) && !this.is(index, MONTH));
  }

  /** What stands between a word and the next; a line's end after the last. */
  gap(index: number): string {
    const word = this.words[index];
    const next = this.words[index + 1];
    return word === undefined || next === undefined ? "\n" : this.plain.slice(word.end, next.start);
  }

  isClose(index: number): boolean {
    return CLOSE.has(this.gap(index));
  }

  /** Whether a sentence or a line begins with that word. */
  opens(index: number): boolean {
    return index === 0 || OPENS.test(this.gap(index - 1));
  }

  isNamed(index: number): boolean {
    return this.named[index] === 1;
  }

  isBlocked(index: number): boolean {
    return this.blocked[index] === 1;
  }

  mark(index: number): void {
    const word = this.words[index];
    if (word !== undefined && word.shape !== "mask") this.named[index] = 1;
  }

  block(first: number, last: number): void {
    this.blocked.fill(1, first, last + 1);
  }

  /** Marks a name of several words, over its particles. @param small whether small letters may be meant */
  markRun(index: number, small: boolean): void {
    let at = index;
    for (let names = 0; names < MOST_NAMES; names += 1) {
      let next = at;
      while (next - at < 3 && this.is(next, PARTICLE) && this.isClose(next)) next += 1;
      if (!this.isNameLike(next)) next = this.isNameLike(at) || (small && this.isSmallName(at)) ? at : -1;
      if (next === -1) return;
      for (let each = at; each <= next; each += 1) this.mark(each);
      if (!this.isClose(next)) return;
      at = next + 1;
    }
  }

  sightings(): readonly Sighting[] {
    const found: Sighting[] = [];
    for (let index = 0; index < this.words.length; index += 1) {
      if (!this.isNamed(index)) continue;
      const first = index;
      while (this.isNamed(index + 1) && JOINS.test(this.gap(index))) index += 1;
      const last = this.words[index];
      const end = last?.end ?? 0;
      // "Jade R." keeps its point unless a sentence ends there.
      const dotted = last?.text.length === 1 && /^\. ?[a-z,;)]/.test(this.plain.slice(end, end + 3));
      found.push({ kind: "name", start: this.words[first]?.start ?? 0, end: end + (dotted ? 1 : 0) });
    }
    return found;
  }
}
