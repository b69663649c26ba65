/**
 * Personal data flows for a product only while a contract of that controller names it. What hands data back outlives the
 * contract: erasing needs none at all, giving back needs one that has begun. @clause D1, D3
 */
import { officerCorrespondence } from "@preau/agreement";
import type { Bilingual, CheckAnswer, GateCheck } from "@preau/kernel";
import type { Contracts } from "./contracts-port.ts";
import type { Standing } from "./standing.ts";

const OPEN: Bilingual = {
  en: "Open a contract of this controller for this product.",
  fr: "Ouvrez un contrat de ce responsable de traitement pour ce produit.",
};
const refusals: Readonly<Record<Exclude<Standing, "RUNNING">, { clause: string; remedy: Bilingual }>> = {
  NO_CONTRACT: { clause: "D1", remedy: OPEN },
  PRODUCT_NOT_SUBSCRIBED: { clause: "D1", remedy: OPEN },
  NOT_STARTED: {
    clause: "D3",
    remedy: {
      en: "Wait for the contract's first day, or bring it forward.",
      fr: "Attendez le premier jour du contrat, ou avancez-le.",
    },
  },
  CONTRACT_ENDED: {
    clause: "D3",
    remedy: {
      en: "Renew the contract; until then data is only given back or erased.",
      fr: "Renouvelez le contrat ; d’ici là les données ne sont plus que restituées ou effacées.",
    },
  },
};

/** One indexed read, never for an erasure. @clause D1, D3 */
export function contractInForce(contracts: Pick<Contracts, "standing" | "hasBegun">): GateCheck {
  return {
    id: "contracts.inForce",
    clause: "D3",
    concerns: ({ operation }) => operation !== "erase",
    check: async ({ controller, product, operation }, unit): Promise<CheckAnswer> => {
      if (operation === "return" || operation === "export") {
        const begun = await contracts.hasBegun(unit, controller);
        return begun ? { allowed: true } : refusal("NO_CONTRACT");
      }
      const standing = await contracts.standing(unit, controller, product);
      // The parties write to each other as long as there is, or was, a contract between them.
      if (product === officerCorrespondence.product && standing !== "NO_CONTRACT") return { allowed: true };
      return standing === "RUNNING" ? { allowed: true } : refusal(standing);
    },
  };
}

function refusal(reason: keyof typeof refusals): CheckAnswer {
  return { allowed: false, reason, ...refusals[reason] };
}
