import { readFileSync } from "node:fs";
import { inUnit } from "@preau/database";
import { codeOf } from "@preau/testing";
import { expect, it } from "vitest";
import {
  appointOfficer,
  changeController,
  changeOfficer,
  openContract,
  PUBLISHER,
  readOfficerValues,
  registerController,
  removeOfficer,
} from "../src/index.ts";
import {
  contractValues,
  controllerValues,
  describeKinds,
  editOf,
  instructions,
  OTHER,
  openRegister,
  SCHOOL,
  tilleuls,
} from "./open-register.ts";

const written = {
  role: "dpo",
  name: "Ysoline Vercastel",
  email: "ysoline.vercastel@college.example",
  telephone: "02 99 00 00 00",
  address: "2, allée des Tilleuls",
};
const officer = (change = {}) => {
  const { values } = readOfficerValues({ ...written, ...change });
  if (values === undefined) throw new Error("not readable");
  return values;
};

describeKinds("a controller and its officers (D4.3)", (kind) => {
  it("is registered once and changed, with what held before (D4.3)", async () => {
    const register = await openRegister(kind);
    const { run, ports, contracts } = register;
    await run((unit) => registerController(unit, ports, editOf(), controllerValues()));
    const again = run((unit) => registerController(unit, ports, editOf(), controllerValues()));
    expect(await codeOf(again)).toBe("CONTROLLER_TAKEN");
    const values = controllerValues({ ...tilleuls, region: "metropole", goodFriday: "", legalForm: "EPLE" });
    await run((unit) => changeController(unit, ports, editOf(SCHOOL, 1), values));
    expect(await run((unit) => changeController(unit, ports, editOf(), values))).toBeUndefined();
    expect(await codeOf(run((unit) => changeController(unit, ports, editOf(SCHOOL, 1), values)))).toBe(
      "CONTRACT_CHANGED_MEANWHILE",
    );
    expect(await codeOf(run((unit) => changeController(unit, ports, editOf(OTHER), values)))).toBe(
      "CONTROLLER_UNKNOWN",
    );
    expect(await run((unit) => contracts.controller(unit, SCHOOL))).toMatchObject({
      name: "Collège des Tilleuls",
      legalForm: "EPLE",
      place: { region: "metropole", zone: "Europe/Paris" },
    });
    expect((await instructions(register)).slice(1)).toMatchObject([
      {
        deed: "controllerChanged",
        before: { region: "alsace-moselle", legalForm: null },
        after: { legalForm: "EPLE" },
      },
    ]);
  });

  it("never bears the name of the publisher's own scope (D4.3)", async () => {
    const { run, ports, contracts } = await openRegister(kind);
    const taking = run((unit) => registerController(unit, ports, editOf(PUBLISHER), controllerValues()));
    expect(await codeOf(taking)).toBe("CONTROLLER_TAKEN");
    expect(await run((unit) => contracts.controller(unit, PUBLISHER))).toBeUndefined();
  });

  it("is counted in the mainland's calendar while it is not registered", async () => {
    const { run, contracts } = await openRegister(kind);
    expect(await run((unit) => contracts.placeOf(unit, SCHOOL))).toEqual({
      region: "metropole",
      zone: "Europe/Paris",
    });
  });

  it("has officers that nobody reads without the keys, and that the journal does not name (D4.3)", async () => {
    const register = await openRegister(kind);
    const { run, ports, contracts, database } = register;
    await run((unit) => registerController(unit, ports, editOf(), controllerValues()));
    const id = await run((unit) => appointOfficer(unit, ports, editOf(), officer()));
    expect(await run((unit) => contracts.officers(unit, SCHOOL))).toMatchObject([
      { id, controller: SCHOOL, ...officer() },
    ]);
    const telephone = { telephone: "+33 2 99 00 00 01" };
    await run((unit) => changeOfficer(unit, ports, editOf(), { officer: id, values: officer(telephone) }));
    const rows: unknown = await run((unit) => inUnit(unit)("ctr_officer").select("*"));
    expect(JSON.stringify(rows)).not.toMatch(/vercastel|ysoline/i);
    expect(JSON.stringify(await instructions(register))).not.toMatch(/vercastel|ysoline|99 00/i);
    if (database.dialect === "sqlite") {
      const bytes = readFileSync(database.url.replace("sqlite:", ""), "latin1");
      expect(bytes).not.toMatch(/vercastel/i);
    }
    expect((await instructions(register)).slice(1)).toMatchObject([
      {
        deed: "officerAppointed",
        after: { officer: id, role: "dpo", filled: ["address", "email", "name", "telephone"] },
      },
      { deed: "officerChanged" },
    ]);
  });

  it("loses a removed officer's key with the row: what a backup still holds stays shut (D4.3)", async () => {
    const register = await openRegister(kind);
    const { run, ports, contracts, database } = register;
    await run((unit) => registerController(unit, ports, editOf(), controllerValues()));
    const [gone, kept] = [
      await run((unit) => appointOfficer(unit, ports, editOf(), officer())),
      await run((unit) =>
        appointOfficer(unit, ports, editOf(), officer({ role: "contact", name: "Élie Sorbier" })),
      ),
    ];
    const backup = await database.knex("ctr_officer").where({ id: gone }).first<Record<string, unknown>>();
    expect(await codeOf(run((unit) => removeOfficer(unit, ports, editOf(OTHER), gone)))).toBe(
      "CONTROLLER_UNKNOWN",
    );
    await run((unit) => removeOfficer(unit, ports, editOf(), gone));
    expect(await codeOf(run((unit) => removeOfficer(unit, ports, editOf(), gone)))).toBe("OFFICER_UNKNOWN");
    await contracts.finishRemovals();
    expect(await database.knex("ctr_key_to_destroy").select("*")).toEqual([]);
    await database.knex("ctr_officer").insert(backup);
    expect((await run((unit) => contracts.officers(unit, SCHOOL))).map(({ id }) => id)).toEqual([kept]);
  });

  it("ends the removal that a crash left half done", async () => {
    const register = await openRegister(kind);
    const { run, ports, contracts, database, vault } = register;
    await run((unit) => registerController(unit, ports, editOf(), controllerValues()));
    const id = await run((unit) => appointOfficer(unit, ports, editOf(), officer()));
    const crashed = { ...ports, contracts: { finishRemovals: () => Promise.resolve(0) } };
    await run((unit) => removeOfficer(unit, crashed, editOf(), id));
    const scope = { controller: SCHOOL, kind: "subject", id } as const;
    expect(await vault.destruction(scope)).toBeUndefined();
    expect(await contracts.finishRemovals()).toBe(1);
    expect(await vault.destruction(scope)).toBeDefined();
    expect(await database.knex("ctr_key_to_destroy").select("*")).toEqual([]);
  });

  it("is found by words of its name, seat and numbers, in pages, and only within the scope", async () => {
    const { run, ports, contracts } = await openRegister(kind);
    const add = (id: string, change: object) =>
      run((unit) =>
        registerController(
          unit,
          ports,
          editOf(id as typeof SCHOOL),
          controllerValues({ ...tilleuls, ...change }),
        ),
      );
    await add("b", { name: "École Élie-Faure", seat: "57000 Metz" });
    await add("a", { name: "Collège 100 %", seat: "35000 Rennes" });
    await add("c", { name: "Lycée du Port", seat: "35400 Saint-Malo" });
    const search = async (
      words: string,
      scope: "all" | typeof SCHOOL = "all",
      page = { limit: 10, offset: 0 },
    ) => {
      const { controllers, total } = await run((unit) =>
        contracts.list(unit, { scope, search: words, ...page }),
      );
      return [controllers.map(({ id }) => id).join(" "), total];
    };
    expect(await search("")).toEqual(["a b c", 3]);
    expect(await search("elie faure metz")).toEqual(["b", 1]);
    expect(await search("350 port")).toEqual(["", 0]);
    expect(await search("%")).toEqual(["a", 1]);
    expect(await search("_")).toEqual(["a b c", 3]); // an underscore alone is no word
    expect(await search("", "c" as typeof SCHOOL)).toEqual(["c", 1]);
    expect(await search("", "all", { limit: 1, offset: 1 })).toEqual(["b", 3]);
  });

  it("gives every contract of a scope for an export", async () => {
    const { run, ports, contracts } = await openRegister(kind);
    for (const id of [SCHOOL, OTHER]) {
      await run((unit) => registerController(unit, ports, editOf(id), controllerValues()));
      await run((unit) => openContract(unit, ports, editOf(id), contractValues()));
    }
    const all = await run((unit) => contracts.everything(unit, "all"));
    expect([all.controllers.length, all.contracts.length]).toEqual([2, 2]);
    const own = await run((unit) => contracts.everything(unit, OTHER));
    expect(own.contracts.map(({ controller }) => controller)).toEqual([OTHER]);
  });
});
