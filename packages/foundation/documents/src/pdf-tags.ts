/**
 * The tags of a PDF: which drawn lines are a heading, a paragraph, a cell. An element may gather lines of several pages,
 * drawn in any order.
 */
import type { Pdf } from "./pdf-fonts.ts";

export type Tag =
  | "Document"
  | "Sect"
  | "H1"
  | "H2"
  | "H3"
  | "H4"
  | "P"
  | "Note"
  | "L"
  | "LI"
  | "Lbl"
  | "LBody"
  | "Table"
  | "Caption"
  | "THead"
  | "TBody"
  | "TR"
  | "TH"
  | "TD";

export type Element = ReturnType<Pdf["struct"]>;

export interface ElementOptions {
  readonly scope?: "Column" | "Row";
}

/** An element within another. */
export function within(pdf: Pdf, parent: Element, tag: Tag, options: ElementOptions = {}): Element {
  // `scope` is newer than the types.
  const element = pdf.struct(tag, options as Parameters<Pdf["struct"]>[1]);
  parent.add(element);
  return element;
}

/** Draws, and says that what was drawn belongs to the element. */
export function tagged(pdf: Pdf, element: Element, tag: Tag, draw: () => void): void {
  const content = pdf.markStructureContent(tag);
  draw();
  pdf.endMarkedContent();
  element.add(content);
}
