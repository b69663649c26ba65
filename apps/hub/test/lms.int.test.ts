import { writeFileSync } from "node:fs";
import path from "node:path";
import { openDatabase } from "@preau/database";
import { isFault, silentLog, systemClock } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { readConfig } from "../src/config.ts";
import { openHub } from "../src/hub.ts";

const MAP = path.resolve(import.meta.dirname, "../../simulators/maps/demo-school-1.yaml");

function houseWith(controllers: readonly [string, string]) {
  const cwd = temporaryFolder();
  const lms = controllers.map(
    (controller, at) =>
      `  - { id: school-${at}, controller: ${controller}, map: "${MAP}", database: "sqlite:school-${at}.sqlite" }`,
  );
  writeFileSync(path.join(cwd, "preau.yaml"), `lms:\n${lms.join("\n")}\n`);
  return openHub(readConfig({ PREAU_DATA: path.join(cwd, "data") }, cwd), {
    clock: systemClock,
    log: silentLog,
  });
}

describe("the LMSs of a configuration (D12.2)", () => {
  it("are refused when two of one controller would share account numbers", async () => {
    const refused: unknown = await houseWith(["ministry", "ministry"]).catch((error: unknown) => error);
    expect(isFault(refused, "HUB_CONFIG_INVALID") && refused.place).toContain("school-0 and school-1");
  });

  it("may be alike for two controllers: neither sees the other's", async () => {
    const hub = await houseWith(["ministry", "college-2"]);
    try {
      expect([...hub.ports.sources.keys()].slice(0, 2)).toEqual(["school-0", "school-1"]);
    } finally {
      await hub.close();
    }
  });
});

describe("the account that a sign-in identifier belongs to (D12.2)", () => {
  async function accountsOf(rows: readonly { readonly id: number; readonly gar_id: string }[]) {
    const cwd = temporaryFolder();
    const data = path.join(cwd, "data");
    const signIn = "{ identifier: gar.ido, table: sch_account, column: gar_id, key: id }";
    const lms = `{ id: school, controller: ministry, map: "${MAP}", database: "sqlite:school.sqlite", signIn: ${signIn} }`;
    writeFileSync(path.join(cwd, "preau.yaml"), `lms:\n  - ${lms}\n`);
    const school = await openDatabase({ url: `sqlite:${path.join(data, "school.sqlite")}` });
    // As MariaDB compares by default: without case.
    await school.knex.raw("create table sch_account (id integer primary key, gar_id text collate nocase)");
    await school.knex("sch_account").insert([...rows]);
    await school.close();
    const hub = await openHub(readConfig({ PREAU_DATA: data }, cwd), { clock: systemClock, log: silentLog });
    onTestFinished(() => hub.close());
    return (value: string) => hub.lms[0]?.accountOf({ kind: "gar.ido", value });
  }

  it("is that of the very identifier, whatever the database takes for the same", async () => {
    const accountOf = await accountsOf([
      { id: 1, gar_id: "dupont" },
      { id: 2, gar_id: "DUPONT" },
    ]);
    expect((await accountOf("dupont"))?.value).toBe("1");
    expect((await accountOf("DUPONT"))?.value).toBe("2");
    expect(await accountOf("Dupont")).toBeUndefined();
  });

  it("is nobody's when two accounts have it", async () => {
    const accountOf = await accountsOf([
      { id: 1, gar_id: "same" },
      { id: 2, gar_id: "same" },
    ]);
    expect(await accountOf("same")).toBeUndefined();
  });
});
