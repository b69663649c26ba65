import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Database, openDatabase } from "@preau/database";
import { addHours, instant } from "@preau/kernel";
import { describeEachDatabase, makeFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { contractEndDues } from "../src/contract-end-dues.ts";
import { keepArchive } from "../src/guard-time.ts";
import { anchorHolding, type HoldingKind, type NewHolding, registerHolding } from "../src/loading-data.ts";
import { destroyHolding } from "../src/loading-data-destroy.ts";
import { recordRestoreTest } from "../src/loading-data-restore-test.ts";
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
    const other = await due("file", link, linked);
    expect((await linked.destroy(other)).verdict).toBe("FAILED");
    expect(existsSync(linked.dump)).toBe(true);
    // What failed stays open, and goes once the place is free.
    expect(
      await linked.ports.unitOfWork.transaction((unit) => listHoldings(unit, SCHOOL, "standing")),
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
});
