import { readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Verification, verifyReceiptOrProof } from "@preau/journal";
import { type Folder, type MariaDb, makeFolder, seededChance, startMoodleSchool } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { noMoodleSchool } from "./moodle-school.ts";
import { preauHere } from "./preau-here.ts";
import { type Answer, preau } from "./run-preau.ts";
import { mountSmallDisk } from "./small-disk.ts";

const PUPIL = "210";
const IN_EXTRA_TABLE = "211";

interface ReceiptFile {
  readonly verdict: string;
  readonly stores: readonly {
    store: string;
    verdict: string;
    tables: { erased: number; anonymised: number }[];
    lookAgain: { hits: number };
  }[];
  readonly notCovered: readonly { what: string; why: string }[];
}

const text = expect.any(String) as string;
const count = expect.any(Number) as number;
const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;

describe.skipIf(noMoodleSchool() !== undefined)("preau erase on a Moodle school (D12.2)", () => {
  let server: MariaDb;
  let folder: Folder;
  let data: string;

  beforeAll(async () => {
    folder = makeFolder();
    data = path.join(folder.path, "data");
    server = await startMoodleSchool();
  }, 300_000);
  afterAll(async () => {
    await server.stop();
    folder.remove();
  });

  const eraseBy = (run: typeof preau, args: readonly string[], at = data): Promise<Answer> =>
    run(
      ["erase", "--lms", "moodle", "--db", server.url("moodle"), "--controller", "ministry"]
        .concat(["--ground", "account-deleted"])
        .concat(args),
      { cwd: folder.path, env: { PREAU_DATA: at } },
    );
  const erase = (...args: string[]): Promise<Answer> => eraseBy(preauHere, args);
  const eraseInProcess = (...args: string[]): Promise<Answer> => eraseBy(preau, args);
  const fingerprint = async () => {
    const tables = await server.sql(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'moodle' ORDER BY 1",
    );
    const names = tables.trim().split("\n");
    return server.sql(`CHECKSUM TABLE ${names.join(", ")}`, "moodle");
  };
  const rowsOf = async (table: string, column: string, value: string) =>
    Number(await server.sql(`SELECT COUNT(*) FROM ${table} WHERE ${column} = '${value}'`, "moodle"));

  it("shows a plan and writes nothing anywhere", async () => {
    const before = await fingerprint();
    const [shown, json] = [
      await eraseInProcess("--subject", PUPIL, "--plan-only"),
      await erase("--subject", PUPIL, "--plan-only", "--json"),
    ];
    expect([shown.code, shown.err, json.code, json.err]).toEqual([0, "", 0, ""]);
    expect(shown.out).toMatch(/^ {2}mdl_logstore_standard_log +0 +\d+ +0$/m);
    expect(JSON.parse(json.out)).toMatchObject({ schema: "preau.plan/1", subjects: 1 });
    expect(json.out).not.toContain("eleve0101");
    expect(await fingerprint()).toBe(before);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it("refuses when nobody can be asked, when the person or the Moodle is not there, and writes nothing", async () => {
    const before = await fingerprint();
    const refusals = [
      { args: ["--subject", PUPIL], code: "HUB_NOT_CONFIRMED", exit: 2 },
      { args: ["--subject", "99999999", "--yes"], code: "DATA_MAP_NO_SUBJECT", exit: 2 },
      { args: ["--subject", PUPIL, "--yes", "--table-prefix", "x_"], code: "MOODLE_NOT_FOUND", exit: 2 },
      { args: ["--subject", PUPIL, "--yes", "--db", server.url("mysql")], code: "MOODLE_NOT_FOUND", exit: 2 },
      {
        args: ["--subject", PUPIL, "--yes", "--db", server.url("nope")],
        code: "DATABASE_UNREACHABLE",
        exit: 4,
      },
      {
        args: ["--subject", PUPIL, "--yes", "--db", server.url("moodle").replace("root", "stranger")],
        code: "DATABASE_UNREACHABLE",
        exit: 4,
      },
    ];
    for (const { args, code, exit } of refusals) {
      const answer = await erase(...args);
      expect([args, answer.code, answer.out]).toEqual([args, exit, ""]);
      expect(answer.err).toContain(`preau: ${code}  `);
      expect(answer.err).not.toContain("keyNotYetDestroyed");
    }
    expect(await fingerprint()).toBe(before);
  });

  it("stops before the first write at an unknown table that holds the person, and prints the map entry", async () => {
    await server.sql(
      `CREATE TABLE mdl_local_extra (id INT PRIMARY KEY, userid INT NOT NULL, note VARCHAR(200));
       INSERT INTO mdl_local_extra VALUES (1, ${IN_EXTRA_TABLE}, 'Bonjour')`,
      "moodle",
    );
    const before = await fingerprint();
    const answer = await erase("--subject", IN_EXTRA_TABLE, "--yes", "--json");
    expect([answer.code, answer.out]).toEqual([2, ""]);
    expect(answer.err).toContain("DATA_MAP_UNKNOWN_TABLE");
    expect(answer.err).toContain("place: mdl_local_extra.userid");
    expect(answer.err).toMatch(/local_extra:\n[\s\S]*- \{ by: userid, verdict: erase \}/);
    expect(await fingerprint()).toBe(before);
  });

  it("goes on with --leave-unknown, and never says that everything is gone", async () => {
    const answer = await erase("--subject", IN_EXTRA_TABLE, "--yes", "--leave-unknown", "--json");
    const receipt = JSON.parse(answer.out) as ReceiptFile;
    expect([answer.code, receipt.verdict]).toEqual([3, "UNKNOWN"]);
    expect(receipt.stores[0]?.lookAgain.hits).toBe(1);
    expect(receipt.notCovered).toContainEqual(
      expect.objectContaining({ what: expect.stringContaining("mdl_local_extra") as string }),
    );
    expect(await rowsOf("mdl_local_extra", "userid", IN_EXTRA_TABLE)).toBe(1);
    expect(await rowsOf("mdl_user_preferences", "userid", IN_EXTRA_TABLE)).toBe(0);
  });

  it("stops with 4 at a full disk, and goes on to the same receipt when there is room again", async (test) => {
    const disk = mountSmallDisk(path.join(folder.path, "disk"), 4);
    // Said, not skipped: an ordinary user may mount nothing, and the journal's own tests fill a database otherwise.
    if (disk === undefined) return void test.annotate("not run: a tmpfs cannot be mounted here");
    onTestFinished(() => disk.remove());
    const there = (run: typeof preau) =>
      eraseBy(run, ["--subject", "212", "--yes", "--json"], path.join(disk.path, "data"));
    const full = await there(preau);
    expect([full.code, full.out]).toEqual([4, ""]);
    expect(full.err).toContain("preau: DATABASE_FULL  ");
    expect(full.err).toContain("the same command goes on where it stopped");
    disk.grow(32);
    const done = await there(preauHere);
    const receipt = JSON.parse(done.out) as ReceiptFile;
    expect([done.code, receipt.verdict]).toEqual([3, "UNKNOWN"]);
    const moodle = receipt.stores.find(({ store }) => store === "moodle");
    const changed = (moodle?.tables ?? []).reduce((sum, row) => sum + row.erased + row.anonymised, 0);
    expect(changed).toBeGreaterThan(1_000);

    // Wherever a full disk stops a run, early or after the person's key is gone, the same command ends it.
    for (const kibibytes of [300, 900]) {
      const filler = path.join(disk.path, "filler");
      const { bavail, bsize } = statfsSync(disk.path);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - (kibibytes << 10))));
      expect([3, 4]).toContain((await there(preauHere)).code);
      rmSync(filler);
    }
    expect((await there(preauHere)).code).toBe(3);
  }, 240_000);

  describe("the erasure of user 210", () => {
    let answer: Answer;
    let key: string;
    beforeAll(async () => {
      answer = await eraseInProcess("--subject", PUPIL, "--yes", "--json");
      const keys = await preauHere(["journal", "key", "--json"], {
        cwd: folder.path,
        env: { PREAU_DATA: data },
      });
      key = (JSON.parse(keys.out) as { evidence: string }).evidence;
    }, 120_000);
    const verify = (file: string, vkey = key): Verification["result"] =>
      verifyReceiptOrProof(file, { vkey }).result;

    it("says UNKNOWN with 3, because what is not covered was not verified", () => {
      expect([answer.code, answer.err]).toEqual([3, ""]);
      const receipt = JSON.parse(answer.out) as ReceiptFile;
      expect(receipt.verdict).toBe("UNKNOWN");
      expect(receipt.notCovered.length).toBeGreaterThan(0);
      const moodle = receipt.stores.find(({ store }) => store === "moodle");
      expect(moodle?.verdict).toBe("UNKNOWN");
      const changed = (moodle?.tables ?? []).reduce((sum, row) => sum + row.erased + row.anonymised, 0);
      expect(changed).toBeGreaterThan(1_000);
      process.stderr.write(`erase of user 210: ${Math.round(answer.ms)} ms, ${changed} rows\n`);
    });

    it("files a receipt in the form of preau.receipt/1", () => {
      expect(JSON.parse(answer.out)).toEqual({
        schema: "preau.receipt/1",
        id: expect.stringMatching(/^ers_[0-9a-z]+$/) as string,
        verdict: "UNKNOWN",
        ground: "account-deleted",
        clause: "D12.2",
        openedAt: instant,
        closedAt: instant,
        dueAt: instant,
        stores: expect.arrayContaining([
          {
            store: "moodle",
            verdict: "UNKNOWN",
            why: text,
            remedy: text,
            tables: expect.arrayContaining([
              { table: "mdl_user", erased: 0, anonymised: 1, kept: 0 },
            ]) as unknown[],
            lookAgain: { referenceColumns: count, textColumns: count, files: count, hits: 0 },
          },
        ]) as unknown[],
        kept: expect.any(Array) as unknown[],
        notCovered: expect.arrayContaining([expect.objectContaining({ what: text, why: text })]) as unknown[],
        lastCopy: { date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string, basis: "agreement" },
        agreement: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
        statements: count,
        ms: count,
        proof: text,
      });
    });

    it("names the person nowhere in it, and leaves nothing in the tables that point at a user", async () => {
      for (const trace of ["eleve0101", "@eleve.example.invalid"]) expect(answer.out).not.toContain(trace);
      for (const table of ["mdl_grade_grades", "mdl_quiz_attempts", "mdl_logstore_standard_log"])
        expect([table, await rowsOf(table, "userid", PUPIL)]).toEqual([table, 0]);
      expect(await rowsOf("mdl_user", "username", "eleve0101")).toBe(0);
    });

    it("verifies as TRUE with the journal's key, UNKNOWN without, FALSE with another", async () => {
      writeFileSync(path.join(folder.path, "receipt.json"), answer.out);
      const verifying = (run: typeof preau, ...more: string[]) =>
        run(["journal", "verify", "receipt.json", "--json", ...more], { cwd: folder.path });
      const [with_, without] = [await verifying(preau, "--vkey", key), await verifying(preauHere)];
      expect([with_.code, JSON.parse(with_.out)]).toMatchObject([
        0,
        { result: "TRUE", keyTrusted: true, key },
      ]);
      expect([without.code, JSON.parse(without.out)]).toMatchObject([
        3,
        { result: "UNKNOWN", keyTrusted: false },
      ]);
      const other = key.replace(/.(?==*$)/, (last) => (last === "A" ? "B" : "A"));
      expect(verify(answer.out, other)).toBe("FALSE");
    });

    it("verifies as FALSE after any change of one byte: 200 by chance", () => {
      const bytes = Buffer.from(answer.out);
      const chance = seededChance(20_261_123);
      expect(verify(answer.out)).toBe("TRUE");
      for (let round = 0; round < 200; round += 1) {
        const at = Math.floor(chance() * bytes.length);
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ (1 + Math.floor(chance() * 127));
        expect([at, verify(changed.toString("utf8"))]).toEqual([at, "FALSE"]);
      }
    });

    it("is printed again byte for byte, to its own controller alone", async () => {
      const { id } = JSON.parse(answer.out) as { id: string };
      const of = (controller: string) =>
        preauHere(["receipt", id, "--controller", controller], {
          cwd: folder.path,
          env: { PREAU_DATA: data },
        });
      expect((await of("ministry")).out).toBe(answer.out);
      const foreign = await of("another");
      expect([foreign.code, foreign.out]).toEqual([2, ""]);
    });

    it("does nothing a second time, and its receipt says so", async () => {
      const before = await fingerprint();
      const again = await erase("--subject", PUPIL, "--yes", "--json");
      expect([again.code, again.err]).toEqual([3, ""]);
      const { verdict, stores } = JSON.parse(again.out) as ReceiptFile;
      const moodle = stores.find(({ store }) => store === "moodle");
      const changed = moodle?.tables.filter(({ erased, anonymised }) => erased + anonymised > 0);
      expect([verdict, changed]).toEqual(["UNKNOWN", []]);
      expect(await fingerprint()).toBe(before);
    });
  });
});
