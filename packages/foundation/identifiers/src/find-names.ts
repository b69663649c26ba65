/**
 * Names of persons by what stands around them: a civility, a word for a person ("ma fille", "my son"), "je m'appelle", a usual given
 * name, a given name beside a family name in capitals, a signature. A rare name without any of these stays.
 */
import type { Sighting } from "./detect-personal-words.ts";
import { isFamilyName } from "./family-names.ts";
import { markSignatures } from "./find-signatures.ts";
import { givenNameOf } from "./given-names.ts";
import {
  AFTER_CIVILITY,
  BETWEEN_PERSON_AND_NAME,
  CIVILITIES,
  DETERMINERS,
  isFamous,
  MONTHS,
  NAMED,
  PARTICLES,
  PERSONS,
  PLACE_LINKS,
  PLACE_NAMES,
  PLACES_AFTER,
  PLACES_BEFORE,
  SHORT_CIVILITIES,
  VERBS,
} from "./name-signs.ts";
import { isOrdinaryWord } from "./ordinary-words.ts";
import type { TextWord } from "./text-words.ts";

const NUMERAL = /^(?:[IVX]{1,5}|Ier|Ire)$/;
const MOST_NAMES = 4;

export function findNames(plain: string, words: readonly TextWord[]): readonly Sighting[] {
  const reader = new NameReader(plain, words);
  return reader.read();
}

/** One text's words, and which of them are names. */
export class NameReader {
  readonly named: Uint8Array;
  private readonly blocked: Uint8Array;

  constructor(
    readonly plain: string,
    readonly words: readonly TextWord[],
  ) {
    this.named = new Uint8Array(words.length);
    this.blocked = new Uint8Array(words.length);
  }

  read(): readonly Sighting[] {
    for (let index = 0; index < this.words.length; index += 1) this.blockPlaces(index);
    for (let index = 0; index < this.words.length; index += 1) {
      this.afterCivility(index);
      this.afterPerson(index);
      this.afterSaying(index);
      this.givenName(index);
      this.shape(index);
    }
    markSignatures(this);
    for (let index = 0; index < this.words.length; index += 1)
      if (this.named[index] === 1) this.extend(index);
    return this.sightings();
  }

  /** A name, written large, that nothing says to be something else. */
  isNameLike(index: number): boolean {
    const word = this.words[index];
    if (word === undefined || this.blocked[index] === 1) return false;
    if (word.shape !== "cap" && word.shape !== "caps" && word.shape !== "mix") return false;
    return word.text.length > 1 && !isOrdinaryWord(word.low) && !NUMERAL.test(word.text);
  }

  isLarge(index: number): boolean {
    const shape = this.words[index]?.shape;
    return shape === "cap" || shape === "caps" || shape === "mix";
  }

  /** What stands between a word and the next. */
  gap(index: number): string {
    const word = this.words[index];
    const next = this.words[index + 1];
    return word === undefined || next === undefined ? "\n" : this.plain.slice(word.end, next.start);
  }

  isClose(index: number): boolean {
    const gap = this.gap(index);
    return gap === " " || gap === "-" || gap === "'" || gap === "  ";
  }

