/** Headings, paragraphs, notes, lists and definitions on the sheet. */
import type { Cell, Entry, OpenBlock } from "./document.ts";
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
import { drawTable, firstHeightOfTable } from "./pdf-table.ts";
import { type Element, type Tag, tagged, within } from "./pdf-tags.ts";
import { linesOf, type Span, spell, spellText } from "./spell.ts";

const TERM_WIDTH = 148;
const LIST_INDENT = 14;
const PADDING = 4.5;
/** The narrowest measure of running text is the easiest to read. */
const TEXT_WIDTH = 430;

/** Draws a block; `rest` is what follows it. */
export function drawBlock(sheet: Sheet, parent: Element, block: OpenBlock, rest: readonly OpenBlock[]): void {
  switch (block.kind) {
    case "heading":
      drawHeading(sheet, parent, block, rest);
      return;
    case "paragraph":
      space(sheet, 3);
      drawText(sheet, within(sheet.pdf, parent, "P"), "P", spansOf(sheet, block.line, block.clauses));
      sheet.y += 5;
      return;
    case "note":
      drawNote(sheet, parent, spansOf(sheet, block.line, block.clauses));
      return;
    case "list":
      drawList(sheet, parent, block.items);
      return;
    case "definitions":
      drawEntries(sheet, parent, block.entries);
      return;
    case "table":
      if (block.rows.length > 0) drawTable(sheet, parent, block);
      else drawText(sheet, within(sheet.pdf, parent, "P"), "P", spansOf(sheet, [block.empty]));
  }
}

type Heading = Extract<OpenBlock, { kind: "heading" }>;

const headings = {
  2: { style: styles.heading2, before: 26, after: 7, colour: colours.ink },
  3: { style: styles.heading3, before: 18, after: 4, colour: colours.ink },
  4: { style: styles.heading4, before: 12, after: 3, colour: colours.soft },
} as const;

/** Never alone at the foot of a page: the start of what it heads stands under it. */
function drawHeading(sheet: Sheet, parent: Element, block: Heading, rest: readonly OpenBlock[]): void {
  const { pdf } = sheet;
  const { style, before, after, colour } = headings[block.level];
  const lines = breakLines(pdf, spansOf(sheet, [block.text], block.clauses), contentWidth, style);
  if (block.startsPage && sheet.y > page.top) nextPage(sheet);
  ensure(sheet, firstHeight(sheet, [block, ...rest]));
  space(sheet, before);
  addBookmark(sheet, block);
  const tag = `H${block.level}` as const;
  tagged(pdf, within(pdf, parent, tag), tag, () => drawLines(sheet, lines, page.side, style, colour));
  sheet.y += after;
}

/** Under the last heading of a higher level. */
function addBookmark({ bookmarks, language }: Sheet, { level, text }: Heading): void {
  const depth = Math.min(level - 1, bookmarks.length);
  const item = bookmarks[depth - 1]?.addItem(spellText(text, language));
  if (item !== undefined) bookmarks.splice(depth, bookmarks.length, item);
}

/** How much must stand together at the start of some blocks: headings, and the beginning of what they head. */
function firstHeight(sheet: Sheet, blocks: readonly OpenBlock[]): number {
  const [block, ...rest] = blocks;
  if (block === undefined) return 0;
  if (block.kind === "heading") {
    const { style, before, after } = headings[block.level];
    const spans = spansOf(sheet, [block.text], block.clauses);
    const height = breakLines(sheet.pdf, spans, contentWidth, style).length * leadingOf(style);
    return (
      before +
      height +
      after +
      (rest[0]?.kind === "heading" && rest[0].startsPage ? 0 : firstHeight(sheet, rest))
    );
  }
  if (block.kind === "table" && block.rows.length > 0) return 6 + firstHeightOfTable(sheet, block);
  return 3 * leadingOf(styles.body) + 2 * PADDING;
}

function drawLines(
  sheet: Sheet,
  lines: readonly TextLine[],
  x: number,
  style: TextStyle,
  colour?: string,
): void {
  for (const line of lines) {
    drawLine(sheet.pdf, line, { x, y: sheet.y, style, ...(colour === undefined ? {} : { colour }) });
    sheet.y += leadingOf(style);
  }
}

export interface Paragraph {
  readonly x?: number;
  readonly width?: number;
  readonly style?: TextStyle;
  readonly colour?: string;
}

