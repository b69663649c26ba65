import fc from "fast-check";
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { describe, expect, it } from "vitest";
import { findTelephones, isTelephone, parseTelephone } from "../src/index.ts";

describe("French telephone numbers (E.164)", () => {
  it.each([
    ["06 12 34 56 78", "+33612345678"],
    ["+33 6 12 34 56 78", "+33612345678"],
    ["0033612345678", "+33612345678"],
    ["+33 (0)6.12.34.56.78", "+33612345678"],
    ["01-99-00-12-34", "+33199001234"],
    ["0262 12 34 56", "+262262123456"],
    ["0692 12 34 56", "+262692123456"],
    ["+262 692 12 34 56", "+262692123456"],
    ["0639 12 34 56", "+262639123456"],
    ["0590 12 34 56", "+590590123456"],
    ["0694 12 34 56", "+594694123456"],
    ["+596 (0)596 12 34 56", "+596596123456"],
    ["+508 41 23 45", "+508412345"],
    ["+687 23 45 67", "+687234567"],
    ["+689 87 12 34 56", "+68987123456"],
  ])("reads %s as %s", (text, expected) => {
    expect(parseTelephone(text)).toBe(expected);
  });

  it.each([
    "",
    "0612345",
    "1062345678901",
    "0012345678",
    "+44 20 7946 0958",
    "06123456789",
    "+262 612 34 56 78",
    "06 12 34 56 7a",
  ])("refuses %j", (text) => {
    expect(isTelephone(text)).toBe(false);
  });

  it("finds them in a text", () => {
    const text =
      "Tél. 06 12 34 56 78 ou +33 (0)1.99.00.12.34, fax 0262123456 ; commande 1062345678901 ; +687 23 45 67.";
    expect(findTelephones(text).map(({ value }) => value)).toEqual([
      "+33612345678",
      "+33199001234",
      "+262262123456",
      "+687234567",
    ]);
  });

  it("agrees with libphonenumber on what it takes", () => {
    const number = fc
      .tuple(fc.constantFrom("01", "03", "06", "07", "09"), fc.integer({ min: 0, max: 99_999_999 }))
      .map(([start, rest]) => start + String(rest).padStart(8, "0"))
      .filter((text) => !/^0(?:262|263|269|639|69\d|59\d)/.test(text));
    fc.assert(
      fc.property(number, (text) => {
        expect(parseTelephone(text)).toBe(parsePhoneNumberFromString(text, "FR")?.number);
      }),
    );
    const overseas = fc
      .tuple(
        fc.constantFrom(
          "262692",
          "262262",
          "262269",
          "262639",
          "590590",
          "590690",
          "594594",
          "594694",
          "596596",
          "596696",
        ),
        fc.integer({ min: 0, max: 999_999 }),
      )
      .map(([start, rest]) => `+${start}${String(rest).padStart(6, "0")}`);
    fc.assert(
      fc.property(overseas, (text) => {
        const theirs = parsePhoneNumberFromString(text);
        expect(parseTelephone(text)).toBe(theirs?.number);
        expect(parseTelephone(`0${text.slice(4)}`)).toBe(text);
      }),
    );
  });
});
