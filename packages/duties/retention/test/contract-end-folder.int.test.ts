import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { openHandBackFolder } from "../src/return-or-delete-folder.ts";

const END = "end_1";
const REFUSED = { code: "RETENTION_HAND_BACK_FOLDER" };

function place(): string {
  const folder = makeFolder();
  onTestFinished(() => {
    folder.remove();
  });
  return folder.path;
}

async function* bytes() {
  yield Buffer.from("exercise 1");
}

describe("the folder of a hand-back", () => {
  it("is taken up again after a kill before the first commit, from the start (D6.2c)", async () => {
    const out = path.join(place(), "out");
    const first = await openHandBackFolder(out, END);
    await first.file("school", "a.txt", bytes());
    const second = await openHandBackFolder(out, END);
    expect(second.cursor).toBeUndefined();
    await second.row("school", "pupil", { id: 1 });
    await second.commit({ at: 1 });
    expect((await second.finish({})).files.map((each) => each.path)).toEqual(["school/pupil.ndjson"]);
    await expect(openHandBackFolder(out, "end_2")).rejects.toMatchObject(REFUSED);
  });

  it("is taken up again where the progress is empty or was not yet named", async () => {
    for (const name of [".hand-back.json", "..hand-back.json.next"]) {
      const out = place();
      writeFileSync(path.join(out, name), "");
      expect((await openHandBackFolder(out, END)).cursor).toBeUndefined();
      expect(JSON.parse(readFileSync(path.join(out, ".hand-back.json"), "utf8"))).toMatchObject({ end: END });
    }
  });

  it("is the service's own alone, also when it was there before; what is refused stays as it was", async () => {
    const out = place();
    chmodSync(out, 0o755);
    await openHandBackFolder(out, END);
    expect(statSync(out).mode & 0o777).toBe(0o700);
    const other = place();
    chmodSync(other, 0o755);
    writeFileSync(path.join(other, "mine.txt"), "");
    await expect(openHandBackFolder(other, END)).rejects.toMatchObject(REFUSED);
    expect(statSync(other).mode & 0o777).toBe(0o755);
  });

  it("is no link, and no link in it is followed", async () => {
    const here = place();
    const [target, link, out] = ["target", "link", "out"].map((name) => path.join(here, name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(target);
    symlinkSync(target, link);
    await expect(openHandBackFolder(link, END)).rejects.toMatchObject(REFUSED);
    await expect(openHandBackFolder(`${link}/`, END)).rejects.toMatchObject(REFUSED);
    await expect(openHandBackFolder("out", END)).rejects.toMatchObject(REFUSED);
    await openHandBackFolder(out, END);
    symlinkSync(target, path.join(out, "school"));
    await expect(openHandBackFolder(out, END)).rejects.toMatchObject(REFUSED);
  });

  it("does not touch what a forged progress names outside of it", async () => {
    const here = place();
    const [out, victim] = [path.join(here, "out"), path.join(here, "victim.txt")];
    writeFileSync(victim, "kept");
    mkdirSync(out);
    const files = [{ path: "school/../../victim.txt", bytes: 0 }];
    writeFileSync(path.join(out, ".hand-back.json"), JSON.stringify({ end: END, cursor: null, files }));
    await expect(openHandBackFolder(out, END)).rejects.toMatchObject(REFUSED);
    expect(readFileSync(victim, "utf8")).toBe("kept");
  });
});
