import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { controllerId, creationMark } from "@preau/kernel";
import { codeOf, killLoop, spawnSource, temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { openReplayList } from "../src/index.ts";

const PROGRAM = fileURLToPath(new URL("programs/remember-marks.ts", import.meta.url));
const SCHOOL = controllerId("college-1");
const mark = (key: number | string) => creationMark("moodle", key, 1);
const entry = (...marks: readonly string[]) =>
  ({ receipt: "ers_1", controller: SCHOOL, source: "moodle", ground: "instruction", marks }) as const;
const at = () => path.join(temporaryFolder(), "replay");

/** What a program said was on the list, and was not said to be gone again. The last line may be half a line. */
function acknowledged(output: string): readonly string[] {
  const lines = output
    .slice(0, output.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => line.startsWith("moodle|") || line.startsWith("gone "));
  const gone = new Set(lines.filter((line) => line.startsWith("gone ")).map((line) => line.slice(5)));
  return lines.filter((line) => line.startsWith("moodle|") && !gone.has(line));
}

describe("a replay list on disk (D12.3)", () => {
  it("loses nothing that it said it had, wherever a process is killed", async () => {
    const folder = at();
    const times = Number(process.env["PREAU_KILLS"] ?? 8);
    let rounds = 0;
    await killLoop({
      script: PROGRAM,
      args: [folder, "k", "100000"],
      times,
      withinMs: 400,
      check: async (round) => {
        rounds = round + 1;
        // Whatever a killed one left, the list reads and takes another.
        const list = openReplayList(folder);
        await list.remember(entry(mark(`after-${round}`)));
        const asked = Array.from({ length: rounds }, (_, index) => mark(`after-${index}`));
        expect((await list.find(SCHOOL, asked)).size).toBe(rounds);
        expect(list.count().entries).toBeGreaterThanOrEqual(rounds);
      },
    });
    expect(rounds).toBe(times);
  }, 60_000);

  it("keeps what two processes that write at once were told, each line once", async () => {
    const folder = at();
    const programs = ["one", "two"].map((name) => spawnSource(PROGRAM, [folder, name, "30"]));
    const ends = await Promise.all(programs.map(({ ended }) => ended));
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
    const told = programs.flatMap((program) => acknowledged(program.output()));
    expect(told.length).toBe(48);
    const list = openReplayList(folder);
    expect((await list.find(SCHOOL, told)).size).toBe(told.length);
    expect(list.count().entries).toBe(told.length);
  }, 60_000);

  it("keeps what a killed process was told before", async () => {
    const folder = at();
    const program = spawnSource(PROGRAM, [folder, "x", "100000"]);
    while (acknowledged(program.output()).length < 12)
      await new Promise((resolve) => setTimeout(resolve, 10));
    program.child.kill("SIGKILL");
    await program.ended;
    const told = acknowledged(program.output());
    // What was being dropped in that moment may be gone without having been said to be.
    const found = await openReplayList(folder).find(SCHOOL, told);
    expect(told.filter((each) => !found.has(each)).length).toBeLessThanOrEqual(1);
  }, 60_000);

  it("is closed to other users, and says no key, no identifier and no time in clear", async () => {
    const folder = at();
    await openReplayList(folder).remember(entry(creationMark("moodle", 4711, 1_700_000_123)));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) {
      expect([name, statSync(path.join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
      if (name.startsWith("list-"))
        expect(readFileSync(path.join(folder, name), "utf8")).not.toMatch(/4711|1700000123/);
    }
  });

  it("keeps no line of what was dropped, and only one list", async () => {
    const folder = at();
    const list = openReplayList(folder);
    await list.remember(entry(mark(1)));
    const before = readFileSync(path.join(folder, "list-1"), "utf8").split(" ")[1] ?? "?";
    await list.remember({ ...entry(mark(2)), receipt: "ers_2" });
    await list.settle("ers_1", "2026-01-01");
    expect(await list.dropBefore("2026-01-02")).toBe(1);
    const lists = readdirSync(folder).filter((name) => name.startsWith("list-"));
    expect(lists).toEqual(["list-2"]);
    expect(readFileSync(path.join(folder, "list-2"), "utf8")).not.toContain(before);
  });

  it.each([
    ["a line cut short", (text: string) => text.slice(0, -5)],
    ["a whole line less", (text: string) => `${text.trimEnd().split("\n").slice(0, -1).join("\n")}\n`],
    ["a letter changed", (text: string) => text.replace("instruction", "instructiom")],
    [
      "two lines the other way round",
      (text: string) => `${text.trimEnd().split("\n").reverse().join("\n")}\n`,
    ],
  ])("does not trust %s", async (_, damage) => {
    const folder = at();
    const list = openReplayList(folder);
    await list.remember(entry(mark(1)));
    await list.remember(entry(mark(2)));
    const file = path.join(folder, "list-1");
    writeFileSync(file, damage(readFileSync(file, "latin1")), "latin1");
    expect(await codeOf(openReplayList(folder).find(SCHOOL, [mark(1)]))).toBe("BACKUPS_LIST_BROKEN");
    expect(await codeOf(openReplayList(folder).remember(entry(mark(3))))).toBe("BACKUPS_LIST_BROKEN");
  });

  it("does not trust a list under another key, nor one whose head is gone", async () => {
    const folder = at();
    await openReplayList(folder).remember(entry(mark(1)));
    const key = path.join(folder, "replay.key");
    const own = readFileSync(key);
    writeFileSync(key, `${"ab".repeat(32)}\n`);
    expect(await codeOf(openReplayList(folder).find(SCHOOL, [mark(1)]))).toBe("BACKUPS_LIST_BROKEN");
    writeFileSync(key, own);
    const head = path.join(folder, "head");
    const said = readFileSync(head);
    rmSync(head);
    expect(await codeOf(openReplayList(folder).find(SCHOOL, [mark(1)]))).toBe("BACKUPS_LIST_BROKEN");
    expect(await codeOf(openReplayList(folder).remember(entry(mark(2))))).toBe("BACKUPS_LIST_BROKEN");
    writeFileSync(head, said);
    expect((await openReplayList(folder).find(SCHOOL, [mark(1)])).size).toBe(1);
    chmodSync(key, 0o644);
    expect(await codeOf(openReplayList(folder).find(SCHOOL, [mark(1)]))).toBe("BACKUPS_LIST_BROKEN");
  });

  it("says that it cannot be written before anybody is erased", async () => {
    const file = path.join(temporaryFolder(), "file");
    writeFileSync(file, "");
    expect(await codeOf(openReplayList(path.join(file, "replay")).remember(entry(mark(1))))).toBe(
      "BACKUPS_LIST_UNWRITABLE",
    );
    const empty = at();
    mkdirSync(empty);
    expect(await codeOf(openReplayList(empty).find(SCHOOL, [mark(1)]))).toBe("BACKUPS_LIST_MISSING");
  });
});
