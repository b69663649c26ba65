/**
 * What a password must be, after the national agency's guide (ANSSI, multifactor authentication and passwords, 2021):
 * long, hard to guess, of any characters, never renewed for the sake of it. Guessability is zxcvbn's, with French words
 * and names; the person's own name and address, and the site's words, count for nothing.
 */
import type { Match, ZxcvbnFactory } from "@zxcvbn-ts/core";
import { type AccountRole } from "./account.ts";
import type { AccountOptions } from "./account-options.ts";
import { isAdministrator } from "./account-rights.ts";

/** Why a password is refused; a page says it in words, with what to do instead. */
export type PasswordFlaw =
  | "tooShort"
  | "tooLong"
  | "personal"
  | "common"
  | "keyboard"
  | "repeated"
  | "date"
  | "guessable";

export interface PasswordRules {
  /** The password as it is hashed and compared: NFKC, so that one typed on another keyboard is the same. */
  normalise(password: string): string;
  /** Characters at least for that role. */
  lengthFor(role: AccountRole): number;
  /** What is wrong with a new one; undefined when nothing is. `own`: texts that name the person. */
  flawOf(password: string, role: AccountRole, own: readonly string[]): Promise<PasswordFlaw | undefined>;
}

type Figures = Pick<AccountOptions, "passwordLength" | "administratorPasswordLength" | "passwordScore">;

const MOST_BYTES = 1_024;
/** Below it a word of the person's own is too short to be one. */
const SHORTEST_WORD = 3;
/** Characters beside the word and the runs that make no difference. */
const FEW = 3;
const SITE_WORDS = ["preau", "préau", "editeur", "éditeur", "ecole", "école", "console"];

let checking: Promise<ZxcvbnFactory> | undefined;

/** The rules at these figures. @clause DD.4 */
export function makePasswordRules(figures: Figures): PasswordRules {
  const lengthFor = (role: AccountRole) =>
    isAdministrator(role) ? figures.administratorPasswordLength : figures.passwordLength;
  return {
    normalise,
    lengthFor,
    flawOf: async (password, role, own) => {
      const text = normalise(password);
      if (isTooLong(password)) return "tooLong";
      if (Array.from(text).length < lengthFor(role)) return "tooShort";
      const words = wordsOf(own);
      checking ??= makeChecker();
      const checker = await checking;
      const { score, sequence } = checker.check(text, words);
      if (score < figures.passwordScore || isOneWord(text, sequence)) return flawOfMatch(sequence);
      // What is left without the person's own words must stand by itself.
      const rest = without(text, words);
      if (rest.length < text.length && checker.check(rest, words).score < figures.passwordScore)
        return "personal";
      return undefined;
    },
  };
}

/** Longer than anything that somebody types: refused before any work. */
export function isTooLong(password: string): boolean {
  return Buffer.byteLength(normalise(password)) > MOST_BYTES || password.length > MOST_BYTES;
}

function normalise(password: string): string {
  return password.normalize("NFKC");
}

/** Loaded and made at the first use: its dictionaries take some 300 ms and 60 MB, which most commands need not spend. */
async function makeChecker(): Promise<ZxcvbnFactory> {
  const [core, common, french] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-fr"),
  ]);
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...french.dictionary },
    graphs: common.adjacencyGraphs,
    // Its time grows fast with both; within them the worst found takes some 150 ms.
    maxLength: 64,
    l33tMaxSubstitutions: 16,
  });
}

function wordsOf(own: readonly string[]): string[] {
  const whole = own.map((text) => normalise(text).toLowerCase());
  const parts = whole.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u));
  const plain = [...whole, ...parts].map((text) => text.normalize("NFD").replaceAll(/\p{M}/gu, ""));
  return [...new Set([...whole, ...parts, ...plain, ...SITE_WORDS])].filter(
    (word) => word.length >= SHORTEST_WORD,
  );
}

function without(text: string, words: readonly string[]): string {
  let rest = text;
  for (const word of [...words].sort((a, b) => b.length - a.length)) {
    for (let at = rest.toLowerCase().indexOf(word); at !== -1; at = rest.toLowerCase().indexOf(word)) {
      if (rest.toLowerCase().length !== rest.length) return rest; // a letter whose small form is longer: places differ
      rest = rest.slice(0, at) + rest.slice(at + word.length);
    }
  }
  return rest;
}

/** One word at most, with dates, runs and repeats around it: `Password123456789!`, whatever its score. */
function isOneWord(text: string, sequence: readonly Match[]): boolean {
  const pieces = sequence.filter(({ pattern }) => pattern !== "bruteforce" && pattern !== "separator");
  const words = pieces.filter(({ pattern, token }) => pattern === "dictionary" && /\p{L}{3}/u.test(token));
  const covered = pieces.reduce((sum, { token }) => sum + token.length, 0);
  return pieces.length > 0 && words.length <= 1 && text.length - covered <= FEW;
}

/** The flaw of the longest piece that made it guessable. */
function flawOfMatch(sequence: readonly Match[]): PasswordFlaw {
  const [longest] = [...sequence]
    .filter(({ pattern }) => pattern !== "bruteforce" && pattern !== "separator")
    .sort((a, b) => b.token.length - a.token.length);
  switch (longest?.pattern) {
    case "dictionary":
      return longest["dictionaryName"] === "userInputs" ? "personal" : "common";
    case "spatial":
      return "keyboard";
    case "repeat":
    case "sequence":
      return "repeated";
    case "date":
    case "regex":
      return "date";
    default:
      return "guessable";
  }
}
