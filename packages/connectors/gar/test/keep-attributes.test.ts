import { controllerId, type GateTable, makeGate, manualClock } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { categoryOf, keepAttributes } from "../src/keep-attributes.ts";
import { teacher } from "./identity-provider.ts";
import { referenceTable } from "./world.ts";

const controller = controllerId("ministry");
const gateOf = (table: GateTable | undefined) => makeGate({ tableFor: () => table, clock: manualClock() });
const keep = (role: string, attributes: Record<string, readonly string[]> = teacher) =>
  keepAttributes(
    gateOf(referenceTable),
    { controller, product: "plume", role },
    new Map(Object.entries(attributes)),
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

  it("is never an attribute that nobody declared, whatever its name", () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (name, value) => {
        fc.pre(categoryOf(name) === "unlisted");
        const { kept } = keep("teacher", { ...teacher, [name]: [value] });
        expect(kept.has(name)).toBe(false);
      }),
    );
  });

  it("names no attribute by a text that could be data", () => {
    const { dropped } = keep("teacher", { ...teacher, "Ève Zéphyrinot <eve@x.test>": ["x"] });
    expect(dropped.map(({ attribute }) => attribute)).toContain("(unreadable name)");
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
    const flow = { controller, product: "plume", role: "teacher" };
    const { kept, signIn } = keepAttributes(gateOf(undefined), flow, new Map(Object.entries(teacher)));
    expect(kept.size).toBe(0);
    expect(signIn).toMatchObject({ allowed: false, reason: "NO_AGREEMENT" });
  });
});