  /** Whether a sentence or a line begins with that word. */
  opens(index: number): boolean {
    return (
      index === 0 ||
      /[.!?:;\n"«»(•*>]/.test(this.gap(index - 1)) ||
      (/^ ?- ?$/.test(this.gap(index - 1)) && this.gap(index - 1) !== "-")
    );
  }

  mark(index: number): void {
    if (this.words[index] !== undefined && this.words[index]?.shape !== "mask") this.named[index] = 1;
  }

  /** Marks the words of a name from there on; how many. */
  markRun(index: number, small: boolean): number {
    let at = index;
    let names = 0;
    while (names < MOST_NAMES) {
      let next = at;
      while (
        names >= 0 &&
        PARTICLES.has(this.words[next]?.low ?? "") &&
        this.isClose(next) &&
        next - at < 3 &&
        this.isNameLike(next + 1)
      )
        next += 1;
      const word = this.words[next];
      if (word === undefined) break;
      const fits = this.isNameLike(next) || (small && this.isSmallName(next));
      if (!fits) break;
      for (let each = at; each <= next; each += 1) this.mark(each);
      names += 1;
      if (!this.isClose(next)) break;
      at = next + 1;
    }
    return names;
  }

  private isSmallName(index: number): boolean {
    const word = this.words[index];
    return (
      word?.shape === "low" &&
      word.text.length > 1 &&
      (!isOrdinaryWord(word.low) || (givenNameOf(word.low) !== undefined && !MONTHS.has(word.low))) &&
      !PARTICLES.has(word.low)
    );
  }

  /** "collège Jean Moulin", "Saint-Denis", "Victor Hugo", "Louis XIV" name no person of this school. */
  private blockPlaces(index: number): void {
    const word = this.words[index];
    if (word === undefined || !this.isLarge(index) || this.blocked[index] === 1) return;
    const previous = this.words[index - 1];
    if (
      previous !== undefined &&
      this.isClose(index - 1) &&
      /^(?:saint|sainte|st|ste)$/.test(previous.low) &&
      !CIVILITIES.has(this.words[index - 2]?.low ?? "")
    )
      this.blocked[index] = 1;
    let before = index - 1;
    while (before > index - 4 && PLACE_LINKS.has(this.words[before]?.low ?? "") && this.isClose(before))
      before -= 1;
    const house = this.words[before];
    let last = index;
    while (
      last < index + 4 &&
      this.isClose(last) &&
      (this.isLarge(last + 1) ||
        (PARTICLES.has(this.words[last + 1]?.low ?? "") && this.isLarge(last + 2) && this.isClose(last + 1)))
    )
      last += 1;
    const far = this.words[last + 1];
    const isHouse =
      house !== undefined &&
      PLACES_BEFORE.has(house.low) &&
      this.gap(before).trim() === "" &&
      !this.gap(before).includes("\n");
    const ends =
      this.words.slice(index, last + 1).some((each, at) => at > 0 && PLACES_AFTER.has(each.low)) ||
      (far !== undefined && this.gap(last) === " " && PLACES_AFTER.has(far.low));
    if (isHouse || ends) {
      for (let each = index; each <= last; each += 1) this.blocked[each] = 1;
      return;
    }
    let squeezed = "";
    for (let each = index; each < Math.min(index + 6, this.words.length); each += 1) {
      squeezed += this.words[each]?.low ?? "";
      if (each > index && isFamous(squeezed))
        for (let one = index; one <= each; one += 1) this.blocked[one] = 1;
      if (!this.isClose(each)) break;
    }
    if (
      NUMERAL.test(this.words[index + 1]?.text ?? "") &&
      this.gap(index) === " " &&
      this.words[index + 1]?.text !== "X"
    )
      this.blocked[index] = 1;
  }

  private afterCivility(index: number): void {
    const word = this.words[index];
    if (word === undefined || !CIVILITIES.has(word.low)) return;
    const gap = this.gap(index);
    if (!/^\.? {0,2}$/.test(gap) || gap === "") return;
    if (
      word.low.length <= 2 &&
      word.shape === "low" &&
      word.low !== "mr" &&
      word.low !== "dr" &&
      word.low !== "ms"
    )
      return;
    const next = this.words[index + 1];
    if (next === undefined || AFTER_CIVILITY.has(next.low) || CIVILITIES.has(next.low)) return;
    if (word.low === "me" && !this.isNameLike(index + 1)) return;
    const small = SHORT_CIVILITIES.has(word.low);
    if (this.isLarge(index + 1) && next.text.length > 1) {
      this.mark(index + 1);
      if (this.isClose(index + 1)) this.markRun(index + 2, false);
    } else this.markRun(index + 1, small);
  }

  private afterPerson(index: number): void {
    const word = this.words[index];
    if (word === undefined || !PERSONS.has(word.low)) return;
    let next = index + 1;
    while (
      next < index + 4 &&
      BETWEEN_PERSON_AND_NAME.has(this.words[next]?.low ?? "") &&
      /^[ ':,]{1,2}$/.test(this.gap(next - 1))
    )
      next += 1;
    if (!/^(?: |'| : ?|: ?|, | \()$/.test(this.gap(next - 1))) return;
    const found = this.words[next];
    if (found === undefined) return;
    if (
      this.isNameLike(next) ||
      (this.isLarge(next) && givenNameOf(found.low) !== undefined && !MONTHS.has(found.low))
    ) {
      this.mark(next);
      if (this.isClose(next)) this.markRun(next + 1, false);
      this.afterAnd(next);
    } else if (
      this.isSmallName(next) &&
      (givenNameOf(found.low) !== undefined ||
        (this.gap(next) === " " && VERBS.has(this.words[next + 1]?.low ?? "")))
    )
      this.mark(next);
  }

  /** "mes enfants Lina et Sacha" */
  private afterAnd(index: number): void {
    for (let at = index; at < index + 8; at += 1) {
      const link = this.words[at + 1];
      const gap = this.gap(at);
      if (gap === ", " && this.isNameLike(at + 1)) this.mark(at + 1);
      else if (
        gap === " " &&
        (link?.low === "et" || link?.low === "and") &&
        this.gap(at + 1) === " " &&
        this.isNameLike(at + 2)
      ) {
        this.mark(at + 2);
        at += 1;
      } else if (!(gap === " " && this.named[at + 1] === 1)) return;
    }
  }

  /** "je m'appelle", "my name is", "prénom :", "signé". */
  private afterSaying(index: number): void {
    const word = this.words[index];
    if (word === undefined) return;
    const { low } = word;
    const gap = this.gap(index);
    let next = index + 1;
    let small = true;
    const before = this.words[index - 1]?.low ?? "";
    if (low === "appelle" && /^(?:m|s|me|se|t)$/.test(before)) small = true;
    else if ((low === "is" || low === "s") && (before === "name" || before === "names")) small = true;
    else if (low === "est" && (before === "nom" || before === "prenom")) small = true;
    else if (NAMED.has(low) && low !== "nomme") small = low.startsWith("sign") ? false : true;
    else if (
      /^(?:noms?|prenoms?|name|surname|firstname|lastname|eleve|pupil|student|enfant|child|nomme)$/.test(
        low,
      ) &&
      /^ ?[:=] ?$/.test(gap)
    )
      small = true;
    else if (/^(?:appelee?|called|nomme)$/.test(low)) small = false;
    else if (
      (low === "suis" && before === "je") ||
      (low === "am" && before === "i") ||
      (low === "m" && before === "i") ||
      (low === "est" && before === "c") ||
      (low === "is" && before === "this")
    )
      small = false;
    else return;
    if (!/^(?: |' ?| ?[:=] ?| ?: ?"|, | ")$/.test(gap)) return;
    while (
      next < index + 3 &&
      /^(?:mme|mlle|m|mr|le|la|est|is|par|by)$/.test(this.words[next]?.low ?? "") &&
      !this.isLarge(next) &&
      this.gap(next) === " "
    )
      next += 1;
    const found = this.words[next];
    if (found === undefined) return;
    const short = found.shape === "caps" && found.text.length <= 4 && givenNameOf(found.low) === undefined;
    if (!small && (short || !this.isNameLike(next))) return;
    this.markRun(next, small);
  }

  private givenName(index: number): void {
    const word = this.words[index];
    if (word === undefined || word.text.length < 2 || this.blocked[index] === 1) return;
    const given = givenNameOf(word.low);
    if (given === undefined || word.shape === "num" || word.shape === "mask") return;
    if (word.shape === "low") {
      if (
        given === "plain" &&
        word.text.length > 2 &&
        !isOrdinaryWord(word.low) &&
        !PLACE_NAMES.has(word.low)
      )
        this.mark(index);
      return;
    }
    if (given === "plain" && !PLACE_NAMES.has(word.low)) {
      this.mark(index);
      return;
    }
    const before = this.words[index - 1];
    const next = this.words[index + 1];
    const hyphened =
      (this.gap(index) === "-" && givenNameOf(next?.low ?? "") !== undefined && this.isLarge(index + 1)) ||
      (before !== undefined &&
        this.gap(index - 1) === "-" &&
        givenNameOf(before.low) !== undefined &&
        this.isLarge(index - 1));
    const followed =
      this.gap(index) === " " &&
      this.isNameLike(index + 1) &&
      word.shape !== "caps" &&
      !DETERMINERS.has(before?.low ?? "");
    if (hyphened || (followed && !(MONTHS.has(word.low) && !isFamilyName(next?.low ?? "")))) {
      this.mark(index);
      return;
    }
    if (PLACE_NAMES.has(word.low) || MONTHS.has(word.low)) return;
    const determined =
      before !== undefined &&
      this.gap(index - 1).trim().length <= 1 &&
      DETERMINERS.has(before.low) &&
      !this.opens(index) &&
      before.low !== "de";
    if (determined) return;
    if (!this.opens(index) && word.shape === "cap") this.mark(index);
    else if (next !== undefined && VERBS.has(next.low) && this.gap(index) === " ") this.mark(index);
  }

  /** "Kélyan DUBREUIL", "DUBREUIL Kélyan", "avec Kélyan Dubreuil", a usual family name. */
  private shape(index: number): void {
    const word = this.words[index];
    const next = this.words[index + 1];
    if (word === undefined || !this.isNameLike(index) || word.text.length < 3) return;
    if (isFamilyName(word.low) && (!this.opens(index) || (next !== undefined && VERBS.has(next.low))))
      this.mark(index);
    if (next === undefined || this.gap(index) !== " " || !this.isNameLike(index + 1) || next.text.length < 3)
      return;
    const pair = `${word.shape} ${next.shape}`;
    const large = word.shape === "caps" ? word : next;
    const spoken = large.text.length > 3 && /[aeiouy]/.test(large.low);
    if ((pair === "cap caps" || pair === "caps cap") && spoken) {
      this.mark(index);
      this.mark(index + 1);
    } else if (pair === "cap cap") {
      this.mark(index);
      this.mark(index + 1);
    }
  }

  /** The rest of a name: what is written large beside it, over particles, and initials. */
  private extend(index: number): void {
    let at = index;
    for (let names = 0; names < MOST_NAMES; names += 1) {
      let next = at + 1;
      if (!this.isClose(at)) break;
      while (next - at < 3 && PARTICLES.has(this.words[next]?.low ?? "") && this.isClose(next)) next += 1;
      const word = this.words[next];
      if (word === undefined || this.named[next] === 1) break;
      const initial = word.shape === "cap" && word.text.length === 1 && this.plain.charAt(word.end) === ".";
      const hyphened = this.gap(next - 1) === "-" && this.isLarge(next);
      if (!this.isNameLike(next) && !initial && !hyphened) break;
      for (let each = at + 1; each <= next; each += 1) this.mark(each);
      at = next;
    }
    for (let before = index - 1; before >= index - 3 && before >= 0; before -= 1) {
      const word = this.words[before];
      if (word === undefined || this.named[before] === 1) break;
      const gap = this.gap(before);
      const initial =
        word.text.length === 1 &&
        this.isLarge(before) &&
        /^\.[ -]?$|^ $/.test(gap) &&
        word.text !== "A" &&
        word.text !== "I" &&
        !(word.text === "M" && gap.startsWith("."));
      const large =
        (gap === " " || gap === "-") &&
        this.isNameLike(before) &&
        (!this.opens(before) || word.shape === "caps" || gap === "-" || isFamilyName(word.low));
      if (!initial && !large) break;
      this.mark(before);
    }
  }

  private sightings(): readonly Sighting[] {
    const found: Sighting[] = [];
    for (let index = 0; index < this.words.length; index += 1) {
      if (this.named[index] !== 1) continue;
      const first = index;
      while (this.named[index + 1] === 1 && /^(?: {1,2}|-|'|\. ?)$/.test(this.gap(index))) index += 1;
      found.push({ kind: "name", start: this.words[first]?.start ?? 0, end: this.words[index]?.end ?? 0 });
    }
    return found;
  }
}
