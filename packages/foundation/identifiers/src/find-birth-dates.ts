/** Dates of birth: a date after "né le", "born on" or "date of birth", before "(naissance)", or right behind a name. */
import type { Sighting } from "./detect-personal-words.ts";

const MONTH =
  "(?:janv(?:ier|\\.)?|fevr?(?:ier|\\.)?|mars|avr(?:il|\\.)|mai|juin|juil(?:let|\\.)?|aout|sept(?:embre|\\.)?|oct(?:obre|\\.)?|nov(?:embre|\\.)?|dec(?:embre|\\.)?|" +
  "jan(?:uary|\\.)?|feb(?:ruary|\\.)?|march|apr(?:il|\\.)?|may|june?|july?|aug(?:ust|\\.)?|september|october|november|december)";
const DAY = "(?:[0-3]?[0-9](?: ?er|st|nd|rd|th)?)";
const YEAR = "(?:(?:19|20)[0-9]{2}|'?[0-9]{2})";
const NUMBER_WORD =
  "(?:premier|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|et|mille?|mil|cents?|" +
  "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty|thirty|thirtieth|thirty-first|thousand|and|one|two|three|four|five|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)";
const WORDY = `(?:${NUMBER_WORD}[ -]){1,4}(?:of )?${MONTH}(?:[ ,-]{1,2}${NUMBER_WORD}){1,8}`;
const DATE = [
  `${DAY} ?[./-] ?[01]?[0-9] ?[./-] ?${YEAR}`,
  `${DAY} [01]?[0-9] (?:19|20)[0-9]{2}`,
  "(?:19|20)[0-9]{2}[./-][01]?[0-9][./-][0-3]?[0-9]",
  `${DAY} (?:of )?${MONTH}(?:,? ${YEAR}(?![0-9]))?`,
  `${MONTH} ${DAY}(?:,? (?:19|20)[0-9]{2})?`,
  WORDY,
].join("|");
const PARTIAL = `${MONTH} (?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}`;
const CUE =
  "(?<![A-Za-z])(?:ne(?:e|es|s|\\(e\\)|\\.e|-e)?(?= (?:le|la|un|en|au|:|[0-9]))|naissances?|nais\\.|ddn|d\\.d\\.n\\.?|anniv|bday|b-day|born|birth ?date|date of birth|d\\.?o\\.?b\\.?|birth|birthday|anniversaire|naquit|(?:aura|fetera|fete|turns?|turned|turning|will be)(?: ses)? [0-9]{1,2}(?: ans)?)(?![A-Za-z])";
/** The whole of a date may stand some words away ("né à Lyon le…"), a year alone may not. */
const AFTER_CUE = new RegExp(
  `${CUE}(?:[^0-9!?;]{0,48}?(?<![0-9A-Za-z])(${DATE}|[0-3][0-9][01][0-9](?:19|20)[0-9]{2})|(?:[ :=,.(]|en|in|de|du|l'annee|the|year){1,6}(${PARTIAL}))(?![0-9])`,
  "gi",
);
const BEFORE_CUE = new RegExp(
  `(?<![0-9A-Za-z])(${DATE})[ ,]{0,2}(?:\\(?(?:date de )?naissance|\\(?d\\.?o\\.?b|(?:c')?est (?:mon|son|l') ?anniversaire|is (?:my|his|her) birthday)`,
  "gi",
);
const HAS_AFTER = /naissance|d\.?o\.?b|anniversaire|birthday/i;
const PLACE = /^ ?,? (?:a|in|at) ([A-Z][A-Za-z'-]{1,30}(?:[ -][A-Z][A-Za-z'-]{1,30}){0,3})/;
const BORN_AT =
  /(?:^ne(?:e|\(e\))?|^born),? (?:a|in|at) ([A-Z][A-Za-z'-]{1,30}(?:[ -][A-Z][A-Za-z'-]{1,30}){0,3})/i;
const BEHIND_NAME = new RegExp(`^[ ,;|\\t(-]{1,4}(${DATE})(?![0-9])`, "i");

/** @param names found in the same text */
export function findBirthDates(plain: string, names: readonly Sighting[]): readonly Sighting[] {
  const found: Sighting[] = [];
  if (/[0-9]|mill?e? |thousand/i.test(plain)) {
    for (const match of plain.matchAll(AFTER_CUE)) {
      const end = match.index + match[0].length;
      const date = match[1] ?? match[2] ?? "";
      found.push({ kind: "birthDate", start: end - date.length, end });
      const born = BORN_AT.exec(plain.slice(match.index, end - date.length));
      const town = born?.[1];
      if (born !== null && town !== undefined) {
        const last = match.index + born.index + born[0].length;
        found.push({ kind: "address", start: last - town.length, end: last });
      }
      const place = PLACE.exec(plain.slice(end, end + 140));
      if (place?.[1] !== undefined) {
        const last = end + place[0].length;
        found.push({ kind: "address", start: last - place[1].length, end: last });
      }
    }
    for (const match of HAS_AFTER.test(plain) ? plain.matchAll(BEFORE_CUE) : [])
      found.push({ kind: "birthDate", start: match.index, end: match.index + (match[1] ?? "").length });
    for (const { end: after } of names) {
      const match = BEHIND_NAME.exec(plain.slice(after, after + 60));
      const date = match?.[1];
      if (match === null || date === undefined || !/(?:19|20)[0-9]{2}|[./-][0-9]{2}$/.test(date)) continue;
      const end = after + match[0].length;
      found.push({ kind: "birthDate", start: end - date.length, end });
    }
  }
  return found;
}
