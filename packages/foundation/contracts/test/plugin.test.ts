import { compileGateTable, officerCorrespondence } from "@preau/agreement";
import { type Flow, type Instant, isFault, makeGate } from "@preau/kernel";
import { pluginContract } from "@preau/testing";
import { expect, it } from "vitest";
import {
  appointOfficer,
  attest,
  type Contracts,
  contractInForce,
  contractsPlugin,
  openContract,
} from "../src/index.ts";
import {
  contractValues,
  describeKinds,
  editOf,
  OTHER,
  openedContract,
  openRegister,
  SCHOOL,
  sampleAgreement,
} from "./open-register.ts";

const nobody = {} as Contracts;
pluginContract(contractsPlugin, {
  ports: { contracts: nobody, agreements: { of: sampleAgreement } as never },
});

const flow: Flow = {
  controller: SCHOOL,
  product: "plume",
  operation: "store",
  origin: "outsideGar",
  role: "pupil",
  categories: ["name"],
  purpose: "runPlatform",
  recipient: "product",
};

describeKinds("the gate while no contract is in force (D1, D3)", (kind) => {
  it("refuses with the clause and the reason, and lets a running contract's product pass (D1, D3)", async () => {
    const register = await openRegister(kind);
    const { contracts, clock, run } = register;
    const check = contractInForce(contracts);
    const ask = (change: Partial<Flow> = {}) =>
      run(async (unit) => {
        const answer = await check.check({ ...flow, ...change }, unit);
        return answer.allowed ? "ALLOWED" : `${answer.clause} ${answer.reason}`;
      });
    expect(await ask()).toBe("D1 NO_CONTRACT");
    await openedContract(register, { products: "plume", startsOn: "2026-11-24", endsOn: "2026-11-25" });
    expect(await ask()).toBe("D3 NOT_STARTED");
    expect(await ask({ operation: "export" })).toBe("D1 NO_CONTRACT");
    clock.advance(86_400_000);
    expect(await ask()).toBe("ALLOWED");
    expect(await ask({ product: "jardin" })).toBe("D1 PRODUCT_NOT_SUBSCRIBED");
    expect(await ask({ controller: OTHER })).toBe("D1 NO_CONTRACT");
    clock.advance(2 * 86_400_000);
    expect(await ask()).toBe("D3 CONTRACT_ENDED");
  });

  it("goes on giving data back and erasing it after the end, and never asks about an erasure (D3, D12.1)", async () => {
    const register = await openRegister(kind);
    const { contracts, clock, run } = register;
    await openedContract(register, { startsOn: "2026-11-20", endsOn: "2026-11-25" });
    clock.advance(30 * 86_400_000);
    const agreement = sampleAgreement();
    const table = compileGateTable(agreement);
    const gate = makeGate({ tableFor: () => table, checks: [contractInForce(contracts)], clock });
    const permit = async (change: Partial<Flow>) => {
      try {
        await run((unit) => gate.permit({ ...flow, ...change }, unit));
        return "ALLOWED";
      } catch (error) {
        return isFault(error) ? String(error.detail.log?.["reason"]) : error;
      }
    };
    expect(await permit({ operation: "show" })).toBe("CONTRACT_ENDED");
    expect(await permit({ operation: "return", recipient: "controller" })).toBe("ALLOWED");
    expect(await permit({ operation: "export", recipient: "controller" })).toBe("ALLOWED");
    expect(await permit({ operation: "erase" })).toBe("ALLOWED");
    expect(await permit({ operation: "erase", controller: OTHER })).toBe("ALLOWED");
  });

  it("lets the parties write to each other while there is or was a contract between them (DA, D3)", async () => {
    const register = await openRegister(kind);
    const { contracts, clock, run } = register;
    const check = contractInForce(contracts);
    const { product, role, origin, purpose, category } = officerCorrespondence;
    const written: Flow = {
      ...{ controller: SCHOOL, product, role, origin, purpose, categories: [category] },
      ...{ operation: "send", recipient: "mailer" },
    };
    const ask = (change: Partial<Flow> = {}) =>
      run(async (unit) => {
        const answer = await check.check({ ...written, ...change }, unit);
        return answer.allowed ? "ALLOWED" : `${answer.clause} ${answer.reason}`;
      });
    expect(await ask()).toBe("D1 NO_CONTRACT");
    await openedContract(register, { products: "plume", startsOn: "2026-11-24", endsOn: "2026-11-25" });
    expect(await ask()).toBe("ALLOWED");
    clock.advance(30 * 86_400_000);
    expect(await ask()).toBe("ALLOWED");
    expect(await ask({ controller: OTHER })).toBe("D1 NO_CONTRACT");
    expect(await ask({ product: "plume" })).toBe("D3 CONTRACT_ENDED");
  });

  it("costs one statement a decision", async () => {
    const register = await openRegister(kind);
    const { contracts, run, database } = register;
    await openedContract(register);
    const check = contractInForce(contracts);
    const statements: string[] = [];
    database.knex.on("query", ({ sql }: { sql: string }) => void statements.push(sql));
    for (const change of [
      { operation: "store" },
      { operation: "return" },
      { operation: "send", product: officerCorrespondence.product },
    ] as const) {
      statements.length = 0;
      await run((unit) => check.check({ ...flow, ...change }, unit));
      expect(statements.filter((sql) => /^select/i.test(sql))).toHaveLength(1);
    }
  });
});

describeKinds("what contracts make due (D3, D4.3, D6.0)", (kind) => {
  it("tells the end from the first instant of the last day, the open choice and the missing attestation", async () => {
    const register = await openRegister(kind);
    const { ports, clock, run } = register;
    const contract = await openedContract(register, { endsOn: "2026-12-31" });
    const dues = contractsPlugin.dues({ ...ports, unitOfWork: { transaction: run } });
    const before = "2027-01-15T00:00:00.000Z" as Instant;
    const seen = async (scope: "all" | typeof SCHOOL = "all") =>
      (await dues({ controller: scope, before })).map(({ clause, dueAt }) => [clause, dueAt]);
    const end = "2026-12-30T23:00:00.000Z";
    expect(await seen()).toEqual([
      ["D3", end],
      ["D6.2c", end],
      ["D6.0", "2026-08-31T22:00:00.000Z"],
      ["D4.3", "2026-08-31T22:00:00.000Z"],
    ]);
    await run((unit) => appointOfficer(unit, ports, editOf(), { role: "dpo", name: "Tancrède Ohl" }));
    expect((await seen()).map(([clause]) => clause)).toEqual(["D3", "D6.2c", "D6.0"]);
    expect(await seen(OTHER)).toEqual([]);
    expect(await dues({ controller: "all", before: "2026-12-01T00:00:00.000Z" as Instant })).toHaveLength(1);
    await run((unit) => attest(unit, ports, editOf(), { contract, statements: ["formalities", "persons"] }));
    expect(await seen(SCHOOL)).toEqual([
      ["D3", end],
      ["D6.2c", end],
    ]);
    const second = contractValues({ reference: "2", endsOn: "2026-12-31", atEnd: "delete" });
    await run((unit) => openContract(unit, ports, editOf(), second));
    expect((await seen()).filter(([clause]) => clause === "D6.2c")).toHaveLength(1);
    clock.set("2027-01-01T00:00:00.000Z" as Instant);
    expect(await seen()).toEqual([]);
  });
});
