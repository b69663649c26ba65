/** Ways to write a known word so that a plain search misses it, and messages that carry it. */

/** A disguise gives the same word to a reader, or to a program that decodes. `pick` gives numbers from 0 to below its argument. */
export type Disguise = (word: string, pick: (below: number) => number) => string;

const each = (word: string, one: (letter: string, index: number) => string): string =>
  [...word].map(one).join("");
const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");
const bytesOf = (text: string): readonly number[] => [...Buffer.from(text, "utf8")];

const CYRILLIC: Readonly<Record<string, string>> = {
  a: "а",
  c: "с",
  e: "е",
  o: "о",
  p: "р",
  x: "х",
  y: "у",
  i: "і",
  s: "ѕ",
  j: "ј",
  A: "А",
  B: "В",
  C: "С",
  E: "Е",
  H: "Н",
  K: "К",
  M: "М",
  O: "О",
  P: "Р",
  T: "Т",
  X: "Х",
};
const GREEK: Readonly<Record<string, string>> = {
  a: "α",
  o: "ο",
  i: "ι",
  v: "ν",
  u: "υ",
  p: "ρ",
  A: "Α",
  B: "Β",
  E: "Ε",
  H: "Η",
  I: "Ι",
  K: "Κ",
  M: "Μ",
  N: "Ν",
  O: "Ο",
  T: "Τ",
  X: "Χ",
  Z: "Ζ",
};
const LEET: Readonly<Record<string, string>> = { a: "4", e: "3", i: "1", o: "0", s: "5", t: "7", l: "1" };
const UNSEEN = [
  "\u200b",
  "\u200c",
  "\u200d",
  "\u00ad",
  "\u2060",
  "\ufeff",
  "\u202a",
  "\u202c",
  "\u2066",
  "\u2069",
  "\u034f",
];

export const DISGUISES: Readonly<Record<string, Disguise>> = {
  plain: (word) => word,
  capitals: (word) => word.toUpperCase(),
  "small letters": (word) => word.toLowerCase(),
  decomposed: (word) => word.normalize("NFD"),
  "without accents": (word) => word.normalize("NFD").replace(/\p{M}/gu, ""),
  unseen: (word, pick) =>
    each(word, (letter) => letter + (pick(2) === 0 ? (UNSEEN[pick(UNSEEN.length)] ?? "") : "")),
  "full width": (word) =>
    each(word, (letter) =>
      /[!-~]/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) + 0xfee0) : letter,
    ),
  mathematical: (word) =>
    each(word.normalize("NFD"), (letter) =>
      /[a-z]/.test(letter)
        ? String.fromCodePoint(0x1d41a + letter.charCodeAt(0) - 97)
        : /[A-Z]/.test(letter)
          ? String.fromCodePoint(0x1d400 + letter.charCodeAt(0) - 65)
          : letter,
    ),
  cyrillic: (word, pick) => each(word, (letter) => (pick(3) > 0 ? (CYRILLIC[letter] ?? letter) : letter)),
  greek: (word, pick) => each(word, (letter) => (pick(3) > 0 ? (GREEK[letter] ?? letter) : letter)),
  spaced: (word) => each(word, (letter) => (/\s/.test(letter) ? "  " : `${letter} `)).trim(),
  dotted: (word) => [...word].filter((letter) => letter !== " ").join("."),
  underscored: (word) => word.replace(/ /g, "_"),
  leet: (word, pick) =>
    each(word, (letter, index) => (index > 0 && pick(2) === 0 ? (LEET[letter] ?? letter) : letter)),
  glued: (word) => word.replace(/[ '’-]/g, ""),
  "named entities": (word) =>
    each(
      word,
      (letter) =>
        ({ é: "&eacute;", è: "&egrave;", ï: "&iuml;", ç: "&ccedil;", "'": "&#39;", " ": "&nbsp;" })[letter] ??
        letter,
    ),
  "decimal entities": (word) => each(word, (letter) => `&#${letter.codePointAt(0)};`),
  "hexadecimal entities": (word) => each(word, (letter) => `&#x${letter.codePointAt(0)?.toString(16)};`),
  percent: (word) => encodeURIComponent(word),
  "all percent": (word) =>
    bytesOf(word)
      .map((byte) => `%${byte.toString(16).padStart(2, "0")}`)
      .join(""),
  "percent twice": (word) => encodeURIComponent(encodeURIComponent(word)),
  "quoted-printable": (word) =>
    bytesOf(word)
      .map((byte) =>
        byte < 0x80 && byte !== 0x3d
          ? String.fromCharCode(byte)
          : `=${byte.toString(16).toUpperCase().padStart(2, "0")}`,
      )
      .join(""),
  "all quoted-printable": (word) =>
    bytesOf(word)
      .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`)
      .join(""),
  "JavaScript escapes": (word) =>
    each(word, (letter) =>
      letter.length === 1 ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}` : letter,
    ),
  "JSON in JSON": (word) =>
    JSON.stringify(
      JSON.stringify(
        word.replace(
          /[^\x20-\x7e]/gu,
          (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
        ),
      ),
    ),
  base64: (word) => base64(word),
  base64url: (word) => Buffer.from(word, "utf8").toString("base64url"),
  "base64 of a sentence": (word) => base64(`Voici le nom : ${word}, merci.`),
  "base64 in lines": (word) =>
    base64(
      `${"Bonjour à tous, ceci est un message un peu long. ".repeat(3)}${word} est absent aujourd'hui.`,
    ).replace(/(.{76})/g, "$1\r\n"),
  "base64 twice": (word) => base64(base64(word)),
  "base64 of percent": (word) => base64(encodeURIComponent(word)),
  hexadecimal: (word) => Buffer.from(word, "utf8").toString("hex"),
  "tags within": (word) => `${word.slice(0, 2)}<b>${word.slice(2)}</b>`,
  "UTF-8 as Latin-1": (word) => Buffer.from(word, "utf8").toString("latin1"),
};
