/**
 * Whoever is being erased does not come back half way: a sign-in between two stores' turns would write anew what the first of
 * them has erased already, and the receipt would be wrong. @clause D12.2
 */
import type { GateCheck } from "@preau/kernel";
import { hasOpenErasure } from "./store/erasures.ts";

/** One indexed read. @clause D12.2 */
export function openErasureCheck(): GateCheck {
  return {
    id: "retention.openErasure",
    clause: "D12.2",
    concerns: ({ operation, subject }) => operation === "store" && subject !== undefined,
    check: async ({ controller, subject }, unit) => {
      if (subject === undefined || !(await hasOpenErasure(unit, controller, subject)))
        return { allowed: true };
      return {
        allowed: false,
        clause: "D12.2",
        reason: "BEING_ERASED",
        remedy: {
          en: "This account is being deleted, which takes a day at most. Try again once that is done: a new account is then made.",
          fr: "Ce compte est en cours de suppression, ce qui prend un jour au plus. Réessayez ensuite\u202f: un nouveau compte sera ouvert.",
        },
      };
    },
  };
}
