/** How wide each column of a table is: none narrower than its longest word where that can be, the rest by what they hold. */
import type { Table } from "./document.ts";
import { fontOf, sizeOf } from "./pdf-lines.ts";
import { type Sheet, styles } from "./pdf-sheet.ts";
import { linesOf, spell, spellText } from "./spell.ts";

interface Need {
  /** Its longest word. */
  readonly least: number;
  /** Its longest line, unbroken. */
  readonly most: number;
}

/** A column that holds one very long word is no wider than this part of the table. */
const MOST_FOR_A_WORD = 0.34;
/** Rows looked at: in a table of thousands the first ones tell enough. */
const SAMPLE = 400;

/** Widths that add up to `available`. */
export function columnWidths(sheet: Sheet, table: Table, available: number): readonly number[] {
  const needs = table.columns.map((_, at) => needOf(sheet, table, at, available * MOST_FOR_A_WORD));
  const most = sum(needs.map((need) => need.most));
  const least = sum(needs.map((need) => need.least));
  if (most <= available) return needs.map((need) => need.most * (available / Math.max(most, 1)));
  if (least >= available) return needs.map((need) => need.least * (available / least));
  const spare = available - least;
  // By the square root: a column of sentences does not starve one of short phrases.
  const wants = needs.map((need) => Math.sqrt(Math.max(need.most - need.least, 0)));
  const wanted = Math.max(sum(wants), 1);
  return settle(
    needs,
    needs.map((need, at) => need.least + (spare * (wants[at] ?? 0)) / wanted),
    available,
  );
}

/** What a column does not need goes to those that do. */
function settle(needs: readonly Need[], widths: readonly number[], available: number): readonly number[] {
  const capped = widths.map((width, at) => Math.min(width, needs[at]?.most ?? width));
  const left = available - sum(capped);
  const open = capped.map((width, at) => ((needs[at]?.most ?? 0) > width ? width : 0));
  const all = sum(open);
  return all === 0 ? capped : capped.map((width, at) => width + (left * (open[at] ?? 0)) / all);
}

function needOf({ pdf, language }: Sheet, table: Table, at: number, mostForAWord: number): Need {
  const title = spellText(table.columns[at]?.title ?? "", language);
  pdf.font(styles.columnHead.font).fontSize(styles.columnHead.size);
  let least = Math.max(0, ...title.split(" ").map((word) => pdf.widthOfString(word)));
  let most = pdf.widthOfString(title);
  for (const row of table.rows.slice(0, SAMPLE)) {
    for (const line of linesOf(row[at] ?? [])) {
      let width = 0;
      for (const piece of line) {
        const { text, look } = spell(piece, language);
        pdf.font(fontOf(look, styles.cell.font)).fontSize(sizeOf(look, styles.cell.size));
        width += pdf.widthOfString(text);
        for (const word of text.split(" ")) least = Math.max(least, pdf.widthOfString(word));
      }
      most = Math.max(most, width);
    }
  }
  const bounded = Math.min(least, mostForAWord) + 0.5;
  return { least: bounded, most: Math.max(most + 0.5, bounded) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
