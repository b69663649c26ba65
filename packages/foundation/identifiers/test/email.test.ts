import { describe, expect, it } from "vitest";
import { findEmails, isEmail, parseEmail } from "../src/index.ts";

describe("e-mail addresses (RFC 5321)", () => {
  it.each([
    ["lou.marelle@ecole.example", "lou.marelle@ecole.example"],
    ["Lou.Marelle@ECOLE.Example", "Lou.Marelle@ecole.example"],
    [" o'brien+6a@sub.ecole.example ", "o'brien+6a@sub.ecole.example"],
    ["zoé@école.example", "zoé@école.example"],
    [`${"a".repeat(64)}@ecole.example`, `${"a".repeat(64)}@ecole.example`],
  ])("reads %s", (text, expected) => {
    expect(parseEmail(text)).toBe(expected);
  });

  it.each([
    "",
    "@ecole.example",
    "lou@",
    "lou@ecole",
    "lou@@ecole.example",
    "lou..m@ecole.example",
    ".lou@ecole.example",
    "lou@-ecole.example",
    "lou@ecole..example",
    "lou marelle@ecole.example",
    `${"a".repeat(65)}@ecole.example`,
    "lou@ecole.1",
  ])("refuses %j", (text) => {
    expect(isEmail(text)).toBe(false);
  });

  it("finds them in a text, without the stop that ends the sentence", () => {
    const text =
      "Écrivez à lou@ecole.example, (zoe.b@sub.ecole.example) ou <o'brien@ecole.example>. Fin : max@ecole.example.";
    expect(findEmails(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      "lou@ecole.example",
      "zoe.b@sub.ecole.example",
      "o'brien@ecole.example",
      "max@ecole.example",
    ]);
  });
});
