/** What is done about one request on one instruction, and how far it is. */
import type {
  ActorRole,
  ControllerId,
  Id,
  Instant,
  InstructionId,
  RequestId,
  RequestMatter,
  SubjectId,
  Verdict,
} from "@preau/kernel";

export type ActionId = Id<"dsa">;

export type ActionState =
  /** A person orders the package. */
  | "waiting"
  /** Ordered, and not over. */
  | "running"
  /** Over, with a verdict. */
  | "ended"
  /** The instruction was taken back, and nothing more begins. */
  | "stopped";

export type ActionWhy =
  /** Taken back before anything was done. */
  | "REVOKED_BEFORE"
  /** Taken back when a part was done, or was under way: that part stays, and its verdict says how it came out. */
  | "REVOKED_AFTER"
  /** The package was not made, or was cancelled. */
  | "NOT_MADE"
  /** The package is there, and nobody has fetched it. */
  | "MADE"
  | "FETCHED"
  | (string & {});

export interface Action {
  readonly id: ActionId;
  readonly controller: ControllerId;
  readonly request: RequestId;
  readonly matter: RequestMatter;
  readonly instruction: InstructionId;
  /** Undefined once the person was erased. */
  readonly subject?: SubjectId;
  readonly by: ActorRole;
  readonly begunAt: Instant;
  readonly state: ActionState;
  /** Never more than what was verified: a receipt's, a restriction's, PENDING while nothing is known. */
  readonly verdict: Verdict;
  readonly why?: ActionWhy;
  /** What was made: an order `exp_…`, a receipt `ers_…`, a restriction `rsn_…`, an objection `dso_…`. */
  readonly thing?: string;
  readonly endedAt?: Instant;
}

/** Which correction of a rectification: where, without its value. */
export type CorrectionId = Id<"dsc">;

export interface Correction {
  readonly id: CorrectionId;
  readonly store: string;
  readonly where: string;
  readonly field: string;
  readonly begunAt?: Instant;
  readonly verdict: Verdict;
  readonly why?: string;
}
