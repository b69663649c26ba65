/** The ports that releases need. */
import type {} from "@preau/agreement";
import type { Contracts } from "@preau/contracts";
import type { Ports } from "@preau/kernel";
import type {} from "@preau/keys";

export type ReleasePorts = Pick<
  Ports,
  "agreements" | "clock" | "ids" | "journal" | "log" | "sources" | "unitOfWork" | "vault"
> & {
  /** The ledger of written instructions. */
  readonly instructions?: Ports["instructions"];
  readonly contracts: Pick<Contracts, "controller" | "everything" | "hasBegun" | "placeOf">;
};
