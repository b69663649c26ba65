import { type Duration, parseDuration } from "@preau/calendar";
import { isFault } from "@preau/kernel";
import { codeOf } from "@preau/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attest, setOwnPeriod, settleLegalBases, withdrawAttestation } from "../src/index.ts";
import { isLongerThan } from "../src/longer-than.ts";
import {
  describeKinds,
  editOf,
  instructions,
  OTHER,
  openedContract,
  openRegister,
  SCHOOL,
  sampleAgreement,
} from "./open-register.ts";

const periodOf = (text: string): Duration => {
  const duration = parseDuration(text);
  if (duration === undefined) throw new Error(text);
  return duration;
};
const STATEMENTS = ["formalities", "persons"];

describeKinds("the controller's own periods (D5)", (kind) => {
  it("are set, shortened, lengthened and given back, each journalled with what held before (D5)", async () => {
    const register = await openRegister(kind);
    const { run, ports, contracts } = register;
    const contract = await openedContract(register);
    for (const text of ["months(18)", "months(6)", "years(2)", undefined, undefined]) {
      const duration = text === undefined ? undefined : periodOf(text);
      await run((unit) => setOwnPeriod(unit, ports, editOf(), { contract, rule: "unusedData", duration }));
      expect(await run((unit) => contracts.ownPeriods(unit, SCHOOL))).toEqual(
        duration === undefined ? [] : [{ contract, rule: "unusedData", duration }],
      );
    }
    const given = (await instructions(register)).filter(
      (each) => "deed" in each && each.deed === "ownPeriodSet",
    );
    expect(given.map((each) => ["before" in each && each.before, "after" in each && each.after])).toEqual([
      [{ unusedData: null }, { unusedData: "months(18)" }],
      [{ unusedData: "months(18)" }, { unusedData: "months(6)" }],
      [{ unusedData: "months(6)" }, { unusedData: "years(2)" }],
      [{ unusedData: "years(2)" }, { unusedData: null }],
    ]);
    expect(given.every(({ clause }) => clause === "D5")).toBe(true);
  });

  it("are refused above the ceiling, with clause and remedy, and for a rule that is the publisher's (D5)", async () => {
    const register = await openRegister(kind);
    const { run, ports, contracts } = register;
    const contract = await openedContract(register);
    const set = (rule: string, text: string) =>
      run((unit) => setOwnPeriod(unit, ports, editOf(), { contract, rule, duration: periodOf(text) }));
    for (const text of ["months(25)", "days(731)", "years(3)"]) {
      const error: unknown = await set("unusedData", text).catch((caught: unknown) => caught);
      if (!isFault(error, "CONTRACT_PERIOD_TOO_LONG")) throw new Error(text);
      expect([error.clause, error.remedy("fr")]).toEqual(["D5", expect.stringContaining("D12.4")]);
    }
    expect(await codeOf(set("dailyBackups", "days(1)"))).toBe("CONTRACT_PERIOD_NOT_YOURS");
    expect(await codeOf(set("nothing", "days(1)"))).toBe("CONTRACT_PERIOD_NOT_YOURS");
    expect(await codeOf(set("unusedData", "workingDays(7)"))).toBe("CONTRACT_VALUE_BAD");
    expect(await run((unit) => contracts.ownPeriods(unit, SCHOOL))).toEqual([]);
  });

  it("may be longer where the agreement lets the controller's period win", async () => {
    const agreement = sampleAgreement({ controllerPeriods: { clause: "D5", within: "anything" } });
    const register = await openRegister(kind, agreement);
    const contract = await openedContract(register);
    const change = { contract, rule: "unusedData", duration: periodOf("years(3)") };
    const { run, ports } = register;
    expect(await run((unit) => setOwnPeriod(unit, ports, editOf(), change))).toBeDefined();
  });
});

describe("whether one period is longer than another", () => {
  it.each([
    ["days(730)", "years(2)", false],
    ["days(731)", "years(2)", true],
    ["months(24)", "years(2)", false],
    ["months(25)", "years(2)", true],
    ["days(28)", "months(1)", false],
    ["days(29)", "months(1)", true],
    ["months(1)", "days(31)", false],
    ["months(1)", "days(30)", true],
    ["hours(24)", "days(1)", false],
    ["hours(25)", "days(1)", true],
    ["days(1)", "hours(23)", true],
    ["years(9999)", "months(1)", true],
    ["months(1)", "years(9999)", false],
    ["workingDays(9)", "days(5)", true],
  ])("%s after %s: %s", (period, ceiling, longer) => {
    expect(isLongerThan(periodOf(period), periodOf(ceiling))).toBe(longer);
  });

  it("never calls a period longer than itself, and one of two different ones of a unit always (property)", () => {
    const unit = fc.constantFrom("hours", "days", "months", "years");
    const amount = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(unit, amount, amount, (each, a, b) => {
        const [one, other] = [periodOf(`${each}(${a})`), periodOf(`${each}(${b})`)];
        expect(isLongerThan(one, other)).toBe(a > b);
      }),
    );
  });
});

