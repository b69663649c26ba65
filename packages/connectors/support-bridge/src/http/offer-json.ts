/** What an LMS is told of the support for one person: whether to load the desk's widget, and with what. Nobody's name is in it. */
import type { Bilingual } from "@preau/kernel";
import type { SupportOffer } from "../offer-support.ts";
import { TOKEN_NAME } from "../sources/crisp.ts";
import { remedies } from "../texts.ts";

export type OfferJson =
  | {
      readonly schema: "preau.supportOffer/1";
      readonly channel: "desk";
      readonly desk: string;
      readonly website?: string;
      readonly chat?: string;
      /** Lives twelve hours; says nothing to anybody but us. */
      readonly token: string;
      /** Calls for `$crisp`, in their order: the session's data, and nothing that says who. */
      readonly crisp?: readonly (readonly unknown[])[];
    }
  | {
      readonly schema: "preau.supportOffer/1";
      readonly channel: "form" | "none";
      readonly reason: string;
      readonly clause: string;
      readonly remedy: Bilingual;
      /** Of the hub, below its own address. */
      readonly page: string;
    };

export function offerJson(offer: SupportOffer): OfferJson {
  const schema = "preau.supportOffer/1";
  if (offer.channel !== "desk") {
    const { channel, reason, clause } = offer;
    const page = channel === "form" ? "/support" : "/requests/new";
    return { schema, channel, reason, clause, remedy: remedies[channel], page };
  }
  const { token, desk } = offer;
  return {
    schema,
    ...offer,
    ...(desk === "crisp" ? { crisp: [["set", "session:data", [[[TOKEN_NAME, token]]]]] } : {}),
  };
}
