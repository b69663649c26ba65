/** `restitution-run.ts URL OUT`: one restitution into an age file, in a process of its own. */
import { dumpDatabase, openDatabase } from "@preau/database";
import { controllerId, type ExportSource, systemClock } from "@preau/kernel";
import { makeAgeIdentity } from "@preau/keys";
import { databaseRestitution } from "../src/database-restitution.ts";
import { writePackage } from "../src/write-package.ts";
import { notebook } from "../test/copy-notebook.ts";

const [url = "", out = ""] = process.argv.slice(2);
const controller = controllerId("bench");
const database = await openDatabase({ url });
const { source, second } = notebook({ records: [] });
const nothing = async function* () {};
const exports: ExportSource = {
  projectKinds: [],
  projects: () => Promise.resolve([]),
  collectProject: nothing,
  rows: nothing,
  restitution: () => Promise.resolve({ dumps: [dumpDatabase(database)], files: nothing, notCovered: [] }),
};
const described = { ...source.describe(), controller };
const ports = {
  clock: systemClock,
  sources: new Map([["moodle", { source: { ...source, describe: () => described }, second, exports }]]),
};
const { recipient } = await makeAgeIdentity();
await writePackage(databaseRestitution(ports, { controller, language: "fr" }), {
  ...{ out, at: systemClock.now() },
  protection: { kind: "age", recipients: [recipient] },
});
await database.close();
