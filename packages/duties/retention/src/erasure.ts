/**
 * An erasure: the order to erase some persons of one controller, its clock, and how far it has come.
 * `ordered → planned` (the receipt is open: nothing was deleted before) `→ erased` (looking again) `→ closed`.
 * @clause D12.2
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
  TableCount,
} from "@preau/kernel";

/** An order to erase; its receipt has an id of its own. */
export type ErasureId = Id<"era">;
export type ErasureState = "ordered" | "planned" | "erased" | "closed";
/** Who runs it: the hub's worker over the hub's stores, or a caller who brings stores that the hub has not. */
export type ErasureRunner = "worker" | "caller";

/** Progress of one store. No personal data. */
export interface StoreProgress {
  /** Changes so far; tables without a change are left out. */
  readonly tables: readonly TableCount[];
  readonly done: boolean;
  /** Error code of the last failure; absent once it went well. */
  readonly failed?: string;
}

/** By store id. */
export type Progress = Readonly<Record<string, StoreProgress>>;

export interface Erasure {
  readonly id: ErasureId;
  readonly controller: ControllerId;
  readonly subjects: readonly SubjectId[];
  readonly ground: Ground;
  readonly clause: string;
  readonly requestedBy: ActorRole;
  readonly instruction?: InstructionId;
  readonly requestedAt: Instant;
  readonly dueAt: Instant;
  readonly runner: ErasureRunner;
  readonly state: ErasureState;
  /** The receipt that was opened for it. */
  readonly receipt?: ReceiptId;
  readonly openedAt?: Instant;
  readonly closedAt?: Instant;
  readonly progress: Progress;
}

/** An erasure as one run holds it. A later run takes a higher number, and what an earlier one writes is then refused. */
export interface TakenErasure extends Erasure {
  readonly run: number;
}

/** One whose receipt is open. */
export interface OpenedErasure extends TakenErasure {
  readonly receipt: ReceiptId;
  readonly openedAt: Instant;
}
