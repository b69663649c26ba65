/**
 * What a person objected to (GDPR art. 21) is not done for them any more. Erasing and handing back serve no purpose of the
 * processing: they stay open. @clause D10.1a
 */
import type { GateCheck } from "@preau/kernel";
import { standingObjection } from "./store/objections.ts";

/** One read by a unique index. @clause D10.1a */
export function objectedCheck(): GateCheck {
  return {
    id: "data-subject-requests.objected",
    clause: "D10.1a",
    concerns: ({ operation, subject }) =>
      subject !== undefined && operation !== "erase" && operation !== "return",
    check: async ({ controller, subject, purpose }, unit) => {
      if (
        subject === undefined ||
        (await standingObjection(unit, controller, { subject, purpose })) === undefined
      )
        return { allowed: true };
      return {
        allowed: false,
        clause: "D10.1a",
        reason: "OBJECTED",
        remedy: {
          en: "This person objected to that purpose: leave them out of it until the controller takes its instruction back in writing.",
          fr: "Cette personne s’est opposée à cette finalité\u202f: laissez-la de côté tant que le responsable de traitement n’a pas retiré son instruction par écrit.",
        },
      };
    },
  };
}
