/**
 * The ledger of releases: what was released or refused, what for, by whom, with which controllers, and with which figures.
 * No personal data stands in it. @clause D13.1, D13.2
 */
import type { ActorRole, Bilingual, ControllerId, Id, Instant } from "@preau/kernel";
import type { Reason } from "./anonymise-reasons.ts";
import type { Loss } from "./loss.ts";
import type { ObjectionId } from "./objection.ts";
import type { Answer } from "./three-questions.ts";

export type ReleaseId = Id<"rel">;

/** The two words of the law: what is not anonymised is pseudonymised at most, and stays personal data (D13.2). */
export type ReleaseVerdict = "anonymised" | "pseudonymised";

/**
 * `entered`: in the ledger, its files on their way to their place; `released`: they are there; `destroyed`: the copy is gone;
 * `lost`: the files were not found again after a crash; `refused`: nothing was written.
 */
export type ReleaseState = "entered" | "released" | "destroyed" | "lost" | "refused";

/** Why a controller that was asked for is out. */
export type OutReason = "objected" | "agreement" | "noContract" | "noRows";

export interface ControllerIn {
  readonly controller: ControllerId;
  /** `sha256:…` of the agreement under which it takes part. */
  readonly agreement: string;
  /** Its rows that were read. */
  readonly rows: number;
  /** The objection that had been received before this release was entered, and was recorded after it. */
  readonly after?: ObjectionId;
}

export interface ControllerOut {
  readonly controller: ControllerId;
  readonly why: OutReason;
  /** Opposed since. */
  readonly since?: Instant;
}

export interface ReleaseFile {
  readonly name: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** What the gate answered. */
export interface ReleaseFigures {
  /** The three questions. */
  readonly answers: readonly Answer[];
  /** Columns that came and that the plan does not name. */
  readonly leftOutColumns: readonly string[];
  /** Of what was released: how much less it says than its source. */
  readonly loss?: Loss;
  /** Of what was refused: why, and what can be done. */
  readonly reasons?: readonly Reason[];
}

export interface Release {
  readonly id: ReleaseId;
  readonly verdict: ReleaseVerdict;
  readonly state: ReleaseState;
  /** The plan's id and `sha256:…` of it. */
  readonly plan: string;
  readonly planHash: string;
  readonly title: Bilingual;
  /** What for, as D13.1 names it: `statistics`. */
  readonly purpose: string;
  readonly by: ActorRole;
  /** Reference of the instruction on which it was made, where there is one. */
  readonly instruction?: string;
  readonly startedAt: Instant;
  /** From this instant on it is a release: an objection that came before has kept its controller out of it. */
  readonly enteredAt: Instant;
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly k?: number;
  readonly l?: number;
  readonly figures: ReleaseFigures;
  readonly files: readonly ReleaseFile[];
  readonly place?: string;
  readonly destroyedAt?: Instant;
  readonly in: readonly ControllerIn[];
  readonly out: readonly ControllerOut[];
}
