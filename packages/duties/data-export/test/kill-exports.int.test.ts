/** SIGKILL while a package is made: what was finished is not made again, nothing lies in clear, the package is whole. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { openDatabase } from "@preau/database";
import { systemClock } from "@preau/kernel";
import { makeAgeIdentity } from "@preau/keys";
import { freshDatabaseUrl, killLoop, mariaDbSkipReason, spawnSource, temporaryFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageFile } from "../src/export-order-folder.ts";
import { fileKey } from "../src/export-order-keys.ts";
import { listExports } from "../src/export-order-list.ts";
import { PACKAGE } from "../src/export-order-run.ts";
import { openSealed, readSealed } from "../src/spool-sealed-file.ts";
import { openExportHouse, SCHOOL } from "./export-house.ts";
import { contentOf } from "./package.ts";

const run = promisify(execFile);
const script = path.join(import.meta.dirname, "programs/make-exports.ts");

async function kill(kind: "sqlite" | "mariadb", times: number) {
  const folder = temporaryFolder();
  const { identity, recipient } = await makeAgeIdentity();
  const urls = [await freshDatabaseUrl(kind), await freshDatabaseUrl("sqlite")] as const;
  const args = [...urls, folder, recipient];
  const check = async () => {
    for (const file of await everyFile(path.join(folder, "exports")))
      expect((await readFile(file)).includes("CLEAR-TEXT")).toBe(false);
  };
  const { killed } = await killLoop({ script, args, times, withinMs: 700, check });
  const last = spawnSource(script, args);
  expect(await last.ended, last.errors()).toMatchObject({ code: 0 });

  const begun = (await readFile(path.join(folder, "begun.log"), "utf8")).trim().split("\n");
  expect(new Set(begun).size).toBe(24);
  // A kill loses the one entry under way, and a lease that lapsed the one of the run before.
  expect(begun.length).toBeLessThanOrEqual(24 + killed);

  const database = await openDatabase({ url: urls[0] });
  const keysDatabase = await openDatabase({ url: urls[1] });
  onTestFinished(() => Promise.all([database.close(), keysDatabase.close()]).then(() => undefined));
  const house = await openExportHouse(
    { database, keysDatabase },
    { clock: systemClock, folder: path.join(folder, "exports"), makeContent: () => contentOf([]) },
  );
  const [order] = await listExports(house.ports, SCHOOL);
  expect(order).toMatchObject({ state: "ready", files: 26 });
  if (order === undefined) return;
  expect(await everyFile(path.join(folder, "exports"))).toEqual([packageFile(house.options, order.id)]);
  const key = await fileKey(house.ports, order);
  const sealed = await openSealed({ file: packageFile(house.options, order.id), key, context: PACKAGE });
  if (sealed === undefined) throw new Error("no package");
  const chunks: Uint8Array[] = [];
  for await (const chunk of readSealed(sealed)) chunks.push(chunk);
  await sealed.handle.close();
  await writeFile(path.join(folder, "p.age"), Buffer.concat(chunks));
  await writeFile(path.join(folder, "key"), identity);
  await run("age", ["-d", "-i", "key", "-o", "p.zip", "p.age"], { cwd: folder });
  await run("unzip", ["-q", "p.zip", "-d", "in"], { cwd: folder });
  const { stdout } = await run("sha256sum", ["-c", "SHA256SUMS"], { cwd: path.join(folder, "in") });
  expect(stdout.trim().split("\n")).toHaveLength(25);
}

async function everyFile(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return [];
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((each) => each.isFile()).map((each) => path.join(each.parentPath, each.name));
}

describe("a package that is killed while it is made (S8)", () => {
  it("goes on after each SIGKILL on SQLite, entry by entry (S8)", () => kill("sqlite", 3), 120_000);
  it.skipIf(mariaDbSkipReason() !== undefined)(
    "goes on after each SIGKILL on MariaDB, entry by entry (S8)",
    () => kill("mariadb", 3),
    120_000,
  );
});
