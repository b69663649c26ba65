import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeTraceMatcher } from "@preau/data-map";
import { isFault } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openFileStore } from "../src/file-store.ts";
import { lookAgainAtFiles } from "../src/look-again-files.ts";

const hash = (letter: string) => letter.repeat(40);
const put = (root: string, folder: string, name: string, text: string | Buffer) => {
  const path = join(root, folder, name.slice(0, 2), name.slice(2, 4), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

describe("Moodle's file store (D12.2)", () => {
  it("removes a content from filedir and from the trash, once", async () => {
    const root = temporaryFolder();
    put(root, "filedir", hash("a"), "x");
    put(root, "trashdir", hash("a"), "x");
    put(root, "filedir", hash("b"), "y");
    const store = await openFileStore(root);
    expect(await store.present([hash("a"), hash("b"), hash("c")])).toEqual([hash("a"), hash("b")]);
    expect([
      await store.remove(hash("a")),
      await store.remove(hash("a")),
      await store.present([hash("a"), hash("b")]),
    ]).toEqual([true, false, [hash("b")]]);
  });

  it("takes nothing but a SHA-1 for a content (law)", async () => {
    const root = temporaryFolder();
    put(root, "filedir", hash("b"), "y");
    const store = await openFileStore(root);
    const odd = fc.oneof(
      fc.string(),
      fc.constantFrom(`../../filedir/bb/bb/${hash("b")}`, `${hash("b")}/`, "..", hash("B"), `${hash("b")}b`),
    );
    await fc.assert(
      fc.asyncProperty(odd, async (text) => {
        expect(await store.remove(text)).toBe(false);
      }),
    );
    expect(await store.present([hash("b")])).toEqual([hash("b")]);
  });

  it("refuses a folder that is not there", async () => {
    const error: unknown = await openFileStore(join(temporaryFolder(), "none")).catch(
      (caught: unknown) => caught,
    );
    expect(isFault(error, "MOODLE_NO_FILE_STORE")).toBe(true);
  });

  it("finds a trace over the border of two reads, and counts what is packed", async () => {
    const root = temporaryFolder();
    put(root, "filedir", hash("a"), `${" ".repeat((1 << 18) - 4)}eleve0101 été`);
    put(root, "filedir", hash("b"), Buffer.from("PK\u0003\u0004…"));
    put(root, "filedir", hash("c"), "eleve01012");
    const report = await lookAgainAtFiles(await openFileStore(root), makeTraceMatcher(["eleve0101"]));
    expect(report).toEqual({ files: 3, hits: 1, packed: 1 });
  });
});
