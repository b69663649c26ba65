import { describe, expect, it } from "vitest";
import { decodings, hashesOf, type KnownKind, redactText } from "../src/index.ts";

const SIZE = 262_144;
/** Some 300 ms when the cost is linear, minutes when it is not: a loaded machine fails nothing. */
const LIMIT_MS = 6_000;
const KEY = Uint8Array.from({ length: 16 }, (_, index) => index);
const hashes = new Map<string, KnownKind>(
  hashesOf(KEY, {
    given: "Lucas",
    family: "Martin",
    emails: ["lucas.martin@ecole.example"],
    numbers: ["123456789AB"],
  }),
);
const known = { key: KEY, has: (hash: string) => hashes.get(hash) };

const UNITS = [
  "06 12 34 56 7x ",
  "né le un deux ",
  "naissance ",
  "A ",
  "Ab-",
  "a@",
  "a point b arobase ",
  "Lucas [nom] ",
  "&amp;",
  "\\u00",
  "QUJD",
  "marti",
  "Lucas Martinx06 12 34 56 78 ",
  "Ã©",
  "allergie aux ",
  "75001 Pa",
  "Cordialement\n",
  "zero un ",
  "INE est le ",
];

describe("256 kB of hostile text", () => {
  it.each(UNITS)(
    "of %j costs a time that grows with its length",
    (unit) => {
      const text = unit.repeat(Math.ceil(SIZE / unit.length)).slice(0, SIZE);
      const before = process.cpuUsage();
      const { text: redacted } = redactText(text, { known });
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1000 <= LIMIT_MS ? "in time" : user + system).toBe("in time");
      expect(typeof redacted).toBe("string");
    },
    60_000,
  );

  it("is read as bytes within its bound", () => {
    const text = "=3D%25&amp;\\u0041QUJD".repeat(SIZE / 22);
    const sum = decodings(Buffer.from(text)).reduce((all, reading) => all + reading.length, 0);
    expect(sum).toBeLessThanOrEqual(7 * text.length + 4096);
  });
});
