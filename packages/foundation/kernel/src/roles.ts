/**
 * The role table: who may act in the console. Data-subject roles (pupil, teacher, parent…) are the agreement's,
 * annex B, and are plain text here.
 */
import type { Bilingual } from "./language.ts";

export const actorRoles = {
  dataSubject: { en: "Data subject", fr: "Personne concernée" },
  controllerAdministrator: { en: "Client administrator", fr: "Administrateur du client" },
  controllerDpo: {
    en: "Client's data protection officer",
    fr: "Délégué à la protection des données du client",
  },
  publisherDpo: {
    en: "Publisher's data protection officer",
    fr: "Délégué à la protection des données de l’éditeur",
  },
  support: { en: "Support agent", fr: "Agent du support" },
  operations: { en: "Operations", fr: "Exploitation" },
  auditor: { en: "Auditor", fr: "Auditeur" },
  system: { en: "The system itself", fr: "Le système lui-même" },
} as const satisfies Record<string, Bilingual>;

export type ActorRole = keyof typeof actorRoles;

/** Who may call a route: anybody, anybody signed in, or these roles alone. */
export type Who = "anyone" | "signedIn" | readonly ActorRole[];
