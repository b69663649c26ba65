/** Reads CSV as RFC 4180 says, by code of its own: cells, and whether each stood in quotation marks. */
export interface CsvCell {
  readonly quoted: boolean;
  readonly text: string;
}

export function readCsv(file: string): readonly (readonly CsvCell[])[] {
  const text = file.replace(/^\uFEFF/u, "");
  const rows: CsvCell[][] = [];
  let row: CsvCell[] = [];
  for (let at = 0; at < text.length; ) {
    const quoted = text[at] === '"';
    let cell = "";
    if (quoted) {
      for (at += 1; ; at += 1) {
        if (text[at] === undefined) throw new Error("a quotation mark that is never closed");
        if (text[at] !== '"') cell += text.charAt(at);
        else if (text[at + 1] === '"') {
          cell += '"';
          at += 1;
        } else break;
      }
      at += 1;
    } else for (; text[at] !== ";" && text[at] !== "\r"; at += 1) cell += text[at] ?? "";
    row.push({ quoted, text: cell });
    if (text[at] === ";") {
      at += 1;
      if (text[at] === "\r") row.push({ quoted: false, text: "" });
      else continue;
    }
    if (text.slice(at, at + 2) !== "\r\n") throw new Error(`no line end at ${at}`);
    at += 2;
    rows.push(row);
    row = [];
  }
  return rows;
}
