/**
 * Whoever's data is restricted (GDPR art. 18) is kept and not used: nothing new is stored of them, and a sign-in would.
 * @clause D10.1a
 */
import type { GateCheck } from "@preau/kernel";
import { hasRestricted } from "../store/account-rows.ts";

/** One indexed read. @clause D10.1a */
export function restrictedCheck(): GateCheck {
  return {
    id: "gar.restricted",
    clause: "D10.1a",
    concerns: ({ operation, subject }) => operation === "store" && subject !== undefined,
    check: async ({ controller, subject }, unit) => {
      if (subject === undefined || !(await hasRestricted(unit, controller, subject)))
        return { allowed: true };
      return {
        allowed: false,
        clause: "D10.1a",
        reason: "RESTRICTED",
        remedy: {
          en: "The processing of this account is restricted: ask the controller to lift the restriction.",
          fr: "Le traitement de ce compte est limité\u202f: demandez au responsable de traitement de lever la limitation.",
        },
      };
    },
  };
}
