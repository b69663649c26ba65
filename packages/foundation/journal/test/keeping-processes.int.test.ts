import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { addHours, type EntryId, instant, manualClock } from "@preau/kernel";
import { type DatabaseKind, describeOnMariaDb, freshDatabaseUrl } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { readCheckpoint } from "../src/checkpoint.ts";
import { verifyConsistency, verifyReceiptOrProof } from "../src/index.ts";
import { about, openJournalAt, school } from "./open-journal.ts";

const KEEPER = fileURLToPath(new URL("keeper.ts", import.meta.url));
/** Kills in CI; `npm run soak` asks for more. */
const KILLS = Number(process.env["PREAU_SOAK_KILLS"] ?? 4);
const START = instant("2026-01-01T00:00:00.000Z");
const HOURS = 80;
const A_HOUR = 60;

const suite = (kind: DatabaseKind) => {
  it(`moves and removes each entry once, two at a time, over ${KILLS} kills (kill -9)`, {
    timeout: 90_000 + KILLS * 5_000,
  }, async () => {
    const urls = { data: await freshDatabaseUrl(kind), keys: await freshDatabaseUrl(kind) };
    const clock = manualClock(START);
    const world = await openJournalAt(urls, clock);
    onTestFinished(world.close);
    const { journal, keeping, sequencer, unitOfWork, database } = world;
    let last: EntryId | undefined;
    let early = "";
    for (let hour = 0; hour < HOURS; hour += 1) {
      const events = Array.from({ length: A_HOUR }, (_, n) => about(`sub_${n % 9}`));
      const ids = await unitOfWork.transaction((unit) => journal.recordMany(unit, events));
      await sequencer.runOnce();
      if (hour === 3) early = (await journal.checkpoint("activity"))!;
      last = ids.at(-1);
      clock.advance(3_600_000);
    }
    const end = addHours(START, HOURS - 10);

    const keeper = async () => {
      const child = spawn(
        process.execPath,
        ["--conditions=@preau/source", KEEPER, urls.data, urls.keys, START, end],
        {
          stdio: ["ignore", "pipe", "inherit"],
        },
      );
      await once(child.stdout, "data");
      return child;
    };
    for (let n = 0; n < KILLS; n += 2) {
      const pair = [await keeper(), await keeper()];
      await new Promise((resolve) => setTimeout(resolve, 40 + Math.random() * 250));
      // Also while they move what it reads.
      expect(await journal.audit("activity")).toMatchObject({ holds: true });
      for (const child of pair) {
        expect([null, 0]).toContain(child.exitCode); // killed or done, and never because it found the other's work
        if (child.exitCode !== null) continue;
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
      }
      expect(await journal.audit("activity")).toMatchObject({ holds: true, size: HOURS * A_HOUR });
    }
    await keeping.archiveActivity({ controller: school, before: end });
    await keeping.pruneActivity({ controller: school, before: addHours(end, -20) });
    await sequencer.runOnce();

    const size = HOURS * A_HOUR;
    const [archived, minimum] = [70 * A_HOUR, 50 * A_HOUR];
    expect(await keeping.standing("activity")).toEqual({
      size,
      archived,
      minimum,
      inArchive: archived - minimum,
    });
    const left = await database.knex("jrn_entry").where({ log: "activity" }).count({ n: "*" });
    expect(Number(left[0]?.["n"])).toBe(size - archived);
    expect(await journal.audit("activity")).toEqual({ holds: true, size });
    expect(await journal.audit("evidence")).toMatchObject({ holds: true });

    // What was removed is told once, without gap or overlap.
    const told = await unitOfWork.transaction((unit) =>
      journal.entries(unit, { controller: school, log: "evidence", type: "journal.prunedTo", limit: 1_000 }),
    );
    const ranges = told.map(({ payload }) => [Number(payload?.["from"]), Number(payload?.["to"])] as const);
    let upTo = 0;
    for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
      expect(from).toBe(upTo);
      upTo = to;
    }
    expect(upTo).toBe(minimum);
    const [older, newer] = [early, (await journal.checkpoint("activity"))!].map(
      (text) => readCheckpoint(text)!,
    );
    const proof = await journal.proveConsistency("activity", older!.size, newer!.size);
    expect(verifyConsistency(older!, newer!, proof)).toBe(true);
    const vkey = journal.vkey("activity");
    expect(verifyReceiptOrProof((await journal.prove(school, last!))!, { vkey }).result).toBe("TRUE");
  });

  it("destroys the payload of evidence, and nothing else of it", async () => {
    const urls = { data: await freshDatabaseUrl(kind), keys: await freshDatabaseUrl(kind) };
    const clock = manualClock(START);
    const world = await openJournalAt(urls, clock);
    onTestFinished(world.close);
    const { journal, keeping, sequencer, unitOfWork } = world;
    const events = Array.from({ length: 1_100 }, (_, n) => about(`sub_${n % 9}`, { log: "evidence" }));
    const ids = await unitOfWork.transaction((unit) => journal.recordMany(unit, events));
    await sequencer.runOnce();
    const before = addHours(START, 1);
    const spent = { controller: school, types: ["test.changed"], before };
    expect(await keeping.destroyEvidence({ ...spent, only: ids.slice(0, 2) })).toEqual({ "test.changed": 2 });
    expect(await keeping.destroyEvidence(spent)).toEqual({ "test.changed": 1_098 });
    await sequencer.runOnce();
    expect(await journal.audit("evidence")).toEqual({ holds: true, size: 1_102 });
    const proof = (await journal.prove(school, ids[7]!))!;
    expect(verifyReceiptOrProof(proof, { vkey: journal.vkey("evidence") }).result).toBe("TRUE");
  });
};

describe("two processes keep one SQLite journal (DD.8)", () => suite("sqlite"));
describeOnMariaDb("two processes keep one MariaDB journal (DD.8)", () => suite("mariadb"));
