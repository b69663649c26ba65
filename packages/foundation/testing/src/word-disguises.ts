/** Ways in which a word is written so that it does not look like itself, while a person or a program still reads it. @clause DC */
import type { Random } from "./messages-naming-persons.ts";

export interface Disguise {
  readonly name: string;
  /** Identifier kinds to which it is put; all of them when absent. */
  readonly only?: readonly string[];
  /** Goes over another disguise: an encoding of whatever stands there. */
  readonly outer?: boolean;
  put(text: string, random: Random): string;
}

/** Zero width space, non-joiner, joiner, word joiner, soft hyphen, byte order mark, left-to-right mark. */
const INVISIBLE = ["\u200b", "\u200c", "\u200d", "\u2060", "\u00ad", "\ufeff", "\u200e"];
/** Letters of other scripts that look the same. */
const ALIKE: Readonly<Record<string, readonly string[]>> = {
  a: ["а", "ɑ"],
  c: ["с"],
  e: ["е"],
  i: ["і"],
  j: ["ј"],
  o: ["о", "ο"],
  p: ["р"],
  s: ["ѕ"],
  u: ["υ"],
  x: ["х"],
  y: ["у"],
  A: ["А", "Α"],
  B: ["В", "Β"],
  C: ["С"],
  E: ["Е", "Ε"],
  H: ["Н"],
  I: ["І", "Ι"],
  K: ["К", "Κ"],
  M: ["М"],
  N: ["Ν"],
  O: ["О"],
  P: ["Р"],
  T: ["Т"],
  X: ["Х"],
  Z: ["Ζ"],
};
const NAMED: Readonly<Record<string, string>> = {
  é: "&eacute;",
  è: "&egrave;",
  ê: "&ecirc;",
  ë: "&euml;",
  à: "&agrave;",
  ï: "&iuml;",
  ô: "&ocirc;",
  ç: "&ccedil;",
  á: "&aacute;",
  "'": "&apos;",
  "@": "&commat;",
  ".": "&period;",
  "-": "&#45;",
  " ": "&nbsp;",
  O: "&#x4F;",
  "+": "&plus;",
};

const some = (text: string, random: Random, share: number, map: (letter: string) => string) =>
  Array.from(text)
    .map((letter) => (random() < share ? map(letter) : letter))
    .join("");
const codeOf = (letter: string) => letter.codePointAt(0) ?? 0;
const oneOf = (list: readonly string[], random: Random) => list[Math.floor(random() * list.length)] ?? "";
const wide = (letter: string) =>
  /[!-~]/.test(letter) ? String.fromCodePoint(codeOf(letter) + 0xfee0) : letter;
const percent = (letter: string) =>
  [...Buffer.from(letter)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
const decimal = (letter: string) => `&#${codeOf(letter)};`;
const hexadecimal = (letter: string) => `&#x${codeOf(letter).toString(16)};`;

export const DISGUISES: readonly Disguise[] = [
  {
    name: "invisible characters",
    put: (text, random) => some(text, random, 0.4, (letter) => letter + oneOf(INVISIBLE, random)),
  },
  {
    name: "look-alike letters",
    only: ["fullName", "email", "login"],
    put: (text, random) =>
      some(text, random, 0.7, (letter) => {
        const list = ALIKE[letter];
        return list === undefined ? letter : oneOf(list, random);
      }),
  },
  { name: "full width", put: (text, random) => some(text, random, 0.8, wide) },
  { name: "NFD", only: ["fullName"], put: (text) => text.normalize("NFD") },
  {
    name: "without accents",
    only: ["fullName"],
    put: (text) => text.normalize("NFD").replace(/\p{M}/gu, ""),
  },
  { name: "upper case", only: ["fullName", "email", "login"], put: (text) => text.toUpperCase() },
  {
    name: "mixed case",
    only: ["fullName", "email", "login"],
    put: (text, random) =>
      some(text, random, 0.5, (letter) =>
        letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
      ),
  },
  {
    name: "spaced letters",
    only: ["fullName", "telephone", "number"],
    put: (text, random) => {
      const between = oneOf([" ", " ", "\u00a0", "."], random);
      return text
        .split(/\s+/)
        .map((word) => Array.from(word).join(between))
        .join("   ");
    },
  },
  {
    name: "HTML entities",
    outer: true,
    put: (text, random) =>
      some(text, random, 0.6, (letter) => NAMED[letter] ?? (random() < 0.5 ? decimal : hexadecimal)(letter)),
  },
  { name: "percent-encoding", outer: true, put: (text) => encodeURIComponent(text) },
  { name: "percent-encoding of all", outer: true, put: (text) => Array.from(text).map(percent).join("") },
  {
    name: "percent-encoding, twice",
    outer: true,
    put: (text) => encodeURIComponent(Array.from(text).map(percent).join("")),
  },
  {
    name: "JSON escapes",
    outer: true,
    put: (text, random) =>
      Array.from(text)
        .map((letter) =>
          letter > "~" || random() < 0.3
            ? [...Array(letter.length).keys()]
                .map((at) => `\\u${letter.charCodeAt(at).toString(16).padStart(4, "0")}`)
                .join("")
            : letter,
        )
        .join(""),
  },
  {
    name: "base64 of a line",
    outer: true,
    put: (text, random) =>
      Buffer.from(random() < 0.5 ? text : `Élève : ${text}, vu le 12`).toString("base64"),
  },
  {
    name: "base64url",
    outer: true,
    put: (text) => Buffer.from(`{"who":"${text}"}`).toString("base64url"),
  },
];
