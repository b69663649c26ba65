/**
 * Whatever stores personal data answers this port: the LMS adapters, every duty's own tables, the mailer's log, the
 * desk. The second face, `LookAgain`, shares no code with the first: it is how we know that nothing is left.
 * @clause D10.1a, D12.2
 */
import type { ExportSource } from "./export-source.ts";
import type { ControllerId, SubjectId } from "./ids.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Bilingual } from "./language.ts";
import type { Lifecycle } from "./lifecycle.ts";

/** Why data is erased. `retention` is a purge (a period has ended); the others are orders. */
export type Ground = "account-deleted" | "instruction" | "retention" | "contract-end";

/** An identifier of a person in one system, in clear: `{ kind: "moodle.user", value: "210" }`. Never logged. */
export interface Identifier {
  readonly kind: string;
  readonly value: string;
}

/** One person as a source must find them. */
export interface SubjectTarget {
  readonly subject: SubjectId;
  readonly identifiers: readonly Identifier[];
}

export interface NotCovered {
  /** What was not reached: a table, a file store, a cache. */
  readonly what: string;
  readonly why: string;
  readonly remedy?: string;
  /** The places it stands for, `table.column`, where they are known: what is found there again is no surprise. */
  readonly places?: readonly string[];
}

export interface SourceDescription {
  /** Stable id, the `store` of receipts: `moodle`, `school`, `mailer.log`. */
  readonly id: string;
  readonly title: Bilingual;
  /** Whose data it holds, when that is one controller alone: for the others it does not exist. */
  readonly controller?: ControllerId;
  readonly categories: readonly string[];
  /** Elapsed hours that the store documents for an erasure; `unknown` is never taken for zero. */
  readonly documentedDelayHours: number | "unknown";
  /**
   * How it stands to a restriction (art. 18), where being asked is not all of it. `unused`: what it keeps is evidence, and
   * nothing is done with it, so that there is nothing to restrict. `follows`: it hears `subject.restricted` and is under it
   * from that unit on. A store whose data is in use says neither.
   */
  readonly restriction?: "follows" | "unused";
  readonly notCovered: readonly NotCovered[];
}

export interface PlanRequest {
  readonly controller: ControllerId;
  readonly subjects: readonly SubjectTarget[];
  readonly ground: Ground;
  /** Persons under a hold required by law: planned as blocked, never erased. */
  readonly held?: readonly { readonly subject: SubjectId; readonly clause: string }[];
  /** Go on although an unknown table holds a planned subject; its verdict is then UNKNOWN. */
  readonly leaveUnknown?: boolean;
  readonly signal?: AbortSignal;
}

export interface TableCount {
  readonly table: string;
  readonly erased: number;
  readonly anonymised: number;
  readonly kept: number;
}

export interface KeptRows {
  readonly where: string;
  readonly rows: number;
  readonly reason: string;
  readonly clause: string;
  /** ISO date or instant until which it is kept; absent when nothing ends it. */
  readonly until?: string;
}

/** Identifiers gathered at plan time: what the second look searches for. Sealed at rest, destroyed when done. */
export interface Traces {
  readonly subjects: readonly {
    readonly subject: SubjectId;
    /** Values of reference columns (ids), by kind. */
    readonly references: readonly Identifier[];
    /** Clear values that would name the person in any text: addresses, logins, names, telephones. */
    readonly texts: readonly Identifier[];
  }[];
}

export interface ErasurePlan {
  readonly source: string;
  readonly controller: ControllerId;
  readonly ground: Ground;
  readonly subjects: readonly SubjectId[];
  /** Persons that will not be erased: restricted (art. 18) or held. */
  readonly blocked: readonly {
    readonly subject: SubjectId;
    readonly reason: "restricted" | "held";
    readonly clause: string;
  }[];
  /** Rows that would go, change or stay, by table. */
  readonly tables: readonly TableCount[];
  readonly kept: readonly KeptRows[];
  readonly notCovered: readonly NotCovered[];
  readonly traces: Traces;
  /**
   * One a planned person: `store|key|creation time`, by which a restored copy of that very row is known again. Personal
   * data: sealed at rest, kept in the replay list as HMACs alone. Absent where a store is never restored by itself.
   */
  readonly creationMarks?: readonly string[];
  /** What the source needs to run it later, after a restart too. Holds personal data: sealed at rest. */
  readonly state: Json;
}

