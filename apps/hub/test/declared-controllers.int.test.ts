import { writeFileSync } from "node:fs";
import path from "node:path";
import { changeController, instructionsOf } from "@preau/contracts";
import { controllerId, type Flow, isFault, silentLog, systemClock } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { type Hub, openHub } from "../src/hub.ts";

const ID = controllerId("ecole-des-mirabelliers");
const YAML = `controllers:
  - id: ecole-des-mirabelliers
    kind: school
    name: École des Mirabelliers
    uai: 0579901C
    officers:
      - { role: dpo, name: Tancrède Ohl, email: dpo@mirabelliers.example }
    contracts:
      - reference: MIR-1
        products: [plume]
        startsOn: 2020-01-01
        ownPeriods: { unusedData: months(6) }
        legalBases: { plume: { support: publicTask } }
`;
const flow: Flow = {
  controller: ID,
  product: "plume",
  operation: "store",
  origin: "outsideGar",
  role: "pupil",
  categories: ["name"],
  purpose: "runPlatform",
  recipient: "product",
};

async function withHub<T>(cwd: string, work: (hub: Hub) => Promise<T>): Promise<T> {
  const hub = await openHub(readConfig({}, cwd), { clock: systemClock, log: silentLog });
  try {
    return await work(hub);
  } finally {
    await hub.close();
  }
}

function folderWith(yaml: string): string {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, "preau.yaml"), yaml);
  return cwd;
}

const reasonOf = ({ ports }: Hub) =>
  ports.unitOfWork
    .transaction((unit) => ports.gate.permit(flow, unit))
    .then(
      () => "ALLOWED",
      (error: unknown) =>
        isFault(error) ? `${error.clause} ${String(error.detail.log?.["reason"])}` : error,
    );

describe("controllers that preau.yaml declares (D1, D4.3)", () => {
  it("are registered once, with officers, contract, own periods and legal bases (D1, D4.3)", async () => {
    const cwd = folderWith(YAML);
    const read = ({ ports }: Hub) =>
      ports.unitOfWork.transaction(async (unit) => ({
        controller: await ports.contracts.controller(unit, ID),
        officers: (await ports.contracts.officers(unit, ID)).map(({ role, name }) => [role, name]),
        contracts: (await ports.contracts.contracts(unit, ID)).map(({ reference }) => reference),
        periods: (await ports.contracts.ownPeriods(unit, ID)).map(({ duration }) => duration),
        bases: (await ports.contracts.purposeBases(unit, ID)).map(({ purpose }) => purpose),
        deeds: (await instructionsOf(unit, ports.journal, { controller: ID }))
          .map(({ deed }) => deed)
          .toReversed(),
      }));
    const first = await withHub(cwd, read);
    expect(first).toMatchObject({
      controller: { place: { region: "alsace-moselle", goodFriday: "unknown" }, version: 2 },
      officers: [["dpo", "Tancrède Ohl"]],
      contracts: ["MIR-1"],
      periods: [{ unit: "months", amount: 6 }],
      bases: ["support"],
      deeds: [
        "controllerRegistered",
        "officerAppointed",
        "contractOpened",
        "ownPeriodSet",
        "legalBasesSettled",
      ],
    });
    expect(await withHub(cwd, read)).toEqual(first);
  });

  it("keep what was edited since, whatever the file says", async () => {
    const cwd = folderWith(YAML);
    await withHub(cwd, ({ ports }) =>
      ports.unitOfWork.transaction(async (unit) => {
        const known = await ports.contracts.controller(unit, ID);
        if (known === undefined) throw new Error("not registered");
        const edit = { controller: ID, version: known.version, actor: { role: "operations" } } as const;
        await changeController(unit, ports, edit, { ...known, name: "Autre nom" });
      }),
    );
    const name = await withHub(cwd, ({ ports }) =>
      ports.unitOfWork.transaction(async (unit) => (await ports.contracts.controller(unit, ID))?.name),
    );
    expect(name).toBe("Autre nom");
  });

  it("let data flow, which nobody's data does without a contract (D1)", async () => {
    expect(await withHub(folderWith(YAML), reasonOf)).toBe("ALLOWED");
    expect(await withHub(folderWith("name: empty\n"), reasonOf)).toBe("D1 NO_CONTRACT");
    expect(
      await withHub(folderWith(YAML.replace("[plume]", "[jardin]").replace(/ {8}legal.*\n/, "")), reasonOf),
    ).toBe("D1 PRODUCT_NOT_SUBSCRIBED");
  });

  it.each([
    {
      defect: "a UAI whose letter is wrong",
      yaml: YAML.replace("0579901C", "0579901A"),
      place: "preau.yaml:5:10 ",
    },
    {
      defect: "a product that the agreement does not name",
      yaml: YAML.replace("[plume]", "[stylo]"),
      place: "preau.yaml:10:19 ",
    },
    {
      defect: "a day that does not exist",
      yaml: YAML.replace("2020-01-01", "2021-02-29"),
      place: "preau.yaml:11:19 ",
    },
    {
      defect: "an officer without a name",
      yaml: YAML.replace("name: Tancrède Ohl, ", ""),
      place: "preau.yaml:7:9 ",
    },
    { defect: "a period that is none", yaml: YAML.replace("months(6)", "soon"), place: "preau.yaml:12:35 " },
  ])("are refused with line and column: $defect", async ({ yaml, place }) => {
    const error: unknown = await withHub(folderWith(yaml), () => Promise.resolve()).catch(
      (caught: unknown) => caught,
    );
    if (!isFault(error, "HUB_CONFIG_INVALID")) throw error;
    expect(error.place?.startsWith(place) ? place : error.place).toBe(place);
  });
});
