/**
 * An erasure: the order to erase some persons of one controller, its clock, and how far it has come.
 * `ordered → planned` (the receipt is open: nothing was deleted before) `→ erased → closed`. @clause D12.2
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

/** Progress of one store: counts so far, and where to go on. No personal data. */
export interface StoreProgress {
  readonly tables: readonly TableCount[];
  readonly done: boolean;
  /** Error code of the last failure. */
  readonly failed?: string;
}

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
  readonly state: ErasureState;
  /** The receipt that was opened for it. */
  readonly receipt?: ReceiptId;
  readonly openedAt?: Instant;
  readonly closedAt?: Instant;
  /** By store id. */
  readonly progress: Readonly<Record<string, StoreProgress>>;
}
