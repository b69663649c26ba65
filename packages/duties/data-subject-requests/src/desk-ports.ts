/** The ports of the desk: of taking in, and of passing on. */
import type {} from "@preau/agreement";
import type { Contracts } from "@preau/contracts";
import type { ActorId, ActorRole, Ports, SubjectId } from "@preau/kernel";
import type {} from "@preau/keys";
import type {} from "@preau/web";

/** Of taking a request in. */
export type IntakePorts = Pick<
  Ports,
  "agreements" | "clock" | "ids" | "jobs" | "journal" | "log" | "subjects" | "unitOfWork" | "vault"
> & {
  readonly contracts: Pick<Contracts, "controller" | "list" | "officers" | "placeOf">;
};

/** Of passing it on, and of what comes back. */
export type DeskPorts = IntakePorts & Pick<Ports, "links" | "mailer" | "sources">;

/** Who does it. */
export interface DeskActor {
  readonly role: ActorRole;
  readonly id?: ActorId | SubjectId;
}

export const SYSTEM: DeskActor = { role: "system" };
