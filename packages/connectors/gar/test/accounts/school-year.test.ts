import type { AgreementsInForce } from "@preau/agreement";
import { type ControllerId, controllerId, instant, type Unit } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schoolYearAt, schoolYearNamed, schoolYearRule } from "../../src/accounts/school-year.ts";

const paris = { ends: "08-31", zone: "Europe/Paris" };

describe("the school year of an instant (D5)", () => {
  it("ends with the agreement's day on the controller's clocks, not with a month of UTC", () => {
    const name = (text: string, rule = paris) => schoolYearAt(instant(text), rule).name;
    expect(name("2026-08-31T21:59:59.999Z")).toBe("2025-2026");
    expect(name("2026-08-31T22:00:00.000Z")).toBe("2026-2027");
    expect(name("2026-08-31T22:00:00.000Z", { ends: "08-31", zone: "America/Cayenne" })).toBe("2025-2026");
    expect(name("2026-08-31T22:00:00.000Z", { ends: "08-31", zone: "Indian/Reunion" })).toBe("2026-2027");
    expect(name("2026-08-15T12:00:00.000Z")).toBe("2025-2026");
    expect(name("2026-07-14T12:00:00.000Z", { ends: "07-13", zone: "Europe/Paris" })).toBe("2026-2027");
  });

  it("has its two days, its first instant and its last", () => {
    expect(schoolYearNamed("2025-2026", paris)).toEqual({
      name: "2025-2026",
      from: "2025-09-01",
      until: "2026-08-31",
      begins: "2025-08-31T22:00:00.000Z",
      ends: "2026-08-31T21:59:59.999Z",
    });
  });

  it("is refused when its two years do not follow each other", () => {
    for (const name of ["2025", "2025-2027", "2026-2025", "25-26", "", "2025-2026x"])
      expect(() => schoolYearNamed(name, paris)).toThrow(
        expect.objectContaining({ code: "GAR_BAD_SCHOOL_YEAR" }),
      );
  });

  it("holds every instant that it is said to hold, and no two years hold one", () => {
    const days = fc.date({ min: new Date("2000-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.constantFrom("08-31", "07-05", "12-31", "01-01", "02-28"), (date, ends) => {
        const rule = { ends, zone: "Europe/Paris" };
        const when = instant(date.toISOString());
        const year = schoolYearAt(when, rule);
        expect(year.begins <= when && when <= year.ends).toBe(true);
        expect(schoolYearNamed(year.name, rule)).toEqual(year);
      }),
    );
  });
});

describe("where the rule comes from (D5)", () => {
  const unit = {} as Unit;
  const controller: ControllerId = controllerId("ministry");
  const placeOf = () => Promise.resolve({ region: "guyane", zone: "America/Cayenne" } as const);
  const agreements = (schoolYear: unknown) =>
    ({ of: () => ({ schoolYear }) }) as unknown as Pick<AgreementsInForce, "of">;

  it("is the agreement's day and the register's zone; the usual ones where neither is there", async () => {
    const named = { agreements: agreements({ clause: "D5", endsOn: "07-05" }), contracts: { placeOf } };
    expect(await schoolYearRule(unit, named, controller)).toEqual({ ends: "07-05", zone: "America/Cayenne" });
    expect(await schoolYearRule(unit, { agreements: agreements(undefined) }, controller)).toEqual(paris);
    expect(await schoolYearRule(unit, {}, controller)).toEqual(paris);
  });
});
