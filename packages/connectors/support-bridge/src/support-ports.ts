/** The ports of the bridge. */
import type {} from "@preau/agreement";
import type {} from "@preau/contracts";
import type { ActorId, ActorRole, Ports, SubjectId } from "@preau/kernel";
import type {} from "@preau/keys";
import type {} from "./support.ts";

export type SupportPorts = Pick<
  Ports,
  | "agreements"
  | "clock"
  | "contracts"
  | "ids"
  | "jobs"
  | "journal"
  | "log"
  | "rightsDesk"
  | "support"
  | "unitOfWork"
  | "vault"
>;

/** Who does it. */
export interface SupportActor {
  readonly role: ActorRole;
  readonly id?: ActorId | SubjectId;
}

export const SYSTEM: SupportActor = { role: "system" };
