/** The ports that the duty needs. */
import type {} from "@preau/agreement";
import type {} from "@preau/contracts";
import type { Due, DueScope, Ports } from "@preau/kernel";
import type {} from "@preau/keys";
import type {} from "@preau/web";

declare module "@preau/kernel" {
  interface Ports {
    /** What is due out of every plugin, so that a clock that runs on is seen beside what is held. The hub gives it. */
    readonly allDues?: (scope: DueScope) => Promise<readonly Due[]>;
  }
}

export type InstructionsPorts = Pick<
  Ports,
  | "agreements"
  | "apiTokens"
  | "allDues"
  | "clock"
  | "contracts"
  | "events"
  | "ids"
  | "instructions"
  | "jobs"
  | "journal"
  | "links"
  | "log"
  | "mailer"
  | "sources"
  | "unitOfWork"
  | "vault"
>;
