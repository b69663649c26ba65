import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { type Database, openDatabase } from "@preau/database";
import { controllerId, type RecordFile, systemClock } from "@preau/kernel";
import {
  type Folder,
  type MariaDb,
  makeFolder,
  moodleSchoolSkipReason,
  startMoodleSchool,
  temporaryFolder,
} from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMoodleSource } from "../src/index.ts";
import { extractFiles } from "./fixtures/moodle-school.ts";

const controller = controllerId("lycee-1");

describe.skipIf(moodleSchoolSkipReason() !== undefined)("restitution of a Moodle site (S8)", () => {
  let server: MariaDb;
  let database: Database;
  let folder: Folder;
  beforeAll(async () => {
    folder = makeFolder();
    await extractFiles(folder.path);
    server = await startMoodleSchool();
    database = await openDatabase({ url: server.url("moodle") });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
    folder.remove();
  });

  async function restitutionOf(moodledata?: string) {
    const source = makeMoodleSource({
      ...{ database, controller, clock: systemClock },
      ...(moodledata === undefined ? {} : { moodledata }),
    });
    const found = await source.exports?.restitution(controller);
    if (found === undefined) throw new Error("no restitution");
    return { source, found };
  }

  it("gives every content back under its hash, says what is missing, and what each was called (S8)", async () => {
    const { found } = await restitutionOf(folder.path);
    const files = await collected(found.files());
    const given = files.filter(({ file }) => file.notGiven === undefined && file.name !== "files.csv");
    expect(given).toHaveLength(881);
    for (const { file, bytes } of given) {
      const hash = path.basename(file.name);
      expect(createHash("sha1").update(bytes).digest("hex")).toBe(hash);
      expect(file.name).toBe(`filedir/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`);
      expect(file.size).toBe(bytes.length);
    }
    const missing = files.filter(({ file }) => file.notGiven === "missing");
    expect(missing.length).toBeGreaterThan(0);
    expect(missing.every(({ file }) => (file.size ?? 0) > 32_768)).toBe(true);

    const [head, ...lines] = (files[0]?.bytes.toString() ?? "")
      .replace(/^\uFEFF/, "")
      .trimEnd()
      .split("\r\n");
    expect(head).toBe(
      '"path";"given";"component";"filearea";"itemid";"contextid";"filepath";"filename";"bytes";"type";"created"',
    );
    const [rows] = (await database.knex.raw(
      "select count(*) as n, count(distinct contenthash) as contents from mdl_files where filename <> '.'",
    )) as [[{ n: number; contents: number }]];
    expect(lines).toHaveLength(rows[0].n);
    const paths = new Set(
      lines.map((line) => /^"([^"]*)"/.exec(line)?.[1] ?? "").filter((name) => name !== ""),
    );
    expect(paths.size).toBe(rows[0].contents - missing.length);
    expect([...paths].every((name) => given.some(({ file }) => file.name === name))).toBe(true);
  });

  it("gives no cache, session, trash or key, follows no link, and says so (S8)", async () => {
    const [root, outside] = [path.join(temporaryFolder(), "data"), temporaryFolder()];
    cpSync(path.join(folder.path, "filedir", "00"), path.join(root, "filedir", "00"), { recursive: true });
    writeFileSync(path.join(outside, "passwd"), "secret outside");
    const hash = "0123456789abcdef0123456789abcdef01234567";
    mkdirSync(path.join(root, "filedir/01/23"), { recursive: true });
    symlinkSync(path.join(outside, "passwd"), path.join(root, "filedir/01/23", hash));
    symlinkSync(outside, path.join(root, "filedir/02"));
    for (const name of [
      "cache",
      "temp",
      "sessions",
      "trashdir/00",
      "secret/key",
      "repository/Élèves",
      "lang/fr_local",
    ])
      mkdirSync(path.join(root, name), { recursive: true });
    for (const name of [
      "cache/c",
      "sessions/sess_1",
      "trashdir/00/t",
      "secret/key/k",
      "repository/Élèves/liste.ods",
      "lang/fr_local/a.php",
    ])
      writeFileSync(path.join(root, name), name);
    symlinkSync(outside, path.join(root, "repository", "link"));
    symlinkSync(outside, path.join(root, "elsewhere"));
    execFileSync("mkfifo", [path.join(root, "repository", "pipe")]);

    const { found } = await restitutionOf(root);
    const files = (await collected(found.files())).slice(1);
    const there = files.filter(({ file }) => file.notGiven === undefined);
    expect(there.map(({ file }) => file.name).filter((name) => !name.startsWith("filedir/00/"))).toEqual([
      "lang/fr_local/a.php",
      "repository/Élèves/liste.ods",
    ]);
    expect(files.map(({ bytes }) => bytes.toString("latin1")).join()).not.toContain("secret");
    const listed = files.filter(({ file }) => file.notGiven !== undefined).map(({ file }) => file.name);
    expect(listed).toContain("repository/link");
    expect(listed).toContain("repository/pipe");
    expect(listed).toContain("filedir/01/23/" + hash);
    expect(found.notCovered.map(({ what }) => what)).toEqual([
      "working space of the data folder: cache, sessions, temp, trashdir",
      "the site's own keys (moodledata/secret)",
    ]);
  });

  it("fails, and gives nothing from elsewhere, where a file becomes a link or goes while it is read", async () => {
    const root = path.join(temporaryFolder(), "data");
    const [inner, moved] = [path.join(root, "repository", "a"), path.join(root, "repository", "moved")];
    mkdirSync(path.join(root, "filedir"), { recursive: true });
    mkdirSync(inner, { recursive: true });
    writeFileSync(path.join(inner, "x.txt"), "inside");
    writeFileSync(path.join(inner, "y.txt"), "inside");
    const { found } = await restitutionOf(root);
    const unreadable = { code: "MOODLE_FILE_UNREADABLE" };
    for await (const file of found.files()) {
      if (file.name === "repository/a/x.txt") {
        renameSync(inner, moved);
        symlinkSync(moved, inner);
        await expect(bytesOf(file)).rejects.toMatchObject(unreadable);
        rmSync(inner);
        renameSync(moved, inner);
        expect((await bytesOf(file)).toString()).toBe("inside");
      }
      if (file.name === "repository/a/y.txt") {
        unlinkSync(path.join(inner, "y.txt"));
        await expect(bytesOf(file)).rejects.toMatchObject(unreadable);
      }
    }
    await expect(restitutionOf(path.join(root, "nowhere"))).rejects.toMatchObject({
      code: "MOODLE_NO_FILE_STORE",
    });
    expect(readdirSync(path.dirname(inner))).toEqual(["a"]);
  });

  it("gives another controller nothing, and says without a file store that there are no files (S8)", async () => {
    const { source, found } = await restitutionOf();
    expect(await source.exports?.restitution(controllerId("other-school"))).toBeUndefined();
    expect(await collected(found.files())).toEqual([]);
    expect(found.notCovered.map(({ what }) => what)).toEqual(["content files (moodledata)"]);
  });

  it("writes names that spreadsheets take for formulas as texts", async () => {
    await database.knex.raw(
      "insert into mdl_files (contenthash, pathnamehash, contextid, component, filearea, itemid, filepath, filename, filesize, timecreated, timemodified) values (repeat('f', 40), repeat('e', 40), 1, 'user', 'private', 0, '/', '=HYPERLINK(\"x\").txt', 3, 1, 1)",
    );
    const { found } = await restitutionOf(folder.path);
    let list = "";
    for await (const file of found.files()) {
      list = (await bytesOf(file)).toString();
      break;
    }
    expect(list).toContain(
      `"";"no";"user";"private";0;1;"/";"'=HYPERLINK(""x"").txt";3;"";"1970-01-01T00:00:01.000Z"`,
    );
  });
});

async function bytesOf(file: RecordFile): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.bytes()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function collected(files: AsyncIterable<RecordFile>) {
  const found: { readonly file: RecordFile; readonly bytes: Buffer }[] = [];
  for await (const file of files) found.push({ file, bytes: await bytesOf(file) });
  return found;
}
