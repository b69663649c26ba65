/**
 * The ways in which a text can be read: as it stands, with its escapes undone (JSON, HTML, links, quoted-printable), with its
 * base64 and hexadecimal runs opened; and each of these again, three deep. What is read stays tied to where it stood.
 */
import { openRuns } from "./encoded-runs.ts";
import { undoEscapes } from "./escapes.ts";
import { WALL } from "./skeleton.ts";

export interface Reading {
  readonly text: string;
  /** Where in the original a unit of this reading began; of an encoded run, where the run began. */
  startOf(index: number): number;
  /** Where in the original what ends before that unit ended. */
  endOf(index: number): number;
}

/** What a step made of a text: each unit stood at `from` and ended at `to`. */
export interface Undone {
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

const DEEPEST = 3;
/** Together the readings are so many times as long as the text at most, and this long whatever its length. */
const LONGER = 6;
const ALWAYS = 4096;

/** The text itself first. */
export function readingsOf(text: string): readonly Reading[] {
  // Nobody else may set the sign that keeps two runs apart; it counts for nothing, as a zero does.
  const own = text.includes(WALL) ? text.replaceAll(WALL, "\u0000") : text;
  const readings: Reading[] = [{ text: own, startOf: (index) => index, endOf: (index) => index }];
  let room = text.length * LONGER + ALWAYS;
  const seen = new Set([own]);
  let layer: readonly Reading[] = readings;
  for (let depth = 0; depth < DEEPEST && layer.length > 0; depth += 1) {
    const next: Reading[] = [];
    for (const reading of layer) {
      for (const undone of stepsFrom(reading.text)) {
        if (seen.has(undone.text)) continue;
        seen.add(undone.text);
        room -= undone.text.length;
        if (room < 0) return readings;
        const deeper = within(reading, undone);
        readings.push(deeper);
        next.push(deeper);
      }
    }
    layer = next;
  }
  return readings;
}

/** The readings of bytes that are about to leave, as texts: UTF-8, or UTF-16 where the bytes say so, else one letter a byte. */
export function decodings(bytes: Uint8Array): readonly string[] {
  return readingsOf(textOf(bytes)).map((reading) => reading.text);
}

/** UTF-8 where it is valid, UTF-16 where a mark or every second byte says so, else Latin-1. */
export function textOf(bytes: Uint8Array): string {
  const wide = wideness(bytes);
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

function wideness(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (bytes.length < 4) return undefined;
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return "utf-16le";
  return first === 0 && second !== 0 && third === 0 && fourth !== 0 ? "utf-16be" : undefined;
}

function* stepsFrom(text: string): Generator<Undone> {
  yield* undoEscapes(text);
  const opened = openRuns(text);
  if (opened !== undefined) yield opened;
}

function within(outer: Reading, { text, from, to }: Undone): Reading {
  return {
    text,
    startOf: (index) => outer.startOf(from[Math.min(index, from.length - 1)] ?? 0),
    endOf: (index) => outer.endOf(to[Math.min(index, to.length) - 1] ?? 0),
  };
}
