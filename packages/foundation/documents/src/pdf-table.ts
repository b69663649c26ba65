/**
 * A table on pages. Its headings stand again at the head of each page, as decoration: whoever listens hears them once. A
 * row stays whole, unless it is taller than a page.
 */
import type { Cell, Table } from "./document.ts";
import { columnWidths } from "./pdf-columns.ts";
import { breakLines, type TextLine, type TextStyle } from "./pdf-lines.ts";
import {
  asArtifact,
  colours,
  contentWidth,
  drawLine,
  drawRule,
  ensure,
  lastY,
  leadingOf,
  nextPage,
  page,
  type Sheet,
  space,
  styles,
} from "./pdf-sheet.ts";
import { type Element, tagged, within } from "./pdf-tags.ts";
import { linesOf, type Span, spell, spellText } from "./spell.ts";

const GAP = 14;
const PADDING = 5;

interface Frame {
  readonly sheet: Sheet;
  readonly table: Table;
  readonly widths: readonly number[];
  readonly head: readonly (readonly TextLine[])[];
  readonly headHeight: number;
}

/** What must stand together at the start: the headings and the first row. */
export function firstHeightOfTable(sheet: Sheet, table: Table): number {
  const frame = frameOf(sheet, table);
  const [first] = table.rows;
  const lines = first === undefined ? 1 : Math.min(6, tallest(breakRow(frame, first)));
  return frame.headHeight + lines * leadingOf(styles.cell) + 2 * PADDING;
}

export function drawTable(sheet: Sheet, parent: Element, table: Table): void {
  const { pdf } = sheet;
  const frame = frameOf(sheet, table);
  space(sheet, 6);
  ensure(sheet, firstHeightOfTable(sheet, table));
  const element = within(pdf, parent, "Table");
  const headRow = within(pdf, within(pdf, element, "THead"), "TR");
  drawHead(frame, (at, draw) => {
    tagged(pdf, within(pdf, headRow, "TH", { scope: "Column" }), "TH", draw);
    return at;
  });
  const body = within(pdf, element, "TBody");
  for (const row of table.rows) drawRow(frame, body, row);
  sheet.y += 10;
}

function frameOf(sheet: Sheet, table: Table): Frame {
  const { pdf, language } = sheet;
  const titles = table.columns.map(
    ({ title }): Span => ({ text: spellText(title, language), look: "plain" }),
  );
  const widths = columnWidths(sheet, table, contentWidth - GAP * (table.columns.length - 1));
  const head = titles.map((title, at) => breakLines(pdf, [title], widths[at] ?? 0, styles.columnHead));
  return { sheet, table, widths, head, headHeight: tallest(head) * leadingOf(styles.columnHead) + PADDING };
}

/** Draws the headings through `put`, which says what they are. */
function drawHead(frame: Frame, put: (at: number, draw: () => void) => void): void {
  const { sheet, head, headHeight } = frame;
  const bottom = sheet.y + headHeight;
  head.forEach((lines, at) => {
    const y = bottom - PADDING - lines.length * leadingOf(styles.columnHead);
    put(at, () => drawCell(frame, at, { lines, y, style: styles.columnHead, colour: colours.soft }));
  });
  sheet.y = bottom;
  drawRule(sheet.pdf, sheet.y, colours.ink, 0.8);
}

interface CellPart {
  readonly lines: readonly TextLine[];
  readonly y: number;
  readonly style: TextStyle;
  readonly colour?: string;
}

function drawCell({ sheet, table, widths }: Frame, at: number, { lines, y, style, colour }: CellPart): void {
  const x = page.side + widths.slice(0, at).reduce((sum, width) => sum + width + GAP, 0);
  lines.forEach((line, index) => {
    drawLine(sheet.pdf, line, {
      x,
      y: y + index * leadingOf(style),
      style,
      ...(colour === undefined ? {} : { colour }),
      ...(table.columns[at]?.align === "end" ? { alignEnd: widths[at] ?? 0 } : {}),
    });
  });
}

function drawRow(frame: Frame, body: Element, row: readonly Cell[]): void {
  const { sheet } = frame;
  const { pdf } = sheet;
  const cells = breakRow(frame, row);
  const leading = leadingOf(styles.cell);
  const height = tallest(cells) * leading + 2 * PADDING;
  const whole = lastY - page.top - frame.headHeight;
  if (sheet.y + (height <= whole ? height : 4 * leading + 2 * PADDING) > lastY) turnPage(frame);
  const element = within(pdf, body, "TR");
  const elements = cells.map((_, at) =>
    at === 0 ? within(pdf, element, "TH", { scope: "Row" }) : within(pdf, element, "TD"),
  );
  for (let from = 0, all = tallest(cells); from < all; ) {
    const fits = Math.max(1, Math.floor((lastY - sheet.y - 2 * PADDING) / leading));
    cells.forEach((lines, at) => {
      const part = lines.slice(from, from + fits);
      const to = elements[at];
      if (part.length === 0 || to === undefined) return;
      const drawn = { lines: part, y: sheet.y + PADDING, style: styles.cell };
      tagged(pdf, to, at === 0 ? "TH" : "TD", () => drawCell(frame, at, drawn));
    });
    sheet.y += Math.min(fits, all - from) * leading + 2 * PADDING;
    from += fits;
    if (from < all) turnPage(frame);
  }
  drawRule(pdf, sheet.y, colours.rule, 0.5);
}

function turnPage(frame: Frame): void {
  nextPage(frame.sheet);
  drawHead(frame, (_at, draw) => asArtifact(frame.sheet.pdf, draw, { type: "Pagination" }));
}

function breakRow(
  { sheet, widths }: Pick<Frame, "sheet" | "widths">,
  row: readonly Cell[],
): readonly (readonly TextLine[])[] {
  return row.map((cell, at) => {
    return linesOf(cell).flatMap((line) =>
      breakLines(
        sheet.pdf,
        line.map((piece) => spell(piece, sheet.language)),
        widths[at] ?? 0,
        styles.cell,
      ),
    );
  });
}

function tallest(cells: readonly (readonly TextLine[])[]): number {
  return Math.max(1, ...cells.map((lines) => lines.length));
}
