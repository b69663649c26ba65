import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  findIban,
  findIne,
  findNir,
  findSiren,
  findSiret,
  findUai,
  isIban,
  isIne,
  isNir,
  isSiren,
  isSiret,
  isUai,
  parseIban,
  parseIne,
  parseNir,
  parseSiret,
  parseUai,
  sirenOf,
} from "../src/index.ts";

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((each) => each.join(""));

/** The characters of an ASCII text. */
const characters = (text: string) => text.split("");

/** Every text that differs from this one in one digit. */
function oneDigitAway(text: string): string[] {
  return characters(text).flatMap((character, place) =>
    /\d/.test(character)
      ? characters("0123456789")
          .filter((digit) => digit !== character)
          .map((digit) => text.slice(0, place) + digit + text.slice(place + 1))
      : [],
  );
}

/** The last digit that makes Luhn's sum right, found by trying. */
function withLuhnDigit(start: string): string {
  const sum = (text: string) =>
    characters(text)
      .reverse()
      .reduce((total, digit, place) => {
        const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
        return total + (value > 9 ? value - 9 : value);
      }, 0);
  return characters("0123456789")
    .map((last) => start + last)
    .find((text) => sum(text) % 10 === 0)!;
}

const siren = digits(8)
  .map(withLuhnDigit)
  .filter((text) => text !== "000000000" && text !== "356000000");
const siret = fc.tuple(siren, digits(4)).map(([company, site]) => withLuhnDigit(company + site));
const uai = fc
  .tuple(fc.constantFrom("001", "035", "095", "099", "620", "720", "971", "976", "988"), digits(4))
  .map(([department, order]) => {
    const number = department + order;
    return number + "ABCDEFGHJKLMNPRSTUVWXYZ"[Number(number) % 23]!;
  });
const nir = fc
  .tuple(
    fc.constantFrom("1", "2"),
    digits(2),
    fc.constantFrom("01", "12", "20", "42", "50", "99"),
    fc.constantFrom("01", "35", "95", "2A", "2B", "97", "99"),
    digits(6),
  )
  .map((parts) => {
    const number = parts.join("");
    const key = 97n - (BigInt(number.replace("2A", "19").replace("2B", "18")) % 97n);
    return number + String(key).padStart(2, "0");
  });
const frenchIban = fc.tuple(digits(10), digits(11)).map(([bank, account]) => {
  const key = 97n - (BigInt(`${bank}${account}00`) % 97n);
  const national = bank + account + String(key).padStart(2, "0");
  const check = 98n - (BigInt(`${national}152700`) % 97n);
  return `FR${String(check).padStart(2, "0")}${national}`;
});

describe("SIREN and SIRET (Luhn)", () => {
  it.each(["824814982", "424 761 419", "356000000"])("takes the SIREN %s", (text) => {
    expect(isSiren(text)).toBe(true);
  });

  it.each(["42476141900045", "833 085 806 00028", "49801929800112", "35600000049837", "35600000000048"])(
    "takes the SIRET %s",
    (text) => {
      expect(isSiret(text)).toBe(true);
    },
  );

  it.each([
    "",
    "42476141900046",
    "35600000049838",
    "4247614190004",
    "424761419000455",
    "00000000000000",
    "4247614190004A",
    "４２４７６１４１９０００４５",
  ])("refuses %j", (text) => {
    expect(isSiret(text)).toBe(false);
  });

  it("knows the company of a site", () => {
    expect(sirenOf(parseSiret("424 761 419 00045")!)).toBe("424761419");
  });

  it("takes every valid one and none that is a digit away", () => {
    fc.assert(
      fc.property(siret, (text) => {
        expect(isSiret(text)).toBe(true);
        expect(isSiren(text.slice(0, 9))).toBe(true);
        expect(oneDigitAway(text).filter(isSiret)).toEqual([]);
      }),
    );
  });

  it("finds them in a text, with their places", () => {
    const text = "OVH (424 761 419 00045), commande 42476141900046, réf. 142476141900045, SIREN 824814982.";
    expect(findSiret(text).map(({ start, end, value }) => [text.slice(start, end), value])).toEqual([
      ["424 761 419 00045", "42476141900045"],
    ]);
    expect(findSiren(text).map(({ value }) => value)).toContain("824814982");
  });
});

describe("identifiers side by side", () => {
  it("finds one that a false start overlaps", () => {
    expect(isSiren("999824814")).toBe(false);
    expect(findSiren("réf. 999 824 814 982").map(({ start, value }) => [start, value])).toEqual([
      [9, "824814982"],
    ]);
  });
});

