/** A number where it stands: digits, or words, or both (seven (7)); and the unit behind it. */
import type { Amount, FigureUnit } from "./figure.ts";
import type { FigureLanguage, Qualifier, UnitWord } from "./figure-language.ts";
import type { Token } from "./text-tokens.ts";

export interface Quantity {
  readonly value: number;
  /** Index of the token after it. */
  readonly to: number;
  /** `one` is an article as well: it counts only before a unit. */
  readonly written: "digits" | "words" | "one";
  /** What the other writing says, where the two differ. */
  readonly beside?: number;
}

/** The number that begins at a token. */
export function quantityAt(
  tokens: readonly Token[],
  at: number,
  language: FigureLanguage,
): Quantity | undefined {
  const first = plainQuantity(tokens, at, language);
  if (first === undefined || tokens[first.to]?.text !== "(") return first;
  const inner = plainQuantity(tokens, first.to + 1, language);
  if (inner === undefined || tokens[inner.to]?.text !== ")") return first;
  return {
    value: first.value,
    to: inner.to + 1,
    written: first.written === "one" ? "words" : first.written,
    ...(inner.value === first.value ? {} : { beside: inner.value }),
  };
}

function plainQuantity(tokens: readonly Token[], at: number, language: FigureLanguage): Quantity | undefined {
  const token = tokens[at];
  if (token?.kind === "number") {
    const half = matches(tokens, at + 1, language.half);
    return { value: (token.value ?? 0) + (half > 0 ? 0.5 : 0), to: at + 1 + half, written: "digits" };
  }
  return token?.kind === "word" ? numberWords(tokens, at, language) : undefined;
}

function numberWords(
  tokens: readonly Token[],
  start: number,
  language: FigureLanguage,
): Quantity | undefined {
  const { numbers, ones } = language;
  const first = tokens[start]?.text ?? "";
  const multiplied = numbers.get(tokens[start + 1]?.text ?? "") ?? 0;
  let at = !numbers.has(first) && ones.has(first) && multiplied >= 100 ? start + 1 : start;
  let sum: Sum = { whole: 0, part: 0 };
  let read = 0;
  for (let next = added(tokens, at, language); next !== undefined; next = added(tokens, at, language, sum)) {
    sum = next.sum;
    at = next.to;
    read += 1;
  }
  if (read === 0) {
    return ones.has(first) ? { value: 1, to: start + 1, written: "one" } : undefined;
  }
  const half = matches(tokens, at, language.half);
  const alone = read === 1 && ones.has(first) && half === 0;
  return {
    value: sum.whole + sum.part + (half > 0 ? 0.5 : 0),
    to: at + half,
    written: alone ? "one" : "words",
  };
}

/** What has been read: whole thousands, and what stands behind them. */
interface Sum {
  readonly whole: number;
  readonly part: number;
}

/** The sum with the number word that stands at a place; undefined when none does, or when it begins another number. */
function added(
  tokens: readonly Token[],
  at: number,
  { numbers, and, fits }: FigureLanguage,
  sum?: Sum,
): { readonly sum: Sum; readonly to: number } | undefined {
  const { whole, part } = sum ?? { whole: 0, part: 0 };
  const isHyphen = (index: number) => {
    const token = tokens[index];
    return token?.text === "-" && !token.spaced;
  };
  let here = at;
  if (sum !== undefined && isHyphen(here)) here += 1;
  const joined = sum !== undefined && tokens[here]?.text === and;
  if (joined) here += isHyphen(here + 1) ? 2 : 1;
  const next = numbers.get(tokens[here]?.text ?? "");
  if (next === undefined || (joined && !joins(part, whole, next, and))) return undefined;
  const to = here + 1;
  if (next === 1_000) return { sum: { whole: whole + Math.max(part, 1) * 1_000, part: 0 }, to };
  if (next === 100) return part < 10 ? { sum: { whole, part: Math.max(part, 1) * 100 }, to } : undefined;
  if (sum !== undefined && !fits(part, next)) return undefined;
  return { sum: { whole, part: part + (part % 100 === 4 && next === 20 ? 76 : next) }, to };
}

/** vingt et un, soixante et onze; a hundred and twenty. */
function joins(part: number, whole: number, next: number, and: string): boolean {
  if (and === "et") return part % 100 >= 20 && [1, 10, 11].includes(next);
  return part % 100 === 0 && part + whole > 0;
}

export interface Measure {
  readonly unit: FigureUnit;
  readonly factor: number;
  /** What `et demi` adds. */
  readonly extra: number;
  /** Index of the token after it. */
  readonly to: number;
}

/** The unit that follows a number. Short signs (48 h, 20 Mo) follow digits alone. */
export function measureAt(
  tokens: readonly Token[],
  start: number,
  language: FigureLanguage,
  written: Quantity["written"],
): Measure | undefined {
  let at = start;
  let qualifier: Qualifier | undefined;
  if (tokens[at]?.text === "-" && tokens[at]?.spaced === false) at += 1;
  for (let between = betweenAt(tokens, at, language); between !== undefined; ) {
    if (between !== "nothing") qualifier = between;
    at += 1;
    if (tokens[at]?.text === "-") at += 1;
    between = at > start + 6 ? undefined : betweenAt(tokens, at, language);
  }
  const name = tokens[at]?.text ?? "";
  const cent = tokens[at + 1]?.text === "cent" && (name === "pour" || name === "per");
  const found: UnitWord | undefined = cent ? { unit: "percent", factor: 1 } : language.units.get(name);
  const isSign = name.length <= 2 && name !== "an" && name !== "%";
  if (found === undefined || (isSign && written !== "digits")) return undefined;
  at = plural(tokens, at + (cent ? 2 : 1));
  if (tokens[at]?.text === "." && language.after.has(tokens[at + 1]?.text ?? "")) at += 1; // j. ouvrés
  const follows = language.after.get(tokens[at]?.text ?? "");
  if (follows !== undefined) {
    qualifier = follows;
    at = plural(tokens, at + 1);
  }
  const half = matches(tokens, at, language.half);
  return { ...qualified(found, qualifier), extra: half > 0 ? found.factor / 2 : 0, to: at + half };
}

function betweenAt(tokens: readonly Token[], at: number, language: FigureLanguage) {
  return language.between.get(tokens[at]?.text ?? "");
}

/** Past the `(s)` of jour(s). */
function plural(tokens: readonly Token[], at: number): number {
  const [open, s, close] = [tokens[at]?.text, tokens[at + 1]?.text, tokens[at + 2]?.text];
  return open === "(" && (s === "s" || s === "x") && close === ")" ? at + 3 : at;
}

function qualified(word: UnitWord, qualifier: Qualifier | undefined): UnitWord {
  const { unit, factor } = word;
  if (qualifier === undefined) return word;
  if (qualifier === "school") return { unit: "things", factor: 1 };
  if (unit === "hours") return { unit: "workingHours", factor };
  if (unit !== "days") return word;
  if (qualifier === "working" && factor === 1) return { unit: "workingDays", factor };
  return { unit: qualifier === "clear" ? "clearDays" : "ouvrableDays", factor };
}

/** How many tokens one of some phrases takes here; 0 when none stands here. */
export function matches(
  tokens: readonly Token[],
  at: number,
  phrases: readonly (readonly string[])[],
): number {
  const found = phrases.find((phrase) => phrase.every((word, index) => tokens[at + index]?.text === word));
  return found?.length ?? 0;
}

/** How much a number of units is, in the unit of the rules. */
export function amountOf(value: number, { unit, factor, extra }: Measure): Amount {
  return { unit, amount: value * factor + extra };
}
