import { controllerId, type EntryId, type Instant, instant, manualClock, silentLog } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { openHub } from "../src/hub.ts";
import { preauHere } from "./preau-here.ts";

const school = controllerId("college-1");
const DAY = 86_400_000;

/** An installation with activity of some ages, and one recorded instruction. */
async function installation() {
  const cwd = temporaryFolder();
  const now = Date.now();
  const daysAgo = (days: number): Instant => instant(new Date(now - days * DAY).toISOString());
  let instruction: EntryId | undefined;
  for (const [days, log] of [
    [700, "activity"],
    [600, "activity"],
    [300, "activity"],
    [2, "activity"],
    [1, "evidence"],
  ] as const) {
    const clock = manualClock(daysAgo(days));
    const hub = await openHub(readConfig({}, cwd), { clock, log: silentLog, sources: [] });
    const event = {
      ...{ log, type: `test.${log}`, controller: school },
      actor: { role: "support", id: "act_1" },
      subject: { id: "sub_1", payload: { name: "Zoé Martin" } },
    } as const;
    const id = await hub.ports.unitOfWork.transaction((unit) => hub.journal.record(unit, event));
    if (log === "evidence") instruction = id;
    await hub.sequencer.runOnce();
    await hub.close();
  }
  const run = async (...args: string[]) => {
    const answer = await preauHere(["journal", ...args], { cwd });
    return { ...answer, json: () => JSON.parse(answer.out) as Record<string, unknown> };
  };
  return { cwd, run, instruction: instruction as string };
}

describe("preau journal archive and prune (DD.8)", () => {
  it("do what the agreement's figures say today, and say before what they would do", async () => {
    const { run } = await installation();
    const would = await run("archive", "--dry-run", "--json");
    expect([would.code, would.json()]).toMatchObject([
      0,
      { log: "activity", step: "archive", dryRun: true, entries: 3, size: 4, inArchive: 0, gone: 0 },
    ]);
    expect((await run("prune", "--dry-run", "--json")).json()).toMatchObject({ entries: 2, dryRun: true });
    expect((await run("archive", "--json")).json()).toMatchObject({ entries: 3, inArchive: 3 });
    expect((await run("prune", "--json")).json()).toMatchObject({ entries: 2, inArchive: 1, gone: 2 });
    const again = await run("prune");
    expect(again.code).toBe(0);
    expect(again.out).toMatch(/^recorded before +20\d\d-.*\nremoved +0\nin the log +4\n/);
    const audit = await run("audit");
    expect([audit.code, audit.out]).toMatchObject([0, expect.stringContaining("activity  HOLDS  size 4")]);
  });

  it("open the archive on a recorded instruction alone, and record who asked and why", async () => {
    const { run, instruction, cwd } = await installation();
    await run("archive");
    const open = (entry: string, ...more: string[]) =>
      run("open-archive", "--controller", school, "--instruction", entry, "--reason", "incident 12", ...more);
    const refused = await open("jrn_nobody", "--json");
    expect([refused.code, refused.out]).toEqual([2, ""]);
    expect(refused.err).toContain("JOURNAL_ARCHIVE_NO_INSTRUCTION");
    const opened = await open(instruction, "--json");
    expect([opened.code, opened.json()["entries"]]).toMatchObject([
      0,
      [{ index: 0 }, { index: 1 }, { index: 2, subject: { payload: { name: "Zoé Martin" } } }],
    ]);
    expect((await open(instruction)).out.split("\n")).toHaveLength(4);
    const nothing = await open(instruction, "--until", "2001-01-01", "--json");
    expect([nothing.code, nothing.json()]).toEqual([1, { entries: [] }]);
    const hub = await openHub(readConfig({}, cwd), {
      ...{ clock: manualClock(instant(new Date().toISOString())), log: silentLog, sources: [] },
    });
    const told = await hub.ports.unitOfWork.transaction((unit) =>
      hub.journal.entries(unit, { controller: school, type: "journal.archiveOpened" }),
    );
    await hub.close();
    expect(told).toHaveLength(3);
    expect(told[0]).toMatchObject({
      ...{ actorRole: "operations", actor: { payload: { reason: "incident 12" } } },
      payload: { instruction },
    });
  });
});
