/**
 * A Moodle site given back whole: its database as a dump, and its data folder as Moodle keeps it. Contents in `filedir`
 * bear their hash for a name; `files.csv` says what each was called, and where.
 *
 *     files.csv                 path;given;component;filearea;itemid;contextid;filepath;filename;bytes;type;created
 *     filedir/ab/cd/abcd…       as in the data folder
 *     lang/…, repository/…      every other folder that is not Moodle's own working space
 *
 * @clause S8, D6.2c
 */
import { type Database, dumpDatabase, outsideDump } from "@preau/database";
import type { NotCovered, RecordFile, Restitution } from "@preau/kernel";
import { openDataFolder } from "./data-folder.ts";
import { filesList } from "./files-list.ts";
import { expectedContents } from "./store/listed-files.ts";

export interface RestitutionOptions {
  readonly database: Database;
  readonly prefix: string;
  /** `$CFG->dataroot`. */
  readonly moodledata: string | undefined;
}

/** @throws MOODLE_NO_FILE_STORE; its bytes what a dump throws, and MOODLE_FILE_UNREADABLE */
export async function moodleRestitution(options: RestitutionOptions): Promise<Restitution> {
  const { database, prefix, moodledata } = options;
  const folder = moodledata === undefined ? undefined : await openDataFolder(moodledata);
  return {
    dumps: [dumpDatabase(database, { tablePrefix: prefix })],
    files: (signal) => filesOf(options, signal),
    notCovered: [
      ...(await outsideDump(database, { tablePrefix: prefix })),
      ...(folder === undefined ? [NO_FILES] : leftOut(folder.leftOut)),
    ],
  };
}

const NO_FILES: NotCovered = {
  what: "content files (moodledata)",
  why: "the file store was not given",
  remedy: "name it in the configuration: moodledata",
};

function leftOut(folders: readonly string[]): readonly NotCovered[] {
  const secret = folders.filter((folder) => folder === "secret");
  const working = folders.filter((folder) => folder !== "secret");
  return [
    ...(working.length === 0
      ? []
      : [
          {
            what: `working space of the data folder: ${working.join(", ")}`,
            why: "caches, sessions, locks and what Moodle has thrown away; Moodle makes them anew",
          },
        ]),
    ...(secret.length === 0
      ? []
      : [
          {
            what: "the site's own keys (moodledata/secret)",
            why: "a key is handed over apart from what it opens",
            remedy: "give the folder to the client by another way, where it runs the site itself",
          },
        ]),
  ];
}

async function* filesOf(
  { database, prefix, moodledata }: RestitutionOptions,
  signal?: AbortSignal,
): AsyncGenerator<RecordFile> {
  if (moodledata === undefined) return;
  const folder = await openDataFolder(moodledata);
  yield { name: "files.csv", type: "text/csv", bytes: () => filesList(database, prefix, folder, signal) };
  for await (const { hash, size } of expectedContents(database, prefix)) {
    signal?.throwIfAborted();
    const name = folder.pathOf(hash);
    if (await folder.holds(hash)) continue;
    yield { name, size, notGiven: "missing", bytes: nothing };
  }
  yield* folder.files(signal);
}

// biome-ignore lint/suspicious/useAwait: a stream of nothing
async function* nothing(): AsyncGenerator<Uint8Array> {}
