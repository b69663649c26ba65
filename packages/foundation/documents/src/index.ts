export type { ControllerFile, ControllerSource, FiledContract, Source } from "./source.ts";
export { annexes } from "./annexes.ts";
export { annexA } from "./annex-a.ts";
export { annexB } from "./annex-b.ts";
export { annexC } from "./annex-c.ts";
export { annexD } from "./annex-d.ts";
export { recordOfProcessing } from "./record-of-processing.ts";
export { controllerExtract } from "./controller-extract.ts";
export type { Block, Cell, Column, Document, Entry, Gap, Line, Piece, Table } from "./document.ts";
export {
  cell,
  clause,
  definitions,
  entry,
  figure,
  folded,
  heading,
  list,
  note,
  paragraph,
  soft,
  strong,
  table,
  unknown,
} from "./compose.ts";
export { clauseTitles } from "./clause-titles.ts";
export { documentTexts } from "./texts.ts";
export { renderMarkdown } from "./render-markdown.ts";
export { renderHtml } from "./render-html.ts";
export { documentPolicy } from "./document-style.ts";
export { renderPdf } from "./render-pdf.ts";
export { csvHead, csvRows, harmless } from "./csv-rows.ts";
export { sayDate, sayFigure, sayMoment, saySiret } from "./say-date.ts";
export { sayCountry } from "./say-country.ts";
