export type { Found } from "./find.ts";
export {
  findSiren,
  findSiret,
  isSiren,
  isSiret,
  parseSiren,
  parseSiret,
  type Siren,
  type Siret,
  sirenOf,
} from "./siret.ts";
export { findUai, isUai, parseUai, type Uai } from "./uai.ts";
export { findIne, type Ine, type IneForm, isIne, parseIne } from "./ine.ts";
export { findNir, isNir, type Nir, parseNir } from "./nir.ts";
export { findIban, type Iban, isIban, parseIban } from "./iban.ts";
export { findTelephones, isTelephone, parseTelephone, type Telephone } from "./telephone.ts";
export { type Email, findEmails, isEmail, parseEmail } from "./email.ts";
export { foldName, nameForms, sameName } from "./name-forms.ts";
export { type RedactedText, type Redaction, type RedactOptions, redactText } from "./redact-text.ts";
export { MASKS, type RedactedKind } from "./redaction-masks.ts";
export { hashWord, type KnownKind, type KnownWords, type Place } from "./known-words.ts";
export { hashesOf, type WalledIdentity, type WalledWord, walledWords } from "./walled-words.ts";
export { findInReadings, findWalled, type FoundWord } from "./find-walled.ts";
export { decodings, type Reading, readingsOf, textOf } from "./readings.ts";
