/** Postal addresses: a number and a street, a postcode and a town, a flat or a box beside them, the town that somebody lives in. */
import type { Sighting } from "./detect-personal-words.ts";

const NUMBER = "(?:[0-9]{1,4}(?:[ -]?(?:bis|ter|quater|[a-d](?![a-z])))?(?:[/-][0-9]{1,3})?)";
const STREET =
  "(?:rue|avenue|av\\.?|ave\\.?|boulevard|bd\\.?|bld\\.?|blvd\\.?|chemin|che?m?\\.|impasse|imp\\.|allees?|all\\.|place|pl\\.|square|quai|route|rte\\.?|cours|passage|ruelle|" +
  "sentier|venelle|villa|cite|residence|res\\.|lotissement|lot\\.|hameau|clos|domaine|esplanade|promenade|voie|traverse|montee|cote|faubourg|fbg\\.?|rond-point|parvis|mail)";
/** Where a French address begins. */
const FRENCH_START = new RegExp(`(?<![0-9A-Za-z/.:])${NUMBER} ?,? ?${STREET}(?![A-Za-z-])`, "gi");
const ENGLISH = new RegExp(
  "(?<![0-9A-Za-z/.:])(?:(?:[Ff]lat|[Aa]partment|[Aa]pt\\.?|[Uu]nit) ?[0-9A-Za-z]{1,4},? )?[0-9]{1,4}[A-Da-d]?,? (?:[A-Z][A-Za-z'-]{1,20} ){1,3}" +
    "(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Court|Ct|Gardens|Terrace|Way|Crescent|Place|Square|Hill|Grove|Park|Row|Mews)(?![A-Za-z])\\.?(?:, ?[A-Z][A-Za-z'-]{1,20}(?: [A-Z][A-Za-z'-]{1,20})?){0,3}(?:,? [A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}(?![0-9A-Za-z]))?",
  "g",
);
const BRITISH_POSTCODE = /(?<![0-9A-Za-z])[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}(?![0-9A-Za-z])/g;
const TOWN =
  "[A-Z][A-Za-z'-]{1,30}(?:[ -](?:(?:sur|sous|les|le|la|de|du|des|en|et|lez|aux?)[ -]|[dl]')?[A-Z][A-Za-z'-]{1,30}){0,4}(?: (?:cedex|Cedex|CEDEX))?(?:(?<=[Cc](?:edex|EDEX)) [0-9]{1,2}(?![0-9]))?";
const CODE = "(?:0[1-9]|[1-8][0-9]|9[0-58])[0-9]{3}";
const POSTCODE = new RegExp(`(?<![0-9A-Za-z/.,#°-])(?:F-|FR-)?${CODE} ?,? ?${TOWN}`, "g");
/** What may follow a street: flat and floor, then the town, written large or not. */
const TAIL = new RegExp(
  `(?:[ ,\\n-]{1,3}(?:[Bb]at(?:iment|\\.)?|[Aa]ppt?(?:artement|\\.)?|[Aa]pt|[Ee]sc(?:alier|\\.)?|[Ee]tage|BP|[Pp]orte|[Hh]all|[Ll]ot) ?(?:n° ?)?[A-Za-z0-9]{1,5}){0,3}` +
    `(?:[ ,\\n-]{1,3}${CODE}(?: ?,? ?(?:${TOWN}|[a-z][a-z'-]{2,30}(?:[ -](?:sur|sous|les|le|la|de|du|en|saint|sainte)[ -][a-z][a-z'-]{2,30}){0,2}))?|,? a ${TOWN}|,? ${TOWN}(?: [0-9]{1,2}(?:e|er|eme)?(?![0-9A-Za-z]))?(?=$|[\\n.,;]))?`,
  "y",
);
const FLAT_BEFORE =
  /(?:(?<![A-Za-z])(?:(?:appt?|appartement|apt|bat|batiment|residence|res|esc|escalier|porte|hall|lot|lieu-dit|flat|unit)\.? [^,;.!?\n]{1,30}|[0-9]{1,2}(?:er|e|eme) etage|rdc)[, -]{1,3}){1,4}$/i;
