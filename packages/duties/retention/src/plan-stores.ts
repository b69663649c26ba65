/** The dry run over every store. Writes nothing. */
import type {
  ControllerId,
  ErasurePlan,
  Ground,
  PersonalDataSource,
  PlanRequest,
  RegisteredSource,
  SubjectId,
  SubjectTarget,
  Unit,
} from "@preau/kernel";
import { fault } from "./errors.ts";
import type { RetentionPorts } from "./retention-ports.ts";

export interface PlanOptions {
  readonly controller: ControllerId;
  readonly ground: Ground;
  readonly leaveUnknown?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What the directory knows of these persons: how each store finds them. */
export async function targetsOf(
  ports: Pick<RetentionPorts, "subjects">,
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly SubjectTarget[]> {
  const targets: SubjectTarget[] = [];
  for (const subject of subjects) {
    targets.push({ subject, identifiers: await ports.subjects.identifiers(unit, controller, subject) });
  }
  return targets;
}

type Held = NonNullable<PlanRequest["held"]>;

/**
 * Plans in every store, in the order of the list. A store's own refusal (an unknown table that holds a planned person)
 * ends it before any write anywhere. A restriction (GDPR art. 18) or a hold is the person's, not the store's: whom one
 * store blocks, no store erases.
 * @throws RETENTION_HOLD_IGNORED when a store plans to erase such a person all the same
 * @clause D12.2
 */
export async function planStores(
  sources: ReadonlyMap<string, RegisteredSource>,
  targets: readonly SubjectTarget[],
  options: PlanOptions,
): Promise<readonly ErasurePlan[]> {
  const plans = await planOnce(sources, targets, options, []);
  const held = blockedIn(plans);
  if (held.length === 0) return plans;
  const again = await planOnce(sources, targets, options, held);
  const blocked = new Set([...held, ...blockedIn(again)].map(({ subject }) => subject));
  const ignoring = again.find((plan) => plan.subjects.some((subject) => blocked.has(subject)));
  if (ignoring !== undefined)
    throw fault("RETENTION_HOLD_IGNORED", { place: ignoring.source, clause: "D10.1a" });
  return again;
}

/** Persons whom some store blocks, each once. */
export function blockedIn(plans: readonly ErasurePlan[]): Held {
  const clauses = new Map<SubjectId, string>();
  for (const { blocked } of plans) {
    for (const { subject, clause } of blocked) if (!clauses.has(subject)) clauses.set(subject, clause);
  }
  return [...clauses].map(([subject, clause]) => ({ subject, clause }));
}

/** A store of one other controller does not exist for this one. */
export function holdsDataOf(controller: ControllerId, source: PersonalDataSource): boolean {
  const only = source.describe().controller;
  return only === undefined || only === controller;
}

async function planOnce(
  sources: ReadonlyMap<string, RegisteredSource>,
  subjects: readonly SubjectTarget[],
  { controller, ground, leaveUnknown, signal }: PlanOptions,
  held: Held,
): Promise<readonly ErasurePlan[]> {
  const plans: ErasurePlan[] = [];
  for (const { source } of sources.values()) {
    if (!holdsDataOf(controller, source)) continue;
    plans.push(
      await source.plan({
        ...{ controller, subjects, ground, held },
        ...(leaveUnknown === true ? { leaveUnknown: true } : {}),
        ...(signal === undefined ? {} : { signal }),
      }),
    );
  }
  return plans;
}
