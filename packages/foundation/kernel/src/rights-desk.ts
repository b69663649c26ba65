/**
 * Where a data subject's request comes in, whatever the channel: a page, an API, a mail, the support desk. It is written down
 * sealed, its clock starts when it reached us, and only the desk decides whose it is. @clause D10.1a, D10.1b
 */
import type { Instant } from "./clock.ts";
import type { Origin } from "./gate.ts";
import type { ControllerId, Id, SubjectId } from "./ids.ts";
import type { Language } from "./language.ts";
import type { Unit } from "./unit-of-work.ts";

/** GDPR art. 15 to 22, in the order of D10.1a; then what is recognised beside the seven, and labelled apart. */
export const dataSubjectRights = [
  "access",
  "rectification",
  "erasure",
  "objection",
  "restriction",
  "portability",
  "automatedDecision",
] as const;
export type DataSubjectRight = (typeof dataSubjectRights)[number];
export const otherRequests = ["withdrawalOfConsent", "information"] as const;
export type RequestMatter = DataSubjectRight | (typeof otherRequests)[number];

export const requestChannels = ["page", "api", "mail", "support"] as const;
export type RequestChannel = (typeof requestChannels)[number];

/** Who asks. A guardian asks for a pupil; anybody else for themselves. */
export type RequesterRole = "pupil" | "guardian" | "teacher" | "other";

export interface ReceivedRequest {
  readonly channel: RequestChannel;
  /** When it reached us: the 48 hours run from here. Never after now. */
  readonly receivedAt: Instant;
  readonly language: Language;
  /** What was written, in clear; sealed before it rests, and gone when the case is over. At most 20,000 characters. */
  readonly text?: string;
  /** Where the requester said so; recognised from the text otherwise, which a person confirms. */
  readonly matters?: readonly RequestMatter[];
  readonly requester?: {
    readonly role?: RequesterRole;
    /** Known where somebody is signed in. */
    readonly controller?: ControllerId;
    readonly subject?: SubjectId;
    readonly origin?: Origin;
    readonly name?: string;
    readonly address?: string;
  };
  /** Whom it is about, when that is somebody else, and the school, as they were written. Sealed. */
  readonly concerns?: { readonly name?: string; readonly school?: string };
  /** Idempotency: the `Message-ID`, the press of a form, the caller's own key. */
  readonly key: string;
}

/** One message received; cases of one or several controllers come out of it. */
export type InquiryId = Id<"inq">;
/** One right of one person at one controller. */
export type RequestId = Id<"rqs">;

export interface Received {
  readonly inquiry: InquiryId;
  /** Cases that could be opened at once: somebody signed in has one controller. */
  readonly requests: readonly RequestId[];
  /** False when the same key, or the same request while one is open, stood already. */
  readonly isNew: boolean;
}

export interface RightsDesk {
  /** @throws REQUEST_BAD naming the field */
  receive(unit: Unit, request: ReceivedRequest): Promise<Received>;
}
