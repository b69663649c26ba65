/**
 * A controller's objection to anonymisation: in writing, at any time, for the future only; an e-mail is enough. What
 * counts is the instant at which the writing reached us, not the one at which somebody got round to recording it.
 * @clause D13.3
 */
import type { OfficerRole } from "@preau/contracts";
import type { ActorId, ActorRole, ControllerId, Id, Instant, SubjectId } from "@preau/kernel";

export type ObjectionId = Id<"obj">;

/** On the page by the controller's own people, or on paper. */
export const means = ["page", "email", "letter"] as const;
export type Means = (typeof means)[number];

/** Who does something here. */
export interface Actor {
  readonly role: ActorRole;
  readonly id?: ActorId | SubjectId;
}

/** What the publisher's people write down of what was written to them. It names nobody: they have the writing itself. */
export interface Evidence {
  readonly receivedAt: Instant;
  readonly means: Exclude<Means, "page">;
  /** In what capacity its writer acts for the controller. */
  readonly writer: OfficerRole;
  /** Under which it is found again. */
  readonly reference: string;
}

export interface Written {
  /** From this instant on. */
  readonly receivedAt: Instant;
  readonly recordedAt: Instant;
  readonly recordedBy: ActorRole;
  readonly means: Means;
  readonly writer?: OfficerRole;
  readonly reference?: string;
}

export interface Objection extends Written {
  readonly id: ObjectionId;
  readonly controller: ControllerId;
  readonly withdrawn?: Written;
}

/** The instant since which a controller is out; undefined when it is not. */
export function opposedSince(objections: readonly Objection[]): Instant | undefined {
  return objections
    .filter(({ withdrawn }) => withdrawn === undefined)
    .map(({ receivedAt }) => receivedAt)
    .sort()[0];
}
