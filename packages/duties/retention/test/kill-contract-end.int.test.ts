import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { openDatabase } from "@preau/database";
import { makeFolder, spawnSource } from "@preau/testing";
import { describe, expect, it } from "vitest";
import type { Certificate } from "../src/contract-end-certificate.ts";
import { countSchool, rowsOf } from "./school.ts";

const script = path.join(import.meta.dirname, "programs/end-contract.ts");
/** Commits after which the run is killed, one run after the other: every part of the walk is met. */
const COMMITS = [3, 12, 30, 45] as const;

describe("kill -9 anywhere in a contract's end (D6.2c)", () => {
  it("hands every row back once, erases everybody once, and certifies what the receipts say", async () => {
    const folder = makeFolder();
    try {
      const states: string[] = [];
      let minutes = 0;
      for (const commits of COMMITS) {
        const { ended } = spawnSource(script, [folder.path, String(commits), String((minutes += 2))]);
        const { code, signal } = await ended;
        const hub = await openDatabase({ url: `sqlite:${path.join(folder.path, "hub.sqlite")}` });
        const [row] = await hub.knex("ret_contract_end").select<{ state: string }[]>("state");
        await hub.close();
        states.push(`${row?.state} ${signal ?? code}`);
      }
      const last = spawnSource(script, [folder.path, "-1", String(minutes + 2)]);
      const { code } = await last.ended;
      expect([last.errors(), code]).toEqual(["", 0]);
      const hub = await openDatabase({ url: `sqlite:${path.join(folder.path, "hub.sqlite")}` });
      const bodies = await hub.knex("ret_certificate").pluck<string[]>("body");
      await hub.close();
      process.stderr.write(`killed in: ${states.join(", ")}\n`);
      expect(bodies).toHaveLength(1);
      const said = JSON.parse(bodies[0] ?? "null") as Certificate;
      expect(said).toMatchObject({ verdict: "PASS", erasure: { persons: 12, left: 0 } });
      const out = path.join(folder.path, "out");
      const pupils = Array.from({ length: 12 }, (_, n) => n + 1);
      const lines = (table: string) =>
        readFileSync(path.join(out, "school", `${table}.ndjson`), "utf8")
          .trim()
          .split("\n");
      expect(lines("pupil")).toHaveLength(12);
      expect(new Set(lines("pupil")).size).toBe(12);
      expect(lines("result")).toHaveLength(pupils.reduce((sum, pupil) => sum + rowsOf(pupil).result, 0));
      expect(spawnSync("sha256sum", ["-c", "--quiet", "SHA256SUMS"], { cwd: out }).status).toBe(0);
      const school = await openDatabase({ url: `sqlite:${path.join(folder.path, "school.sqlite")}` });
      expect((await countSchool(school, () => ({}))).pupil).toBe(0);
      await school.close();
    } finally {
      folder.remove();
    }
  }, 180_000);
});
