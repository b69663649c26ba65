/** Text broken into lines of a width. A word that is wider than the line is cut between two letters, and nothing is lost. */
import { cutByFont, type Drawn, type FontName, type Pdf } from "./pdf-fonts.ts";
import type { Look, Span } from "./spell.ts";

interface Part extends Drawn {
  readonly look: Look;
  readonly width: number;
}
/** What stands on one line, from the left. */
export interface TextLine {
  readonly parts: readonly Part[];
  readonly width: number;
}

export interface TextStyle {
  readonly size: number;
  readonly font: FontName;
}

const graphemes = new Intl.Segmenter("fr", { granularity: "grapheme" });
const CLAUSE_SCALE = 0.86;
const LARGEST_CLAUSE = 8.5;
const RIGHT_TO_LEFT = /^\P{L}*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;

export function fontOf(look: Look, base: FontName): FontName {
  if (look === "strong") return "bold";
  if (look === "unknown") return "italic";
  return look === "plain" ? base : "plain";
}

/** A clause is set smaller than its line, and alike under every heading. */
export function sizeOf(look: Look, size: number): number {
  return look === "clause" ? Math.min(size * CLAUSE_SCALE, LARGEST_CLAUSE) : size;
}

export function breakLines(
  pdf: Pdf,
  spans: readonly Span[],
  width: number,
  style: TextStyle,
): readonly TextLine[] {
  const lines: Part[][] = [];
  let line: Part[] = [];
  let used = 0;
  /** Where the last word of the line begins. */
  let lastWord = 0;
  const close = () => {
    lines.push(line);
    [line, used, lastWord] = [[], 0, 0];
  };
  for (const { look, text } of spans) {
    for (const word of wordsOf(text, look)) {
      const parts = measure(pdf, word, look, style);
      const wide = widthOf(parts);
      const seen = widthOf(measure(pdf, word.trimEnd(), look, style));
      if (used > 0 && used + seen > width) {
        // A clause never begins a line: it takes the word before it along.
        const along = look === "clause" ? line.splice(lastWord > 0 ? lastWord : line.length) : [];
        close();
        line.push(...along);
        used = widthOf(along);
      }
      if (used === 0 && word.trim() === "") continue;
      if (look !== "clause" && word.trim() !== "") lastWord = line.length;
      if (seen <= width) {
        line.push(...parts);
        used += wide;
        continue;
      }
      for (const { segment } of graphemes.segment(word)) {
        const letter = measure(pdf, segment, look, style);
        if (used > 0 && used + widthOf(letter) > width) close();
        line.push(...letter);
        used += widthOf(letter);
      }
    }
  }
  if (line.length > 0 || lines.length === 0) close();
  return lines.map((parts) => settle(pdf, parts, style));
}

/** Each word with the space after it. A space that does not break belongs to the word. */
function wordsOf(text: string, look: Look): readonly string[] {
  if (look === "clause") return [text];
  const words = text.match(/[^ ]+ *| +/gu) ?? [];
  // Read from the right, a space stands on the other side of its word: it goes by itself.
  return words.flatMap((word) => (RIGHT_TO_LEFT.test(word) ? (word.match(/[^ ]+| +/gu) ?? []) : [word]));
}

function measure(pdf: Pdf, text: string, look: Look, { font, size }: TextStyle): readonly Part[] {
  return cutByFont(pdf, text, fontOf(look, font)).map((drawn) => ({
    ...drawn,
    look,
    width: pdf.font(drawn.font).fontSize(sizeOf(look, size)).widthOfString(drawn.text),
  }));
}

function widthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { width }) => sum + width, 0);
}

/** Words of one look are drawn as one text, so that it is read and copied as one; those read from the right change places. */
function settle(pdf: Pdf, parts: readonly Part[], style: TextStyle): TextLine {
  const joined: Part[] = [];
  for (const part of inReadingOrder(parts)) {
    const last = joined.at(-1);
    const same = last?.look === part.look && last.font === part.font && part.look !== "clause";
    if (last === undefined || !same || last.actual !== undefined || part.actual !== undefined) {
      joined.push(part);
      continue;
    }
    if (isRightToLeft(last) || isRightToLeft(part)) joined.push(part);
    else joined[joined.length - 1] = { ...part, text: last.text + part.text, width: 0 };
  }
  const last = joined.at(-1);
  if (last !== undefined && last.actual === undefined)
    joined[joined.length - 1] = { ...last, text: last.text.trimEnd() };
  const measured = joined.map((part) => ({
    ...part,
    width: pdf.font(part.font).fontSize(sizeOf(part.look, style.size)).widthOfString(part.text),
  }));
  return { parts: measured, width: widthOf(measured) };
}

/** Words read from the right that follow each other change places; the space after the last of them stays where it is. */
function inReadingOrder(parts: readonly Part[]): readonly Part[] {
  const ordered: Part[] = [];
  let run: Part[] = [];
  let spaces: Part[] = [];
  const close = () => {
    ordered.push(...run, ...spaces);
    [run, spaces] = [[], []];
  };
  for (const part of parts) {
    if (isRightToLeft(part)) {
      run.unshift(part, ...spaces);
      spaces = [];
    } else if (run.length > 0 && part.text.trim() === "") spaces.push(part);
    else {
      close();
      ordered.push(part);
    }
  }
  close();
  return ordered;
}

function isRightToLeft({ text }: Part): boolean {
  return RIGHT_TO_LEFT.test(text);
}
