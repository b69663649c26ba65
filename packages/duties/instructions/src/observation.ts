/**
 * A request to observe practices: what for, who in what capacity, when, and exactly which fields. What the client approves is
 * what it was shown, by its hash. @clause S14
 */
import { createHash } from "node:crypto";
import type { ActorRole, ControllerId, Id, Instant, InstructionId } from "@preau/kernel";

export type ObservationId = Id<"obs">;

/** `withdrawn`: the publisher does not ask any more. */
export type ObservationState = "asked" | "approved" | "refused" | "withdrawn";

export interface ObservationTerms {
  readonly product: string;
  readonly purpose: string;
  /** In what capacity, never a name. */
  readonly capacity: string;
  /** `table.column`, in order, once each. */
  readonly fields: readonly string[];
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

export interface Observation extends ObservationTerms {
  readonly id: ObservationId;
  readonly controller: ControllerId;
  /** Of all that is shown. */
  readonly hash: string;
  readonly askedBy: ActorRole;
  readonly askedAt: Instant;
  readonly changedAt?: Instant;
  readonly toldAt?: Instant;
  readonly state: ObservationState;
  readonly answered?: { readonly by: ActorRole; readonly at: Instant };
  readonly instruction?: InstructionId;
}

/** SHA-256 of everything that the client's people are shown. @clause S14 */
export function shownHash(id: ObservationId, terms: ObservationTerms): string {
  const { product, purpose, capacity, fields, startsAt, endsAt } = terms;
  const shown = JSON.stringify([id, product, purpose, capacity, fields, startsAt, endsAt]);
  return createHash("sha256").update("preau observation\0").update(shown).digest("hex");
}
