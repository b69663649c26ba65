/**
 * Passages of what was written, on what is left of it once it is masked: what was masked became words in brackets, everything else
 * stands as it was. @clause DB.n
 */
import type { SealedWords } from "./support-case.ts";
import type { Masked } from "./wall.ts";

type Passage = SealedWords["passages"][number];

interface Piece {
  /** Of what was written. */
  readonly start: number;
  readonly end: number;
  /** Of what is left. */
  readonly at: number;
  readonly until: number;
}

/** In the order given; those that nothing is left of are left out. */
export function mapPassages(masked: Masked, passages: readonly Passage[]): readonly Passage[] {
  const pieces = piecesOf(masked);
  return passages.flatMap(({ start, end, matter }) => {
    const from = placeOf(pieces, start, "at");
    const to = placeOf(pieces, end, "until");
    return from < to && to <= masked.text.length ? [{ start: from, end: to, matter }] : [];
  });
}

/** What was masked, on both sides. */
function piecesOf({ text, found }: Masked): readonly Piece[] {
  const pieces: Piece[] = [];
  let shift = 0;
  for (const { start, end } of found) {
    const at = start + shift;
    const close = text.indexOf("]", at);
    if (text[at] !== "[" || close < 0) continue;
    const until = close + 1;
    pieces.push({ start, end, at, until });
    shift = until - end;
  }
  return pieces;
}

/** A place inside what was masked is its edge. */
function placeOf(pieces: readonly Piece[], place: number, edge: "at" | "until"): number {
  let shift = 0;
  for (const piece of pieces) {
    if (piece.start >= place) break;
    if (place < piece.end) return piece[edge];
    shift = piece.until - piece.end;
  }
  return place + shift;
}
