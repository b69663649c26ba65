import { describe, expect, it } from "vitest";
import {
  findEmails,
  findIban,
  findIne,
  findNir,
  findSiren,
  findSiret,
  findTelephones,
  findUai,
  parseEmail,
  parseIban,
  parseIne,
  parseNir,
  parseSiret,
  parseTelephone,
  parseUai,
} from "../src/index.ts";

const MEBIBYTE = 1_048_576;
/** A mebibyte takes some 50 ms when the cost is linear and minutes when it is not: a loaded machine fails nothing. */
const LIMIT_MS = 2_000;
const fill = (unit: string) => unit.repeat(Math.ceil(MEBIBYTE / unit.length)).slice(0, MEBIBYTE);
const hostile = [
  "0",
  "1 ",
  "12 34 56 78 90 ",
  "06 12 34 56 7x ",
  "0612345678 ",
  "+33+33",
  "00330033",
  "FR00 ",
  "FR76",
  "FR76 3000 6000 0112 3456 7890 188 ",
  "424 761 419 00046 ",
  "2 62 08 75 032 039 78 ",
  "26208750320397",
  "0951099E ",
  "123456789F",
  "1234A",
  "a",
  "a.",
  "a@",
  "a@a.",
  "@",
  "aaaa@aaaa.a",
  "-@-.",
  "é",
  "e\u0301",
  " ",
  "\u00a0",
  "a-",
].map(fill);

describe("a mebibyte of hostile text", () => {
  it.each(
    Object.entries({
      findSiren,
      findSiret,
      findUai,
      findIne,
      findNir,
      findIban,
      findTelephones,
      findEmails,
      parseSiret,
      parseUai,
      parseIne,
      parseNir,
      parseIban,
      parseTelephone,
      parseEmail,
    }),
  )("costs %s a time that grows with its length", (_name, read) => {
    for (const text of hostile) {
      // A slow first run is taken again: it may have paid for the compiler.
      const costs = [costOf(() => read(text))];
      while (costs.at(-1)! > LIMIT_MS && costs.length < 4) costs.push(costOf(() => read(text)));
      expect([text.slice(0, 12), Math.min(...costs) <= LIMIT_MS ? "in time" : costs]).toEqual([
        text.slice(0, 12),
        "in time",
      ]);
    }
  });
});

/** Milliseconds of processor time: the load of the machine does not count. */
function costOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
