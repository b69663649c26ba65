/** A class's results as CSV (RFC 4180), with the semicolon that French spreadsheets read and a byte order mark. */
import type { Knex } from "knex";
import { mayMark, resultsOf } from "./assess.ts";
import { classOf } from "./people.ts";
import type { Viewer } from "./viewer.ts";
import type { Words } from "./words-fr.ts";

export async function resultsCsv(
  knex: Knex,
  viewer: Viewer,
  classId: number,
  words: Words,
): Promise<string | undefined> {
  if (!mayMark(viewer)) return undefined;
  const found = await classOf(knex, viewer, classId);
  if (found === undefined) return undefined;
  const lines = [[words.columns.last_name, words.columns.first_name, words.skill, words.mark, words.when]];
  for (const pupil of found.pupils) {
    for (const { skill, score, graded_at } of await resultsOf(knex, pupil.id)) {
      const day = graded_at.slice(0, 10);
      lines.push([pupil.last_name ?? "", pupil.first_name ?? "", skill, String(score), day]);
    }
  }
  return `\uFEFF${lines.map((line) => line.map(cell).join(";")).join("\r\n")}\r\n`;
}

/** What begins like a formula is a text to a spreadsheet after an apostrophe. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
