/** Every figure of one visible text, in its order: what a lawyer would check with a pencil. */
import type { Amount, Figure } from "./figure.ts";
import type { FigureLanguage } from "./figure-language.ts";
import { labelledNumbers } from "./labelled-numbers.ts";
import { amountOf, type Measure, matches, measureAt, type Quantity, quantityAt } from "./quantity.ts";
import { type Token, tokensOf } from "./text-tokens.ts";
import type { Stretch, VisibleText } from "./visible-text.ts";

/** A figure without its place in the file. */
export interface RawFigure extends Amount, Stretch, Pick<Figure, "frequency" | "weak" | "or" | "beside"> {}

/** `nouns`: what the agreement counts, as the first words of its counts. */
export function readFigures(
  visible: VisibleText,
  language: FigureLanguage,
  nouns: ReadonlySet<string>,
): readonly RawFigure[] {
  const dates = language.dates.flatMap((pattern) =>
    [...visible.lower.matchAll(pattern)].map(({ index, 0: text }) => ({
      from: index,
      to: index + text.length,
    })),
  );
  const text = visible.without(dates);
  const tokens = tokensOf(text.lower, language.thousands);
  const reader: Reader = { tokens, text, language, nouns, labelled: labelledNumbers(tokens, text, language) };
  const found: RawFigure[] = [];
  for (let at = 0; at < tokens.length; ) {
    const read = figureAt(reader, at) ?? rhythmAt(reader, at);
    if (read?.figure !== undefined) found.push(read.figure);
    at = Math.max(at + 1, read?.to ?? 0);
  }
  return found;
}

interface Reader {
  readonly tokens: readonly Token[];
  readonly text: VisibleText;
  readonly language: FigureLanguage;
  readonly nouns: ReadonlySet<string>;
  /** Indexes of numbers that name something: article 28. */
  readonly labelled: ReadonlySet<number>;
}

interface Read {
  readonly figure?: RawFigure;
  /** Index of the token after it. */
  readonly to: number;
}

/** The figure that begins at a token; `figure` is absent where a number is none. */
function figureAt(reader: Reader, at: number): Read | undefined {
  const { tokens, language, labelled } = reader;
  const quantity = quantityAt(tokens, at, language);
  if (quantity === undefined) return adverbAt(reader, at);
  const measure = measureAt(tokens, quantity.to, language, quantity.written);
  if (measure !== undefined) return measured(reader, { at, quantity, measure, to: measure.to });
  const shared = sharedMeasure(reader, quantity, 8);
  if (shared !== undefined) return measured(reader, { at, quantity, measure: shared, to: quantity.to });
  if (labelled.has(at)) return { to: quantity.to };
  return counted(reader, at, quantity);
}

/** 24 in `24 to 48 hours`: the unit of what follows. */
function sharedMeasure(reader: Reader, quantity: Quantity, most: number): Measure | undefined {
  const { tokens, language } = reader;
  const joint = tokens[quantity.to]?.text ?? "";
  if (most === 0 || !language.range.has(joint)) return undefined;
  if (quantity.written === "one" && !["à", "to", "ou", "or", "-", "–"].includes(joint)) return undefined;
  const again = language.range.has(tokens[quantity.to + 1]?.text ?? "") ? 2 : 1;
  const next = quantityAt(tokens, quantity.to + again, language);
  if (next === undefined || next.written === "one") return undefined;
  return measureAt(tokens, next.to, language, next.written) ?? sharedMeasure(reader, next, most - 1);
}

interface Measured {
  readonly at: number;
  readonly quantity: Quantity;
  readonly measure: Measure;
  readonly to: number;
}

function measured(reader: Reader, { at, quantity, measure, to }: Measured): Read {
  const { tokens, text, language } = reader;
  const isOne = quantity.written === "one";
  const before = tokens[at - 1];
  if (isOne) {
    const rest = text.lower.slice(tokens[to - 1]?.to ?? 0, (tokens[to - 1]?.to ?? 0) + 24);
    if (language.idle.test(rest) || measure.unit === "things") return { to };
    if (before !== undefined && language.idleBefore.has(before.text)) return { to: at + 1 };
  }
  const rate = isOne && isRate(reader, at);
  const weak = rate || (isOne && ["characters", "megabytes", "percent"].includes(measure.unit));
  const frequency =
    rate || language.every.some((phrase) => matches(tokens, at - phrase.length, [phrase]) > 0);
  const { beside } = quantity;
  return {
    to,
    figure: {
      ...amountOf(quantity.value, measure),
      ...span(reader, at, to),
      frequency,
      weak,
      ...(beside === undefined ? {} : { beside: amountOf(beside, measure).amount }),
    },
  };
}

const RATE_STOPS = new Set(
  "and or to then for within of after in at by than least most about during over under is are with from".split(
    " ",
  ),
);

