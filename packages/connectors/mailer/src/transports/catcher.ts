/** Nothing leaves: what would have left is shown on the page of messages. @clause DC */
import { redeem } from "@preau/kernel";
import { readMailAddress } from "../mail-address.ts";
import type { MailTransport } from "./transport.ts";

export function catcherTransport({ recipient }: { readonly recipient: string }): MailTransport {
  return {
    name: "catcher",
    // async: what the permit refuses rejects
    send: async ({ to, categories }, permit) => {
      if (readMailAddress(to) === undefined) return { outcome: "bounced", reason: "BAD_ADDRESS" };
      redeem(permit, { operation: "send", recipient, categories });
      return { outcome: "accepted" };
    },
    close: () => undefined,
  };
}
