/**
 * E-mail addresses as people write them: with spaces, "arobase" and "point", "at" and "dot", "(at)", also without a point in the
 * domain. The sign is found first and its neighbours are read from there, at most so far, so that time grows with the text.
 */
import type { Sighting } from "./detect-personal-words.ts";

const SIGN =
  /@|[([{<] ?(?:at|a|arobase|arobas|chez) ?[)\]}>]|(?<![A-Za-z0-9])(?:arobase|arobas|arrobase|at sign)(?![A-Za-z0-9])|(?<= )at(?= [A-Za-z0-9-]{1,40} (?:dot|point) )/gi;
const POINT = "(?:\\.| \\. | ?[([{] ?(?:dot|point) ?[)\\]}] ?| (?:dot|point) )";
const JOINT = `(?:${POINT}|[_+-]| (?:tiret bas|underscore|tiret|dash) )`;
const ATOM = "[A-Za-z0-9!#$%&*+/=?^_`~-]{1,64}";
/** Ends where the sign begins. */
const LOCAL = new RegExp(`(?:${ATOM}'?${JOINT}){0,6}${ATOM} ?$`, "i");
const DOMAIN = new RegExp(`^ ?[A-Za-z0-9-]{1,63}(?:${POINT}[A-Za-z0-9-]{1,63}){0,6}`, "i");
const LOOK_BACK = 120;
const LOOK_AHEAD = 200;

export function findWrittenEmails(plain: string): readonly Sighting[] {
  const found: Sighting[] = [];
  SIGN.lastIndex = 0;
  let after = 0;
  for (let sign = SIGN.exec(plain); sign !== null; sign = SIGN.exec(plain)) {
    const end = sign.index + sign[0].length;
    const local = LOCAL.exec(plain.slice(Math.max(after, sign.index - LOOK_BACK), sign.index))?.[0];
    const domain = DOMAIN.exec(plain.slice(end, end + LOOK_AHEAD))?.[0];
    if (local === undefined || domain === undefined || !/[a-z]/i.test(domain) || !/[a-z0-9]/i.test(local))
      continue;
    const pointed = /[.]|point|dot/i.test(domain);
    if (!pointed && (local.endsWith(" ") || domain.startsWith(" "))) continue;
    const start = sign.index - withoutPreface(local).length;
    after = end + domain.length;
    found.push({ kind: "email", start, end: after });
  }
  return found;
}

/** "mon adresse est lucas point martin": what the pattern took too much of the sentence is none of its joints, so nothing. */
function withoutPreface(local: string): string {
  return local.replace(/^[-+_/=?!&*#]+/, "");
}
