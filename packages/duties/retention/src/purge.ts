/**
 * A purge: persons of one store whose period under one rule is over, or soon will be. It is proposed with its reasons,
 * approved where the rule says so, and acts at its moment; then it is an erasure like any other, with a receipt.
 * `proposed → approved → ordered → closed`, or `cancelled`, or `empty` when everybody dropped out. @clause D12.4
 */
import type {
  ActorRole,
  ControllerId,
  Ground,
  Id,
  Instant,
  InstructionId,
  ReceiptId,
  SubjectId,
  Verdict,
} from "@preau/kernel";
import type { ErasureId } from "./erasure.ts";
import type { HoldId } from "./hold.ts";

export type PurgeId = Id<"prg">;
export type PurgeState = "proposed" | "approved" | "ordered" | "closed" | "cancelled" | "empty";
export const livePurgeStates = ["proposed", "approved"] as const satisfies readonly PurgeState[];
/** Whose word it waits for: nobody's, the controller's, or anybody's who may look at a purge too large to go unseen. */
export type PurgeNeeds = "nobody" | "controller" | "human";

export interface Purge {
  readonly id: PurgeId;
  readonly controller: ControllerId;
  readonly source: string;
  /** Kind of that store's account identifiers. */
  readonly kind: string;
  /** Id of the agreement's rule, and its clause. */
  readonly rule: string;
  readonly clause: string;
  readonly ground: Extract<Ground, "retention" | "account-deleted">;
  readonly state: PurgeState;
  readonly needs: PurgeNeeds;
  /** A ceiling of the agreement: from then on it acts without an approval too. */
  readonly ceilingAt?: Instant;
  /** Persons when it was proposed. */
  readonly persons: number;
  readonly proposedAt: Instant;
  readonly actsAt: Instant;
  readonly approvedAt?: Instant;
  readonly approvedBy?: ActorRole;
  /** The instruction that approved or cancelled it. */
  readonly approval?: InstructionId;
  readonly actedAt?: Instant;
  readonly erasure?: ErasureId;
  readonly receipt?: ReceiptId;
  readonly verdict?: Verdict;
}

/** `waiting` until it acts; then `ordered`, or out of it: `moved` (the facts have), `held`, `kept` (cancelled). */
export type PersonState = "waiting" | "ordered" | "moved" | "held" | "kept";
export type DropWhy = "gone" | "notDue" | "otherRule" | "noRule" | "held" | "cancelled" | "forgotten";

export interface PurgePerson {
  readonly subject: SubjectId;
  /** Last instant in time when it was proposed. */
  readonly dueAt: Instant;
  readonly state: PersonState;
  readonly why?: DropWhy;
  readonly hold?: HoldId;
}

/** May it act now, as it stands? @clause D12.4 */
export function mayAct(purge: Purge, now: Instant): boolean {
  if (now < purge.actsAt) return false;
  if (purge.state === "approved") return true;
  if (purge.state !== "proposed") return false;
  if (purge.needs === "nobody") return true;
  return purge.needs === "controller" && purge.ceilingAt !== undefined && now >= purge.ceilingAt;
}
