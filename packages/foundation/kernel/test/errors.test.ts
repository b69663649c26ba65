import { describe, expect, it } from "vitest";
import { defineErrors, errors, faultsOf, isFault, PreauError } from "../src/index.ts";

const table = defineErrors({
  DESK_CLOSED: {
    status: 409,
    exit: 2,
    says: { en: "The desk is closed.", fr: "Le guichet est fermé." },
    remedy: { en: "Come back.", fr: "Revenez." },
  },
  DESK_LOST: { status: 404, exit: 1, says: { en: "No such desk.", fr: "Guichet inconnu." } },
});
const fault = faultsOf(table);

describe("an error of a table", () => {
  it("takes code, status, exit and sentence from its entry", () => {
    const error = fault("DESK_CLOSED");
    expect(error).toBeInstanceOf(Error);
    expect([error.code, error.status, error.exit, error.message]).toEqual([
      "DESK_CLOSED",
      409,
      2,
      "The desk is closed.",
    ]);
    expect(error.name).toBe("PreauError");
  });

  it("keeps clause, place, log and cause of its detail", () => {
    const cause = new Error("foreign");
    const error = fault("DESK_CLOSED", { clause: "D8.3", place: "desk.yaml:3:1", log: { n: 1 }, cause });
    expect([error.clause, error.place, error.cause, error.detail.log]).toEqual([
      "D8.3",
      "desk.yaml:3:1",
      cause,
      { n: 1 },
    ]);
    expect(error.message).toBe("The desk is closed. (desk.yaml:3:1)");
  });

  it("prefers the exact remedy of the detail to the table's", () => {
    const remedy = { en: "Ring.", fr: "Sonnez." };
    expect(fault("DESK_CLOSED").remedy("fr")).toBe("Revenez.");
    expect(fault("DESK_CLOSED", { remedy }).remedy("fr")).toBe("Sonnez.");
    expect(fault("DESK_LOST").remedy("en")).toBeUndefined();
  });

  it("has no cause of its own where none was given", () => {
    expect(Object.hasOwn(fault("DESK_LOST"), "cause")).toBe(false);
  });

  it("is told by its code, not by its text", () => {
    expect(isFault(fault("DESK_LOST"))).toBe(true);
    expect(isFault(fault("DESK_LOST"), "DESK_LOST")).toBe(true);
    expect(isFault(fault("DESK_LOST"), "DESK_CLOSED")).toBe(false);
    expect(isFault(Object.assign(new Error("No such desk."), { code: "DESK_LOST" }))).toBe(false);
  });

  it.each(["NO_SUCH", "toString", "__proto__"])("refuses a code that the table does not have: %s", (code) => {
    expect(() => fault(code as "DESK_LOST")).toThrow(TypeError);
  });
});

describe("the kernel's table", () => {
  it.each(Object.entries(errors))("%s: SCREAMING, two sentences, no variable part", (code, entry) => {
    const error = new PreauError(code, entry);
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)+$/);
    expect(error.message).toBe(entry.says.en);
    for (const text of [entry.says, "remedy" in entry ? entry.remedy : entry.says]) {
      expect(text.en).not.toBe(text.fr);
      expect(text.en + text.fr).not.toMatch(/[{}$]/);
    }
  });
});
