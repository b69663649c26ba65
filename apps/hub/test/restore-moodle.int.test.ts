/** A Moodle school comes back from a backup of before two erasures: here, a second server with the same school. */
import path from "node:path";
import { type Folder, type MariaDb, makeFolder, startMoodleSchool } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noMoodleSchool } from "./moodle-school.ts";
import { preauHere } from "./preau-here.ts";

const [GONE, NUMBER_GIVEN_AGAIN] = ["210", "211"];

describe.skipIf(noMoodleSchool() !== undefined)("preau restore on a Moodle school (D12.3)", () => {
  let folder: Folder;
  let live: MariaDb;
  let restored: MariaDb;
  beforeAll(async () => {
    folder = makeFolder();
    live = await startMoodleSchool();
    restored = await startMoodleSchool();
  }, 300_000);
  afterAll(async () => {
    await Promise.all([live.stop(), restored.stop()]);
    folder.remove();
  });

  it("erases the restored account again, and leaves the new one under another's number", async () => {
    const run = (...args: readonly string[]) =>
      preauHere([...args, "--lms", "moodle", "--controller", "college-1", "--json"], {
        cwd: folder.path,
        env: { PREAU_DATA: path.join(folder.path, "data") },
      });
    const restore = (verb: string, server: MariaDb) => run("restore", verb, "--db", server.url("moodle"));
    const user = (id: string | undefined) =>
      restored.sql(`SELECT firstname, deleted FROM mdl_user WHERE id = ${id}`, "moodle");

    expect((await restore("gate", restored)).code).toBe(4);
    const erased = await run(
      ...["erase", "--db", live.url("moodle"), "--subject", `${GONE},${NUMBER_GIVEN_AGAIN}`],
      ...["--ground", "account-deleted", "--yes"],
    );
    expect(erased.code).toBe(3); // a file store was not named: not covered
    expect((await restore("gate", live)).code).toBe(0);

    await restored.sql(
      `UPDATE mdl_user SET timecreated = timecreated + 1 WHERE id = ${NUMBER_GIVEN_AGAIN}`,
      "moodle",
    );
    const newcomer = await user(NUMBER_GIVEN_AGAIN);
    const closed = await restore("gate", restored);
    expect([closed.code, JSON.parse(closed.out)]).toMatchObject([
      1,
      { open: false, listed: 1, restricted: 0 },
    ]);

    const replayed = await restore("replay", restored);
    expect(replayed.code).toBe(3);
    expect(JSON.parse(replayed.out)).toMatchObject({
      persons: 1,
      receipts: [{ verdict: "UNKNOWN" }],
      gate: { open: true },
    });
    expect(await user(GONE)).not.toContain("eleve");
    expect(await user(GONE)).toMatch(/1\s*$/);
    expect(await user(NUMBER_GIVEN_AGAIN)).toBe(newcomer);
    expect((await restore("gate", restored)).code).toBe(0);
    expect(JSON.parse((await restore("replay", restored)).out)).toMatchObject({ persons: 0, receipts: [] });
  }, 120_000);
});
