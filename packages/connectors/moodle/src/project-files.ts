/**
 * The files of a project, in folders that a teacher knows: course, activity, and whose work it is. Contents are read from
 * the file store when they are asked for.
 *
 *     Maths 2de 1/Devoir 3/Martin Zoé/copie.pdf
 *     Maths 2de 1/Cours du 3 mars/polycopié.pdf
 *
 * @clause DD.2
 */
import type { ProjectFiles } from "@preau/data-map";
import type { Database } from "@preau/database";
import type { JsonObject, RecordFile } from "@preau/kernel";
import { personFiles } from "./person-files.ts";
import { personNames, placeTitles } from "./store/place-titles.ts";

/** Work of persons, in folders by whose it is; all else is the course's. */
const WORK = new Set([
  "assignsubmission_file/submission_files",
  "assignsubmission_onlinetext/submissions_onlinetext",
  "mod_forum/attachment",
  "mod_forum/post",
  "mod_glossary/attachment",
  "mod_glossary/entry",
  "mod_data/content",
  "mod_workshop/submission_content",
  "mod_workshop/submission_attachment",
  "mod_lesson/essay_responses",
  "mod_lesson/essay_answers",
  "question/response_attachments",
  "question/response_answer",
  "blog/attachment",
  "blog/post",
]);
/** Places and persons whose titles are remembered. */
const MOST_REMEMBERED = 20_000;

/**
 * @param site `moodledata` is `$CFG->dataroot`; without it every file is missing
 * @returns what makes the files of one run: it remembers titles
 */
export function projectFiles(site: {
  readonly database: Database;
  readonly prefix: string;
  readonly moodledata: string | undefined;
}): () => ProjectFiles {
  const { database, prefix, moodledata } = site;
  const contents = moodledata === undefined ? undefined : personFiles(moodledata);
  return () => {
    const places = new Map<number, readonly string[] | undefined>();
    const persons = new Map<number, string | undefined>();
    return {
      table: "files",
      filesOf: async (rows) => {
        const files = rows.filter(isFile);
        await remember(
          places,
          files.map((row) => Number(row["contextid"])),
          (ids) => placeTitles(database, prefix, ids),
        );
        await remember(
          persons,
          files.filter(isWork).map((row) => Number(row["userid"] ?? 0)),
          (ids) => personNames(database, prefix, ids),
        );
        return Promise.all(
          rows.map(async (row) => {
            if (!isFile(row)) return undefined;
            const file = (await contents?.fileOf(row, undefined)) ?? missing(row);
            return { ...file, name: [...foldersOf(row), file.name].map(oneFolder).join("/") };
          }),
        );
      },
    };

    function foldersOf(row: JsonObject): readonly string[] {
      const whose = isWork(row) ? persons.get(Number(row["userid"] ?? 0)) : undefined;
      return [
        ...(places.get(Number(row["contextid"])) ?? [textOf(row, "component")]),
        ...(whose === undefined ? [] : [whose]),
        ...textOf(row, "filepath").split("/"),
      ].filter((folder) => folder.trim() !== "");
    }
  };
}

async function remember<Title>(
  known: Map<number, Title | undefined>,
  wanted: readonly number[],
  read: (ids: readonly number[]) => Promise<ReadonlyMap<number, Title>>,
): Promise<void> {
  const unknown = wanted.filter((id) => !known.has(id));
  if (unknown.length === 0) return;
  const found = await read(unknown);
  if (known.size + unknown.length > MOST_REMEMBERED) {
    // Whoever is on this page is needed still.
    const kept = wanted.map((id) => [id, known.get(id)] as const);
    known.clear();
    for (const [id, title] of kept) known.set(id, title);
  }
  for (const id of unknown) known.set(id, found.get(id));
}

/** Not a folder, which is a row named `.`. */
function isFile(row: JsonObject): boolean {
  const name = textOf(row, "filename");
  return name !== "." && name !== "";
}

function isWork(row: JsonObject): boolean {
  return WORK.has(`${textOf(row, "component")}/${textOf(row, "filearea")}`);
}

/** A `/` in a title is no folder. */
function oneFolder(title: string): string {
  return title.replaceAll("/", "-");
}

function missing(row: JsonObject): RecordFile {
  return {
    name: textOf(row, "filename"),
    size: Number(row["filesize"] ?? 0),
    notGiven: "missing",
    bytes: nothing,
  };
}

function textOf(row: JsonObject, column: string): string {
  const value = row[column];
  return typeof value === "string" ? value : "";
}

// biome-ignore lint/suspicious/useAwait: a stream of nothing
async function* nothing(): AsyncGenerator<Uint8Array> {}
