/**
 * A change of annex C: somebody joins or is replaced, a scope gets wider, data leaves for a third country. It is drafted,
 * announced to the controllers, and opens for each of them by itself; taken back, it opens for nobody any more.
 * @figure D8.2, D9.3
 */
import type { Subprocessor } from "@preau/agreement";
import type { LocalDate } from "@preau/calendar";
import type { Bilingual, Id, Instant } from "@preau/kernel";
import type { Places } from "./subprocessor.ts";

export type ChangeId = Id<"spc">;

export const changeKinds = ["add", "replace", "extendScope", "transfer"] as const;
export type ChangeKind = (typeof changeKinds)[number];

export const changeStates = ["draft", "announced", "withdrawn"] as const;
export type ChangeState = (typeof changeStates)[number];

export type Audience = "all" | "named";

/** What a controller needs in order to object, beside the entry itself. Says nothing of any person. */
export interface NoticeContent {
  /** What it is for, in plain words; the agreement's own wording of the purposes stands beside it. */
  readonly purpose: Bilingual;
  readonly places: Places;
  /** What it keeps, for how long, and how it erases. */
  readonly retention: Bilingual;
  /** The guarantees that it offers, and when they were reviewed. */
  readonly guarantees: Bilingual;
}

/** What a person writes down. */
export interface ChangeValues {
  readonly kind: ChangeKind;
  /** As annex C would name it. */
  readonly entry: Subprocessor;
  /** Of a replacement: the recipient that it takes the place of. */
  readonly replaces?: string;
  readonly content: NoticeContent;
  /** It does not begin before that day, in the controller's zone, whenever the window closes. */
  readonly startsOn: LocalDate;
}

export interface Change extends ChangeValues {
  readonly id: ChangeId;
  readonly state: ChangeState;
  /** Once announced: every controller with a contract, those of later contracts too, or those that were named. */
  readonly audience?: Audience;
  readonly proposedAt: Instant;
  readonly announcedAt?: Instant;
  readonly withdrawnAt?: Instant;
  /** Two who edit at once are told apart by the version they saw. */
  readonly version: number;
}

/** Under which a change is announced: D9.3 for what leaves the Area, D8.2 for the others. */
export function clauseOf({ kind }: Pick<Change, "kind">): "D8.2" | "D9.3" {
  return kind === "transfer" ? "D9.3" : "D8.2";
}