/** One committed step of a run. `cursor` resumes after it; it holds no personal data. */
export interface ErasureStep extends TableCount {
  readonly cursor: Json;
}

export interface EraseOptions {
  /** The cursor of the last step known to be done. */
  readonly resume?: Json;
  readonly signal?: AbortSignal;
}

export interface CollectRequest {
  readonly controller: ControllerId;
  readonly subject: SubjectTarget;
  /**
   * Whether other persons stay in what is given: `keep` for the controller, whose data it all is; `withhold` for the
   * person (art. 15(4), 20(4)): no name, address, login, number or key of anybody else. `keep` when absent.
   */
  readonly others?: "keep" | "withhold";
  readonly signal?: AbortSignal;
}

/** A file's name and content. */
export interface RecordFile {
  readonly name: string;
  readonly bytes: () => AsyncIterable<Uint8Array>;
  /** Bytes, where the store knows. */
  readonly size?: number;
  /** Media type, where the store knows. */
  readonly type?: string;
  /**
   * Why there is no content to give: it is not in the file store, or it names other persons or cannot be read to its end to
   * tell. `bytes` then gives none.
   */
  readonly notGiven?: "missing" | "namesOthers";
}

/** One row, or one file, about one person. */
export interface PersonalRecord {
  readonly where: string;
  readonly category: string;
  readonly purpose: string;
  readonly row: JsonObject;
  /** What the row's references are called, by column: `{ "course": "Mathématiques 6e A" }`. Never a person. */
  readonly names?: Readonly<Record<string, string>>;
  /** Columns from which a secret of the account, or, where others are withheld, another person was taken out. */
  readonly withheld?: readonly string[];
  readonly file?: RecordFile;
}

export interface Rectification {
  readonly controller: ControllerId;
  readonly subject: SubjectTarget;
  readonly changes: readonly { readonly where: string; readonly field: string; readonly value: Json }[];
}

export interface ActionResult {
  readonly changed: number;
  /** What could not be done, and why. Empty when all was. */
  readonly refused: readonly NotCovered[];
}

export interface PersonalDataSource {
  describe(): SourceDescription;
  /** Dry run: what would go, change, stay. Writes nothing. Throws before any write when a planned person stands in an unknown table. */
  plan(request: PlanRequest): Promise<ErasurePlan>;
  /** Everything known about one person, streamed. */
  collect(request: CollectRequest): AsyncIterable<PersonalRecord>;
  /** Runs a plan in small steps. Running it twice is running it once; after a crash it goes on. A failing step throws. */
  erase(plan: ErasurePlan, options?: EraseOptions): AsyncIterable<ErasureStep>;
  /**
   * What a run of this plan would still erase and anonymise now, by table (`kept` as planned). After a crash, planned less
   * remaining is what was done; after a complete run every count is 0. Never throws because the person is gone already.
   */
  remaining(plan: ErasurePlan): Promise<readonly TableCount[]>;
  rectify(request: Rectification): Promise<ActionResult>;
  /** Art. 18: kept, but not used. A restricted person is not erased. */
  restrict(controller: ControllerId, subject: SubjectTarget): Promise<ActionResult>;
  lift(controller: ControllerId, subject: SubjectTarget): Promise<ActionResult>;
  /** Whether this store keeps the person under restriction. Absent where it cannot tell. */
  isRestricted?(controller: ControllerId, subject: SubjectTarget): Promise<boolean>;
}

export interface LookAgainReport {
  readonly referenceColumns: number;
  readonly textColumns: number;
  readonly files: number;
  readonly hits: number;
  /** Places of the hits, never the values. */
  readonly where: readonly { readonly place: string; readonly hits: number }[];
  readonly notCovered: readonly NotCovered[];
}

/** The independent second look: shares no code with the source's first face. */
export interface LookAgain {
  lookAgain(controller: ControllerId, traces: Traces, signal?: AbortSignal): Promise<LookAgainReport>;
}

/** The faces of one store, as the hub registers them. */
export interface RegisteredSource {
  readonly source: PersonalDataSource;
  readonly second: LookAgain;
  /** Of a store with accounts of its own. */
  readonly lifecycle?: Lifecycle;
  /** Of a store out of which more can be handed than one person's rows. */
  readonly exports?: ExportSource;
}
