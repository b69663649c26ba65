import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { preauHere } from "./preau-here.ts";

describe("preau loading", () => {
  it("stops what is due until a backup was restored in a test, then destroys it with a receipt (S9)", async () => {
    const cwd = temporaryFolder();
    const of = ["--controller", "college-des-ajoncs", "--json"] as const;
    const preau = async (...words: readonly string[]) => {
      const env = { PREAU_DATA: path.join(cwd, "data") };
      const { code, out, err } = await preauHere(["loading", ...words, ...of], { cwd, env });
      return { code, err, said: out === "" ? undefined : (JSON.parse(out) as Record<string, unknown>) };
    };
    writeFileSync(path.join(cwd, "load.sql"), "insert into t values (1);\n");
    const { said } = await preau("register", "load.sql", "--since", "2026-01-05");
    const copy = String(said?.["copy"]);
    expect(copy).toMatch(/^hdg_/);
    expect(await preau("accept", copy, "--at", "2026-01-10")).toMatchObject({ code: 0 });
    const stopped = await preau("destroy", copy, "--yes");
    expect(stopped.code).toBe(1);
    expect(stopped.err).toContain("RETENTION_RESTORE_NOT_TESTED");
    expect((await preau("list")).code).toBe(1);
    expect(existsSync(path.join(cwd, "load.sql"))).toBe(true);
    const tested = ["--backup", "site.zst", "--made", "2026-01-20", "--evidence", "PV 14"] as const;
    expect((await preau("restore-tested", ...tested)).code).toBe(0);
    const done = await preau("destroy", "--yes");
    expect(done).toMatchObject({ code: 0, said: { destroyed: [{ copy, verdict: "PASS" }], stopped: 0 } });
    expect(existsSync(path.join(cwd, "load.sql"))).toBe(false);
  }, 60_000);
});
