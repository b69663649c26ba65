/**
 * A message of a data subject as it reached us: sealed under a key of its own, in the publisher's own scope, because whose it
 * is may not be known yet. Requests come out of it; what was written goes when they are over. @clause D10.1b
 */
import type {
  ControllerId,
  InquiryId,
  Instant,
  Language,
  Origin,
  RequestChannel,
  RequesterRole,
  RequestMatter,
  SubjectId,
} from "@preau/kernel";

export type InquiryState =
  /** A person has not said yet whose it is, or what is asked. */
  | "new"
  /** The school that it names is no client that we know. Escalated; nobody outside is told. */
  | "unknownController"
  /** Its requests are in the hands of the desk. */
  | "assigned"
  /** A person judged that no right is asked for. */
  | "noRequest"
  /** All its requests are over, and what was written is gone. */
  | "closed";

export interface Inquiry {
  readonly id: InquiryId;
  readonly state: InquiryState;
  readonly channel: RequestChannel;
  readonly language: Language;
  /** When it reached us. */
  readonly receivedAt: Instant;
  readonly recordedAt: Instant;
  /** The last instant at which forwarding what comes out of it is in time. */
  readonly forwardDueAt: Instant;
  /** Of somebody who was signed in; otherwise absent. */
  readonly controller?: ControllerId;
  readonly subject?: SubjectId;
  readonly origin?: Origin;
  readonly role?: RequesterRole;
  /** As the requester said. */
  readonly matters: readonly RequestMatter[];
  /** As the words of the text suggest; a person confirms. */
  readonly recognised: readonly RequestMatter[];
  /** Its sender stands with this address in other inquiries too. Keyed; gone with the text. */
  readonly addressHash?: string;
  /** Attachments of a mail, which were not kept. */
  readonly attachments: number;
  /** How many of the escalations were recorded. */
  readonly level: number;
  /** When its alarm was recorded: nobody was told in time. */
  readonly overdueAt?: Instant;
  readonly closedAt?: Instant;
  /** When its key was destroyed. */
  readonly textGoneAt?: Instant;
}

/** What was written, in clear: under the inquiry's own key at rest. */
export interface InquiryText {
  readonly text?: string;
  readonly name?: string;
  readonly address?: string;
  /** Whom it is about, when that is somebody else, and the school, as they were written. */
  readonly concerns?: { readonly name?: string; readonly school?: string };
}

export function waitsForPerson({ state }: Pick<Inquiry, "state">): boolean {
  return state === "new" || state === "unknownController";
}
