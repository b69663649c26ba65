import { codeOf } from "@preau/testing";
import { expect, it } from "vitest";
import {
  changeContract,
  endContract,
  openContract,
  registerController,
  renewContract,
} from "../src/index.ts";
import { updateContract } from "../src/store/contract-rows.ts";
import { bumpController, updateController } from "../src/store/controller-rows.ts";
import {
  contractValues,
  controllerValues,
  describeKinds,
  editOf,
  instructions,
  OTHER,
  openedContract,
  openRegister,
  SCHOOL,
} from "./open-register.ts";

describeKinds("a contract of one controller for named products (D1, D3)", (kind) => {
  it("is opened with the agreement as its annex, and kept as an instruction (D1)", async () => {
    const register = await openRegister(kind);
    const id = await openedContract(register, { endsOn: "2027-08-31" });
    const { contracts, run, ports } = register;
    expect(await run((unit) => contracts.contracts(unit, SCHOOL))).toEqual([
      {
        id,
        controller: SCHOOL,
        reference: "C-2026-01",
        products: ["plume", "jardin"],
        startsOn: "2026-09-01",
        endsOn: "2027-08-31",
        agreement: ports.agreements.hashOf(SCHOOL),
        createdAt: ports.clock.now(),
        version: 1,
      },
    ]);
    expect((await instructions(register)).slice(1)).toMatchObject([
      {
        type: "contracts.instructionRecorded",
        clause: "D1",
        actorRole: "publisherDpo",
        deed: "contractOpened",
        contract: id,
        before: {},
        after: { reference: "C-2026-01", products: ["plume", "jardin"], startsOn: "2026-09-01" },
      },
    ]);
  });

  it("refuses an unknown controller, an unknown product, a last day before the first, a reference twice", async () => {
    const register = await openRegister(kind);
    const { run, ports } = register;
    await openedContract(register);
    const open = (controller: typeof SCHOOL, values: ReturnType<typeof contractValues>) =>
      codeOf(run((unit) => openContract(unit, ports, editOf(controller), values)));
    const good = contractValues({ reference: "C-2" });
    expect(await open(OTHER, good)).toBe("CONTROLLER_UNKNOWN");
    expect(await open(SCHOOL, { ...good, products: ["stylo"] })).toBe("CONTRACT_NO_SUCH_PRODUCT");
    expect(await open(SCHOOL, { ...good, products: [] })).toBe("CONTRACT_VALUE_MISSING");
    const before = { ...good, endsOn: "2026-08-31" as typeof good.startsOn };
    expect(await open(SCHOOL, before)).toBe("CONTRACT_ENDS_BEFORE_START");
    expect(await open(SCHOOL, contractValues())).toBe("CONTRACT_REFERENCE_TAKEN");
    expect(await run((unit) => ports.contracts.contracts(unit, SCHOOL))).toHaveLength(1);
    expect(await instructions(register)).toHaveLength(2);
  });

  it("is changed, renewed and ended, each with what held before it (D3)", async () => {
    const register = await openRegister(kind);
    const { run, ports } = register;
    const contract = await openedContract(register, { endsOn: "2027-08-31" });
    const values = contractValues({ products: "plume", endsOn: "2027-08-31" });
    await run((unit) => changeContract(unit, ports, editOf(), { contract, values }));
    const endsOn = contractValues({ endsOn: "2028-08-31" }).endsOn ?? "";
    await run((unit) =>
      renewContract(unit, ports, editOf(), { contract, endsOn: endsOn as typeof values.startsOn }),
    );
    await run((unit) =>
      endContract(unit, ports, editOf(), {
        contract,
        endsOn: "2026-12-31" as typeof values.startsOn,
        atEnd: "returnThenDelete",
      }),
    );
    const [, , ...given] = await instructions(register);
    expect(given).toMatchObject([
      {
        deed: "contractChanged",
        before: { products: ["plume", "jardin"] },
        after: { products: ["plume"] },
      },
      { deed: "contractRenewed", before: { endsOn: "2027-08-31" }, after: { endsOn: "2028-08-31" } },
      {
        deed: "contractEnded",
        before: { endsOn: "2028-08-31", atEnd: null },
        after: { endsOn: "2026-12-31", atEnd: "returnThenDelete" },
      },
    ]);
  });

  it("refuses a renewal that is none and an end without its choice, and records nothing where nothing changes", async () => {
    const register = await openRegister(kind);
    const { run, ports } = register;
    const contract = await openedContract(register, { endsOn: "2027-08-31" });
    const endsOn = contractValues().startsOn;
    const same = contractValues({ endsOn: "2027-08-31" });
    expect(await codeOf(run((unit) => renewContract(unit, ports, editOf(), { contract, endsOn })))).toBe(
      "CONTRACT_NOT_LATER",
    );
    expect(await codeOf(run((unit) => endContract(unit, ports, editOf(), { contract, endsOn })))).toBe(
      "CONTRACT_VALUE_MISSING",
    );
    expect(
      await run((unit) => changeContract(unit, ports, editOf(), { contract, values: same })),
    ).toBeUndefined();
    expect(await instructions(register)).toHaveLength(2);
  });

  it("tells the second of two who edit the same version, and keeps the first's edit", async () => {
    const register = await openRegister(kind);
    const { run, ports, contracts } = register;
    const contract = await openedContract(register);
    const edit = (products: string) =>
      run((unit) =>
        changeContract(unit, ports, editOf(SCHOOL, 1), { contract, values: contractValues({ products }) }),
      );
    await edit("plume");
    expect(await codeOf(edit("jardin"))).toBe("CONTRACT_CHANGED_MEANWHILE");
    const [kept] = await run((unit) => contracts.contracts(unit, SCHOOL));
    expect([kept?.products, kept?.version]).toEqual([["plume"], 2]);
  });

  it("writes one of two edits that read the same version before either wrote", async () => {
    const register = await openRegister(kind);
    await openedContract(register);
    const { run, contracts, database } = register;
    const [seen] = await run((unit) => contracts.contracts(unit, SCHOOL));
    if (seen === undefined) throw new Error("no contract");
    expect(await updateContract(database.knex, { ...seen, reference: "first" })).toBe(true);
    expect(await updateContract(database.knex, { ...seen, reference: "second" })).toBe(false);
    const known = await run((unit) => contracts.controller(unit, SCHOOL));
    if (known === undefined) throw new Error("no controller");
    expect(await updateController(database.knex, { ...known, name: "first" })).toBe(true);
    expect(await updateController(database.knex, { ...known, name: "second" })).toBe(false);
    expect(await bumpController(database.knex, SCHOOL, known.version)).toBe(false);
  });

  it("does not exist for another controller", async () => {
    const register = await openRegister(kind);
    const { run, ports, contracts } = register;
    const contract = await openedContract(register);
    await run((unit) => registerController(unit, ports, editOf(OTHER), controllerValues()));
    const values = contractValues({ products: "plume" });
    const foreign = run((unit) => changeContract(unit, ports, editOf(OTHER), { contract, values }));
    expect(await codeOf(foreign)).toBe("CONTRACT_UNKNOWN");
    expect(await run((unit) => contracts.contracts(unit, OTHER))).toEqual([]);
  });

  it("runs through both its days in the controller's zone, and not an hour longer (D3)", async () => {
    const register = await openRegister(kind);
    const { run, ports, contracts, clock } = register;
    await run((unit) =>
      registerController(
        unit,
        ports,
        editOf(),
        controllerValues({ kind: "school", name: "École", region: "La Réunion" }),
      ),
    );
    const values = contractValues({ startsOn: "2026-11-24", endsOn: "2026-11-25" });
    await run((unit) => openContract(unit, ports, editOf(), values));
    const seen: string[] = [];
    // La Réunion is four hours before UTC: its 24th begins at 20:00 UTC on the 23rd.
    for (const hour of [19, 20, 24 + 20, 48 + 19, 48 + 20]) {
      clock.set(new Date(Date.parse("2026-11-23T00:00:00.000Z") + hour * 3_600_000).toISOString() as never);
      seen.push(await run((unit) => contracts.standing(unit, SCHOOL, "plume")));
    }
    expect(seen).toEqual(["NOT_STARTED", "RUNNING", "RUNNING", "RUNNING", "CONTRACT_ENDED"]);
    expect(await run((unit) => contracts.standing(unit, OTHER, "plume"))).toBe("NO_CONTRACT");
  });
});
