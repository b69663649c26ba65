/** The plans of an erasure, sealed at rest under a key of its own that is destroyed when the erasure closes. */
import type { ErasurePlan } from "@preau/kernel";
import type { Erasure } from "./erasure.ts";
import { fault } from "./errors.ts";
import type { RetentionPorts } from "./retention-ports.ts";

const CONTEXT = "retention.plan/1";

export async function sealPlans(
  ports: RetentionPorts,
  erasure: Erasure,
  plans: readonly ErasurePlan[],
): Promise<Uint8Array> {
  return ports.vault.seal(scopeOf(erasure), new TextEncoder().encode(JSON.stringify(plans)), CONTEXT);
}

/** @throws RETENTION_PLAN_LOST when the key is gone */
export async function openPlans(
  ports: RetentionPorts,
  erasure: Erasure,
  sealed: Uint8Array | undefined,
): Promise<readonly ErasurePlan[]> {
  const bytes = sealed && (await ports.vault.open(scopeOf(erasure), sealed, CONTEXT));
  if (bytes === undefined) throw fault("RETENTION_PLAN_LOST", { place: erasure.id, clause: erasure.clause });
  return JSON.parse(new TextDecoder().decode(bytes)) as readonly ErasurePlan[];
}

export async function destroyPlans(ports: RetentionPorts, erasure: Erasure): Promise<void> {
  await ports.vault.destroy(scopeOf(erasure));
}

function scopeOf(erasure: Erasure) {
  return { controller: erasure.controller, kind: "controller", id: erasure.id } as const;
}
