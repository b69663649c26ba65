/**
 * The letters of a PDF: DejaVu Sans Condensed, embedded as a subset. A built-in font of PDF has no narrow space and no
 * `≤`, and prints other signs for them. What this family cannot draw is drawn as its number, `U+4E2D`, and read out as
 * what it is.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type PDFDocument from "pdfkit";

export type Pdf = InstanceType<typeof PDFDocument>;
export type FontName = "plain" | "bold" | "italic" | "wide";

const files: Readonly<Record<FontName, string>> = {
  plain: "DejaVuSansCondensed.ttf",
  bold: "DejaVuSansCondensed-Bold.ttf",
  italic: "DejaVuSansCondensed-Oblique.ttf",
  /** Holds signs that the condensed ones lack. */
  wide: "DejaVuSans.ttf",
};
const names = Object.keys(files) as readonly FontName[];
const read = new Map<FontName, Opened["font"]>();

/**
 * Makes the fonts known to a document. They are read from the package `dejavu-fonts-ttf` once, and their tables when they
 * are first asked for. What a font notes while it draws — for which letter it first drew a sign — stays with the document:
 * two documents never share that, or the bytes of one would hang on what was made before it.
 */
export function registerFonts(pdf: Pdf): void {
  for (const name of names) {
    const font = read.get(name) ?? readFont(pdf, files[name]);
    read.set(name, font);
    const own: unknown = Object.assign(Object.create(font), { _glyphs: {} });
    pdf.registerFont(name, own as Buffer);
  }
}

/** By pdfkit, in a document that nobody sees: it takes a font that it has read for bytes. */
function readFont(pdf: Pdf, file: string): Opened["font"] {
  const bytes = readFileSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${file}`));
  const Blank = pdf.constructor as new (options: object) => unknown;
  return opened(new Blank({ font: bytes, autoFirstPage: false }));
}

/** Part of a text that one font draws; `actual` is what it stands for where no font can. */
export interface Drawn {
  readonly font: FontName;
  readonly text: string;
  readonly actual?: string;
}

/** pdfkit keeps the font that it has opened to itself, and says nowhere else which letters it holds. */
interface Opened {
  readonly font: { hasGlyphForCodePoint(codePoint: number): boolean };
}

function opened(pdf: unknown): Opened["font"] {
  return (pdf as { readonly _font: Opened })._font.font;
}

const graphemes = new Intl.Segmenter("fr", { granularity: "grapheme" });
const NEEDS_LOOK = /[^\u0020-\u017f\u2010-\u2030\u202f\u20ac]/u;

/** Cuts a text into what each font can draw. */
export function cutByFont(pdf: Pdf, text: string, font: FontName): readonly Drawn[] {
  if (!NEEDS_LOOK.test(text)) return [{ font, text }];
  const drawn: Drawn[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const found = [font, "wide" as const].find((each) => holds(pdf, each, segment));
    const last = drawn.at(-1);
    if (found === undefined) drawn.push({ font, text: numbersOf(segment), actual: segment });
    else if (last?.font === found && last.actual === undefined)
      drawn[drawn.length - 1] = { font: found, text: last.text + segment };
    else drawn.push({ font: found, text: segment });
  }
  return drawn;
}

function holds(pdf: Pdf, name: FontName, grapheme: string): boolean {
  pdf.font(name);
  const font = opened(pdf);
  return Array.from(grapheme).every((character) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0));
}

function numbersOf(grapheme: string): string {
  const numbers = Array.from(grapheme, (each) => (each.codePointAt(0) ?? 0).toString(16).toUpperCase());
  return numbers.map((number) => `U+${number.padStart(4, "0")}`).join(" ");
}
