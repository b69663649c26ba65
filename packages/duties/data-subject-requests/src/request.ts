/** One right of one person at one controller: where it stands, whose clock runs, and what came of it. @clause D10.1a, D10.1b */
import type {
  ActorRole,
  ControllerId,
  InquiryId,
  Instant,
  Language,
  Origin,
  RequesterRole,
  RequestId,
  RequestMatter,
  SubjectId,
} from "@preau/kernel";

export type RequestState =
  /** Not forwarded, or forwarded in vain: the 48 hours run. */
  | "open"
  /** It has left us: the controller's mail server took the link, or somebody handed it over. */
  | "forwarded"
  /** The controller's people opened it. */
  | "received"
  /** The controller works on it. */
  | "inProgress"
  | "closed";

/** What came of it. The controller says so; the processor never decides a right. */
export const requestOutcomes = [
  /** The controller answered by itself. */
  "answered",
  /** Done by us on the controller's instruction. */
  "executed",
  "refused",
  /** The person took it back. */
  "withdrawn",
] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

/** Reasons after the Data Rights Protocol 1.0: of a wait, and of a refusal. */
export const refusalReasons = [
  "suspected_fraud",
  "insuf_verification",
  "no_match",
  "claim_not_covered",
  "outside_jurisdiction",
  "too_many_requests",
  "other",
] as const;
export type WaitReason = "need_user_verification";
export type RefusalReason = (typeof refusalReasons)[number];

/** Who the person is: known because somebody was signed in, or for the controller to find out. The processor asks nobody. */
export type Identity = "signedIn" | "unverified" | "asked" | "verified" | "failed";

/** By what right the requester speaks for the person. */
export type Authority =
  | "self"
  /** Says to be the guardian: for the controller to check. */
  | "guardianStated"
  | "guardianVerified"
  /** Somebody else, or nobody knows: for the controller to check. */
  | "unstated";

export interface Request {
  readonly id: RequestId;
  readonly controller: ControllerId;
  /** The first inquiry that it came out of. Others may have been merged into it. */
  readonly inquiry: InquiryId;
  readonly matter: RequestMatter;
  readonly state: RequestState;
  readonly language: Language;
  /** Whom it is about, where that is known. */
  readonly subject?: SubjectId;
  /** Who asks, when that is somebody else who is known: a guardian. */
  readonly requester?: SubjectId;
  readonly origin?: Origin;
  readonly role: RequesterRole;
  readonly identity: Identity;
  readonly authority: Authority;
  readonly receivedAt: Instant;
  /** The last instant at which forwarding it is in time. */
  readonly forwardDueAt: Instant;
  readonly forwardedAt?: Instant;
  readonly forwardedBy?: "mail" | "hand";
  /** When the controller's people opened it. */
  readonly openedAt?: Instant;
  readonly acknowledgedAt?: Instant;
  /** The controller's own time; extended where it said so. Absent where the agreement sets none. */
  readonly answerDueAt?: Instant;
  readonly extendedAt?: Instant;
  readonly outcome?: RequestOutcome;
  readonly reason?: WaitReason | RefusalReason;
  readonly closedAt?: Instant;
  readonly closedBy?: ActorRole;
  /** How many of the escalations were recorded. */
  readonly level: number;
  /** When its alarm was recorded: it was not forwarded in time. */
  readonly overdueAt?: Instant;
  /** How many times forwarding was in vain. */
  readonly bounces: number;
  /** Only facts go to the controller until a person has looked at whom the text names. */
  readonly textHeld: boolean;
  /** Keyed hash of the sender's address; gone when the request is closed. */
  readonly addressHash?: string;
}

/** Something may still come of it. One that was taken back is over, although it may still have to be passed on. */
export function isOpen({ state, outcome }: Pick<Request, "state" | "outcome">): boolean {
  return state !== "closed" && outcome === undefined;
}

/** The person took it back. Its controller is told of it all the same. @figure D10.1b */
export function isTakenBack({ outcome }: Pick<Request, "outcome">): boolean {
  return outcome === "withdrawn";
}

/** As a page shows it: `overdue` is an open one whose time is over. */
export function shownState(
  { state, forwardDueAt }: Pick<Request, "state" | "forwardDueAt">,
  now: Instant,
): RequestState | "overdue" {
  return state === "open" && now > forwardDueAt ? "overdue" : state;
}