/** Lines of running text; neither its first nor its last stands alone on a page. */
export function drawText(
  sheet: Sheet,
  element: Element,
  tag: Tag,
  spans: readonly Span[],
  { x = page.side, width = TEXT_WIDTH, style = styles.body, colour }: Paragraph = {},
): void {
  const { pdf } = sheet;
  const leading = leadingOf(style);
  let rest = breakLines(pdf, spans, width, style);
  while (rest.length > 0) {
    ensure(sheet, Math.min(rest.length, 2) * leading);
    const fits = Math.max(1, Math.floor((lastY - sheet.y) / leading));
    const count = rest.length - fits === 1 && fits > 2 ? fits - 1 : Math.min(fits, rest.length);
    const part = rest.slice(0, count);
    tagged(pdf, element, tag, () => drawLines(sheet, part, x, style, colour));
    rest = rest.slice(count);
    if (rest.length > 0) nextPage(sheet);
  }
}

function drawNote(sheet: Sheet, parent: Element, spans: readonly Span[]): void {
  const { pdf } = sheet;
  const inset = 12;
  const width = contentWidth - 2 * inset;
  const height = breakLines(pdf, spans, width, styles.body).length * leadingOf(styles.body) + 14;
  space(sheet, 6);
  ensure(sheet, height);
  const fits = sheet.y + height <= lastY;
  if (fits) {
    asArtifact(pdf, () => {
      pdf.rect(page.side, sheet.y, contentWidth, height).fill(colours.wash);
      pdf.rect(page.side, sheet.y, 2.5, height).fill(colours.accent);
    });
  }
  sheet.y += 7;
  drawText(sheet, within(pdf, parent, "P"), "P", spans, { x: page.side + inset, width });
  sheet.y += 7 + 8;
}

function drawList(sheet: Sheet, parent: Element, items: readonly Cell[number][]): void {
  const { pdf } = sheet;
  const list = within(pdf, parent, "L");
  for (const item of items) {
    ensure(sheet, 2 * leadingOf(styles.body));
    const element = within(pdf, list, "LI");
    const y = sheet.y;
    tagged(pdf, within(pdf, element, "Lbl"), "Lbl", () => {
      const bullet = breakLines(pdf, [{ text: "–", look: "soft" }], LIST_INDENT, styles.body);
      for (const line of bullet) drawLine(pdf, line, { x: page.side, y, style: styles.body });
    });
    drawText(sheet, within(pdf, element, "LBody"), "LBody", spansOf(sheet, item), {
      x: page.side + LIST_INDENT,
      width: TEXT_WIDTH - LIST_INDENT,
    });
    sheet.y += 2;
  }
  sheet.y += 4;
}

/** Terms on the left, what they are on the right, ruled. */
export function drawEntries(sheet: Sheet, parent: Element, entries: readonly Entry[]): void {
  if (entries.length === 0) return;
  const { pdf } = sheet;
  const list = within(pdf, parent, "L");
  const leading = leadingOf(styles.body);
  const valueX = page.side + TERM_WIDTH;
  const width = contentWidth - TERM_WIDTH;
  space(sheet, 4);
  entries.forEach(({ term, value, clause }, at) => {
    const terms = breakLines(pdf, spansOf(sheet, [term]), TERM_WIDTH - 12, styles.body);
    const said = linesOf(value);
    const spans = said.map((line, index) =>
      spansOf(sheet, line, index === said.length - 1 && clause !== undefined ? [clause] : []),
    );
    const count = spans.reduce((all, each) => all + breakLines(pdf, each, width, styles.body).length, 0);
    const height = Math.max(terms.length, Math.min(count, 12)) * leading + 2 * PADDING;
    ensure(sheet, height);
    if (at === 0) drawRule(pdf, sheet.y, colours.rule, 0.5);
    sheet.y += PADDING;
    const top = sheet.y;
    const element = within(pdf, list, "LI");
    tagged(pdf, within(pdf, element, "Lbl"), "Lbl", () =>
      drawLines(sheet, terms, page.side, styles.body, colours.soft),
    );
    const bottom = sheet.y;
    sheet.y = top;
    const body = within(pdf, element, "LBody");
    for (const each of spans) drawText(sheet, body, "LBody", each, { x: valueX, width });
    sheet.y = (sheet.y < top ? sheet.y : Math.max(sheet.y, bottom)) + PADDING;
    drawRule(pdf, sheet.y, colours.rule, 0.5);
  });
  sheet.y += 8;
}

/** The pieces of a line, and after them the clauses that it comes from. */
export function spansOf(sheet: Sheet, line: Cell[number], clauses: readonly string[] = []): readonly Span[] {
  const spans = line.map((piece) => spell(piece, sheet.language));
  const chips = clauses.flatMap((id): readonly Span[] => [
    { text: "\u00a0 ", look: "plain" },
    spell({ kind: "clause", id }, sheet.language),
  ]);
  return [...spans, ...chips];
}
