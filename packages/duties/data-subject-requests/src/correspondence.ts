/** How an officer of a party is written to: through whom the agreement says, or by hand. @clause DA */
import { officerCorrespondence } from "@preau/agreement";
import type { ControllerId, Message } from "@preau/kernel";
import type { IntakePorts } from "./desk-ports.ts";

/** Undefined where the agreement names nobody: by hand alone. */
export function correspondenceFlow(
  { agreements }: Pick<IntakePorts, "agreements">,
  controller: ControllerId,
): Message["flow"] | undefined {
  const [recipient] = agreements.of(controller).annexA.correspondence?.through ?? [];
  if (recipient === undefined) return undefined;
  const { product, role, origin, purpose, category } = officerCorrespondence;
  return { controller, product, operation: "send", origin, role, categories: [category], purpose, recipient };
}
