/**
 * Opens a package the way whoever receives it does, with stock tools, and examines what is in it against the LMS's own
 * database, read here by plain SQL: nothing of what makes packages is used.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { MariaDb } from "@preau/testing";

export interface OpenedPackage {
  readonly folder: string;
  /** Paths within, with `/`, sorted. */
  readonly paths: readonly string[];
  readonly read: (name: string) => Buffer;
}

const run = (command: string, args: readonly string[], cwd?: string): Buffer =>
  execFileSync(command, args, { cwd, maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "pipe"] });

/** `age`, then `unzip`; `7za` for a ZIP with a passphrase. */
export function openPackage(
  file: string,
  into: string,
  key: { readonly identity?: string; readonly passphrase?: string } = {},
): OpenedPackage {
  mkdirSync(into, { recursive: true });
  let zip = file;
  if (key.identity !== undefined) {
    const identities = path.join(into, "..", `${path.basename(into)}.key`);
    writeFileSync(identities, `${key.identity}\n`, { mode: 0o600 });
    zip = path.join(into, "..", `${path.basename(into)}.zip`);
    run("age", ["-d", "-i", identities, "-o", zip, file]);
  }
  if (key.passphrase === undefined) run("unzip", ["-q", zip, "-d", into]);
  else run("7za", ["x", "-y", `-p${key.passphrase}`, `-o${into}`, zip]);
  const paths = readdirSync(into, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(path.join(into, name)).isFile())
    .map((name) => name.split(path.sep).join("/"))
    .sort();
  return { folder: into, paths, read: (name) => readFileSync(path.join(into, name)) };
}

/** `sha256sum -c` passes, and the manifest tells the same of every file. Returns how many files were told. */
export function checkSums({ folder, read }: OpenedPackage): number {
  run("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"], folder);
  const manifest = JSON.parse(read("manifest.json").toString("utf8")) as {
    readonly files?: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
  };
  const lines = manifest.files ?? [];
  for (const line of lines) {
    const bytes = read(line.path);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    if (sha256 !== line.sha256 || bytes.length !== line.bytes)
      throw new Error(`the manifest is wrong about ${line.path}`);
  }
  return lines.length;
}

/** Every entry as text that can be searched: pages without their tags, PDFs as their words, the rest as it stands. */
export function textsOf(opened: OpenedPackage): ReadonlyMap<string, string> {
  return new Map(
    opened.paths.map((name) => {
      if (name.endsWith(".pdf"))
        return [name, run("pdftotext", ["-layout", path.join(opened.folder, name), "-"]).toString("utf8")];
      const text = opened.read(name).toString("utf8");
      return [name, name.endsWith(".html") ? `${text}\n${withoutTags(text)}` : text];
    }),
  );
}

function withoutTags(html: string): string {
  return html
    .replace(/<[^>]*>/gu, " ")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replace(/\s+/gu, " ");
}

interface Person {
  readonly id: string;
  readonly names: readonly string[];
  readonly marks: readonly string[];
}

/** Full names both ways round, and what only one person has: address, login, number of the pupil, telephone. */
async function personsOf(server: MariaDb): Promise<readonly Person[]> {
  const rows = await server.sql(
    "SELECT id, firstname, lastname, email, username, idnumber, phone1, phone2 FROM mdl_user",
    "moodle",
  );
  return rows
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [id = "", first = "", last = "", ...marks] = line.split("\t");
      return {
        id,
        names: [`${first} ${last}`, `${last} ${first}`],
        marks: marks.filter((mark) => mark.length >= 6),
      };
    });
}

