/** The ports that erasing needs. */
import type {} from "@preau/agreement";
import type { Contracts } from "@preau/contracts";
import type {} from "@preau/journal";
import type { Ports } from "@preau/kernel";
import type {} from "@preau/keys";

export type RetentionPorts = Pick<
  Ports,
  | "agreements"
  | "backups"
  | "clock"
  | "events"
  | "ids"
  | "jobs"
  | "journal"
  | "log"
  | "receipts"
  | "replay"
  | "sources"
  | "subjects"
  | "unitOfWork"
  | "vault"
> & {
  /** The ledger of written instructions; what is said without one stands in the journal alone. */
  readonly instructions?: Ports["instructions"];
  /** In whose calendar a controller's periods are counted. */
  readonly contracts: Pick<Contracts, "placeOf" | "contracts" | "everything" | "ownPeriods" | "stateOf">;
};
