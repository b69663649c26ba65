/**
 * The end of a contract, one walk with states that survive a crash:
 * `chosen` (what becomes of the data, or still to be chosen until the day) `→ window` (the service is open to the client's
 * administrators alone) `→ handedBack` (where return was chosen) `→ erasing → certified`. Until `erasing` it can be
 * `cancelled`, and the doors then stand as they stood before. @clause D6.2c, S10
 */
import type { ContractId, EndChoice } from "@preau/contracts";
import type {
  ActorRole,
  Bilingual,
  ControllerId,
  Doors,
  Id,
  Instant,
  InstructionId,
  NotCovered,
} from "@preau/kernel";
import type { ErasureId } from "./erasure.ts";

export type ContractEndId = Id<"end">;
export type ContractEndState = "chosen" | "window" | "handedBack" | "erasing" | "certified" | "cancelled";

/** Why a walk stands still although its moment has come. Stable: the page and the log say it. */
export type StopReason =
  | "renewed"
  | "otherContract"
  | "otherProduct"
  | "noChoice"
  | "noFolder"
  | "notAcknowledged"
  | "notConfirmed"
  | "doorsRefused"
  | "somebodyLeft";

/** Somebody's word on a walk: an instruction of the controller, with its reference where another wrote it down. */
export interface Given {
  readonly by: ActorRole;
  readonly at: Instant;
  readonly instruction: InstructionId;
  readonly reference?: string;
}

/** The doors of one store. */
export interface DoorNote {
  readonly source: string;
  /** The application's own mechanism; absent where a store has none, and then nothing was closed there. */
  readonly mechanism?: Bilingual;
  /** As they stood before this walk touched them; what was closed then stays closed when they are given back. */
  readonly before?: Doors;
  readonly closed: boolean;
  readonly refused: readonly NotCovered[];
}

/** What was handed back. The manifest lists every file with its SHA-256. */
export interface HandBackNote {
  /** `sha256:…` of the manifest. */
  readonly manifest: string;
  readonly at: Instant;
  readonly persons: number;
  readonly rows: number;
  readonly files: number;
  readonly bytes: number;
  readonly tables: readonly { readonly store: string; readonly table: string; readonly rows: number }[];
}

/** How far the erasure of everybody has come. */
export interface Erasing {
  readonly beganAt: Instant;
  /** Last cursor by store; `null` once a store's accounts have all been named. */
  readonly cursors: Readonly<Record<string, string | null>>;
  readonly erasures: readonly ErasureId[];
  readonly persons: number;
  /** Persons kept by holds that a law requires. */
  readonly held: readonly {
    readonly hold: string;
    readonly basis: string;
    readonly until?: string;
    readonly persons: number;
  }[];
}

export interface EndFacts {
  readonly choice?: EndChoice;
  /** Whose word the choice is. */
  readonly given?: Given;
  /** Formatted durations; absent where nothing was agreed, which is none. */
  readonly window?: string;
  readonly guard?: string;
  /** The folder of the hand-back. */
  readonly out?: string;
  readonly windowFrom?: Instant;
  readonly windowUntil?: Instant;
  readonly doors: readonly DoorNote[];
  readonly handBack?: HandBackNote;
  /** The client says that it has what was handed back. */
  readonly acknowledged?: Given;
  /** Somebody has looked, and lets the erasure begin. */
  readonly confirmed?: Given;
  readonly erasing?: Erasing;
  /** The client takes it back; the doors are given back then. */
  readonly withdrawn?: Given;
  readonly cancelledWhy?: "renewed" | "withdrawn";
}

export interface ContractEnd {
  readonly id: ContractEndId;
  readonly controller: ControllerId;
  readonly contract: ContractId;
  readonly state: ContractEndState;
  readonly stopped?: StopReason;
  /** A later run, or somebody's word, takes a higher number: what an earlier run writes is then refused. */
  readonly run: number;
  readonly openedAt: Instant;
  readonly closedAt?: Instant;
  readonly facts: EndFacts;
}

/** Is the data handed back under that choice? Whatever is returned, the copies that remain are erased (GDPR art. 28(3)(g)). */
export function handsBack(choice: EndChoice | undefined): boolean {
  return choice === "return" || choice === "returnThenDelete";
}

export function isLive({ state }: Pick<ContractEnd, "state">): boolean {
  return state !== "certified" && state !== "cancelled";
}

/** Nothing was erased yet. */
export function isReversible({ state }: Pick<ContractEnd, "state">): boolean {
  return state === "chosen" || state === "window" || state === "handedBack";
}
