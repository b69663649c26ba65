/**
 * One payload in JSON's many spellings. All say the same to who reads the JSON; all are other bytes, so that who verifies
 * a signature over anything but the bytes received refuses some of them. Spellings 4 and 6 add a field of their own.
 */
import type { Fields } from "./desk.ts";

/** 0 is `JSON.stringify`. */
export const SPELLINGS = [
  "compact",
  "spaced",
  "unicode-escapes",
  "slash-escapes",
  "integer-like-keys",
  "decimals",
  "big-integer",
  "duplicate-keys",
  "key-order",
] as const;
export type Spelling = (typeof SPELLINGS)[number];

/** @param payload has `data`, an object. */
export function spell(payload: Fields, spelling: Spelling): string {
  const plain = JSON.stringify(payload);
  switch (spelling) {
    case "compact":
      return plain;
    case "spaced":
      return `${write(payload, { comma: ", ", colon: ": " })}\n`;
    case "unicode-escapes":
      return plain.replaceAll(/[^\u0000-\u007f]/g, escapeUnit);
    case "slash-escapes":
      return plain.replaceAll("/", String.raw`\/`);
    case "integer-like-keys":
      // A parser in JavaScript puts 9 before 10, whatever the text says.
      return inData(plain, String.raw`"keys":{"10":true,"9":true}`);
    case "decimals":
      return write(payload, { number: (value) => (Number.isInteger(value) ? `${value}.0` : `${value}`) });
    case "big-integer":
      return inData(plain, '"sequence":9007199254740993');
    case "duplicate-keys":
      return write(payload, { twice: true });
    case "key-order":
      return write(payload, { reversed: true });
  }
}

function escapeUnit(unit: string): string {
  return [...Array(unit.length).keys()]
    .map((index) => `\\u${unit.charCodeAt(index).toString(16).padStart(4, "0")}`)
    .join("");
}

function inData(plain: string, member: string): string {
  return plain.replace('"data":{', `"data":{${member},`);
}

interface Manner {
  readonly comma?: string;
  readonly colon?: string;
  readonly number?: (value: number) => string;
  /** Every member of an object that holds a text, first and again. */
  readonly twice?: boolean;
  readonly reversed?: boolean;
}

function write(value: unknown, manner: Manner): string {
  const { comma = ",", colon = ":", number = String, twice = false, reversed = false } = manner;
  if (typeof value === "number") return number(value);
  if (Array.isArray(value)) return `[${value.map((each) => write(each, manner)).join(comma)}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, held]) => held !== undefined)
    .map(([name, held]) => `${JSON.stringify(name)}${colon}${write(held, manner)}`);
  if (reversed) members.reverse();
  return `{${(twice ? [...members.slice(0, 1), ...members] : members).join(comma)}}`;
}
