import { writeFileSync } from "node:fs";
import path from "node:path";
import { isFault, silentLog, systemClock } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
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
