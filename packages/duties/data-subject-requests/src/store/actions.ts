/** The SQL of what is done about requests, of values to correct, and of statements on automated decisions. */
import { inUnit } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  type Instant,
  type InstructionId,
  instant,
  type RequestId,
  type RequestMatter,
  type SubjectId,
  type Unit,
  type Verdict,
} from "@preau/kernel";
import type { Review, ReviewId, reviewers, reviewOutcomes } from "../automated-decision.ts";
import type { Action, ActionId, ActionState, Correction, CorrectionId } from "../execute-action.ts";

const TABLE = "dsr_action";
const CORRECTIONS = "dsr_correction";

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly request: string;
  readonly matter: string;
  readonly instruction: string;
  readonly subject: string | null;
  readonly begun_by: string;
  readonly begun_at: string;
  readonly state: string;
  readonly verdict: string;
  readonly why: string | null;
  readonly thing: string | null;
  readonly ended_at: string | null;
}

/** False when one of the same request and instruction stands. */
export async function insertAction(unit: Unit, action: Action): Promise<boolean> {
  await inUnit(unit)(TABLE)
    .insert({
      id: action.id,
      controller: action.controller,
      request: action.request,
      matter: action.matter,
      instruction: action.instruction,
      subject: action.subject ?? null,
      begun_by: action.by,
      begun_at: action.begunAt,
      state: action.state,
      verdict: action.verdict,
      why: action.why ?? null,
      thing: action.thing ?? null,
      ended_at: action.endedAt ?? null,
    })
    .onConflict(["controller", "request", "instruction"])
    .ignore();
  return (await actionOf(unit, action.controller, action))?.id === action.id;
}

export async function actionOf(
  unit: Unit,
  controller: ControllerId,
  { request, instruction }: Pick<Action, "request" | "instruction">,
): Promise<Action | undefined> {
  const row = await inUnit(unit)(TABLE).where({ controller, request, instruction }).first<Row | undefined>();
  return row && fromRow(row);
}

export async function lockAction(
  unit: Unit,
  controller: ControllerId,
  id: ActionId,
): Promise<Action | undefined> {
  const row = await inUnit(unit)(TABLE).where({ controller, id }).forUpdate().first<Row | undefined>();
  return row && fromRow(row);
}

export interface ActionQuery {
  readonly request?: RequestId;
  readonly instruction?: InstructionId;
  readonly thing?: string;
  readonly subject_hash?: string;
  readonly subject?: SubjectId;
  readonly matter?: RequestMatter;
}

/** Under their locks, oldest first. */
export async function lockActions(
  unit: Unit,
  controller: ControllerId,
  query: ActionQuery,
): Promise<readonly Action[]> {
  const rows = await inUnit(unit)(TABLE)
    .where({ controller, ...query })
    .orderBy("id")
    .forUpdate()
    .select<Row[]>();
  return rows.map(fromRow);
}

/** Of one request, oldest first. */
export async function actionsOfRequest(
  unit: Unit,
  controller: ControllerId | "all",
  request: RequestId,
): Promise<readonly Action[]> {
  const query = inUnit(unit)(TABLE).where({ request });
  if (controller !== "all") void query.where({ controller });
  const rows = await query.orderBy("id").select<Row[]>();
  return rows.map(fromRow);
}

