import { describe, expect, it } from "vitest";
import { seededChance, someControllers, somePersons } from "../src/index.ts";

describe("invented persons", () => {
  it("are alike for the same seed, and others for another", () => {
    expect(somePersons(50, 3)).toEqual(somePersons(50, 3));
    expect(somePersons(50, 3)).not.toEqual(somePersons(50, 4));
  });

  it("have a login, an address and an id of their own, at a domain that cannot exist", () => {
    const persons = somePersons(500);
    for (const key of ["login", "email", "foreignId"] as const) {
      expect(new Set(persons.map((person) => person[key])).size).toBe(500);
    }
    for (const { email, login } of persons) {
      expect(email).toMatch(/^[a-z.0-9-]+@[a-z0-9-]+\.example$/);
      expect(login).toMatch(/^[a-z]+\.[a-z]+\d+-\d+$/);
    }
  });

  it("bear accents in both normal forms, apostrophes of both kinds, hyphens, ligatures", () => {
    const names = somePersons(500).flatMap(({ givenName, familyName }) => [givenName, familyName]);
    const some = (test: (name: string) => boolean) => names.some(test);
    expect(some((name) => name !== name.normalize("NFC"))).toBe(true);
    expect(some((name) => name !== name.normalize("NFD"))).toBe(true);
    for (const sign of ["'", "’", "-", "œ", " "]) expect(some((name) => name.includes(sign))).toBe(true);
  });

  it("are pupils and teachers", () => {
    expect(new Set(somePersons(6).map((person) => person.role))).toEqual(new Set(["pupil", "teacher"]));
  });

  it("go to schools with identifiers of their own", () => {
    expect(someControllers(2)).toEqual(["college-1", "college-2"]);
  });
});

describe("seeded chance", () => {
  it("spreads evenly over [0, 1)", () => {
    const chance = seededChance(1);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i += 1) {
      const place = Math.floor(chance() * 10);
      counts[place] = (counts[place] ?? 0) + 1;
    }
    for (const count of counts) expect(count).toBeGreaterThan(850);
    expect(counts.reduce((sum, count) => sum + count)).toBe(10_000);
  });
});
