/** Containers against the tools that people have: unzip, 7-Zip, age, sha256sum. */
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { instant } from "@preau/kernel";
import { makeAgeIdentity } from "@preau/keys";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { writePackage } from "../src/write-package.ts";
import { type Protection, packageEnding } from "../src/write-package-bytes.ts";
import { contentOf, noise, type TestFile, text } from "./package.ts";

const run = promisify(execFile);
const AT = instant("2026-11-23T08:15:00.000Z");
const PASSPHRASE = "préau-cour-vélo-82-marelle";
const FILES: readonly TestFile[] = [
  { path: "lisez-moi.html", bytes: "<p>Élève</p>".repeat(5_000) },
  { path: "fichiers/Rédaction de Zoé.odt", bytes: "odt", packed: true },
  { path: "fichiers/学校/Ελλάδα.txt", bytes: "" },
];

async function written(protection: Protection, files = FILES) {
  const folder = temporaryFolder();
  const out = path.join(folder, `essai${packageEnding(protection)}`);
  const told = await writePackage(contentOf(files), { out, protection, at: AT });
  return { folder, out, told };
}

async function expectWhole(folder: string, zip: string, files = FILES) {
  await run("unzip", ["-tq", zip]);
  const inside = path.join(folder, "inside");
  await run("unzip", ["-q", zip, "-d", inside], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
  for (const { path: name, bytes } of files)
    if (typeof bytes === "string") expect(await readFile(path.join(inside, name), "utf8")).toBe(bytes);
  const { stdout } = await run("sha256sum", ["--strict", "-c", "SHA256SUMS"], { cwd: inside });
  expect(stdout.trim().split("\n")).toHaveLength(files.length + 1);
  const manifest = JSON.parse(await readFile(path.join(inside, "manifest.json"), "utf8")) as {
    readonly files: readonly { readonly path: string }[];
  };
  expect(manifest).toMatchObject({
    schema: "preau.package/1",
    kind: "project",
    madeAt: AT,
    facts: { rows: 3 },
  });
  expect(manifest.files.map((each) => each.path)).toEqual(files.map((each) => each.path));
}

describe("write a package (DD.2, S8)", () => {
  it("as a plain ZIP that unzip opens, with manifest and sums, for its owner alone (DD.2)", async () => {
    const { folder, out, told } = await written({ kind: "none" });
    await expectWhole(folder, out);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    const { stdout } = await run("sha256sum", [out]);
    expect(told).toMatchObject({ bytes: (await stat(out)).size, sha256: stdout.slice(0, 64), entries: 5 });
    expect(await readdir(folder)).toEqual(["essai.zip", "inside"]);
  });

  it("for a public key, as an age file that age opens (D10.1a)", async () => {
    const { identity, recipient } = await makeAgeIdentity();
    const { folder, out } = await written({ kind: "age", recipients: [recipient] });
    expect(path.basename(out)).toBe("essai.zip.age");
    await writeFile(path.join(folder, "key"), identity);
    await run("age", ["-d", "-i", path.join(folder, "key"), "-o", path.join(folder, "open.zip"), out]);
    await expectWhole(folder, path.join(folder, "open.zip"));
  });

  it("for a passphrase, as an AES-256 ZIP that 7-Zip opens and that names no file (D10.1a)", async () => {
    const { folder, out } = await written({ kind: "zip", passphrase: PASSPHRASE });
    const { stdout } = await run("7z", ["l", "-slt", `-p${PASSPHRASE}`, out]);
    expect(stdout).toMatch(/Method = (?:AES-256 Store|Store AES-256|AES-256)/);
    expect(stdout).toMatch(/Encrypted = \+/);
    expect((await readFile(out)).includes(Buffer.from("Zoé"))).toBe(false);
    await run("7z", ["x", `-p${PASSPHRASE}`, `-o${folder}`, out]);
    await expectWhole(folder, path.join(folder, "contents.zip"));
    await expect(run("7z", ["t", "-pwrong passphrase", out])).rejects.toMatchObject({ code: 2 });
  });

  it.each(["../x", "/etc/x", "a\\b", "a/../b", "C:/x", "a//b", "a/./b", "a\nb", "SHA256SUMS", "e\u0301.txt"])(
    "refuses the path %j and leaves nothing (DD.2)",
    async (bad) => {
      const folder = temporaryFolder();
      const writing = writePackage(contentOf([...FILES, { path: bad, bytes: "x" }]), {
        ...{ out: path.join(folder, "a.zip"), protection: { kind: "none" }, at: AT },
      });
      await expect(writing).rejects.toMatchObject({ code: "EXPORT_BAD_PATH" });
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it.each([
    ["two of one name but for case", ["Zoé.txt", "ZOÉ.TXT"]],
    ["a file that is a folder of another", ["a", "A/b"]],
    ["a folder that is another's file", ["a/b", "A"]],
  ])("refuses %s (DD.2)", async (_, names) => {
    const out = path.join(temporaryFolder(), "a.zip");
    const files = names.map((name) => ({ path: name, bytes: "x" }));
    await expect(
      writePackage(contentOf(files), { out, protection: { kind: "none" }, at: AT }),
    ).rejects.toMatchObject({ code: "EXPORT_BAD_PATH" });
  });

  it("leaves nothing when an entry fails, and gives its error on (S8)", async () => {
    const folder = temporaryFolder();
    const lost = async function* () {
      yield* text("half");
      throw new Error("connection lost");
    };
    const files = [...FILES, { path: "dump.sql", bytes: lost }];
    for (const protection of [{ kind: "none" }, { kind: "zip", passphrase: PASSPHRASE }] as const)
      await expect(
        writePackage(contentOf(files), { out: path.join(folder, "a.zip"), protection, at: AT }),
      ).rejects.toThrow("connection lost");
    const { recipient } = await makeAgeIdentity();
    await expect(
      writePackage(contentOf(files), {
        ...{ out: path.join(folder, "a"), protection: { kind: "age", recipients: [recipient] }, at: AT },
      }),
    ).rejects.toThrow("connection lost");
    expect(await readdir(folder)).toEqual([]);
  });

  it("leaves nothing when it is stopped", async () => {
    const folder = temporaryFolder();
    const stopping = new AbortController();
    const files = [{ path: "big", bytes: () => noise(64 * 1024 * 1024), packed: true }];
    const writing = writePackage(contentOf(files), {
      ...{ out: path.join(folder, "a.zip"), protection: { kind: "zip", passphrase: PASSPHRASE }, at: AT },
      signal: stopping.signal,
      onProgress: ({ bytes }) => bytes > 0 && stopping.abort(new Error("stopped")),
    });
    await expect(writing).rejects.toThrow("stopped");
    expect(await readdir(folder)).toEqual([]);
  });

  it("refuses a name that is taken, and follows no link, unless told to replace it", async () => {
    const folder = temporaryFolder();
    await mkdir(path.join(folder, "elsewhere"));
    const out = path.join(folder, "a.zip");
    const write = (overwrite: boolean) =>
      writePackage(contentOf(FILES), { out, protection: { kind: "none" }, at: AT, overwrite });
    await symlink(path.join(folder, "elsewhere/target"), out);
    await expect(write(false)).rejects.toMatchObject({ code: "EXPORT_FILE_EXISTS" });
    await write(true);
    expect(await readdir(path.join(folder, "elsewhere"))).toEqual([]);
    await symlink(path.join(folder, "elsewhere/target"), `${out}.part`);
    await expect(write(true)).rejects.toMatchObject({ code: "EXPORT_FILE_EXISTS" });
    expect(await readdir(path.join(folder, "elsewhere"))).toEqual([]);
  });

  it("says EXPORT_FILE_UNWRITABLE for a folder that is not there", async () => {
    const out = path.join(temporaryFolder(), "none", "a.zip");
    await expect(
      writePackage(contentOf(FILES), { out, protection: { kind: "none" }, at: AT }),
    ).rejects.toMatchObject({ code: "EXPORT_FILE_UNWRITABLE", exit: 4 });
  });

  it("says EXPORT_DISK_FULL, and leaves nothing, where the destination fills up", async () => {
    const folder = temporaryFolder();
    const program = path.join(import.meta.dirname, "programs/fill-disk.ts");
    // A file of at most 2 MiB: the write fails with EFBIG, as it does with ENOSPC on a full disk.
    const shell = `ulimit -f 2048; exec "$0" --conditions=@preau/source --disable-warning=ExperimentalWarning "$1" "$2"`;
    const { stdout } = await run("bash", [
      "-c",
      shell,
      process.execPath,
      program,
      path.join(folder, "a.zip"),
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ code: "EXPORT_DISK_FULL", entry: { exit: 4 } });
    expect(await readdir(folder)).toEqual([]);
  });

  it("takes memory that does not grow with the files (S8)", async () => {
    const program = path.join(import.meta.dirname, "programs/large-package.ts");
    const rss = async (mebibytes: number) => {
      const options = ["--conditions=@preau/source", "--disable-warning=ExperimentalWarning"];
      const args = [...options, program, temporaryFolder(), "none", String(mebibytes)];
      const { stdout } = await run(process.execPath, args);
      return (JSON.parse(stdout) as { readonly rssMiB: number }).rssMiB;
    };
    expect((await rss(320)) - (await rss(1))).toBeLessThan(120);
  }, 60_000);
});
