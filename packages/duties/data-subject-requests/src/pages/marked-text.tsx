/** What was written, with what seems to ask for a right marked, and for which. A proposal: a person reads all of it. */
import type { Language, RequestMatter } from "@preau/kernel";
import { recogniseMatters } from "../recognise-matters.ts";
import { textsOf } from "../texts.ts";

export interface MarkedTextProps {
  readonly language: Language;
  readonly text: string;
  /** The one right that this page is about; all of them otherwise. */
  readonly only?: RequestMatter;
}

export function MarkedText({ language, text, only }: MarkedTextProps) {
  const { matters } = textsOf(language);
  const pieces = piecesOf(text, only);
  let at = 0;
  return (
    <div class="text">
      {text.split(/(\n{2,})/).map((paragraph, index) => {
        const [start, end] = [at, at + paragraph.length];
        at = end;
        if (index % 2 === 1) return null;
        const inside = pieces.filter((piece) => piece.start < end && start < piece.end);
        return (
          <p key={start}>
            {inside.map((piece) => {
              const words = text.slice(Math.max(piece.start, start), Math.min(piece.end, end));
              if (piece.matters.length === 0) return words;
              const named = piece.matters.map((each) => matters[each]).join(", ");
              return (
                <mark key={piece.start} title={named}>
                  {words}
                  {piece.end <= end && <small> [{named}]</small>}
                </mark>
              );
            })}
          </p>
        );
      })}
    </div>
  );
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly matters: readonly RequestMatter[];
}

/** The text from end to end, cut wherever a passage begins or ends. */
function piecesOf(text: string, only?: RequestMatter): readonly Piece[] {
  const found = recogniseMatters(text).filter(({ matter }) => only === undefined || matter === only);
  const cuts = new Set([0, text.length]);
  for (const { passages } of found) for (const { start, end } of passages) cuts.add(start).add(end);
  const sorted = [...cuts].toSorted((a, b) => a - b);
  return sorted.slice(1).map((end, index) => {
    const start = sorted[index] ?? 0;
    const over = found.filter(({ passages }) =>
      passages.some((each) => each.start < end && start < each.end),
    );
    return { start, end, matters: over.map(({ matter }) => matter) };
  });
}
