/** The sheet that a PDF is written on: its measures, where the next line goes, and when a new page begins. */
import type { Language } from "@preau/kernel";
import type { FontName, Pdf } from "./pdf-fonts.ts";
import { sizeOf, type TextLine, type TextStyle } from "./pdf-lines.ts";
import type { Look } from "./spell.ts";

/** A4, in points of 1/72 inch. */
export const page = { width: 595.28, height: 841.89, top: 92, bottom: 84, side: 62 } as const;
export const contentWidth = page.width - 2 * page.side;
export const lastY = page.height - page.bottom;

export const colours = {
  ink: "#1d1b26",
  soft: "#5c5868",
  rule: "#dcd8cf",
  accent: "#4a3aa7",
  wash: "#f3f1fb",
  unknown: "#8a4b00",
} as const;

export const styles = {
  title: { size: 19, font: "bold" },
  subtitle: { size: 11, font: "plain" },
  heading2: { size: 14.5, font: "bold" },
  heading3: { size: 11, font: "bold" },
  heading4: { size: 9.5, font: "bold" },
  body: { size: 9.25, font: "plain" },
  cell: { size: 8.25, font: "plain" },
  columnHead: { size: 7.5, font: "bold" },
  furniture: { size: 7.25, font: "plain" },
} as const satisfies Record<string, TextStyle>;

export const leadingOf = ({ size }: TextStyle) => size * 1.45;

const lookColours: Readonly<Record<Look, string | undefined>> = {
  plain: undefined,
  strong: undefined,
  soft: colours.soft,
  unknown: colours.unknown,
  clause: colours.accent,
};

export interface Sheet {
  readonly pdf: Pdf;
  readonly language: Language;
  /** The last bookmark of each level, from the root on. */
  readonly bookmarks: Pdf["outline"][];
  /** Top of what comes next. */
  y: number;
}

export function nextPage(sheet: Sheet): void {
  sheet.pdf.addPage();
  sheet.y = page.top;
}

/** A new page where the height does not fit on this one, unless this one is empty. */
export function ensure(sheet: Sheet, height: number): void {
  if (sheet.y > page.top && sheet.y + height > lastY) nextPage(sheet);
}

export function space(sheet: Sheet, height: number): void {
  if (sheet.y > page.top) sheet.y += height;
}

export interface Where {
  readonly x: number;
  readonly y: number;
  readonly style: TextStyle;
  readonly colour?: string;
  /** Ends at `x + width` where it is given. */
  readonly alignEnd?: number;
}

/** Draws a line with its top at `y`. */
export function drawLine(pdf: Pdf, line: TextLine, { x, y, style, colour, alignEnd }: Where): void {
  let at = alignEnd === undefined ? x : x + alignEnd - line.width;
  const baseline = y + leadingOf(style) / 2 + style.size * 0.36;
  for (const { font, text, look, width, actual } of line.parts) {
    if (actual !== undefined) pdf.markContent("Span", { actual });
    pdf
      .font(font satisfies FontName)
      .fontSize(sizeOf(look, style.size))
      .fillColor(lookColours[look] ?? colour ?? colours.ink)
      .text(text, at, baseline, { lineBreak: false, baseline: "alphabetic" });
    if (actual !== undefined) pdf.endMarkedContent();
    at += width;
  }
}

/** A ruled line, which a reader by ear is not told of. */
export function drawRule(pdf: Pdf, y: number, colour: string, thickness: number): void {
  asArtifact(pdf, () => {
    pdf
      .moveTo(page.side, y)
      .lineTo(page.width - page.side, y)
      .lineWidth(thickness)
      .strokeColor(colour)
      .stroke();
  });
}

export function asArtifact(
  pdf: Pdf,
  draw: () => void,
  options: Parameters<Pdf["markContent"]>[1] = {},
): void {
  pdf.markContent("Artifact", { type: "Layout", ...options });
  draw();
  pdf.endMarkedContent();
}