const BOX = /(?<![A-Za-z])(?:BP|CS|TSA) ?[0-9]{2,6}(?![0-9])/g;
const LIVES =
  /(?<![A-Za-z])(?:habit(?:e|es|ons|ent|ait|ais|ant)|domicilie(?:e|s|es)?|demeur(?:e|ant|ons)|resid(?:e|ons|ant)|loge(?:s|ons)?|demenage(?:s|e|es|r)?|lives?|living|moved|moving) (?:maintenant |actuellement |now |to )?(?:(?:a|au|aux|en|dans|in|at|chez|sur)(?: la| le| les| l')? ?)?/gi;
const LIVES_STREET = new RegExp(`${STREET}(?![A-Za-z-])`, "iy");
const CODE_LABEL =
  /(?<![A-Za-z])(?:code postal|postcode|zip(?: code)?)(?: est| is)?[ :=]{1,3}([0-9]{5}|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2})(?![0-9A-Za-z])/gi;
const LIVES_AT = new RegExp(TOWN, "y");
const LABEL = /(?<![A-Za-z])(?:adresse(?: postale)?|domicile|address|home address) ?(?:est|is)? ?: ?/gi;
const STOP =
  /^(?:a|est|et|ou|mais|pour|dans|depuis|avec|car|qui|que|je|il|elle|on|nous|vous|merci|and|but|is|with|since|because|tel|code|mon|ma|mes|notre|c|ne|n|pas|au|ce|cette|il|ils|son|sa|j|puis|donc|si|bonjour|cordialement)$/;
const STREET_WORD = /[A-Za-z0-9][A-Za-z0-9.]{0,30}/y;
const MOST_WORDS = 7;

export function findAddresses(plain: string): readonly Sighting[] {
  const found: Sighting[] = [];
  const add = (start: number, end: number): void => {
    if (end > start) found.push({ kind: "address", start, end });
  };
  if (/[0-9]/.test(plain)) {
    for (const match of plain.matchAll(FRENCH_START)) {
      const street = endOfStreet(plain, match.index + match[0].length);
      if (street !== undefined) add(startOfFlat(plain, match.index), endOf(TAIL, plain, street));
    }
    for (const match of plain.matchAll(ENGLISH)) add(match.index, match.index + match[0].length);
    for (const match of plain.matchAll(POSTCODE)) add(match.index, match.index + match[0].length);
    for (const match of plain.matchAll(BRITISH_POSTCODE)) add(match.index, match.index + match[0].length);
    for (const match of plain.matchAll(BOX)) add(match.index, match.index + match[0].length);
  }
  for (const match of plain.matchAll(LIVES)) {
    const start = match.index + match[0].length;
    const street = endOf(LIVES_STREET, plain, start);
    const end = street === start ? undefined : endOfStreet(plain, street);
    add(start, end === undefined ? endOf(LIVES_AT, plain, start) : endOf(TAIL, plain, end));
  }
  for (const match of plain.matchAll(CODE_LABEL)) {
    const end = match.index + match[0].length;
    add(end - (match[1] ?? "").length, end);
  }
  for (const match of plain.matchAll(LABEL)) {
    const start = match.index + match[0].length;
    const line = plain.indexOf("\n", start);
    const end = Math.min(line === -1 ? plain.length : line, start + 120);
    const value = plain.slice(start, end).trimEnd();
    if (value !== "" && !value.includes("@") && /^(?:[0-9]|[A-Z])/.test(value))
      add(start, start + value.length);
  }
  return found;
}

/** Where the flat, the building or the floor before a street begins; the street when there is none. */
function startOfFlat(plain: string, street: number): number {
  const before = plain.slice(Math.max(0, street - 90), street);
  return street - (FLAT_BEFORE.exec(before)?.[0].length ?? 0);
}

/** After the street's name; undefined when no name follows. */
function endOfStreet(plain: string, start: number): number | undefined {
  let end: number | undefined;
  let at = start;
  for (let words = 0; words < MOST_WORDS; words += 1) {
    const gap = /[ '-]{1,2}/y;
    gap.lastIndex = at;
    const space = gap.exec(plain)?.[0];
    if (space === undefined) break;
    STREET_WORD.lastIndex = at + space.length;
    const word = STREET_WORD.exec(plain)?.[0].replace(/\.$/, "");
    if (word === undefined || STOP.test(word.toLowerCase()) || /^[0-9]{5}$/.test(word)) break;
    at += space.length + word.length;
    if (!/^(?:de|du|des|d|la|le|les|l)$/.test(word)) end = at;
  }
  return end;
}

/** Where a sticky pattern ends, or where it was to begin. */
function endOf(pattern: RegExp, plain: string, start: number): number {
  pattern.lastIndex = start;
  const match = pattern.exec(plain);
  return start + (match?.[0].length ?? 0);
}
