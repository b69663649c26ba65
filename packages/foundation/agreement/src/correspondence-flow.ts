/** How an officer of a party is written to under the agreement: to the controller itself, or by hand. @clause DA */
import type { ControllerId, Message } from "@preau/kernel";
import type { AgreementsInForce } from "./agreements-in-force.ts";
import { officerCorrespondence } from "./gate-table.ts";

/** Undefined where annex A says nothing of correspondence. Who carries the mail, the mailer asks the gate beside. @clause DA */
export function correspondenceFlow(
  agreements: Pick<AgreementsInForce, "of">,
  controller: ControllerId,
): Message["flow"] | undefined {
  if (agreements.of(controller).annexA.correspondence === undefined) return undefined;
  const { product, role, origin, purpose, category } = officerCorrespondence;
  return {
    ...{ controller, product, role, origin, purpose, operation: "send", recipient: "controller" },
    categories: [category],
  };
}
