/** Reviews of access: when each controller's accounts were last looked through. */
import { inUnit } from "@preau/database";
import type { ActorId, ControllerId, Id, Instant, Unit } from "@preau/kernel";

export interface AccessReview {
  readonly id: Id<"rev">;
  readonly controller: ControllerId;
  readonly reviewedAt: Instant;
  readonly reviewedBy: ActorId | null;
  /** How many accounts there were. */
  readonly accounts: number;
}

const TABLE = "web_access_review";

export async function insertReview(unit: Unit, review: AccessReview): Promise<void> {
  await inUnit(unit)(TABLE).insert({
    id: review.id,
    controller: review.controller,
    reviewed_at: review.reviewedAt,
    reviewed_by: review.reviewedBy,
    accounts: review.accounts,
  });
}

/** The last review of each controller, or of one. */
export async function lastReviews(
  unit: Unit,
  controller: ControllerId | "all",
): Promise<ReadonlyMap<ControllerId, Instant>> {
  const query = inUnit(unit)(TABLE).groupBy("controller").select("controller").max({ at: "reviewed_at" });
  if (controller !== "all") void query.where({ controller });
  const rows = (await query) as { controller: ControllerId; at: Instant }[];
  return new Map(rows.map((row) => [row.controller, row.at]));
}

/** An erased person is nobody's reviewer. */
export async function forgetReviewer(unit: Unit, account: ActorId): Promise<void> {
  await inUnit(unit)(TABLE).where({ reviewed_by: account }).update({ reviewed_by: null });
}
