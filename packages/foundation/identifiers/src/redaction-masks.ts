/** What stands in the place of what was taken out: words that keep the sense of the sentence. */
import type { Language } from "@preau/kernel";

export type RedactedKind =
  | "name"
  | "email"
  | "telephone"
  | "ine"
  | "nir"
  | "iban"
  | "siret"
  | "uai"
  | "birthDate"
  | "address"
  | "health"
  | "login"
  | "number";

export const MASKS: Readonly<Record<Language, Readonly<Record<RedactedKind, string>>>> = {
  fr: {
    name: "[nom]",
    email: "[adresse électronique]",
    telephone: "[téléphone]",
    ine: "[INE]",
    nir: "[numéro de sécurité sociale]",
    iban: "[IBAN]",
    siret: "[SIRET]",
    uai: "[UAI]",
    birthDate: "[date de naissance]",
    address: "[adresse]",
    health: "[santé]",
    login: "[identifiant]",
    number: "[numéro]",
  },
  en: {
    name: "[name]",
    email: "[e-mail address]",
    telephone: "[telephone]",
    ine: "[INE]",
    nir: "[social security number]",
    iban: "[IBAN]",
    siret: "[SIRET]",
    uai: "[UAI]",
    birthDate: "[date of birth]",
    address: "[address]",
    health: "[health]",
    login: "[login]",
    number: "[number]",
  },
};

/** Every mask of either language in plain letters. */
export const MASK_PATTERN = new RegExp(
  `\\[(?:${[
    ...new Set(
      Object.values(MASKS).flatMap((masks) =>
        Object.values(masks).map((mask) => mask.slice(1, -1).normalize("NFD").replace(/\p{M}/gu, "")),
      ),
    ),
  ].join("|")})\\]`,
  "g",
);
