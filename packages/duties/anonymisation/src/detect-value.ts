/**
 * What a value gives away: an identifier of a person, an establishment, a device or a record, or prose. Looks at the values
 * that would be released and at the words of a plan; asked once a different value. @clause D13.2
 */
import {
  findEmails,
  findIban,
  findIne,
  findNir,
  findSiren,
  findTelephones,
  findUai,
} from "@preau/identifiers";

export type ValueFinding =
  | "email"
  | "telephone"
  | "ine"
  | "nir"
  | "iban"
  | "establishment"
  | "ip"
  | "url"
  | "key"
  | "moment"
  | "addressee"
  | "text";

const IP = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}|::[0-9a-f]{1,4}/i;
const URL_LIKE = /\b(?:https?|ftp):\/\/|\bwww\.|@/i;
/** A UUID, a hash, a token: long, without spaces, with digits among the letters. */
const KEY =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}|(?<![\p{L}\p{N}])(?=[\p{L}_-]*\d)(?=\d*\p{L})[\p{L}\d_-]{14,}(?![\p{L}\p{N}])/iu;
const LONG_NUMBER = /\d{6,}/;
/** A day, or a time of day. */
const MOMENT = /\d{4}-\d{2}-\d{2}|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{1,2}:\d{2}\b/;
/** Mme Durand: a title before a capital. */
const ADDRESSEE =
  /(?:^|[\s(])(?:M\.|MM\.|Mr\.?|Mrs\.?|Ms\.?|Mme|Mmes|Mlle|Monsieur|Madame|Dr\.?|Pr\.?)\s+\p{Lu}/u;
/** Longer is prose, and so is what ends a sentence. */
const MOST_CHARACTERS = 60;
const MOST_WORDS = 8;

export function findInValue(text: string): ValueFinding | undefined {
  if (findEmails(text).length > 0) return "email";
  if (URL_LIKE.test(text)) return "url";
  if (findNir(text).length > 0) return "nir";
  if (findIban(text).length > 0) return "iban";
  if (findIne(text).length > 0) return "ine";
  if (findTelephones(text).length > 0) return "telephone";
  if (findUai(text).length > 0 || findSiren(text).length > 0) return "establishment";
  if (IP.test(text)) return "ip";
  if (MOMENT.test(text)) return "moment";
  if (KEY.test(text) || LONG_NUMBER.test(text)) return "key";
  if (ADDRESSEE.test(text)) return "addressee";
  return text.length > MOST_CHARACTERS || text.split(" ").length > MOST_WORDS || /[.!?…]\s+\p{Lu}/u.test(text)
    ? "text"
    : undefined;
}