export async function actionsOfSubjects(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly Action[]> {
  const rows = await inUnit(unit)(TABLE)
    .where({ controller })
    .whereIn("subject", [...subjects])
    .orderBy("id")
    .select<Row[]>();
  return rows.map(fromRow);
}

export interface ActionChange {
  readonly state?: ActionState;
  readonly verdict?: Verdict;
  readonly why?: string | null;
  readonly thing?: string;
  readonly endedAt?: Instant;
  readonly subjectHash?: string | null;
}

export async function updateAction(
  unit: Unit,
  { controller, id }: Pick<Action, "controller" | "id">,
  { endedAt, subjectHash, ...rest }: ActionChange,
): Promise<void> {
  await inUnit(unit)(TABLE)
    .where({ controller, id })
    .update({
      ...rest,
      ...(endedAt === undefined ? {} : { ended_at: endedAt }),
      ...(subjectHash === undefined ? {} : { subject_hash: subjectHash }),
    });
}

/** The facts stay, about nobody. */
export async function forgetActedOn(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
): Promise<number> {
  return inUnit(unit)(TABLE).where({ controller, subject }).update({ subject: null });
}

interface CorrectionRow {
  readonly id: string;
  readonly store: string;
  readonly place: string;
  readonly field: string;
  readonly sealed: Buffer | null;
  readonly begun_at: string | null;
  readonly verdict: string;
  readonly why: string | null;
}

export interface SealedCorrection extends Correction {
  readonly sealed?: Uint8Array;
}

type Whose = Pick<Action, "controller" | "id">;

export async function insertCorrections(
  unit: Unit,
  { controller, id: action }: Whose,
  corrections: readonly SealedCorrection[],
): Promise<void> {
  for (const [nth, { id, store, where, field, verdict, sealed }] of corrections.entries())
    await inUnit(unit)(CORRECTIONS).insert({
      ...{ id, controller, action, nth, store, place: where, field, verdict },
      sealed: sealed === undefined ? null : Buffer.from(sealed),
    });
}

export async function correctionsOf(
  unit: Unit,
  { controller, id: action }: Whose,
): Promise<readonly SealedCorrection[]> {
  const rows = await inUnit(unit)(CORRECTIONS)
    .where({ controller, action })
    .orderBy("nth")
    .select<CorrectionRow[]>();
  return rows.map((row) => ({
    id: row.id as CorrectionId,
    store: row.store,
    where: row.place,
    field: row.field,
    ...(row.sealed === null ? {} : { sealed: row.sealed }),
    ...(row.begun_at === null ? {} : { begunAt: instant(row.begun_at) }),
    verdict: row.verdict as Verdict,
    ...(row.why === null ? {} : { why: row.why }),
  }));
}

export async function beginCorrections(
  unit: Unit,
  { controller, id: action }: Whose,
  { store, at }: { readonly store: string; readonly at: Instant },
): Promise<void> {
  await inUnit(unit)(CORRECTIONS)
    .where({ controller, action, store })
    .whereNull("begun_at")
    .update({ begun_at: at });
}

/** A value that was written, or will not be, is gone with it. */
export async function judgeCorrection(
  unit: Unit,
  { controller }: Pick<Whose, "controller">,
  {
    id,
    verdict,
    why,
    keep = false,
  }: Pick<Correction, "id" | "verdict"> & { readonly why?: string | undefined; readonly keep?: boolean },
): Promise<void> {
  await inUnit(unit)(CORRECTIONS)
    .where({ controller, id })
    .update({ verdict, why: why ?? null, ...(keep ? {} : { sealed: null }) });
}

/** Values about one person that were not written yet. */
export async function dropCorrectionsOf(
  unit: Unit,
  controller: ControllerId,
  actions: readonly ActionId[],
): Promise<void> {
  await inUnit(unit)(CORRECTIONS)
    .where({ controller })
    .whereIn("action", [...actions])
    .update({ sealed: null });
}

function fromRow(row: Row): Action {
  return {
    id: row.id as ActionId,
    controller: row.controller as ControllerId,
    request: row.request as RequestId,
    matter: row.matter as RequestMatter,
    instruction: row.instruction as InstructionId,
    ...(row.subject === null ? {} : { subject: row.subject as SubjectId }),
    by: row.begun_by as ActorRole,
    begunAt: instant(row.begun_at),
    state: row.state as ActionState,
    verdict: row.verdict as Verdict,
    ...(row.why === null ? {} : { why: row.why }),
    ...(row.thing === null ? {} : { thing: row.thing }),
    ...(row.ended_at === null ? {} : { endedAt: instant(row.ended_at) }),
  };
}

const REVIEWS = "dsr_review";

interface ReviewRow {
  readonly id: string;
  readonly controller: string;
  readonly request: string;
  readonly subject: string | null;
  readonly statement: string;
  readonly reviewer: string | null;
  readonly reviewed_at: string;
  readonly outcome: string | null;
  readonly agreement: string;
  readonly recorded_by: string;
  readonly recorded_at: string;
}

export async function insertReview(unit: Unit, review: Review): Promise<void> {
  const { said } = review;
  const isReviewed = said.statement === "reviewed";
  await inUnit(unit)(REVIEWS).insert({
    id: review.id,
    controller: review.controller,
    request: review.request,
    subject: review.subject ?? null,
    statement: said.statement,
    reviewer: isReviewed ? said.reviewer : null,
    reviewed_at: isReviewed ? said.reviewedAt : review.recordedAt,
    outcome: isReviewed ? said.outcome : null,
    agreement: review.agreement,
    recorded_by: review.by,
    recorded_at: review.recordedAt,
  });
}

export async function reviewOf(
  unit: Unit,
  controller: ControllerId,
  request: RequestId,
): Promise<Review | undefined> {
  const row = await inUnit(unit)(REVIEWS).where({ controller, request }).first<ReviewRow | undefined>();
  return row && reviewFromRow(row);
}

export async function reviewsOfSubjects(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly Review[]> {
  const rows = await inUnit(unit)(REVIEWS)
    .where({ controller })
    .whereIn("subject", [...subjects])
    .orderBy("id")
    .select<ReviewRow[]>();
  return rows.map(reviewFromRow);
}

/** The facts stay, about nobody. */
export async function forgetReviewed(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
): Promise<number> {
  return inUnit(unit)(REVIEWS).where({ controller, subject }).update({ subject: null });
}

function reviewFromRow(row: ReviewRow): Review {
  return {
    id: row.id as ReviewId,
    controller: row.controller as ControllerId,
    request: row.request as RequestId,
    ...(row.subject === null ? {} : { subject: row.subject as SubjectId }),
    said:
      row.statement === "reviewed"
        ? {
            statement: "reviewed",
            reviewer: row.reviewer as (typeof reviewers)[number],
            reviewedAt: instant(row.reviewed_at),
            outcome: row.outcome as (typeof reviewOutcomes)[number],
          }
        : { statement: "noneTaken" },
    agreement: row.agreement,
    by: row.recorded_by as ActorRole,
    recordedAt: instant(row.recorded_at),
  };
}
