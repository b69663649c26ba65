import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountRoles } from "../src/account.ts";
import { accountOptions } from "../src/account-options.ts";
import { isTooLong, makePasswordRules } from "../src/password-rules.ts";

const rules = makePasswordRules(accountOptions.parse({}));
const own = ["Zoé Tilleul", "zoe.tilleul@college-des-acacias.example"];
const flaw = (password: string, role = "controllerDpo" as (typeof accountRoles)[number]) =>
  rules.flawOf(password, role, own);

describe("what a password must be (DD.4)", () => {
  it("asks 12 characters of everybody, 16 of those who grant rights", async () => {
    expect(accountRoles.map((role) => [role, rules.lengthFor(role)])).toEqual([
      ["publisherDpo", 16],
      ["operations", 16],
      ["support", 12],
      ["auditor", 12],
      ["controllerAdministrator", 16],
      ["controllerDpo", 12],
    ]);
    expect(await flaw("nuage tulipe")).toBeUndefined(); // 12
    expect(await flaw("nuage tulip")).toBe("tooShort"); // 11
    expect(await flaw("nuage tulipe fa", "publisherDpo")).toBe("tooShort"); // 15
    expect(await flaw("nuage tulipe fax", "publisherDpo")).toBeUndefined(); // 16
  });

  it("counts characters, not bytes or halves of them", async () => {
    expect(await flaw("🦔🦊🐢🦉🐝🦎")).toBe("tooShort"); // 12 code units, 6 characters
  });

  it.each([
    ["azertyuiopqsdfghjklm", "keyboard"],
    ["motdepassemotdepasse", "repeated"],
    ["aaaaaaaaaaaaaaaaaaaa", "repeated"],
    ["abcdefghijklmnopqrst", "repeated"],
    ["123456789012345678", "repeated"],
    ["Password123456789!", "common"],
    ["zoe.tilleul@college-des-acacias.example", "personal"],
    ["ZoéTilleul2026!!", "personal"],
    ["Tilleul-Acacias-Zoe", "personal"],
    ["tilleulZOEtilleul", "personal"],
    ["PréauPréauPréauPréau", "personal"],
    ["25122025-25122025", "repeated"],
    ["motdepasse2026!!", "common"],
    ["Football19981998", "common"],
  ])("refuses %s, and says why: %s", async (password, why) => {
    const found = await flaw(password);
    expect(found).toBeDefined();
    expect([why, "common", "personal", "guessable", "repeated", "date", "keyboard"]).toContain(found);
  });

  it.each([
    "sept nuages violets dansent",
    "Xk9#mQ2$vL7@pW4!",
    "les tortues mangent du nougat",
    "日本語のパスワードは長い文になります",
    "zoé boit du thé glacé à Quimper",
  ])("takes %s: no rule about kinds of characters", async (password) => {
    expect(await flaw(password, "publisherDpo")).toBeUndefined();
  });

  it("is the same password from another keyboard (NFKC)", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
        expect(rules.normalise(text.normalize("NFD"))).toBe(rules.normalise(text.normalize("NFC")));
        expect(rules.normalise(rules.normalise(text))).toBe(rules.normalise(text));
      }),
    );
  });

  it("refuses more than 1,024 bytes before any other work, also what grows when it is normalised", async () => {
    expect([isTooLong("é".repeat(512)), isTooLong("é".repeat(513)), isTooLong("ﷺ".repeat(100))]).toEqual([
      false,
      true,
      true,
    ]);
    expect(await flaw("é".repeat(600))).toBe("tooLong");
    expect(isTooLong("a".repeat(10_000_000))).toBe(true);
  });

  it("never throws, whatever the text and whatever the person is called", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary", maxLength: 60 }),
        fc.array(fc.string({ unit: "binary", maxLength: 20 }), { maxLength: 3 }),
        async (text, names) => {
          await rules.flawOf(text, "support", names);
        },
      ),
      { numRuns: 60 },
    );
  });
});
