/**
 * Keeps flows for anonymisation away from what an opposed controller holds. A flow is for anonymisation when its purpose is
 * one that the agreement says needs the operation `anonymise`, or bears that name itself; it leaves a store when it is an
 * export or is sent. Anything else, the controller's own exports among it, is none of this check's business. @clause D13.3
 */
import type { Flow, GateCheck } from "@preau/kernel";
import type { ReleasePorts } from "./release-ports.ts";
import { readStandings } from "./store/objections.ts";

const OPERATIONS: ReadonlySet<Flow["operation"]> = new Set(["export", "send"]);
const ANONYMISATION = "anonymisation";

/** One indexed read. @clause D13.3 */
export function objectionCheck({ agreements }: Pick<ReleasePorts, "agreements">): GateCheck {
  const needsIt = ({ controller, purpose }: Flow) =>
    purpose === ANONYMISATION ||
    agreements
      .of(controller)
      .purposes.some(({ id, needs }) => id === purpose && needs?.includes("anonymise"));
  return {
    id: "anonymisation.opposed",
    clause: "D13.3",
    concerns: (flow) => OPERATIONS.has(flow.operation) && needsIt(flow),
    check: async ({ controller }, unit) => {
      if (!(await readStandings(unit, [controller])).has(controller)) return { allowed: true };
      return {
        allowed: false,
        clause: "D13.3",
        reason: "OPPOSED",
        remedy: {
          en: "The controller objected to anonymisation: leave its data out until it withdraws the objection in writing.",
          fr: "Le responsable de traitement s’est opposé à l’anonymisation\u202f: laissez ses données de côté tant qu’il n’a pas levé l’opposition par écrit.",
        },
      };
    },
  };
}
