/**
 * Whoever's data is restricted (GDPR art. 18) is kept and not used: nothing about them is stored, shown, sent, answered,
 * exported or erased. What the controller takes back for itself still goes to it. @clause D10.1a
 */
import type { GateCheck } from "@preau/kernel";
import { isRestrictedNow } from "./store/restrictions.ts";

/** One read by a unique index. @clause D10.1a */
export function restrictionCheck(): GateCheck {
  return {
    id: "data-subject-requests.restricted",
    clause: "D10.1a",
    concerns: ({ operation, recipient, subject }) =>
      subject !== undefined && !(operation === "return" && recipient === "controller"),
    check: async ({ controller, subject }, unit) => {
      if (subject === undefined || !(await isRestrictedNow(unit, controller, subject)))
        return { allowed: true };
      return {
        allowed: false,
        clause: "D10.1a",
        reason: "RESTRICTED",
        remedy: {
          en: "The processing of this person’s data is restricted: the controller lifts the restriction first, in writing.",
          fr: "Le traitement des données de cette personne est limité\u202f: le responsable de traitement lève d’abord la limitation, par écrit.",
        },
      };
    },
  };
}
