/** The ports that acting on requests needs. */
import type {} from "@preau/agreement";
import type { ActorId, ActorRole, Ports, SubjectId } from "@preau/kernel";
import type {} from "@preau/keys";
import type {} from "@preau/web";

export type ExecutePorts = Pick<
  Ports,
  | "agreements"
  | "clock"
  | "events"
  | "ids"
  | "instructions"
  | "jobs"
  | "journal"
  | "log"
  | "sessions"
  | "sources"
  | "subjects"
  | "unitOfWork"
  | "vault"
>;

/** Who pressed the button. */
export interface Executor {
  readonly role: ActorRole;
  readonly id?: ActorId | SubjectId;
}
