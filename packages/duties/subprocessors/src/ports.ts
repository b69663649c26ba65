/** The ports that subprocessors need. */
import type {} from "@preau/agreement";
import type { Contracts } from "@preau/contracts";
import type { Ports } from "@preau/kernel";
import type {} from "@preau/keys";
import type {} from "@preau/web";

export type SubprocessorPorts = Pick<
  Ports,
  | "agreements"
  | "clock"
  | "ids"
  | "instructions"
  | "jobs"
  | "journal"
  | "links"
  | "log"
  | "mailer"
  | "unitOfWork"
  | "vault"
> & {
  readonly contracts: Pick<
    Contracts,
    "controller" | "list" | "placeOf" | "officers" | "contracts" | "stateOf" | "everything"
  >;
};
