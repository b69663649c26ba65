/** Whom of a client one writes to, and under what the gate lets it out. @clause DA */
import { officerCorrespondence } from "@preau/agreement";
import type { Officer, OfficerRole } from "@preau/contracts";
import type { ControllerId, MailAddress, Message } from "@preau/kernel";

const ORDER: readonly OfficerRole[] = ["dpo", "representative", "contact"];

/** The data protection officer; else who represents the client; else its contact. Undefined when none has an address. */
export function addressOf(officers: readonly Officer[]): MailAddress | undefined {
  for (const role of ORDER) {
    const officer = officers.find((each) => each.role === role && each.email !== undefined);
    if (officer?.email !== undefined) return { name: officer.name, address: officer.email };
  }
  return undefined;
}

/** An officer's address, for correspondence, to the controller itself. */
export function correspondenceFlow(controller: ControllerId): Message["flow"] {
  const { product, role, origin, purpose, category } = officerCorrespondence;
  return {
    ...{ controller, product, role, origin, purpose, recipient: "controller", operation: "send" },
    categories: [category],
  };
}
