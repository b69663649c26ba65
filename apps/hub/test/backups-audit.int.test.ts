import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { openReplayList } from "@preau/backups";
import { dayIn, mainland } from "@preau/calendar";
import { addHours, controllerId, systemClock } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { preauHere } from "./preau-here.ts";

const DUMP = gzipSync("-- MariaDB dump 10.19\n-- Dump completed\n");
const now = systemClock.now();
/** Noon of a day is that day in every summer and winter. */
const daysAgo = (days: number) =>
  dayIn(mainland.zone, addHours(`${dayIn(mainland.zone, now)}T12:00:00.000Z` as typeof now, -24 * days));

const monthsSince = (day: string) => {
  const monthOf = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
  return monthOf(daysAgo(0)) - monthOf(day);
};

/** Dumps of the last months, as the agreement wants them today. */
function store(cwd: string): string {
  const folder = path.join(cwd, "backups");
  for (const name of ["daily", "weekly", "monthly"]) mkdirSync(path.join(folder, name), { recursive: true });
  const write = (name: string) => writeFileSync(path.join(folder, name), DUMP);
  for (let ago = 0; ago < 215; ago += 1) {
    const day = daysAgo(ago);
    const isSunday = new Date(`${day}T12:00:00Z`).getUTCDay() === 0;
    if (day.endsWith("-01")) {
      if (monthsSince(day) < 6) write(`monthly/school-full-${day}.sql.gz`);
    } else if (isSunday && ago < 28) write(`weekly/school-diff-${day}.sql.gz`);
    else if (ago < 7) write(`daily/school-diff-${day}.sql.gz`);
  }
  return folder;
}

async function audit(cwd: string, ...more: readonly string[]) {
  const answer = await preauHere(["backups", "audit", "--json", ...more], { cwd });
  const { stores } = (answer.out === "" ? { stores: [] } : JSON.parse(answer.out)) as Answer;
  const findings = stores.flatMap((each) => each.findings);
  return { ...answer, stores, said: findings.map(({ kind, backup }) => [kind, backup]) };
}

interface Answer {
  readonly stores: readonly {
    readonly advice: readonly string[];
    readonly findings: readonly { readonly kind: string; readonly backup?: string }[];
  }[];
}

describe("preau backups audit (DD.1)", () => {
  it("is 0 for a store that keeps to the agreement, by option or from preau.yaml", async () => {
    const cwd = temporaryFolder();
    store(cwd);
    expect(await audit(cwd, "--folder", "backups")).toMatchObject({ code: 0, said: [] });
    writeFileSync(
      path.join(cwd, "preau.yaml"),
      "plugins: { backups: { stores: [{ sources: all, folder: backups }] } }\n",
    );
    expect(await audit(cwd)).toMatchObject({ code: 0, said: [] });
    const french = await preauHere(["backups", "audit"], { cwd, env: { LANG: "fr_FR.UTF-8" } });
    expect(french.out).toContain("Les sauvegardes respectent l’accord.");
  });

  it("is 1 for what is missing or too old, names the command to type, and removes nothing", async () => {
    const cwd = temporaryFolder();
    const folder = store(cwd);
    const old = `daily/school-diff-${daysAgo(12)}.sql.gz`;
    writeFileSync(path.join(folder, old), DUMP);
    const found = await audit(cwd, "--folder", "backups", "--controller", "college-1");
    expect([found.code, found.said]).toEqual([1, [["tooOld", old]]]);
    expect(found.stores[0]?.advice).toEqual([`rm -r -- 'backups/${old}'`]);
    expect(readdirSync(path.join(folder, "daily"))).toContain(path.basename(old));
    const text = await preauHere(["backups", "audit", "--folder", "backups"], { cwd });
    expect(text.out).toMatch(/FAIL {2}daily\/school-diff-.*should be gone since \w+day/);
  });

  it("is 3 when a dump was not read, or is understood by nobody, and 4 or 2 when there is nothing to look at", async () => {
    const cwd = temporaryFolder();
    const folder = store(cwd);
    expect((await audit(cwd, "--folder", "backups", "--quick")).code).toBe(3);
    writeFileSync(path.join(folder, "notes.odt"), "?");
    expect(await audit(cwd, "--folder", "backups")).toMatchObject({
      code: 3,
      said: [["notRecognised", "notes.odt"]],
    });
    expect((await audit(cwd, "--folder", "nowhere")).code).toBe(4);
    expect((await audit(cwd)).code).toBe(2);
    expect((await audit(cwd, "--folder", "backups", "--since", "yesterday")).code).toBe(2);
    expect((await audit(cwd, "--folder", "backups", "--pattern", "school.sql")).code).toBe(2);
  });
});

describe("preau doctor and the replay list (D12.3)", () => {
  const failed = async (cwd: string, env: Readonly<Record<string, string>> = {}) => {
    const answer = await preauHere(["doctor", "--json"], { cwd, env });
    const { findings } = JSON.parse(answer.out) as {
      findings: { check: string; result: string; evidence: string }[];
    };
    return findings
      .filter(({ result }) => result === "FAIL")
      .map(({ check, evidence }) => `${check}: ${evidence}`);
  };
  const entry = {
    receipt: "ers_1",
    controller: controllerId("a"),
    source: "s",
    ground: "instruction",
    marks: ["m"],
  } as const;

  it("finds a list kept with what it protects, also behind a link", async () => {
    const cwd = temporaryFolder();
    expect(await failed(cwd)).toEqual([]);
    expect(await failed(cwd, { PREAU_REPLAY_LIST: ".preau/replay" })).toEqual([
      "replay list's place: in the data folder",
    ]);
    symlinkSync(path.join(cwd, ".preau"), path.join(cwd, "link"));
    expect(await failed(cwd, { PREAU_REPLAY_LIST: "link/replay" })).toEqual([
      "replay list's place: in the data folder",
    ]);
    mkdirSync(path.join(cwd, "backups"));
    writeFileSync(
      path.join(cwd, "preau.yaml"),
      "plugins: { backups: { stores: [{ sources: all, folder: backups }] } }\nreplayList: backups/replay\n",
    );
    expect(await failed(cwd)).toEqual(["replay list's place: in a backup store"]);
  });

  it("finds one that others can read, that lost its key, or that is damaged", async () => {
    const cwd = temporaryFolder();
    const folder = path.join(cwd, ".preau-replay");
    await openReplayList(folder).remember(entry);
    expect(await failed(cwd)).toEqual([]);
    chmodSync(folder, 0o755);
    expect(await failed(cwd)).toEqual(["replay list's rights: open to other users"]);
    chmodSync(folder, 0o700);
    writeFileSync(path.join(folder, "list-1"), "");
    expect(await failed(cwd)).toEqual(["replay list: BACKUPS_LIST_BROKEN"]);
    rmSync(path.join(folder, "replay.key"));
    expect(await failed(cwd)).toEqual(["replay list: BACKUPS_LIST_MISSING"]);
  });
});
