/**
 * Rows as CSV that spreadsheets open and programs read back exactly (RFC 4180): UTF-8 with a byte-order mark, `;` between
 * cells, CRLF between rows.
 *
 * - A text stands in quotation marks, a number, `true` and `false` without; nothing at all is null, `""` the empty text.
 *   What has parts (a list, an object) is its JSON, as a text.
 * - A text that a spreadsheet could take for a formula begins with `= + - @`, a tab, a carriage return or a line feed, or
 *   with spaces before one of these: it is given an apostrophe in front. So is one that begins with an apostrophe already;
 *   taking one apostrophe off gives back every such text. Numbers are never changed.
 * @clause D10.1a, S8, D13.1
 */
import type { Json } from "@preau/kernel";
import { type Options, stringify } from "csv-stringify/sync";

const BYTE_ORDER_MARK = "\uFEFF";
/** Full-width signs too: some spreadsheets read them as the plain ones. What is not seen at the start does not hide them. */
const FORMULA = /^[\s\p{Default_Ignorable_Code_Point}]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u;
const OPTIONS: Options = {
  delimiter: ";",
  record_delimiter: "windows",
  quoted_string: true,
  cast: { boolean: (value) => ({ value: String(value), quoted_string: false }) },
};

/** The first line, with the byte-order mark. */
export function csvHead(titles: readonly string[]): string {
  return BYTE_ORDER_MARK + stringify([titles.map(harmless)], OPTIONS);
}

export function csvRows(rows: readonly (readonly (Json | undefined)[])[]): string {
  return stringify(
    rows.map((row) => row.map(cellOf)),
    OPTIONS,
  );
}

/** A text that no spreadsheet takes for a formula. */
export function harmless(text: string): string {
  return text.startsWith("'") || FORMULA.test(text) ? `'${text}` : text;
}

function cellOf(value: Json | undefined): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return harmless(value);
  return typeof value === "object" ? harmless(JSON.stringify(value)) : value;
}
