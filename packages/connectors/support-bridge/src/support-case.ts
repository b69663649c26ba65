/**
 * A case: one conversation of one person with the support, at the desk or in the hub. What is written is masked before it rests,
 * and sealed under the case's own key, which goes with the person or when the case is over. @clause DC, DB.n
 */
import type {
  ControllerId,
  Id,
  InquiryId,
  Instant,
  InstructionId,
  Language,
  Origin,
  RequestMatter,
  SubjectId,
} from "@preau/kernel";

export type CaseId = Id<"sup">;
export type WordsId = Id<"spw">;

export type CaseChannel =
  /** A conversation at the support desk. */
  | "desk"
  /** The publisher's own form, in the hub. */
  | "form";

/** On which side of the wall it stands. */
export type CaseSide =
  /** An administrator or a teacher outside the GAR: the desk may have it. */
  | "desk"
  /** Of the GAR, of a pupil, a child or a parent: the hub alone; what is at the desk goes. */
  | "hub"
  /** Nobody knows yet who writes: nothing leaves for the desk until a person has said. */
  | "unknown";

export type CaseState = "open" | "answered" | "closed";

/** What becomes of the conversation at the desk. */
export type DeskState =
  | "none"
  | "there"
  /** To be erased there. */
  | "leaving"
  /** Erased there, and seen to be gone. */
  | "gone"
  /** The desk refuses or does not answer for good: a person must see to it. */
  | "stuck";

export interface SupportCase {
  readonly id: CaseId;
  /** The publisher's own scope while it is not known whose it is. */
  readonly controller: ControllerId;
  readonly channel: CaseChannel;
  readonly side: CaseSide;
  /** Why it stands on that side: a word of a fixed list, and the clause. */
  readonly reason?: string;
  readonly clause?: string;
  readonly state: CaseState;
  readonly desk: DeskState;
  readonly product?: string;
  readonly origin?: Origin;
  readonly role?: string;
  readonly subject?: SubjectId;
  readonly language: Language;
  readonly openedAt: Instant;
  readonly lastAt: Instant;
  readonly closedAt?: Instant;
  /** When its key was destroyed. */
  readonly textGoneAt?: Instant;
  /** Since when it is kept, neither shown nor answered (GDPR art. 18). */
  readonly restrictedAt?: Instant;
}

/** What of a case is sealed beside its words: the desk's own references. */
export interface CaseReferences {
  readonly conversation?: string;
  readonly person?: string;
}

export type WordsState =
  /** Came in, or was answered at the desk itself. */
  | "kept"
  /** An answer that waits for its turn. */
  | "queued"
  | "sent"
  /** Stands in the hub until the person comes back. */
  | "waits"
  | "read"
  /** The gate, the wall or the desk refused it. */
  | "refused"
  /** Taken back at the desk, before or after it reached us: its line alone. */
  | "removed";

/** Whether a right seems to be asked for, and what a person says of it. */
export type ProposalState =
  | "none"
  | "open"
  | "confirmed"
  | "rejected"
  /** Nobody said in time: it went to the rights desk by itself. */
  | "passedOn";

/** One message of a case. */
export interface SupportWords {
  readonly id: WordsId;
  readonly controller: ControllerId;
  readonly case: CaseId;
  readonly from: "person" | "agent";
  /** When it reached us: the clock of D10.1b runs from here. */
  readonly receivedAt: Instant;
  readonly state: WordsState;
  readonly reason?: string;
  readonly clause?: string;
  /** How many of each kind were masked: `{ name: 2, telephone: 1 }`. */
  readonly masked: Readonly<Record<string, number>>;
  /** Files that hung on it; none is fetched. */
  readonly files: number;
  readonly proposal: ProposalState;
  readonly matters: readonly RequestMatter[];
  /** Until when a person should say; then it is passed on. */
  readonly proposalDueAt?: Instant;
  readonly inquiry?: InquiryId;
}

/** What of a message is sealed. */
export interface SealedWords {
  /** Masked. */
  readonly text: string;
  /** Passages of `text` that seem to ask for a right. */
  readonly passages: readonly {
    readonly start: number;
    readonly end: number;
    readonly matter: RequestMatter;
  }[];
  /** Base64 of what was written, sealed under a key of its own, only while a proposal is open: the rights desk needs it. */
  readonly original?: string;
  /** Of an answer that is given on one: asked for again when it leaves. */
  readonly instruction?: InstructionId;
  /** By the desk's clock: a change that is older than what stands changes nothing. */
  readonly at?: Instant;
}
