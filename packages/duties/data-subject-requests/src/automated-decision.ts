/**
 * Art. 22: what is stated about a request on automated decisions. The agreement has no purpose that decides by itself, and no flow
 * says that it does: so the gate cannot tell one, and refuses none. What can be done is said and kept: the product takes no such
 * decision, by the agreement whose hash stands beside it; or a human of the controller's reviewed one, in what capacity, when,
 * and how it came out. A purpose that profiles is ended for the person by an objection. Towards D10.1a.
 */
import type { ActorRole, ControllerId, Id, Instant, RequestId, SubjectId, Unit } from "@preau/kernel";
import { fault } from "./errors.ts";
import { journalDone } from "./execute-journal.ts";
import type { ExecutePorts, Executor } from "./execute-ports.ts";
import { insertReview, reviewOf } from "./store/actions.ts";
import { lockRequest } from "./store/requests.ts";

export type ReviewId = Id<"hrv">;
export const reviewers = ["representative", "dpo", "contact"] as const;
export const reviewOutcomes = ["upheld", "changed"] as const;

export type Statement =
  /** No decision is taken by the product alone. */
  | { readonly statement: "noneTaken" }
  /** A human looked at the decision again. In what capacity they act for the controller; never a name. */
  | {
      readonly statement: "reviewed";
      readonly reviewer: (typeof reviewers)[number];
      readonly reviewedAt: Instant;
      readonly outcome: (typeof reviewOutcomes)[number];
    };

export interface Review {
  readonly id: ReviewId;
  readonly controller: ControllerId;
  readonly request: RequestId;
  readonly subject?: SubjectId;
  readonly said: Statement;
  /** `sha256:…` of the agreement under which it is said. */
  readonly agreement: string;
  readonly by: ActorRole;
  readonly recordedAt: Instant;
}

export interface NewReview {
  readonly controller: ControllerId;
  readonly request: RequestId;
  readonly said: Statement;
  readonly by: Executor;
}

/**
 * One statement a request; the same request again gives the one that stands.
 * @throws REQUEST_NO_REQUEST, REQUEST_NOTHING_TO_DO for a request on something else, REQUEST_BAD_REVIEW for a review to come
 */
export async function stateAutomatedDecision(
  unit: Unit,
  ports: ExecutePorts,
  { controller, request: id, said, by }: NewReview,
): Promise<Review> {
  const request = await lockRequest(unit, controller, id);
  if (request === undefined) throw fault("REQUEST_NO_REQUEST");
  if (request.matter !== "automatedDecision") throw fault("REQUEST_NOTHING_TO_DO");
  const now = ports.clock.now();
  if (said.statement === "reviewed" && said.reviewedAt > now)
    throw fault("REQUEST_BAD_REVIEW", { place: "reviewedAt" });
  const earlier = await reviewOf(unit, controller, id);
  if (earlier !== undefined) return earlier;
  const review: Review = {
    ...{ id: ports.ids.next("hrv"), controller, request: id, said, by: by.role, recordedAt: now },
    agreement: ports.agreements.hashOf(controller),
    ...(request.subject === undefined ? {} : { subject: request.subject }),
  };
  await insertReview(unit, review);
  await journalDone(unit, ports, {
    ...{ type: "data-subject-requests.automatedDecisionStated", controller, by, subject: request.subject },
    payload: { review: review.id, request: id, agreement: review.agreement, ...said },
  });
  return review;
}
