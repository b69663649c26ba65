import { chmodSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { mainland } from "@preau/calendar";
import { instant } from "@preau/kernel";
import { codeOf, temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { readFileName, readPattern } from "../src/file-names.ts";
import { readDumpFolder } from "../src/read-dump-folder.ts";

const SQL = "-- MariaDB dump 10.19\nINSERT INTO pupil VALUES (1);\n-- Dump completed on 2026-11-22\n";

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}
const read = (folder: string, pattern?: string) =>
  readDumpFolder({
    folder,
    place: mainland,
    verify: true,
    ...(pattern && { pattern: readPattern(pattern) }),
  });

describe("names of dumps (DD.1)", () => {
  it.each([
    ["school-2026-11-22.sql.gz", { date: "2026-11-22" }],
    ["daily/school_20261122_0215.sql.gz", { date: "2026-11-22", time: "02:15:00", generation: "daily" }],
    ["mensuel/base-complete-2026.11.01.sql", { date: "2026-11-01", generation: "monthly", kind: "full" }],
    [
      "2026-11-22T021503Z-diff.sql.zst",
      { date: "2026-11-22", time: "02:15:03", isUtc: true, kind: "differential" },
    ],
    ["2026-11-22_02h15m03s.xb", { date: "2026-11-22", time: "02:15:03" }],
    ["hebdo/2026-11-22/pupil.sql", { id: "hebdo/2026-11-22", date: "2026-11-22", generation: "weekly" }],
    ["school.20261122.dump", { date: "2026-11-22" }],
    ["ticket-2026113099-0.sql", {}],
    ["school-2026-02-31.sql", {}],
    ["database-2026-11-22.sql", { date: "2026-11-22" }],
  ])("reads %s", (name, says) => {
    expect(readFileName(name)).toEqual({ id: name, isUtc: false, ...says });
  });

  it("follows a pattern, and nothing else then", () => {
    const pattern = readPattern("{generation}/{any}-{kind}-{date}.sql.gz");
    expect(readFileName("weekly/2025-school-full-2026-11-22.sql.gz", pattern)).toMatchObject({
      date: "2026-11-22",
      generation: "weekly",
      kind: "full",
    });
    expect(readFileName("school-2026-11-22.sql.gz", pattern)).toBeUndefined();
    for (const bad of ["no date", "{date}{date}", "{date}{what}"])
      expect(() => readPattern(bad)).toThrow(expect.objectContaining({ code: "BACKUPS_BAD_PATTERN" }));
  });
});

describe("a folder of dumps (DD.1)", () => {
  it("tells whole dumps from empty, shortened and unknown ones", async () => {
    const gz = gzipSync(SQL);
    const { backups, notRecognised } = await read(
      folderOf({
        "a-2026-11-20.sql.gz": gz,
        "b-2026-11-20.sql.gz": gz.subarray(0, gz.length - 9),
        "c-2026-11-20.sql": SQL.slice(0, 40),
        "d-2026-11-20.sql": "",
        "e-2026-11-20.sql.zst": zstdCompressSync(SQL),
        "f-2026-11-20.sql.xz": "?",
        "g-2026-11-20.sql": "CREATE TABLE without_comments (id int);",
        "h-2026-11-20.sqlite": `SQLite format 3\0${"\0".repeat(20)}`,
        "i-2026-11-20.sql.gz.sha256": "abc",
        "readme.txt": "hello",
        "2026-11-21/pupil.sql": SQL,
        "2026-11-21/empty.sql": "",
      }),
    );
    expect(Object.fromEntries(backups.map(({ id, state }) => [id, state]))).toEqual({
      "a-2026-11-20.sql.gz": "whole",
      "b-2026-11-20.sql.gz": "truncated",
      "c-2026-11-20.sql": "truncated",
      "d-2026-11-20.sql": "empty",
      "e-2026-11-20.sql.zst": "whole",
      "f-2026-11-20.sql.xz": "notVerified",
      "g-2026-11-20.sql": "whole",
      "h-2026-11-20.sqlite": "truncated",
      "2026-11-21": "whole",
    });
    expect(notRecognised).toEqual(["readme.txt"]);
  });

  it("takes the beginning from the name and the end from the file, unless the file was copied", async () => {
    const folder = folderOf({ "a-2026-11-20.sql": SQL, "b-2026-11-19T2200.sql": SQL, "c.sql": SQL });
    const at = (name: string, when: string) =>
      utimesSync(path.join(folder, name), new Date(when), new Date(when));
    at("a-2026-11-20.sql", "2026-11-20T03:30:00.000Z");
    at("b-2026-11-19T2200.sql", "2026-11-26T03:30:00.000Z");
    at("c.sql", "2026-11-20T03:30:00.000Z");
    const { backups } = await read(folder);
    expect(backups.map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual([
      [instant("2026-11-19T23:00:00.000Z"), instant("2026-11-20T03:30:00.000Z")],
      [instant("2026-11-19T21:00:00.000Z"), instant("2026-11-19T21:00:00.000Z")],
      [instant("2026-11-19T03:30:00.000Z"), instant("2026-11-20T03:30:00.000Z")],
    ]);
  });

  it("follows no link, and says what it cannot read", async () => {
    const folder = folderOf({ "a-2026-11-20.sql": SQL });
    symlinkSync("a-2026-11-20.sql", path.join(folder, "latest.sql"));
    expect((await read(folder)).backups).toHaveLength(1);
    expect(await codeOf(read(path.join(folder, "nowhere")))).toBe("BACKUPS_STORE_UNREADABLE");
    if (process.getuid?.() === 0) return; // root reads everything
    chmodSync(path.join(folder, "a-2026-11-20.sql"), 0);
    expect((await read(folder)).backups[0]?.state).toBe("unreadable");
  });
});
