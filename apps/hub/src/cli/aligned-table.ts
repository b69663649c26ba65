/** Rows as columns of text, aligned for a terminal; the last column is not padded. */

export function alignedTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, text] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, width(text));
  }
  return rows
    .map((row) =>
      row
        .map((text, column) =>
          column === row.length - 1 ? text : text + " ".repeat((widths[column] ?? 0) - width(text)),
        )
        .join("  ")
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** Columns that a text takes: marks that combine with a letter take none. */
function width(text: string): number {
  return Array.from(text.normalize("NFC").replace(/\p{M}/gu, "")).length;
}
