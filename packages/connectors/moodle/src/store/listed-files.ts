/** Rows of Moodle's `files`: which content each is, and what it is called. A row whose name is `.` is a folder. */
import type { Database } from "@preau/database";

const PAGE = 1000;

export interface ListedFile {
  /** SHA-1 of the content. */
  readonly hash: string;
  readonly component: string;
  readonly area: string;
  readonly item: string;
  readonly context: string;
  /** `/` or `/folder/`. */
  readonly folder: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  /** Seconds since 1970. */
  readonly created: number;
  /** Of a repository outside: Moodle has no content of it. */
  readonly isElsewhere: boolean;
}

type Row = Readonly<Record<string, string | number | null>>;

/** All of them in pages, by id. */
export async function* listedFiles(
  { knex }: Pick<Database, "knex">,
  prefix: string,
): AsyncGenerator<readonly ListedFile[]> {
  for (let after: string | number = 0; ; ) {
    const rows: Row[] = await knex(`${prefix}files`)
      .where("id", ">", after)
      .orderBy("id")
      .limit(PAGE)
      .select("id", "contenthash", "component", "filearea", "itemid", "contextid", "filepath", "filename")
      .select("filesize", "mimetype", "timecreated", "referencefileid");
    const files = rows.filter(({ filename }) => filename !== ".");
    if (files.length > 0) yield files.map(listed);
    const last = rows.at(-1)?.["id"];
    if (rows.length < PAGE || last === undefined || last === null) return;
    after = last;
  }
}

function listed(row: Row): ListedFile {
  const text = (column: string) => String(row[column] ?? "");
  return {
    hash: text("contenthash"),
    component: text("component"),
    area: text("filearea"),
    item: text("itemid"),
    context: text("contextid"),
    folder: text("filepath"),
    name: text("filename"),
    size: Number(row["filesize"]),
    type: text("mimetype"),
    created: Number(row["timecreated"]),
    isElsewhere: row["referencefileid"] !== null,
  };
}

/** Contents that rows point at and that should stand in the file store, by hash. */
export async function* expectedContents(
  { knex }: Pick<Database, "knex">,
  prefix: string,
): AsyncGenerator<{ readonly hash: string; readonly size: number }> {
  for (let after = ""; ; ) {
    const rows: { hash: string; size: number | string }[] = await knex(`${prefix}files`)
      .where("contenthash", ">", after)
      .whereNot("filename", ".")
      .whereNull("referencefileid")
      .groupBy("contenthash")
      .orderBy("contenthash")
      .limit(PAGE)
      .select({ hash: "contenthash" })
      .max({ size: "filesize" });
    for (const { hash, size } of rows) yield { hash, size: Number(size) };
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return;
    after = last.hash;
  }
}
