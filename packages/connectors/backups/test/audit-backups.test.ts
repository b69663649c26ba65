import { localDate } from "@preau/calendar";
import { addHours, instant } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { auditBackups } from "../src/audit-backups.ts";
import type { SeenBackup } from "../src/backup.ts";
import { keptAt, nightly, place, rules } from "./reference-rules.ts";

const now = instant("2026-11-26T09:00:00.000Z");
const all = nightly(instant("2026-05-01T00:00:00.000Z"), now);
const good = keptAt(all, now);
const audit = (seen: readonly SeenBackup[], more: Partial<Parameters<typeof auditBackups>[1]> = {}) =>
  auditBackups(seen, { rules, place, now, notRecognised: [], ...more });
const said = (seen: readonly SeenBackup[], more = {}) =>
  audit(seen, more).findings.map(({ kind, backup, period }) => [kind, backup ?? period?.from]);
const drop = (...ids: readonly string[]) => good.filter(({ id }) => !ids.includes(id));
const one = (id: string, change: Partial<SeenBackup>) =>
  good.map((each) => (each.id === id ? { ...each, ...change } : each));

describe("audit of a backup store (DD.1)", () => {
  it("finds nothing in one that keeps to the agreement, by day and night, the year round", () => {
    expect(audit(good)).toMatchObject({ result: "PASS", findings: [] });
    const year = nightly(instant("2025-01-01T00:00:00.000Z"), instant("2027-01-31T00:00:00.000Z"));
    for (let at = instant("2026-01-01T00:30:00.000Z"); at < "2027"; at = addHours(at, 29)) {
      expect([
        at,
        auditBackups(keptAt(year, at), { rules, place, now: at, notRecognised: [] }).findings,
      ]).toEqual([at, []]);
    }
  });

  it("finds nothing in one whose names tell no generation", () => {
    const alone = good.map(
      ({ generation: _, kind: __, ...rest }): SeenBackup => ({ ...rest, kind: "alone" }),
    );
    expect(audit(alone).findings).toEqual([]);
  });

  it("names the day, and the month, in which none was made", () => {
    expect(said(drop("2026-11-24-daily"))).toEqual([["missing", "2026-11-24"]]);
    expect(said(drop("2026-08-01-monthly"))).toContainEqual(["missing", "2026-08-01"]);
    expect(said(good.filter(({ id }) => id < "2026-11-22"))).toEqual([
      ["missing", "2026-11-22"],
      ["missing", "2026-11-23"],
      ["missing", "2026-11-24"],
      ["missing", "2026-11-25"],
    ]);
  });

  it("misses nothing from before backups began", () => {
    const young = good.filter(({ id }) => id >= "2026-11-01");
    expect(audit(young).result).toBe("FAIL");
    expect(said(young, { since: localDate("2026-11-01") })).toEqual([]);
  });

  it("says which are too old, and from which day on they should be gone", () => {
    const old = all.filter(({ id }) => ["2026-11-12-daily", "2026-05-01-monthly"].includes(id));
    const found = audit([...old, ...good]).findings;
    expect(found.map(({ kind, backup, until }) => [kind, backup, until])).toEqual([
      ["tooOld", "2026-05-01-monthly", "2026-11-01"],
      ["tooOld", "2026-11-12-daily", "2026-11-19"],
    ]);
  });

  it("calls a differential backup without its full one what it is: nothing to restore", () => {
    const found = said(drop("2026-11-01-monthly"));
    expect(found).toContainEqual(["baseGone", "2026-11-25-daily"]);
  });

  it("advises against purging a full backup on which a younger one stands", () => {
    const weeks = rules.generations.map((each) =>
      each.id === "monthly" ? { ...each, kept: { unit: "days", amount: 10 } as const } : each,
    );
    const found = audit(good, { rules: { ...rules, generations: weeks } }).findings;
    expect(found.find(({ backup }) => backup === "2026-11-01-monthly")).toMatchObject({
      kind: "held",
      result: "ADVICE",
      heldBy: "2026-11-22-weekly",
      until: "2026-12-20",
    });
  });

  it.each([
    ["empty", "FAIL"],
    ["truncated", "FAIL"],
    ["unreadable", "UNKNOWN"],
    ["notVerified", "UNKNOWN"],
  ] as const)("takes an %s dump for no backup, or for one not seen", (state, result) => {
    const made = audit(one("2026-11-24-daily", { state }));
    expect(made.result).toBe(result);
    expect(made.findings).toContainEqual(
      expect.objectContaining({ kind: state, backup: "2026-11-24-daily" }),
    );
    const counts = result === "UNKNOWN";
    expect(made.findings.some(({ kind }) => kind === "missing")).toBe(!counts);
  });

  it("is not sure of a file that it does not know, and fails a store without any", () => {
    expect(audit(good, { notRecognised: ["x.bin"] }).result).toBe("UNKNOWN");
    expect(said([])).toEqual([["noBackups", undefined]]);
  });

  it("does not believe the future", () => {
    expect(
      said(one("2026-11-26-daily", { startedAt: addHours(now, 30), endedAt: addHours(now, 30) })),
    ).toEqual([["inFuture", "2026-11-26-daily"]]);
  });
});