/** `a year` in one audit a year: how often something happens, not how long it lasts. */
function isRate({ tokens, language }: Reader, at: number): boolean {
  if (!language.per.has(tokens[at]?.text ?? "")) return false;
  for (let back = at - 1; back >= at - 5; back -= 1) {
    const token = tokens[back];
    if (token === undefined || (token.kind !== "word" && token.kind !== "number")) return false;
    if (RATE_STOPS.has(token.text)) return false;
    if (token.kind === "number" || language.numbers.has(token.text) || language.ones.has(token.text)) {
      return back < at - 1;
    }
    if (language.times.has(token.text) || language.adverbs.has(token.text)) return true;
  }
  return false;
}

/** A number of things. */
function counted(reader: Reader, at: number, quantity: Quantity): Read {
  const { tokens, language, nouns } = reader;
  const { written, value, to, beside } = quantity;
  const follows = tokens[to];
  const noun = follows?.kind === "word" ? follows.text : "";
  const per = value === 1 ? perUnit(reader, to) : undefined;
  const isOne = written === "one";
  if (isNamed(reader, to)) return { to: to + 1 };
  if (isOne && per === undefined && !nouns.has(singular(noun))) return { to: at + 1 };
  if (written === "words" && (value === 0 || language.uncounted.has(noun) || isNew(reader, at, noun))) {
    return { to };
  }
  return {
    to,
    figure: {
      unit: "things",
      amount: value,
      ...span(reader, at, noun === "" ? to : to + 1),
      frequency: false,
      weak: isOne && per === undefined,
      ...(per === undefined ? {} : { or: per }),
      ...(beside === undefined ? {} : { beside }),
    },
  };
}

/** 2FA, 3D, 5G: digits that capitals are glued to. */
function isNamed({ tokens, text }: Reader, to: number): boolean {
  const [number, word] = [tokens[to - 1], tokens[to]];
  if (number?.kind !== "number" || word?.kind !== "word" || word.spaced) return false;
  return /^\p{Lu}{1,3}$/u.test(text.cased.slice(word.from, word.to));
}

/** `neuf` is new as well as nine: nine of something is followed by a plural. */
function isNew({ tokens }: Reader, at: number, noun: string): boolean {
  return tokens[at]?.text === "neuf" && !/[sx]$/.test(noun);
}

/** The period of `par an` in `1 audit par an`, within a few words. */
function perUnit({ tokens, language }: Reader, from: number): Amount | undefined {
  for (let at = from; at < from + 5; at += 1) {
    const [token, next] = [tokens[at], tokens[at + 1]];
    if (token?.kind !== "word" || next === undefined) return undefined;
    const unit = language.per.has(token.text) ? language.units.get(next.text) : undefined;
    if (unit !== undefined) return { unit: unit.unit, amount: unit.factor };
  }
  return undefined;
}

/** once a year, twice a month; sous huitaine. */
function adverbAt(reader: Reader, at: number): Read | undefined {
  const { tokens, language } = reader;
  const word = tokens[at]?.text ?? "";
  const weak = false;
  const whole = language.spans.get(word);
  if (whole !== undefined) {
    const figure = { unit: whole.unit, amount: whole.factor, frequency: false, weak };
    return { to: at + 1, figure: { ...figure, ...span(reader, at, at + 1) } };
  }
  const times = language.adverbs.get(word);
  const per = times === undefined ? undefined : perUnit(reader, at + 1);
  if (times === undefined || per === undefined) return undefined;
  const figure = { unit: "things", amount: times, frequency: false, weak } as const;
  return {
    to: at + 2,
    figure: { ...figure, ...span(reader, at, at + 3), ...(times === 1 ? { or: per } : {}) },
  };
}

/** chaque jour, daily: it may say how often a rule wants something. */
function rhythmAt(reader: Reader, at: number): Read | undefined {
  const { tokens, language } = reader;
  const alone = language.rhythms.get(tokens[at]?.text ?? "");
  const each = alone === undefined ? matches(tokens, at, language.each) : 0;
  const word = tokens[at + each]?.text ?? "";
  const unit = alone ?? (each > 0 ? (language.units.get(word) ?? language.moments.get(word)) : undefined);
  if (unit === undefined) return undefined;
  const to = alone === undefined ? at + each + 1 : at + 1;
  const figure = { unit: unit.unit, amount: unit.factor, frequency: true, weak: true };
  return { to, figure: { ...figure, ...span(reader, at, to) } };
}

function span({ tokens }: Reader, from: number, to: number): Stretch {
  return { from: tokens[from]?.from ?? 0, to: tokens[Math.min(to, tokens.length) - 1]?.to ?? 0 };
}

/** A noun without the mark of the plural: what the text counts is compared so. */
export function singular(noun: string): string {
  return noun.length > 3 ? noun.replace(/(?:s|x)$/, "") : noun;
}
