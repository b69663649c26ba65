import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { instant } from "@preau/kernel";
import { codeOf, makeFolder } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditBackups } from "../src/audit-backups.ts";
import { lastCopyFrom } from "../src/last-copy.ts";
import { readStore } from "../src/read-store.ts";
import { agreement, keptAt, nightly, place, rules } from "./reference-rules.ts";

const run = promisify(execFile);
const now = instant("2026-11-26T09:00:00.000Z");

function skipReason(): string | undefined {
  try {
    execFileSync("restic", ["version"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "restic is not installed: its package is named in .ci/packages";
  }
}
const reason = skipReason();
if (reason !== undefined && process.env["CI"] !== undefined) throw new Error(reason);

describe.skipIf(reason !== undefined)("a restic repository (DD.1)", () => {
  const folder = makeFolder();
  const environment = {
    ...process.env,
    RESTIC_PASSWORD_FILE: path.join(folder.path, "password"),
    RESTIC_CACHE_DIR: path.join(folder.path, "cache"),
  };
  const repository = path.join(folder.path, "repository");
  const restic = (...arguments_: string[]) =>
    execFileSync("restic", ["--repo", repository, "--quiet", ...arguments_], {
      env: environment,
      stdio: "ignore",
    });
  const read = (more = {}) =>
    readStore({ restic: repository, ...more }, { place, from: "/", environment, verify: true });
  const audit = async () => {
    const { backups, notRecognised } = await read();
    return auditBackups(backups, { rules, place, now, notRecognised });
  };

  beforeAll(async () => {
    writeFileSync(path.join(folder.path, "password"), "a password for a test\n");
    mkdirSync(path.join(folder.path, "data"));
    writeFileSync(path.join(folder.path, "data", "school.sql"), "-- invented\n");
    restic("init");
    const kept = keptAt(nightly(instant("2026-05-20T00:00:00.000Z"), now), now);
    // Restic reads --time on the clocks of the machine; two at once, since each spends its time on the password.
    const backups = kept.map(({ startedAt }) => startedAt.slice(0, 19).replace("T", " "));
    const next = async (): Promise<void> => {
      const time = backups.pop();
      if (time === undefined) return;
      await run(
        "restic",
        ["--repo", repository, "--quiet", "backup", "--time", time, path.join(folder.path, "data")],
        {
          env: { ...environment, TZ: "UTC" },
        },
      );
      await next();
    };
    await Promise.all([next(), next()]);
  }, 120_000);
  afterAll(() => folder.remove());

  it("keeps to the agreement when its snapshots do, and dates the last copy by them (D12.3)", async () => {
    expect(await audit()).toMatchObject({ result: "PASS", findings: [] });
    const { backups, isSound } = await read();
    expect(isSound).toBe(true);
    expect(backups.every(({ kind }) => kind === "alone")).toBe(true);
    // The newest may become the one that stands for November.
    expect(lastCopyFrom(backups, { agreement, rules, place, erasedAt: now, now, unexplained: 0 })).toEqual({
      date: "2027-05-26",
      basis: "generations",
    });
  });

  it("misses a day whose snapshot is forgotten, and sees one that is too old", async () => {
    const day = (await read()).backups.find(({ startedAt }) => startedAt.startsWith("2026-11-24"));
    restic("forget", day?.id ?? "");
    execFileSync(
      "restic",
      [
        "--repo",
        repository,
        "--quiet",
        "backup",
        "--time",
        "2026-04-30 02:00:00",
        path.join(folder.path, "data"),
      ],
      {
        env: { ...environment, TZ: "UTC" },
        stdio: "ignore",
      },
    );
    const { result, findings } = await audit();
    expect(result).toBe("FAIL");
    expect(findings.map(({ kind, period, until }) => [kind, period?.from ?? until])).toEqual([
      ["missing", "2026-11-24"],
      ["tooOld", "2026-10-30"],
    ]);
    const { backups } = await read();
    const late = lastCopyFrom(backups, { agreement, rules, place, erasedAt: now, now, unexplained: 0 });
    expect(late.basis).toBe("agreement");
  });

  it("reads the snapshots of a tag alone, and none without the password", async () => {
    expect((await read({ tags: ["school"] })).backups).toEqual([]);
    const blind = readStore(
      { restic: repository },
      { place, from: "/", environment: { ...process.env, RESTIC_PASSWORD: "wrong" }, verify: false },
    );
    expect(await codeOf(blind)).toBe("BACKUPS_STORE_UNREADABLE");
  });
});
