/** The Moodle school given back: dumped, packed, unpacked by stock tools, and restored by the commands that come with it. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { databaseRestitution, writePackage } from "@preau/data-export";
import { type Database, openDatabase } from "@preau/database";
import { controllerId, instant, systemClock } from "@preau/kernel";
import { makeAgeIdentity } from "@preau/keys";
import { makeMoodleSource } from "@preau/moodle";
import { makeFolder, moodleSchoolFolder, startMoodleSchool, temporaryFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { noMoodleSchool } from "./moodle-school.ts";
import { mountSmallDisk } from "./small-disk.ts";

const run = promisify(execFile);
const controller = controllerId("lycee-1");
const AT = instant("2026-11-26T20:00:00.000Z");

describe.skipIf(noMoodleSchool() !== undefined)("restitution of a Moodle school (S8)", () => {
  async function open() {
    const server = await startMoodleSchool();
    const database = await openDatabase({ url: server.url("moodle") });
    const folder = makeFolder();
    onTestFinished(async () => {
      await database.close();
      await server.stop();
      folder.remove();
    });
    const moodledata = path.join(folder.path, "moodledata");
    await mkdir(path.join(moodledata, "filedir"), { recursive: true });
    await run("tar", [
      "-xzf",
      path.join(moodleSchoolFolder, "filedir.tar.gz"),
      "-C",
      path.join(moodledata, "filedir"),
    ]);
    const source = makeMoodleSource({ database, controller, clock: systemClock, moodledata });
    const ports = { clock: systemClock, sources: new Map([["moodle", source]]) };
    const content = databaseRestitution(ports, { controller, language: "fr" });
    return { server, database, folder: folder.path, moodledata, content };
  }

  it("loads into an empty database with the stock client: 494 tables by their sums, files by SHA-256 (S8)", async () => {
    const { server, database, folder, moodledata, content } = await open();
    const out = path.join(folder, "p.zip");
    await writePackage(content, { out, protection: { kind: "none" }, at: AT });
    const [inside, target] = [path.join(folder, "inside"), path.join(folder, "target")];
    await run("unzip", ["-q", out, "-d", inside], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
    await mkdir(target);
    await server.sql("create database restored character set utf8mb4");
    const client = `mariadb --no-defaults --socket=${server.socket} --user=root`;
    const commands = (await readFile(path.join(inside, "restore.txt"), "utf8"))
      .replace("NAME\n", "restored\n")
      .replace("TARGET/", `${target}/`)
      .replace("| mariadb ", `| ${client} `);
    await writeFile(path.join(folder, "restore.sh"), commands);
    await run("bash", [path.join(folder, "restore.sh")], { cwd: inside });

    const restored = await openDatabase({ url: server.url("restored") });
    const [was, is] = [await sums(database), await sums(restored)];
    await restored.close();
    expect(was.size).toBe(494);
    expect(is).toEqual(was);
    const files = await hashes(path.join(moodledata, "filedir"));
    files.delete("warning.txt"); // Moodle's own word to its operator
    expect(files.size).toBe(881);
    expect(await hashes(path.join(target, "filedir"))).toEqual(files);
    expect(await readFile(path.join(target, "files.csv"), "utf8")).toContain('"filedir/');
  }, 120_000);

  it("leaves nothing on a disk that fills up, and no program that dumps (S8)", async () => {
    const disk = mountSmallDisk(path.join(temporaryFolder(), "disk"), 2);
    if (disk === undefined) return void process.stderr.write("skipped: no small disk can be mounted here\n");
    onTestFinished(() => {
      disk.remove();
    });
    const { content } = await open();
    const { recipient } = await makeAgeIdentity();
    const writing = writePackage(content, {
      ...{ out: path.join(disk.path, "p.zip.age"), at: AT },
      protection: { kind: "age", recipients: [recipient] },
    });
    await expect(writing).rejects.toMatchObject({ code: "EXPORT_DISK_FULL" });
    expect(await readdir(disk.path)).toEqual([]);
    await expect.poll(dumpPrograms, { timeout: 3000 }).toEqual([]);
  });
});

/** Programs that dump, started by this process. */
async function dumpPrograms(): Promise<readonly string[]> {
  const children = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, "utf8");
  const names = children
    .trim()
    .split(" ")
    .filter(Boolean)
    .map((pid) => readFile(`/proc/${pid}/comm`, "utf8").catch(() => ""));
  return (await Promise.all(names)).filter((name) => name.startsWith("mariadb-dump"));
}

/** Rows and checksum of every table, by the server itself. */
async function sums({ knex }: Database): Promise<ReadonlyMap<string, string>> {
  const [tables] = (await knex.raw(
    "select table_name as t from information_schema.tables where table_schema = database()",
  )) as [{ t: string }[]];
  const [found] = (await knex.raw(
    `checksum table ${tables.map(({ t }) => `\`${t}\``).join(", ")} extended`,
  )) as [{ Table: string; Checksum: number }[]];
  const counts = (await knex.raw(
    tables.map(({ t }) => `select '${t}' as t, count(*) as n from \`${t}\``).join(" union all "),
  )) as [{ t: string; n: number }[]];
  const rows = new Map(counts[0].map(({ t, n }) => [t, n]));
  return new Map(
    found.map((each) => {
      const name = each.Table.replace(/^.*\./, "");
      return [name, `${rows.get(name)} rows, ${each.Checksum}`];
    }),
  );
}

async function hashes(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const at = path.join(entry.parentPath, entry.name);
    found.set(
      path.relative(folder, at),
      createHash("sha256")
        .update(await readFile(at))
        .digest("hex"),
    );
  }
  return found;
}
