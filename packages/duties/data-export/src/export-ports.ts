/** The ports that exporting needs. */
import type {} from "@preau/agreement";
import type { Contracts } from "@preau/contracts";
import type { Ports } from "@preau/kernel";
import type {} from "@preau/keys";

export type ExportPorts = Pick<
  Ports,
  | "agreements"
  | "clock"
  | "events"
  | "ids"
  | "instructions"
  | "jobs"
  | "journal"
  | "log"
  | "sources"
  | "subjects"
  | "unitOfWork"
  | "vault"
> & {
  readonly contracts: Pick<
    Contracts,
    | "controller"
    | "everything"
    | "placeOf"
    | "officers"
    | "contracts"
    | "purposeBases"
    | "hasBegun"
    | "ownPeriods"
  >;
};
