import { copyFileSync } from "node:fs";
import path from "node:path";
import { openDatabase } from "@preau/database";
import { controllerId, silentLog, systemClock } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { openHub } from "../src/hub.ts";
import { preauHere } from "./preau-here.ts";
import { preau } from "./run-preau.ts";

/** A hub's data folder; `record` writes and signs entries of the evidence log as the hub does. */
function installation() {
  const cwd = temporaryFolder();
  const withHub = async <T>(work: (hub: Awaited<ReturnType<typeof openHub>>) => Promise<T>): Promise<T> => {
    const hub = await openHub(readConfig({}, cwd), { clock: systemClock, log: silentLog, sources: [] });
    try {
      return await work(hub);
    } finally {
      await hub.close();
    }
  };
  const record = (count: number) =>
    withHub(async ({ journal, ports, sequencer }) => {
      const event = {
        log: "evidence",
        type: "test.happened",
        controller: controllerId("ministry"),
        actor: { role: "system" },
      } as const;
      await ports.unitOfWork.transaction((unit) =>
        journal.recordMany(unit, Array<typeof event>(count).fill(event)),
      );
      await sequencer.runOnce();
    });
  const data = path.join(cwd, ".preau", "hub.sqlite");
  const change = async (work: (knex: Knex) => Promise<unknown>) => {
    const database = await openDatabase({ url: `sqlite:${data}` });
    await work(database.knex);
    await database.close();
  };
  return {
    cwd,
    data,
    record,
    change,
    audit: (...more: string[]) => preauHere(["journal", "audit", ...more], { cwd }),
  };
}

type Knex = Awaited<ReturnType<typeof openDatabase>>["knex"];

describe("preau journal audit (DD.7)", () => {
  it("says 0 and the size of each log that holds, also when both are empty", async () => {
    const { cwd, record, audit } = installation();
    const empty = await preau(["journal", "audit"], { cwd });
    expect([empty.code, empty.out]).toEqual([0, "evidence  HOLDS  size 0\nactivity  HOLDS  size 0\n"]);
    await record(3);
    const [text, json] = [await audit(), await audit("--json")];
    expect([text.code, text.err, text.out]).toEqual([
      0,
      "",
      "evidence  HOLDS  size 3\nactivity  HOLDS  size 0\n",
    ]);
    expect(JSON.parse(json.out)).toEqual({
      evidence: { holds: true, size: 3 },
      activity: { holds: true, size: 0 },
    });
  });

  it("says 1 and where: a changed entry", async () => {
    const { cwd, record, change, audit } = installation();
    await record(3);
    await change((knex) => knex("jrn_entry").where({ log_index: 1 }).update({ type: "test.other" }));
    const answer = await audit();
    expect([answer.code, answer.err, answer.out.split("\n")[0]]).toEqual([
      1,
      "",
      "evidence  BROKEN at jrn_entry 1  size 3",
    ]);
    const french = await preauHere(["journal", "audit"], { cwd, env: { LC_ALL: "fr_FR.UTF-8" } });
    expect(french.out.split("\n")[0]).toBe("evidence  BROKEN en jrn_entry 1  taille 3");
  });

  it("says 1 for an older copy of the data beside the newer keys, and nothing more is signed", async () => {
    const { data, record, change, audit } = installation();
    await record(2);
    await change((knex) => knex.raw("PRAGMA wal_checkpoint(TRUNCATE)"));
    copyFileSync(data, `${data}.backup`);
    await record(2);
    await change((knex) => knex.raw("PRAGMA wal_checkpoint(TRUNCATE)"));
    copyFileSync(`${data}.backup`, data);
    const answer = await audit("--json");
    expect([answer.code, JSON.parse(answer.out)]).toMatchObject([
      1,
      { evidence: { holds: false, size: 2, at: "key_mark" } },
    ]);
    await expect(record(1)).rejects.toMatchObject({ code: "JOURNAL_BEHIND" });
  });
});
