/** The dry run over every store that knows one of the persons. Writes nothing. */
import type {
  ControllerId,
  ErasurePlan,
  Ground,
  RegisteredSource,
  SubjectId,
  SubjectTarget,
  Unit,
} from "@preau/kernel";
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

/**
 * Plans in every store, in the order of the list. A store's own refusal (an unknown table that holds a planned person)
 * ends it before any write anywhere.
 */
export async function planStores(
  sources: ReadonlyMap<string, RegisteredSource>,
  targets: readonly SubjectTarget[],
  options: PlanOptions,
): Promise<readonly ErasurePlan[]> {
  const plans: ErasurePlan[] = [];
  for (const { source } of sources.values()) {
    plans.push(
      await source.plan({
        controller: options.controller,
        subjects: targets,
        ground: options.ground,
        ...(options.leaveUnknown === true ? { leaveUnknown: true } : {}),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      }),
    );
  }
  return plans;
}
