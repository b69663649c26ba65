import { controllerId, type GateTable, makeGate, manualClock } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { categoryOf, keepAttributes } from "../src/keep-attributes.ts";
import { defaultDeclared } from "../src/options.ts";
import { teacher } from "./identity-provider.ts";
import { referenceTable } from "./world.ts";

const controller = controllerId("ministry");
const gateOf = (table: GateTable | undefined) => makeGate({ tableFor: () => table, clock: manualClock() });
const everything = new Set(defaultDeclared);
const keep = (
  role: string,
  attributes: Record<string, readonly string[]> = teacher,
  declared: ReadonlySet<string> = everything,
) =>
  keepAttributes(
    gateOf(referenceTable),
    { controller, product: "plume", origin: "gar", role },
    new Map(Object.entries(attributes)),
    declared,
  );

describe("what is kept of a GAR teacher (DB.K.gar-teacher)", () => {
  it("is what the row names: name, profile, class and group, sign-in", () => {
    const { kept, dropped, signIn } = keep("teacher");
    expect([...kept.keys()]).toEqual(["IDO", "UAI", "PRO", "NOM", "PRE", "DIV", "GRO", "DIV_APP"]);
    expect(signIn).toMatchObject({ allowed: true, clause: "DB.K.gar-teacher" });
    expect(dropped).toContainEqual({
      attribute: "P_MEL",
      category: "workEmail",
      clause: "DB.K.gar-teacher",
      reason: "UNNAMED_CATEGORY",
    });
  });

  it("is nothing that the row allows and the resource did not declare (D4.1)", () => {
    const { kept, categories, dropped } = keep("teacher", teacher, new Set(["IDO", "PRO"]));
    expect([...kept.keys()]).toEqual(["IDO", "PRO"]);
    expect(categories).toEqual(["connectionAndUsage", "profile"]);
    expect(dropped).toContainEqual({
      attribute: "NOM",
      category: "name",
      clause: "D4.1",
      reason: "UNDECLARED_ATTRIBUTE",
    });
  });

  it("is never an attribute that annex B has no category for, whatever its name", () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (name, value) => {
        fc.pre(categoryOf(name) === "unlisted");
        const { kept } = keep("teacher", { ...teacher, [name]: [value] });
        expect(kept.has(name)).toBe(false);
      }),
    );
  });

  it("names no attribute by a text that could be data", () => {
    for (const name of ["Ève Zéphyrinot <eve@x.test>", "eve@x.test"]) {
      const { dropped } = keep("teacher", { ...teacher, [name]: ["x"] });
      expect(dropped.map(({ attribute }) => attribute)).toContain("(unreadable name)");
    }
    const { dropped } = keep("teacher", { ...teacher, "schools.school@type": ["x"] });
    expect(dropped.map(({ attribute }) => attribute)).toContain("schools.school@type");
  });
});

describe("what is kept of a GAR pupil while nothing is listed (DB.K.gar-pupil)", () => {
  it("is nothing, sign-in included", () => {
    const { kept, categories, signIn } = keep("pupil");
    expect([kept.size, categories.length]).toEqual([0, 0]);
    expect(signIn).toMatchObject({ allowed: false, clause: "DB.K.gar-pupil", reason: "NOTHING_LISTED" });
  });
});

describe("without an agreement (D4.1)", () => {
  it("nothing is kept", () => {
    const flow = { controller, product: "plume", origin: "gar", role: "teacher" } as const;
    const { kept, signIn } = keepAttributes(
      gateOf(undefined),
      flow,
      new Map(Object.entries(teacher)),
      everything,
    );
    expect(kept.size).toBe(0);
    expect(signIn).toMatchObject({ allowed: false, reason: "NO_AGREEMENT" });
  });
});
