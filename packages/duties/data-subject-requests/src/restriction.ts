/** Art. 18: a person's data is kept and not used, in every store, until the controller lifts it. */
import type {
  ActorRole,
  ControllerId,
  Id,
  Instant,
  InstructionId,
  RequestId,
  SubjectId,
  Verdict,
} from "@preau/kernel";

export type RestrictionId = Id<"rsn">;

/** Why a store's verdict is what it is; a code of an error where it failed. */
type StoreWhy =
  /** Restricted before us: it stays so when we lift. */
  | "RESTRICTED_BEFORE"
  /** It holds nothing of the person. */
  | "NOTHING_HELD"
  /** It keeps evidence and does nothing with it, as it says itself: there is nothing to restrict. */
  | "KEPT_UNUSED"
  /** It holds the person and has no way to restrict, as it says itself. */
  | "CANNOT"
  /** It says that it did, and a look shows that it did not. */
  | "NOT_DONE"
  /** The instruction was taken back, or the restriction lifted, before this store was asked. */
  | "NOT_BEGUN"
  | (string & {});

export interface RestrictionStore {
  readonly store: string;
  /** Undefined while it was not asked. */
  readonly wasBefore?: boolean;
  readonly begunAt?: Instant;
  readonly verdict: Verdict;
  readonly why?: StoreWhy;
  readonly lift?: { readonly verdict: Verdict; readonly why?: StoreWhy };
}

export interface Restriction {
  readonly id: RestrictionId;
  readonly controller: ControllerId;
  /** Undefined once the person was erased. */
  readonly subject?: SubjectId;
  /** While a store may still have to follow. */
  readonly isLive: boolean;
  readonly request?: RequestId;
  readonly instruction: InstructionId;
  readonly by: ActorRole;
  readonly since: Instant;
  readonly stoppedAt?: Instant;
  readonly lifted?: { readonly at: Instant; readonly instruction: InstructionId; readonly by: ActorRole };
}

export interface RestrictionView extends Restriction {
  readonly stores: readonly RestrictionStore[];
  /** Of all stores: how far it is restricted, or lifted once it was lifted. */
  readonly verdict: Verdict;
}
