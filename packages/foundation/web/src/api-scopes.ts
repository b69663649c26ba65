/** What a machine's token may open, in words, and what kind of machine uses it. A token has some scopes, never all by default. */
import type { Bilingual } from "@preau/kernel";

export const apiScopes = {
  "requests:write": { en: "Send data subjects' requests", fr: "Déposer des demandes de personnes" },
  "requests:read": {
    en: "Read how data subjects' requests stand",
    fr: "Lire où en sont les demandes de personnes",
  },
  "instructions:write": { en: "Give written instructions", fr: "Donner des instructions écrites" },
  "instructions:read": { en: "Read the ledger of instructions", fr: "Lire le registre des instructions" },
  "subprocessors:read": {
    en: "Read the subprocessors and their changes",
    fr: "Lire les sous-traitants et leurs changements",
  },
  "support:offer": {
    en: "Ask which support a person is offered",
    fr: "Demander quelle assistance est proposée à une personne",
  },
  "support:write": {
    en: "Send a person's message to support",
    fr: "Déposer le message d’une personne à l’assistance",
  },
} as const satisfies Readonly<Record<string, Bilingual>>;
export type ApiScope = keyof typeof apiScopes;

/** No free text: what somebody writes there could name a person. */
export const apiUses = {
  lms: { en: "A learning platform", fr: "Une plateforme d’apprentissage" },
  site: { en: "A form of our own site", fr: "Un formulaire de notre site" },
  other: { en: "Another machine", fr: "Une autre machine" },
} as const satisfies Readonly<Record<string, Bilingual>>;
export type ApiUse = keyof typeof apiUses;

export function isApiScope(text: unknown): text is ApiScope {
  return typeof text === "string" && Object.hasOwn(apiScopes, text);
}

export function isApiUse(text: unknown): text is ApiUse {
  return typeof text === "string" && Object.hasOwn(apiUses, text);
}
