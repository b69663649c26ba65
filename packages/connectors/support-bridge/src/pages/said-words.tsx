/** Words as they are kept: paragraphs, with the passages that seem to ask for a right marked. */
import type { SealedWords } from "../support-case.ts";

export interface SaidWordsProps {
  readonly text: string;
  readonly passages?: SealedWords["passages"];
}

export function SaidWords({ text, passages = [] }: SaidWordsProps) {
  return (
    <div class="text said">
      {paragraphsOf(text).map(({ start, end }) => (
        <p key={start}>{piecesOf(text, passages, start, end)}</p>
      ))}
    </div>
  );
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function paragraphsOf(text: string): readonly Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const { index, 0: gap } of text.matchAll(/\n{2,}/g)) {
    if (index > start) spans.push({ start, end: index });
    start = index + gap.length;
  }
  if (start < text.length) spans.push({ start, end: text.length });
  return spans;
}

/** Passages may overlap: what is marked once is not marked again. */
function piecesOf(text: string, passages: readonly Span[], start: number, end: number) {
  const pieces = [];
  let at = start;
  for (const passage of passages.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(at, passage.start);
    const to = Math.min(end, passage.end);
    if (from >= to) continue;
    if (from > at) pieces.push(text.slice(at, from));
    pieces.push(<mark key={from}>{text.slice(from, to)}</mark>);
    at = to;
  }
  if (at < end) pieces.push(text.slice(at, end));
  return pieces;
}