describeKinds("legal bases (D6.1a)", (kind) => {
  it("are settled by purpose of a product that the contract names, and the others stay (D6.1a)", async () => {
    const register = await openRegister(kind);
    const { run, ports, contracts } = register;
    const contract = await openedContract(register, { products: "plume" });
    const settle = (bases: Parameters<typeof settleLegalBases>[3]["bases"]) =>
      run((unit) => settleLegalBases(unit, ports, editOf(), { contract, bases }));
    await settle([
      { product: "plume", purpose: "runPlatform", legalBasis: "publicTask" },
      { product: "plume", purpose: "support", legalBasis: "contract" },
    ]);
    await settle([{ product: "plume", purpose: "support" }]);
    expect(await settle([{ product: "plume", purpose: "support" }])).toBeUndefined();
    expect(await run((unit) => contracts.purposeBases(unit, SCHOOL))).toEqual([
      { contract, product: "plume", purpose: "runPlatform", legalBasis: "publicTask" },
    ]);
    expect((await instructions(register)).slice(2)).toMatchObject([
      { clause: "D6.1a", before: { "plume.runPlatform": null, "plume.support": null } },
      { before: { "plume.support": "contract" }, after: { "plume.support": null } },
    ]);
    const foreign = settle([{ product: "jardin", purpose: "support", legalBasis: "contract" }]);
    expect(await codeOf(foreign)).toBe("CONTRACT_NO_SUCH_PURPOSE");
    const unknown = settle([{ product: "plume", purpose: "shareWithParents", legalBasis: "contract" }]);
    expect(await codeOf(unknown)).toBe("CONTRACT_NO_SUCH_PURPOSE");
  });
});

describeKinds("the attestation before any import (D6.0)", (kind) => {
  it("opens imports of the contract's products, and its withdrawal shuts them (D6.0)", async () => {
    const register = await openRegister(kind);
    const { run, ports, contracts } = register;
    const contract = await openedContract(register, { products: "plume" });
    const importOf = (product: string, controller = SCHOOL) =>
      codeOf(run((unit) => contracts.requireImport(unit, controller, product)));
    expect(await importOf("plume")).toBe("CONTRACT_NOT_ATTESTED");
    await run((unit) => attest(unit, ports, editOf(), { contract, statements: STATEMENTS }));
    expect(await importOf("plume")).toBeUndefined();
    expect(await importOf("jardin")).toBe("CONTRACT_NOT_IN_FORCE");
    expect(await importOf("plume", OTHER)).toBe("CONTRACT_NOT_IN_FORCE");
    await run((unit) => withdrawAttestation(unit, ports, editOf(), contract));
    expect(await importOf("plume")).toBe("CONTRACT_NOT_ATTESTED");
    expect(await run((unit) => withdrawAttestation(unit, ports, editOf(), contract))).toBeUndefined();
    expect((await instructions(register)).slice(2)).toMatchObject([
      { deed: "attested", clause: "D6.0", after: { statements: STATEMENTS } },
      { deed: "attestationWithdrawn", before: { statements: STATEMENTS } },
    ]);
  });

  it("is every statement of the agreement or none (D6.0)", async () => {
    const register = await openRegister(kind);
    const { run, ports } = register;
    const contract = await openedContract(register);
    for (const statements of [[], ["formalities"], ["formalities", "other"], [...STATEMENTS, "other"]]) {
      const made = run((unit) => attest(unit, ports, editOf(), { contract, statements }));
      expect(await codeOf(made)).toBe("CONTRACT_STATEMENT_MISSING");
    }
  });

  it("no longer counts when the contract has ended, nor when the agreement asks for one more statement (D6.0)", async () => {
    const register = await openRegister(kind);
    const { run, ports, contracts, clock } = register;
    const contract = await openedContract(register, { endsOn: "2026-11-30" });
    await run((unit) => attest(unit, ports, editOf(), { contract, statements: STATEMENTS }));
    const more = sampleAgreement();
    const statements = [
      ...(more.attestation?.statements ?? []),
      { id: "current", fr: "À jour", en: "Current" },
    ];
    Object.assign(ports.agreements, {
      of: () => ({ ...more, attestation: { clause: "D6.0", statements } }),
    });
    const ask = () => codeOf(run((unit) => contracts.requireImport(unit, SCHOOL, "plume")));
    expect(await ask()).toBe("CONTRACT_NOT_ATTESTED");
    Object.assign(ports.agreements, { of: () => more });
    expect(await ask()).toBeUndefined();
    clock.advance(10 * 86_400_000);
    expect(await ask()).toBe("CONTRACT_NOT_IN_FORCE");
    expect(await run((unit) => contracts.attestation(unit, SCHOOL, "plume"))).toBeUndefined();
  });
});