/** Where somebody else is named: entry and account, never what was read. Empty when nobody is. */
export async function othersNamed(
  server: MariaDb,
  pupil: string,
  texts: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const persons = await personsOf(server);
  const own = persons.find(({ id }) => id === pupil);
  if (own === undefined) throw new Error("the pupil is not in the database");
  const ownNames = new Set([...own.names, ...own.marks].map(fold));
  const found: string[] = [];
  const folded = [...texts].map(([name, text]) => {
    const plain = fold(text);
    return { name, text: plain, words: new Set(wordsOf(plain)) };
  });
  for (const { id, names, marks } of persons) {
    if (id === pupil) continue;
    for (const value of [...names, ...marks].map(fold)) {
      if (ownNames.has(value) || value.trim().length < 4) continue;
      // Where one of its words is not there, it is not: the text itself is searched where all are.
      const words = wordsOf(value);
      for (const { name, text, words: there } of folded)
        if (words.every((word) => there.has(word)) && hasWord(text, value))
          found.push(`${name}: account ${id}`);
    }
  }
  return [...new Set(found)];
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

function hasWord(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const [before, after] = [text[at - 1] ?? " ", text[at + value.length] ?? " "];
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}

export interface OwnRow {
  readonly table: string;
  readonly row: Readonly<Record<string, string | null>>;
}

/** Every row that refers to the pupil, by the list of columns that was made from Moodle's sources; each once. */
export async function ownRows(
  server: MariaDb,
  pupil: string,
  referenceList: string,
): Promise<readonly OwnRow[]> {
  const rows = new Map<string, OwnRow>();
  const shapes = await columnsOf(server);
  const asked = referencesIn(referenceList).flatMap(({ table, columns }) => {
    const names = shapes.get(table) ?? [];
    const there = columns.filter((column) => names.includes(column));
    if (there.length === 0) return [];
    const json = names.map((name) => `'${name}', CAST(\`${name}\` AS CHAR)`).join(", ");
    const where = there.map((column) => `\`${column}\` = '${pupil}'`).join(" OR ");
    return [`SELECT '${table}', TO_BASE64(JSON_OBJECT(${json})) FROM ${table} WHERE ${where};`];
  });
  const told = await server.sql(asked.join("\n"), "moodle");
  for (const line of told.split("\n").filter(Boolean)) {
    const [table = "", packed = ""] = line.split("\t");
    const text = Buffer.from(packed.replaceAll("\\n", ""), "base64").toString("utf8");
    const row = JSON.parse(text) as OwnRow["row"];
    rows.set(`${table}|${row["id"] ?? text}`, { table, row });
  }
  return [...rows.values()];
}

async function columnsOf(server: MariaDb): Promise<ReadonlyMap<string, readonly string[]>> {
  const told = await server.sql(
    `SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.columns
     WHERE table_schema = 'moodle' ORDER BY TABLE_NAME, ORDINAL_POSITION`,
  );
  const shapes = new Map<string, string[]>();
  for (const line of told.trim().split("\n")) {
    const [table = "", column = ""] = line.split("\t");
    shapes.set(table, [...(shapes.get(table) ?? []), column]);
  }
  return shapes;
}

function referencesIn(
  list: string,
): readonly { readonly table: string; readonly columns: readonly string[] }[] {
  return list
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [table = "", , ...rest] = line.split(/\s{2,}/);
      const columns = rest.join(" ").split(",");
      return { table: `mdl_${table}`, columns: columns.map((each) => each.trim().replace(/\[.*$/, "")) };
    });
}

interface CopiedRow {
  readonly row: Readonly<Record<string, unknown>>;
  readonly withheld?: readonly string[];
}

/** What of those rows is not in the package: `table.column of row N`. A column from which others were taken out counts as told. */
export function missingValues(opened: OpenedPackage, rows: readonly OwnRow[]): readonly string[] {
  const tables = new Map<string, Map<string, CopiedRow>>();
  for (const name of opened.paths.filter((each) => /^data\/.*\.json$/.test(each))) {
    const file = JSON.parse(opened.read(name).toString("utf8")) as {
      readonly table?: string;
      readonly rows?: readonly CopiedRow[];
    };
    if (file.table === undefined) continue;
    tables.set(file.table, new Map((file.rows ?? []).map((each) => [String(each.row["id"]), each])));
  }
  return rows.flatMap(({ table, row }) => {
    const copied = tables.get(table)?.get(row["id"] ?? "");
    if (copied === undefined) return [`${table} of row ${row["id"] ?? "?"}`];
    const withheld = new Set(copied.withheld);
    return Object.entries(row)
      .filter(
        ([column, value]) => value !== null && !withheld.has(column) && !same(copied.row[column], value),
      )
      .map(([column]) => `${table}.${column} of row ${row["id"] ?? "?"}`);
  });
}

function same(copied: unknown, value: string): boolean {
  if (typeof copied === "number") return copied === Number(value);
  return copied === value;
}
