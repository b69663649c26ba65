/**
 * What each content file was called, and where: one line a row of Moodle's `files`, as CSV that spreadsheets open (UTF-8
 * with a byte-order mark, `;`, CRLF). A text that a spreadsheet could take for a formula has an apostrophe in front.
 * @clause S8
 */
import type { Database } from "@preau/database";
import { csvHead, harmless } from "@preau/documents";
import type { DataFolder } from "./data-folder.ts";
import { type ListedFile, listedFiles } from "./store/listed-files.ts";

const TITLES = "path given component filearea itemid contextid filepath filename bytes type created".split(
  " ",
);

export async function* filesList(
  database: Pick<Database, "knex">,
  prefix: string,
  folder: Pick<DataFolder, "pathOf" | "holds">,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(csvHead(TITLES));
  for await (const page of listedFiles(database, prefix)) {
    signal?.throwIfAborted();
    const lines: string[] = [];
    for (const file of page)
      lines.push(lineOf(file, folder.pathOf(file.hash), await folder.holds(file.hash)));
    yield Buffer.from(lines.join(""));
  }
}

function lineOf(file: ListedFile, path: string, isHeld: boolean): string {
  const given = isHeld ? "yes" : file.isElsewhere ? "elsewhere" : "no";
  const created = new Date(file.created * 1000);
  const cells = [
    ...[
      text(isHeld ? path : ""),
      text(given),
      text(file.component),
      text(file.area),
      file.item,
      file.context,
    ],
    ...[text(file.folder), text(file.name), file.size, text(file.type)],
    text(Number.isNaN(created.getTime()) ? "" : created.toISOString()),
  ];
  return `${cells.join(";")}\r\n`;
}

function text(value: string): string {
  return `"${harmless(value).replaceAll('"', '""')}"`;
}
