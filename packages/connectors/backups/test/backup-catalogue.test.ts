import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { oneAgreement } from "@preau/agreement";
import { controllerId, inMemoryUnitOfWork, instant, manualClock, silentLog } from "@preau/kernel";
import { backupCatalogueContract, temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { makeBackupCatalogue } from "../src/backup-catalogue.ts";
import type { BackupStoreOptions } from "../src/options.ts";
import { agreement, keptAt, nightly, place } from "./reference-rules.ts";

const now = instant("2026-11-26T09:00:00.000Z");
const [school, other] = [controllerId("college-1"), controllerId("college-2")];

function folder(): string {
  const at = path.join(temporaryFolder(), "backups");
  mkdirSync(at);
  for (const { id, kind } of keptAt(nightly(instant("2026-05-01T00:00:00.000Z"), now), now))
    writeBackup(path.join(at, `school-${kind ?? ""}-${id}.sql`));
  return at;
}

/** As it stood at the moment of these tests: a file is as old as its time on the disk says, where its name does not. */
function writeBackup(file: string): void {
  writeFileSync(file, "x");
  utimesSync(file, new Date(now), new Date(now));
}

function make(stores: readonly Partial<BackupStoreOptions>[]) {
  return makeBackupCatalogue({
    stores: stores.map((store) => ({ sources: ["moodle"], ...store })),
    from: "/",
    environment: {},
    agreements: oneAgreement(agreement),
    contracts: { placeOf: async () => place },
    unitOfWork: inMemoryUnitOfWork(),
    clock: manualClock(now),
    log: silentLog,
  });
}

backupCatalogueContract("configured stores", () => ({
  catalogue: make([{ folder: folder() }]),
  controller: school,
  source: "moodle",
  erasedAt: now,
}));

describe("when the last copy is gone, from the configured stores (D12.3)", () => {
  const ask = (stores: readonly Partial<BackupStoreOptions>[], controller = school) =>
    make(stores).lastCopy({ controller, source: "moodle", erasedAt: now });

  it("is the latest of every store that holds the source", async () => {
    const whole = { folder: folder() };
    expect(await ask([whole])).toEqual({ date: "2027-05-01", basis: "generations" });
    // A second store whose only dump names no generation: it may become the one of its month.
    const second = path.join(temporaryFolder(), "second");
    mkdirSync(second);
    writeBackup(path.join(second, "school-2026-11-26T0300.sql"));
    expect((await ask([whole, { folder: second }]))?.date).toBe("2027-05-26");
  });

  it("is not told from half of them: one that cannot be read is enough", async () => {
    expect(await ask([{ folder: folder() }, { folder: "/nowhere/at/all" }])).toBeUndefined();
  });

  it("counts one controller's backups for that controller alone", async () => {
    const own = [{ folder: folder(), controller: school }];
    expect(await ask(own)).toBeDefined();
    expect(await ask(own, other)).toBeUndefined();
    expect(await ask([{ folder: folder(), sources: ["hub"] }])).toBeUndefined();
    expect(await ask([{ folder: folder(), sources: "all" }])).toBeDefined();
  });

  it("rests on the agreement where a file is understood by nobody", async () => {
    const at = folder();
    writeFileSync(path.join(at, "copy-of-everything.vdi"), "x");
    expect(await ask([{ folder: at }])).toEqual({ date: "2027-05-26", basis: "agreement" });
  });
});