describe("UAI (letter by 23)", () => {
  it.each(["0951099D", "0750654D", "0690023A", "0951099d", " 0951099 D "])("takes %j", (text) => {
    expect(isUai(text)).toBe(true);
  });

  it.each(["0951099E", "951099D", "0951099", "09510990", "0951099I", "1951099D", "0000000A", "0951099DD"])(
    "refuses %j",
    (text) => {
      expect(isUai(text)).toBe(false);
    },
  );

  it("takes every valid one and none that is a digit or a letter away", () => {
    fc.assert(
      fc.property(uai, (text) => {
        expect(parseUai(text)).toBe(text);
        expect(oneDigitAway(text).filter(isUai)).toEqual([]);
        const letters = characters("ABCDEFGHIJKLMNOPQRSTUVWXYZ").filter((letter) =>
          isUai(text.slice(0, 7) + letter),
        );
        expect(letters).toEqual([text.charAt(7)]);
      }),
    );
  });

  it("finds them in a text", () => {
    expect(findUai("Écoles 0951099D, 0951099E et 0750654d ; x0690023A").map(({ value }) => value)).toEqual([
      "0951099D",
      "0750654D",
    ]);
  });
});

describe("INE (shape alone)", () => {
  it.each([
    ["123456789FF", "rnie"],
    ["1234567890F", "bea"],
    ["1234A12345F", "apprentice"],
    ["123456789ff", "rnie"],
  ])("takes %s as %s", (text, form) => {
    expect(parseIne(text)).toEqual({ value: text.toUpperCase(), form });
  });

  it.each(["12345678901", "12345678FF", "123456789FFF", "ABCDEFGHIJK", ""])("refuses %j", (text) => {
    expect(isIne(text)).toBe(false);
  });

  it("finds them in a text", () => {
    const text = "élève 123456789FF;1234567890F;12345678901;x1234A12345F";
    expect(findIne(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      "123456789FF",
      "1234567890F",
    ]);
  });
});

describe("NIR (key by 97)", () => {
  it.each([
    "262087503203977",
    "1 62 13 45 044 056 58",
    "1 98 05 2A 004 001 26",
    "1 98 05 2b 004 001 53",
    "2 69 05 49 588 157 80",
    "284058832102532",
    "185057800608491",
  ])("computes the key of %s", (text) => {
    const known = text.replaceAll(" ", "").slice(3, 5) !== "13"; // month 13 is outside the published values
    expect(isNir(text)).toBe(known);
  });

  it.each([
    "2 84 05 88 321 025 30",
    "1 85 05 78 006 084 36",
    "198052A00400127",
    "1 98 05 2C 004 001 26",
    "598050000400126",
    "",
  ])("refuses %j", (text) => {
    expect(isNir(text)).toBe(false);
  });

  it("takes every valid one and none that is a digit or a Corsican letter away", () => {
    fc.assert(
      fc.property(nir, (text) => {
        expect(parseNir(text)).toBe(text);
        expect(oneDigitAway(text).filter(isNir)).toEqual([]);
        const other = text.includes("A") ? text.replace("A", "B") : text.replace("B", "A");
        if (other !== text) expect(isNir(other)).toBe(false);
      }),
    );
  });

  it("finds them in a text", () => {
    const text = "NIR : 2 62 08 75 032 039 77 ; faux : 2 62 08 75 032 039 78 ; 198052A00400126.";
    expect(findNir(text).map(({ value }) => value)).toEqual(["262087503203977", "198052A00400126"]);
  });
});

describe("IBAN (ISO 7064 mod 97, national key)", () => {
  it.each([
    "FR14 2004 1010 0505 0001 3M02 606",
    "FR76 3000 6000 0112 3456 7890 189",
    "fr7630006000011234567890189",
    "DE89 3704 0044 0532 0130 00",
    "BE68 5390 0754 7034",
  ])("takes %s", (text) => {
    expect(isIban(text)).toBe(true);
  });

  it.each([
    "FR76 3000 6000 0112 3456 7890 188",
    "FR76300060000112345678901",
    "XX00",
    "",
    "FR7630006000011234567890189Z",
  ])("refuses %j", (text) => {
    expect(isIban(text)).toBe(false);
  });

  it("refuses a French one whose national key is wrong, though its remainder is right", () => {
    const national = "30006000011234567890188"; // key 88 instead of 89
    const check = 98n - (BigInt(`${national}152700`) % 97n);
    expect(isIban(`FR${String(check).padStart(2, "0")}${national}`)).toBe(false);
  });

  it("takes every valid one and none that is a digit away", () => {
    fc.assert(
      fc.property(frenchIban, (text) => {
        expect(parseIban(text)).toBe(text);
        expect(oneDigitAway(text).filter(isIban)).toEqual([]);
      }),
    );
  });

  it("finds them in a text, whatever word follows", () => {
    const text =
      "IBAN FR76 3000 6000 0112 3456 7890 189 merci, BE68539007547034, FR76 3000 6000 0112 3456 7890 188.";
    expect(findIban(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      "FR76 3000 6000 0112 3456 7890 189",
      "BE68539007547034",
    ]);
  });
});
