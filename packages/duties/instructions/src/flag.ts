/** An instruction that seemed to break the law, and what the controller made of it. @clause D6.2a */
import type { ActorRole, ControllerId, Id, Instant, InstructionId } from "@preau/kernel";

export type FlagId = Id<"flg">;

/** What the system sees by itself, in a fixed order; `other` is a person's word. */
export const doubtReasons = [
  "allowsNobody",
  "answerWithoutRequest",
  "exportToThirdParty",
  "keepBeyondCeiling",
  "restrictedPerson",
  "other",
] as const;
export type DoubtReason = (typeof doubtReasons)[number];

/** `confirmed`: it goes on, on the controller's own responsibility. `lifted`: whoever flagged it sees no doubt any more. */
export type FlagOutcome = "confirmed" | "withdrawn" | "lifted";

export interface Flag {
  readonly id: FlagId;
  readonly controller: ControllerId;
  readonly instruction: InstructionId;
  readonly reasons: readonly DoubtReason[];
  /** In words, sealed. */
  readonly explained?: Buffer;
  readonly raisedBy: ActorRole;
  readonly raisedAt: Instant;
  /** When a message about it was queued. */
  readonly toldAt?: Instant;
  readonly settled?: {
    readonly outcome: FlagOutcome;
    readonly by: ActorRole;
    readonly at: Instant;
    readonly why?: Buffer;
  };
}
