/**
 * Taking other persons out of a text: their identifiers and names become an ellipsis; what is the person's own stays, be
 * it that others bear it too. Cells are read as `find-mentions` reads them, and as HTML through its tags.
 */
import { findTelephones } from "@preau/identifiers";
import { decodeInto, decodeWithPlaces, HAS_ESCAPE, HAS_LAYERS, type Reading } from "./decode-text.ts";
import { FoldedText, wordTable } from "./fold-text.ts";
import { withoutLoneNames } from "./lone-names.ts";
import type { OwnNames, SitePersons } from "./site-persons.ts";
import { withoutUnspaced } from "./unspaced-names.ts";
import { WITHHELD } from "./withheld.ts";

const HAS_TAGS = /<[a-zA-Z/!]/;
const TAG = /<[^<>]*>/g;

type Span = readonly [start: number, end: number];

export interface NameWithholder {
  /** The text without other persons' names; the same text when there are none. */
  readonly text: (text: string) => string;
  /** Whether a text has somebody else's identifier or full name. A family name alone does not count. */
  readonly identifies: (text: string) => boolean;
}

export function nameWithholder(persons: SitePersons, own: OwnNames): NameWithholder {
  const isWord = wordTable();
  const buffer = new FoldedText();

  /** Calls for every identifier that stands in the buffer, longest first at each place. */
  const eachTrace = (call: (start: number, trace: string) => void) => {
    const { units, length } = buffer;
    let before = 0;
    for (let index = 0; index < length; index += 1) {
      const word = isWord[units[index] ?? 0] ?? 0;
      if (word === 1 && before === 0) persons.traces.eachAt(buffer, index, (trace) => call(index, trace));
      before = word;
    }
  };
  /** A login of one word may be a word of the person's own name. */
  const isOwn = (trace: string) => own.traces.has(trace) || own.words.has(trace);
  const namesOthers = (): boolean => {
    let found = false;
    eachTrace((_start, trace) => {
      found ||= !isOwn(trace);
    });
    return found;
  };

  const withoutTraces = (text: string, reading: Reading): string => {
    const decoded = decodeWithPlaces(text, reading);
    buffer.fill(decoded.text);
    const theirs: Span[] = [];
    const mine: Span[] = [];
    eachTrace((start, trace) => {
      const spans = isOwn(trace) ? mine : theirs;
      spans.push([start, start + trace.length]);
    });
    let out = "";
    let at = 0;
    for (const [start, end] of cutsOf(theirs, mine)) {
      const [from, to] = [decoded.from[start] ?? text.length, decoded.from[end] ?? text.length];
      if (from < at) continue;
      const tags =
        reading === "spaced" || reading === "joined" ? (text.slice(from, to).match(TAG) ?? []) : [];
      out += `${text.slice(at, from)}${WITHHELD}${tags.join("")}`;
      at = to;
    }
    return out + text.slice(at);
  };

  const readingsOf = (text: string): readonly Reading[] => {
    const readings: Reading[] = [];
    buffer.fill(text);
    if (namesOthers()) readings.push("plain");
    if (HAS_ESCAPE.test(text)) {
      decodeInto(buffer, text, "one");
      if (namesOthers()) readings.push("one");
      if (HAS_LAYERS.test(text)) {
        decodeInto(buffer, text, "all");
        if (namesOthers()) readings.push("all");
      }
    }
    if (HAS_TAGS.test(text)) {
      for (const reading of ["spaced", "joined"] as const) {
        decodeInto(buffer, text, reading);
        if (namesOthers()) readings.push(reading);
      }
    }
    return readings;
  };

  const identifiersOut = (text: string): string => {
    let now = text;
    for (const reading of readingsOf(text)) now = withoutTraces(now, reading);
    return withoutUnspaced(withoutTelephones(now, persons, own), persons.unspaced, own.unspaced);
  };
  return {
    text: (text) => withoutLoneNames(identifiersOut(text), persons, own),
    identifies: (text) => identifiersOut(text) !== text,
  };
}

/** What goes: others' spans, less those that are part of an own one; of an overlap the own part stays. */
function cutsOf(theirs: readonly Span[], mine: readonly Span[]): readonly Span[] {
  const cuts: [number, number][] = [];
  for (const [start, end] of theirs) {
    if (mine.some(([from, to]) => from <= start && end <= to)) continue;
    let [first, last]: [number, number] = [start, end];
    for (const [from, to] of mine) {
      if (from < first && first < to) first = to;
      else if (from < last && last < to) last = from;
    }
    cuts.push([first, last]);
  }
  cuts.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const merged: [number, number][] = [];
  for (const [start, end] of cuts) {
    const before = merged.at(-1);
    if (before !== undefined && start <= before[1]) before[1] = Math.max(before[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

function withoutTelephones(text: string, persons: SitePersons, own: OwnNames): string {
  if (persons.telephones.size === 0 || !/\d{2}/.test(text)) return text;
  let out = "";
  let at = 0;
  for (const { start, end, value } of findTelephones(text)) {
    if (own.telephones.has(value) || !persons.telephones.has(value)) continue;
    out += `${text.slice(at, start)}${WITHHELD}`;
    at = end;
  }
  return out + text.slice(at);
}
