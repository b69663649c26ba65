/** What every listed word may be, in one table: a word of a text is looked up once. */
import { FAMILY_NAMES } from "./family-names.ts";
import { AMBIGUOUS_GIVEN_NAMES, PLAIN_GIVEN_NAMES } from "./given-names.ts";
import { HEALTH_PAIRS, HEALTH_WORDS } from "./health-words.ts";
import {
  AFTER_CIVILITY,
  BELONGINGS,
  BETWEEN_PERSON_AND_NAME,
  CIVILITIES,
  DETERMINERS,
  GREETINGS,
  MONTHS,
  NAMED,
  PARTICLES,
  PERSONS,
  PLACE_LINKS,
  PLACE_NAMES,
  PLACES_AFTER,
  PLACES_BEFORE,
  PREDICATES,
  VERBS,
} from "./name-signs.ts";
import { ORDINARY_WORDS } from "./ordinary-words.ts";

export const ORDINARY = 1;
/** A given name and hardly anything else. */
export const GIVEN = 2;
/** A given name that is another word too. */
export const MAYBE_GIVEN = 4;
export const FAMILY = 8;
export const CIVILITY = 16;
export const NO_NAME_AFTER_CIVILITY = 32;
export const PERSON = 64;
export const PERSON_LINK = 128;
export const NAMES_SOMEBODY = 256;
export const PARTICLE = 512;
export const PLACE_BEFORE = 1024;
export const PLACE_LINK = 2048;
export const PLACE_AFTER = 4096;
export const DETERMINER = 8192;
export const VERB = 16_384;
export const PLACE_NAME = 32_768;
export const MONTH = 65_536;
export const HEALTH = 131_072;
export const HEALTH_PAIR = 262_144;
export const PREDICATE = 524_288;
export const BELONGING = 1_048_576;
export const GREETING = 2_097_152;

const CLASSES: readonly (readonly [number, Iterable<string>])[] = [
  [ORDINARY, ORDINARY_WORDS],
  [GIVEN, PLAIN_GIVEN_NAMES],
  [MAYBE_GIVEN, AMBIGUOUS_GIVEN_NAMES],
  [FAMILY, FAMILY_NAMES],
  [CIVILITY, CIVILITIES],
  [NO_NAME_AFTER_CIVILITY, AFTER_CIVILITY],
  [PERSON, PERSONS],
  [PERSON_LINK, BETWEEN_PERSON_AND_NAME],
  [NAMES_SOMEBODY, NAMED],
  [PARTICLE, PARTICLES],
  [PLACE_BEFORE, PLACES_BEFORE],
  [PLACE_LINK, PLACE_LINKS],
  [PLACE_AFTER, PLACES_AFTER],
  [DETERMINER, DETERMINERS],
  [VERB, VERBS],
  [PLACE_NAME, PLACE_NAMES],
  [MONTH, MONTHS],
  [PREDICATE, PREDICATES],
  [BELONGING, BELONGINGS],
  [GREETING, GREETINGS],
  [HEALTH, HEALTH_WORDS],
  [HEALTH_PAIR, [...HEALTH_PAIRS].map((pair) => pair.slice(0, pair.indexOf(" ")))],
];

let table: Map<string, number> | undefined;

/** The classes of a word in small plain letters, as the sum of the numbers above; 0 for a word of no list. */
export function classesOf(word: string): number {
  table ??= tableOf();
  return table.get(word) ?? 0;
}

function tableOf(): Map<string, number> {
  const made = new Map<string, number>();
  for (const [sign, words] of CLASSES) for (const word of words) made.set(word, (made.get(word) ?? 0) | sign);
  return made;
}
