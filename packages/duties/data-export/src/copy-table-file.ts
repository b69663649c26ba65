/** One table of a copy as JSON and as CSV, a page of rows at a time. @clause D10.1a */
import { csvHead, csvRows } from "@preau/documents";
import type { CopiedTable } from "./copy-gather.ts";
import type { CopiedRow } from "./copy-spool.ts";
import { COPY_SCHEMA } from "./copy-table-form.ts";

export type Pages = Iterable<readonly CopiedRow[]> | AsyncIterable<readonly CopiedRow[]>;

const encoder = new TextEncoder();

/** One row a line. */
export async function* tableJson(table: CopiedTable, pages: Pages): AsyncGenerator<Uint8Array> {
  const { store, where, words, columns } = table;
  const head = JSON.stringify({
    schema: COPY_SCHEMA,
    store: store.id,
    table: where,
    title: words?.title ?? null,
    columns: [...columns].map((name) => ({
      name,
      title: words?.columns[name]?.title ?? null,
      form: words?.columns[name]?.form ?? null,
      choices: words?.columns[name]?.choices ?? null,
    })),
    rowCount: table.rows,
  });
  yield encoder.encode(`${head.slice(0, -1)},"rows":[`);
  let first = true;
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield encoder.encode(`${first ? "" : ","}\n${page.map((row) => JSON.stringify(row)).join(",\n")}`);
    first = false;
  }
  yield encoder.encode("\n]}\n");
}

/** Columns of the store first, then `column.name` of references, and what the package itself says of a row. */
export async function* tableCsv(table: CopiedTable, pages: Pages): AsyncGenerator<Uint8Array> {
  const columns = [...table.columns];
  const named = [...table.named];
  const filed = table.files.length > 0;
  const about = [
    "package.category",
    "package.purpose",
    "package.withheld",
    ...(filed ? ["package.file"] : []),
  ];
  yield encoder.encode(csvHead([...columns, ...named.map((column) => `${column}.name`), ...about]));
  for await (const page of pages) {
    yield encoder.encode(
      csvRows(
        page.map(({ row, names, category, purpose, withheld, file }) => [
          ...columns.map((column) => row[column]),
          ...named.map((column) => names?.[column]),
          category,
          purpose,
          withheld?.join(", "),
          ...(filed ? [file] : []),
        ]),
      ),
    );
  }
}
