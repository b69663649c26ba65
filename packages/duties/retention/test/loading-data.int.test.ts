import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Database, openDatabase } from "@preau/database";
import { addHours, instant } from "@preau/kernel";
import { describeEachDatabase, makeFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { contractEndDues } from "../src/contract-end-dues.ts";
import { keepArchive } from "../src/guard-time.ts";
import { anchorHolding, type HoldingKind, type NewHolding, registerHolding } from "../src/loading-data.ts";
import { destroyHolding, isKeptByLaw, judgeHolding } from "../src/loading-data-destroy.ts";
import { measureCopy } from "../src/loading-data-place.ts";
import { recordRestoreTest } from "../src/loading-data-restore-test.ts";
import { liftHold, type NewHold, placeHold } from "../src/place-hold.ts";
import type { RetentionPorts } from "../src/retention-ports.ts";
import { sha256Of } from "../src/return-or-delete-folder.ts";
import { listHoldings } from "../src/store/holdings.ts";
import { openContractEnd } from "./contract-end-house.ts";
import { OTHER_SCHOOL, SCHOOL } from "./house.ts";
import { DPO, NOW } from "./memory-doors.ts";

const OPERATOR = { role: "operations" } as const;

function opening(fresh: () => Promise<Database>) {
  return async () => {
    const house = await openContractEnd(await fresh(), { pupils: [1] });
    const folder = makeFolder();
    onTestFinished(async () => {
      folder.remove();
      await house.databases.keysDatabase.close();
      await house.databases.schoolDatabase.close();
    });
    const { ports, clock } = house;
    const { unitOfWork } = ports;
    const dump = path.join(folder.path, "reprise.sql");
    writeFileSync(dump, "insert into eleve values (1);\n");
    const register = (more: Partial<NewHolding> = {}) =>
      unitOfWork.transaction((unit) =>
        registerHolding(unit, ports, {
          ...{ controller: SCHOOL, store: "loadingData", kind: "file", place: dump, by: OPERATOR },
          ...more,
        }),
      );
    const accept = (id: Awaited<ReturnType<typeof register>>) =>
      unitOfWork.transaction((unit) =>
        anchorHolding(unit, ports, { controller: SCHOOL, id, at: clock.now(), by: DPO }),
      );
    const restored = (backupAt = clock.now()) =>
      unitOfWork.transaction((unit) =>
        recordRestoreTest(unit, ports, {
          ...{
            controller: SCHOOL,
            backup: "site-2026-12-01.sql.zst",
            backupAt,
            evidence: "PV 12",
            by: OPERATOR,
          },
        }),
      );
    const destroy = (id: Awaited<ReturnType<typeof register>>, more = {}) =>
      destroyHolding(ports, { controller: SCHOOL, id }, { by: OPERATOR, ...more });
    return { ...house, folder: folder.path, dump, register, accept, restored, destroy };
  };
}

describeEachDatabase("loading data", openDatabase, (fresh) => {
  const open = opening(fresh);

  it("goes 30 days after its acceptance, and only once a backup made since was restored in a test (S9)", async () => {
    const { register, accept, restored, destroy, clock, dump, receipt, ports } = await open();
    const id = await register({ sha256: `sha256:${await sha256Of(dump)}` });
    await expect(destroy(id)).rejects.toMatchObject({ code: "RETENTION_HOLDING_NOT_DUE" });
    clock.set(addHours(NOW, 1));
    expect((await accept(id)).dueAt).toBe("2026-12-26T09:00:00.000Z");
    clock.set(instant("2026-12-26T10:00:00.000Z"));
    await expect(destroy(id)).rejects.toMatchObject({ code: "RETENTION_RESTORE_NOT_TESTED" });
    // A backup from before the acceptance does not hold what was verified.
    await restored(NOW);
    await expect(destroy(id)).rejects.toMatchObject({ code: "RETENTION_RESTORE_NOT_TESTED" });
    const dues = await contractEndDues(ports)({
      controller: SCHOOL,
      before: instant("2027-01-01T00:00:00.000Z"),
    });
    expect(dues.find((due) => due.id === id)).toMatchObject({
      clause: "S9",
      title: { en: expect.stringContaining("restored") },
    });
    expect(existsSync(dump)).toBe(true);
    await restored(addHours(NOW, 2));
    const done = await destroy(id);
    expect(done.verdict).toBe("PASS");
    expect(existsSync(dump)).toBe(false);
    expect(await receipt(done.receipt)).toMatchObject({ clause: "S9", verdict: "PASS" });
    expect(await destroy(id)).toMatchObject({ receipt: done.receipt });
  });

  it("of two who destroy it at once, opens one receipt (S9)", async () => {
    const { register, accept, restored, destroy, clock, dump, ports } = await open();
    const id = await register({ sha256: `sha256:${await sha256Of(dump)}` });
    await accept(id);
    await restored();
    clock.set(instant("2027-02-01T08:00:00.000Z"));
    const [one, other] = await Promise.all([destroy(id), destroy(id)]);
    expect(other.receipt).toBe(one.receipt);
    expect([one.verdict, other.verdict]).toEqual(["PASS", "PASS"]);
    const left = await ports.unitOfWork.transaction((unit) =>
      ports.receipts.receipts(unit, SCHOOL, "opened"),
    );
    expect(left).toEqual([]);
  });

  it("of another controller does not exist", async () => {
    const { register, ports } = await open();
    const id = await register();
    const of = { controller: OTHER_SCHOOL, id };
    await expect(destroyHolding(ports, of, { by: OPERATOR })).rejects.toMatchObject({
      code: "RETENTION_NO_HOLDING",
    });
    expect(await ports.unitOfWork.transaction((unit) => listHoldings(unit, OTHER_SCHOOL, "all"))).toEqual([]);
  });
});

describe("copies held, destroyed", () => {
  const open = opening(() => openDatabase({ url: "sqlite::memory:" }));

  async function due(
    kind: HoldingKind,
    place: string,
    house: Awaited<ReturnType<typeof open>>,
    more: Partial<NewHolding> = {},
  ) {
    const id = await house.register({ kind, place, ...more });
    await house.accept(id);
    await house.restored();
    house.clock.set(instant("2027-02-01T08:00:00.000Z"));
    return id;
  }

  it("takes a folder whole, and a SQLite database with what stands beside it (S9)", async () => {
    const house = await open();
    const folder = path.join(house.folder, "reprise");
    mkdirSync(path.join(folder, "a"), { recursive: true });
    writeFileSync(path.join(folder, "a", "b.csv"), "1");
    expect((await house.destroy(await due("folder", folder, house))).verdict).toBe("PASS");
    expect(existsSync(folder)).toBe(false);
    const second = await open();
    const base = path.join(second.folder, "temp.sqlite");
    for (const end of ["", "-wal", "-shm"]) writeFileSync(`${base}${end}`, "x");
    expect((await second.destroy(await due("sqlite", base, second))).verdict).toBe("PASS");
    for (const end of ["", "-wal", "-shm"]) expect(existsSync(`${base}${end}`)).toBe(false);
  });

  it("never says PASS of a database that its operator destroyed, nor of what somebody else removed (S9)", async () => {
    const house = await open();
    const id = await due("database", "reprise_temp", house);
    await expect(house.destroy(id)).rejects.toMatchObject({ code: "RETENTION_HOLDING_BAD" });
    expect((await house.destroy(id, { attested: "DROP DATABASE, ticket 42" })).verdict).toBe("UNKNOWN");
    const gone = await open();
    expect((await gone.destroy(await due("file", path.join(gone.folder, "gone"), gone))).verdict).toBe(
      "UNKNOWN",
    );
  });

  it("touches neither another file at its place nor what a link leads to (S9)", async () => {
    const house = await open();
    const id = await due("file", house.dump, house, { sha256: `sha256:${"0".repeat(64)}` });
    expect((await house.destroy(id)).verdict).toBe("FAILED");
    expect(readFileSync(house.dump, "utf8")).toContain("insert");
    const linked = await open();
    const link = path.join(linked.folder, "link");
    symlinkSync(linked.dump, link);
    await expect(due("file", link, linked)).rejects.toMatchObject({ code: "RETENTION_HOLDING_BAD" });
    expect(existsSync(linked.dump)).toBe(true);
    // What failed stays open, and goes once the place is free.
    expect(
      await house.ports.unitOfWork.transaction((unit) => listHoldings(unit, SCHOOL, "standing")),
    ).toHaveLength(1);
  });

  it("keeps an archive for the guard time that the contract settled, and none without (S15)", async () => {
    const house = await open();
    const { ports, choose, dump, clock, destroy } = house;
    const end = await choose({ choice: "delete", guard: "months(6)" });
    const keep = (of: typeof end) =>
      ports.unitOfWork.transaction((unit) =>
        keepArchive(unit, ports, of, { kind: "file", place: dump, by: OPERATOR }),
      );
    const kept = await keep(end);
    expect(kept.dueAt).toBe("2027-05-20T22:00:00.000Z");
    await expect(destroy(kept.id)).rejects.toMatchObject({ code: "RETENTION_HOLDING_NOT_DUE" });
    clock.set(instant("2027-05-21T08:00:00.000Z"));
    expect((await destroy(kept.id)).verdict).toBe("PASS");
    writeFileSync(dump, "again");
    const without = await keep(await choose({ guard: "none" }));
    expect(without.dueAt).toBe("2026-11-20T23:00:00.000Z");
    expect((await destroy(without.id)).verdict).toBe("PASS");
  });

  it("keeps what a law requires to be kept, of a controller or of a category (D6.2c)", async () => {
    const house = await open();
    const { ports } = house;
    const id = await due("file", house.dump, house, { sha256: `sha256:${await sha256Of(house.dump)}` });
    const judged = () =>
      ports.unitOfWork.transaction(async (unit) => {
        const [holding] = await listHoldings(unit, SCHOOL, "standing");
        if (holding === undefined) throw new Error("none stands");
        const kept = await isKeptByLaw(unit, ports, SCHOOL);
        return judgeHolding(ports, holding, { tests: [{ backupAt: ports.clock.now() }], kept }).why;
      });
    const [category] = ports.agreements.of(SCHOOL).categories;
    const covering: readonly Pick<NewHold, "covers" | "category">[] = [
      { covers: "controller" },
      { covers: "category", category: category?.id },
    ];
    for (const covers of covering) {
      const hold = await ports.unitOfWork.transaction((unit) =>
        placeHold(unit, ports, { controller: SCHOOL, ...covers, lawful: true, basis: "CPP 60-1", by: DPO }),
      );
      expect(await judged()).toBe("keptByLaw");
      await expect(house.destroy(id)).rejects.toMatchObject({ code: "RETENTION_HOLDING_KEPT" });
      await ports.unitOfWork.transaction((unit) =>
        liftHold(unit, ports, { controller: SCHOOL, id: hold, by: DPO }),
      );
    }
    expect(existsSync(house.dump)).toBe(true);
    expect(await judged()).toBe("due");
    expect((await house.destroy(id)).verdict).toBe("PASS");
  });

  it("destroys no folder and no database that is not the one registered (S9)", async () => {
    const house = await open();
    const folder = path.join(house.folder, "reprise");
    mkdirSync(folder);
    writeFileSync(path.join(folder, "a.sql"), "1");
    const id = await due("folder", folder, house, await measureCopy(folder, "folder"));
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    writeFileSync(path.join(folder, "other"), "not mine");
    expect((await house.destroy(id)).verdict).toBe("FAILED");
    expect(existsSync(path.join(folder, "other"))).toBe(true);
    const second = await open();
    const base = path.join(second.folder, "temp.sqlite");
    writeFileSync(base, "x");
    const database = await due("sqlite", base, second);
    renameSync(base, `${base}.moved`);
    writeFileSync(base, "x");
    expect((await second.destroy(database)).verdict).toBe("FAILED");
    expect(existsSync(base)).toBe(true);
    renameSync(`${base}.moved`, base);
    // Its bytes change by themselves; it is the same database.
    writeFileSync(base, "y");
    expect((await second.destroy(database)).verdict).toBe("PASS");
  });

  it("follows no link that a folder above became (S9)", async () => {
    const house = await open();
    const above = path.join(house.folder, "above");
    mkdirSync(above);
    const file = path.join(above, "a.sql");
    writeFileSync(file, "1");
    const id = await due("file", file, house, { sha256: `sha256:${await sha256Of(file)}` });
    renameSync(above, `${above}.moved`);
    symlinkSync(`${above}.moved`, above);
    expect((await house.destroy(id)).verdict).toBe("FAILED");
    expect(existsSync(file)).toBe(true);
  });

  it("registers nothing that holds or lies in another copy, the service or a home folder (S9)", async () => {
    const { register, folder, dump } = await open();
    const inside = path.join(folder, "copies");
    mkdirSync(inside);
    await register({ kind: "folder", place: inside });
    const refused = (place: string, more: Partial<NewHolding> = {}) =>
      expect(register({ kind: "folder", place, ...more }), place).rejects.toMatchObject({
        code: "RETENTION_HOLDING_BAD",
        place: "place",
      });
    for (const place of [inside, folder, path.join(inside, "deeper"), `${folder}/copies/../copies`])
      await refused(place);
    await refused(inside, { controller: OTHER_SCHOOL });
    for (const place of ["/", "/home", "/home/somebody", process.cwd(), path.dirname(process.cwd())])
      await refused(place);
    await refused("relative");
    const own = path.join(folder, "data");
    mkdirSync(own);
    for (const place of [own, path.join(own, "keys")]) await refused(place, { forbidden: [own] });
    await refused(dump, { kind: "file", forbidden: [dump] });
    expect(await register()).toMatch(/^hdg_/);
  });

  it("says PASS after a kill only once the unlinking had begun (S9)", async () => {
    for (const [units, verdict] of [
      [1, "UNKNOWN"],
      [2, "PASS"],
    ] as const) {
      const house = await open();
      const id = await due("file", house.dump, house, { sha256: `sha256:${await sha256Of(house.dump)}` });
      let left: number = units;
      const killed: RetentionPorts = {
        ...house.ports,
        unitOfWork: {
          ...house.ports.unitOfWork,
          transaction: async (work) => {
            left -= 1;
            if (left < 0) throw new Error("killed");
            return house.ports.unitOfWork.transaction(work);
          },
        },
      };
      await expect(destroyHolding(killed, { controller: SCHOOL, id }, { by: OPERATOR })).rejects.toThrow(
        "killed",
      );
      expect(existsSync(house.dump)).toBe(units === 1);
      rmSync(house.dump, { force: true });
      expect((await house.destroy(id)).verdict, String(units)).toBe(verdict);
    }
  });

  it("writes no words that name somebody, run on, or hide (S9)", async () => {
    const house = await open();
    const id = await due("database", "reprise_temp", house);
    for (const words of [
      "asked by eleve@ecole.example",
      "sub_01h",
      "a\u0007b",
      "a\u202eb",
      "x".repeat(301),
    ]) {
      const place = { code: "RETENTION_HOLDING_BAD", place: "attested" };
      await expect(house.destroy(id, { attested: words }), words).rejects.toMatchObject(place);
      await expect(house.register({ label: words }), words).rejects.toMatchObject({
        ...place,
        place: "label",
      });
    }
    expect((await house.destroy(id, { attested: "DROP DATABASE, ticket 42" })).verdict).toBe("UNKNOWN");
  });
});
