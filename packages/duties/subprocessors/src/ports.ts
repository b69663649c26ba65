/** The ports that subprocessors need. */
import type {} from "@preau/agreement";
import type { Contracts } from "@preau/contracts";
import type { EntryId, JournalEvent, Message, MessageId, Ports, Unit } from "@preau/kernel";
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
    "controller" | "placeOf" | "officers" | "contracts" | "stateOf" | "everything"
  >;
};

/** Members that the hub's own journal and mailer have, and that others may lack. */
export interface Many {
  readonly recordMany?: (unit: Unit, events: readonly JournalEvent[]) => Promise<readonly EntryId[]>;
  readonly sendMany?: (unit: Unit, messages: readonly Message[]) => Promise<readonly MessageId[]>;
}
