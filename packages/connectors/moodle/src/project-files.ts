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
import { personNames, placeTitles, type WorkTable, workOwners } from "./store/place-titles.ts";

/**
 * Work of persons, in folders by whose it is: the row that a file hangs on says so; where none does, whoever brought the
 * file. All else is the course's.
 */
const WORK: ReadonlyMap<string, WorkTable | undefined> = new Map([
  ["assignsubmission_file/submission_files", { table: "assign_submission", person: "userid" }],
  ["assignsubmission_onlinetext/submissions_onlinetext", { table: "assign_submission", person: "userid" }],
  ["assignfeedback_file/feedback_files", { table: "assign_grades", person: "userid" }],
  ["assignfeedback_comments/feedback", { table: "assign_grades", person: "userid" }],
  ["assignfeedback_editpdf/download", { table: "assign_grades", person: "userid" }],
  ["mod_forum/attachment", { table: "forum_posts", person: "userid" }],
  ["mod_forum/post", { table: "forum_posts", person: "userid" }],
  ["mod_glossary/attachment", { table: "glossary_entries", person: "userid" }],
  ["mod_glossary/entry", { table: "glossary_entries", person: "userid" }],
  ["mod_workshop/submission_content", { table: "workshop_submissions", person: "authorid" }],
  ["mod_workshop/submission_attachment", { table: "workshop_submissions", person: "authorid" }],
  ["mod_lesson/essay_responses", { table: "lesson_attempts", person: "userid" }],
  ["mod_lesson/essay_answers", { table: "lesson_attempts", person: "userid" }],
  ["blog/attachment", { table: "post", person: "userid" }],
  ["blog/post", { table: "post", person: "userid" }],
  ["mod_data/content", undefined],
  ["question/response_attachments", undefined],
  ["question/response_answer", undefined],
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
        const owners = await ownersOf(files);
        await remember(persons, [...owners.values()], (ids) => personNames(database, prefix, ids));
        return Promise.all(
          rows.map(async (row) => {
            if (!isFile(row)) return undefined;
            const file = (await contents?.fileOf(row, undefined)) ?? missing(row);
            return {
              ...file,
              name: [...foldersOf(row, owners.get(row)), file.name].map(oneFolder).join("/"),
            };
          }),
        );
      },
    };

    function foldersOf(row: JsonObject, owner: number | undefined): readonly string[] {
      const whose = owner === undefined ? undefined : persons.get(owner);
      return [
        ...(places.get(Number(row["contextid"])) ?? [textOf(row, "component")]),
        ...(whose === undefined ? [] : [whose]),
        ...textOf(row, "filepath").split("/"),
      ].filter((folder) => folder.trim() !== "");
    }
  };

  /** Whose work each file is, one question a table. */
  async function ownersOf(files: readonly JsonObject[]): Promise<ReadonlyMap<JsonObject, number>> {
    const owners = new Map<JsonObject, number>();
    for (const area of new Set(files.map(areaOf))) {
      if (!WORK.has(area)) continue;
      const work = WORK.get(area);
      const rows = files.filter((row) => areaOf(row) === area);
      const items = rows.map((row) => Number(row["itemid"] ?? 0));
      const known = work === undefined ? undefined : await workOwners(database, prefix, { ...work, items });
      for (const row of rows) {
        const owner = known?.get(Number(row["itemid"] ?? 0)) ?? Number(row["userid"] ?? 0);
        if (owner > 0) owners.set(row, owner);
      }
    }
    return owners;
  }
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

function areaOf(row: JsonObject): string {
  return `${textOf(row, "component")}/${textOf(row, "filearea")}`;
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
