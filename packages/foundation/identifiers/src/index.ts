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
