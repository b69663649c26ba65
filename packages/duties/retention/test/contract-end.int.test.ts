import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { localDate } from "@preau/calendar";
import { openContract } from "@preau/contracts";
import { type Database, openDatabase } from "@preau/database";
import { instant } from "@preau/kernel";
import { describeEachDatabase, makeFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { withdrawContractEnd } from "../src/contract-end-advance.ts";
import { chooseContractEnd, confirmErasure } from "../src/contract-end-choose.ts";
import { planContractEnd } from "../src/contract-end-plan.ts";
import { placeHold } from "../src/place-hold.ts";
import { openContractEnd } from "./contract-end-house.ts";
import { OTHER_SCHOOL, SCHOOL } from "./house.ts";
import { DPO } from "./memory-doors.ts";
import { countSchool, leftOf, rowsOf } from "./school.ts";

const LATER = instant("2026-12-25T08:00:00.000Z");

const onSqlite = () => openDatabase({ url: "sqlite::memory:" });

function opening(fresh: () => Promise<Database>) {
  return async (options: Parameters<typeof openContractEnd>[1] = {}) => {
    const house = await openContractEnd(await fresh(), options);
    const folder = makeFolder();
    onTestFinished(async () => {
      folder.remove();
      await house.databases.keysDatabase.close();
      await house.databases.schoolDatabase.close();
    });
    return { ...house, out: path.join(folder.path, "out") };
  };
}

describeEachDatabase("a contract's end", openDatabase, (fresh) => {
  const open = opening(fresh);

  it("goes from the choice over the window, the hand-back and the erasure to the certificate (D6.2c)", async () => {
    const { choose, advance, acknowledge, confirm, certificate, out, clock, doors, databases } = await open();
    const end = await choose({ choice: "returnThenDelete", window: "30", out });
    const inWindow = await advance(end);
    expect(inWindow).toMatchObject({ outcome: "waits", end: { state: "window" } });
    expect(doors.doors).toBe("administratorsOnly");
    clock.set(LATER);
    const handed = await advance(end);
    expect(handed).toMatchObject({
      outcome: "stopped",
      end: { state: "handedBack", stopped: "notAcknowledged" },
    });
    // Every row of the school stands in the folder, and the sums hold.
    const counts = await countSchool(databases.schoolDatabase, () => ({}));
    for (const table of ["pupil", "result", "visit"] as const)
      expect(
        readFileSync(path.join(out, "school", `${table}.ndjson`), "utf8")
          .trim()
          .split("\n"),
      ).toHaveLength(counts[table]);
    execFileSync("sha256sum", ["-c", "--quiet", "SHA256SUMS"], { cwd: out });
    await acknowledge(end);
    expect(await advance(end)).toMatchObject({ outcome: "stopped", end: { stopped: "notConfirmed" } });
    expect((await countSchool(databases.schoolDatabase, () => ({}))).pupil).toBe(3);
    await confirm(end);
    expect(await advance(end)).toMatchObject({ outcome: "certified", end: { state: "certified" } });
    for (const pupil of [1, 2, 3])
      expect(await leftOf(databases.schoolDatabase, pupil)).toEqual({ pupil: 0, result: 0, visit: 0 });
    expect(doors.doors).toBe("administratorsOnly");
    const said = await certificate(end);
    expect(said).toMatchObject({
      schema: "preau.certificate/1",
      verdict: "PASS",
      choice: "returnThenDelete",
      erasure: { persons: 3, left: 0 },
      window: { agreed: "days(30)" },
    });
    expect(said.erasure.receipts).toHaveLength(2);
    expect(said.handBack?.tables.find(({ table }) => table === "result")?.rows).toBe(
      [1, 2, 3].reduce((sum, pupil) => sum + rowsOf(pupil).result, 0),
    );
    expect(said.lastCopy?.date).toMatch(/^20/);
    expect(JSON.stringify(said)).not.toMatch(/tilleul|sub_/i);
  });

  it("gives the doors back as they stood, also when they were closed before (S10)", async () => {
    const { choose, advance, doors, ports } = await open();
    const end = await choose({ choice: "delete", window: "30" });
    await advance(end);
    expect(doors.doors).toBe("administratorsOnly");
    expect(await withdrawContractEnd(ports, { controller: SCHOOL, id: end.id, by: DPO })).toMatchObject({
      outcome: "cancelled",
    });
    expect(doors.doors).toBe("open");
    doors.doors = "administratorsOnly";
    const second = await choose({ choice: "delete", window: "30" });
    await advance(second);
    await withdrawContractEnd(ports, { controller: SCHOOL, id: second.id, by: DPO });
    expect(doors.doors).toBe("administratorsOnly");
  });

  it("of another controller does not exist", async () => {
    const { choose, ports } = await open();
    const end = await choose({ choice: "delete" });
    const of = { controller: OTHER_SCHOOL, id: end.id, by: DPO };
    const { contract } = end;
    await expect(withdrawContractEnd(ports, of)).rejects.toMatchObject({ code: "RETENTION_NO_END" });
    await expect(
      ports.unitOfWork.transaction((unit) =>
        chooseContractEnd(unit, ports, { ...of, contract, choice: "delete" }),
      ),
    ).rejects.toMatchObject({ code: "RETENTION_NO_CONTRACT" });
    await expect(
      ports.unitOfWork.transaction((unit) => confirmErasure(unit, ports, of)),
    ).rejects.toMatchObject({ code: "RETENTION_NO_END" });
  });
});

describe("a contract's end: what stops it, and what it keeps", () => {
  const open = opening(onSqlite);

  it("reopens by itself when the contract is renewed, at whatever step before the erasure (S10)", async () => {
    const { choose, advance, doors, renew, clock, out, confirm, databases } = await open();
    const end = await choose({ choice: "delete", window: "30", out });
    await advance(end);
    clock.set(LATER);
    await confirm(end);
    await renew("2027-08-31");
    expect(await advance(end)).toMatchObject({
      outcome: "cancelled",
      end: { facts: { cancelledWhy: "renewed" } },
    });
    expect(doors.doors).toBe("open");
    expect((await countSchool(databases.schoolDatabase, () => ({}))).pupil).toBe(3);
  });

  it("stops while another contract of the controller runs, and closes no door then (D6.2c)", async () => {
    const { choose, advance, doors, ports, means, edit } = await open();
    await ports.unitOfWork.transaction((unit) =>
      openContract(
        unit,
        means,
        { ...edit, controller: SCHOOL },
        {
          reference: "HAM-2",
          products: ["plume"],
          startsOn: localDate("2026-11-21"),
        },
      ),
    );
    const end = await choose({ choice: "delete" });
    expect(await advance(end)).toMatchObject({ outcome: "stopped", end: { stopped: "otherContract" } });
    expect(doors.calls).toEqual([]);
  });

  it("keeps whom a law keeps, and its certificate says so and is no better for it (D6.2c)", async () => {
    const { choose, advance, confirm, certificate, ports, identify, databases } = await open();
    const subject = await identify(2);
    await ports.unitOfWork.transaction((unit) =>
      placeHold(unit, ports, {
        ...{ controller: SCHOOL, covers: "person", subject, lawful: true, by: DPO },
        basis: "Code de l’éducation, art. D. 331-63",
      }),
    );
    const end = await choose({ choice: "delete" });
    await advance(end);
    await confirm(end);
    expect(await advance(end)).toMatchObject({ outcome: "certified" });
    expect((await leftOf(databases.schoolDatabase, 2)).pupil).toBe(1);
    expect((await leftOf(databases.schoolDatabase, 1)).pupil).toBe(0);
    const said = await certificate(end);
    expect(said.kept).toContainEqual(
      expect.objectContaining({ rows: 1, reason: "Code de l’éducation, art. D. 331-63" }),
    );
    expect(said.erasure).toMatchObject({ persons: 2, left: 1 });
  });

  it("waits for the choice until the day, and refuses periods outside the agreement's bounds (S15)", async () => {
    const { choose, advance, clock } = await open({ endsOn: "2026-12-31" });
    const end = await choose({ window: "10", guard: "months(6)" });
    expect(await advance(end)).toMatchObject({ outcome: "waits", until: "2026-12-31T23:00:00.000Z" });
    for (const guard of ["months(5)", "months(13)"])
      await expect(choose({ guard })).rejects.toMatchObject({ code: "RETENTION_END_OUTSIDE_BOUNDS" });
    await expect(choose({ window: "soon" })).rejects.toMatchObject({ code: "RETENTION_END_BAD" });
    clock.set(instant("2027-01-02T08:00:00.000Z"));
    expect(await advance(end)).toMatchObject({ outcome: "waits", end: { state: "window" } });
    clock.set(instant("2027-01-20T08:00:00.000Z"));
    expect(await advance(end)).toMatchObject({ outcome: "stopped", end: { stopped: "noChoice" } });
  });

  it("does not begin to erase while a door stays open (S10)", async () => {
    const { choose, advance, confirm, doors, databases } = await open();
    doors.refuses = true;
    const end = await choose({ choice: "delete" });
    await advance(end);
    await confirm(end);
    expect(await advance(end)).toMatchObject({ outcome: "stopped", end: { stopped: "doorsRefused" } });
    expect((await countSchool(databases.schoolDatabase, () => ({}))).pupil).toBe(3);
    doors.refuses = false;
    expect(await advance(end)).toMatchObject({ outcome: "certified" });
  });

  it("goes before a hold that no law requires: the client has chosen since (D6.2c)", async () => {
    const { choose, advance, confirm, certificate, ports, databases } = await open();
    await ports.unitOfWork.transaction((unit) =>
      placeHold(unit, ports, {
        ...{ controller: SCHOOL, covers: "controller", lawful: false, by: DPO },
        basis: "Wish of the school",
      }),
    );
    const end = await choose({ choice: "delete" });
    await advance(end);
    await confirm(end);
    expect(await advance(end)).toMatchObject({ outcome: "certified" });
    expect((await countSchool(databases.schoolDatabase, () => ({}))).pupil).toBe(0);
    expect(await certificate(end)).toMatchObject({ verdict: "PASS", erasure: { persons: 3, left: 0 } });
  });

  it("stays open while somebody is left whom no law keeps, files nothing more, and goes on later (D6.2c)", async () => {
    const { choose, advance, confirm, certificate, identify, sources, databases, rows } = await open();
    const subject = await identify(2);
    const school = sources.get("school");
    if (school === undefined) throw new Error("no school");
    const restricted = {
      ...school.source,
      plan: async (request: Parameters<typeof school.source.plan>[0]) => {
        const plan = await school.source.plan({
          ...request,
          subjects: request.subjects.filter((each) => each.subject !== subject),
        });
        if (request.subjects.every((each) => each.subject !== subject)) return plan;
        return {
          ...plan,
          blocked: [...plan.blocked, { subject, reason: "restricted" as const, clause: "D9" }],
        };
      },
    };
    sources.set("school", { ...school, source: restricted });
    const end = await choose({ choice: "delete" });
    await advance(end);
    await confirm(end);
    const left = { outcome: "stopped", end: { state: "erasing", stopped: "somebodyLeft" } };
    expect(await advance(end)).toMatchObject(left);
    const orders = (await rows("ret_erasure")).length;
    expect(await advance(end)).toMatchObject(left);
    expect(await rows("ret_erasure")).toHaveLength(orders);
    expect(await certificate(end)).toBeNull();
    sources.set("school", school);
    expect(await advance(end)).toMatchObject({ outcome: "certified" });
    expect((await countSchool(databases.schoolDatabase, () => ({}))).pupil).toBe(0);
    // The receipt that said so stays among its parts.
    expect(await certificate(end)).toMatchObject({ verdict: "FAILED", erasure: { persons: 3, left: 0 } });
  });

  it("waits for a window that was made longer after the hand-back, and takes no other folder then (S10)", async () => {
    const { choose, advance, acknowledge, confirm, clock, out, databases } = await open();
    const end = await choose({ choice: "return", window: "10", out });
    await advance(end);
    clock.set(instant("2026-12-02T08:00:00.000Z"));
    expect(await advance(end)).toMatchObject({ end: { state: "handedBack" } });
    await expect(choose({ out: `${out}-2` })).rejects.toMatchObject({
      code: "RETENTION_END_BAD",
      place: "out",
    });
    await choose({ window: "30" });
    await acknowledge(end);
    await confirm(end);
    expect(await advance(end)).toMatchObject({ outcome: "waits", until: "2026-12-21T22:59:59.999Z" });
    expect((await countSchool(databases.schoolDatabase, () => ({}))).pupil).toBe(3);
    clock.set(LATER);
    expect(await advance(end)).toMatchObject({ outcome: "certified" });
  });

  it("is looked at without a row written", async () => {
    const { ports, contract, database } = await open();
    const known = async () => (await database.knex("sbj_subject").select()).length;
    const before = await known();
    expect(await planContractEnd(ports, { controller: SCHOOL, contract }, { batchPersons: 2 })).toMatchObject(
      {
        persons: 3,
      },
    );
    expect(await known()).toBe(before);
  });

  it("takes no reference that names somebody (D6.1c)", async () => {
    const { choose } = await open();
    const by = { role: "publisherDpo", instructionReference: "mail of a.durand@hameau.example" } as const;
    await expect(choose({ choice: "delete", by })).rejects.toMatchObject({
      code: "RETENTION_NEEDS_INSTRUCTION",
    });
    await expect(choose({ choice: "return", out: "here" })).rejects.toMatchObject({
      code: "RETENTION_END_BAD",
    });
  });
});
