/** The plans of an erasure, sealed at rest under a key of its own that is destroyed when the erasure closes. */
import type { ErasurePlan } from "@preau/kernel";
import type { Erasure } from "./erasure.ts";
import type { RetentionPorts } from "./retention-ports.ts";

type Whose = Pick<Erasure, "controller" | "id">;

const CONTEXT = "retention.plan/1";

export async function sealPlans(
  ports: RetentionPorts,
  erasure: Whose,
  plans: readonly ErasurePlan[],
): Promise<Uint8Array> {
  return ports.vault.seal(scopeOf(erasure), new TextEncoder().encode(JSON.stringify(plans)), CONTEXT);
}

/** Undefined when the key is gone for good. */
export async function openPlans(
  ports: RetentionPorts,
  erasure: Whose,
  sealed: Uint8Array | undefined,
): Promise<readonly ErasurePlan[] | undefined> {
  const bytes = sealed && (await ports.vault.open(scopeOf(erasure), sealed, CONTEXT));
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as readonly ErasurePlan[]);
}

/** Doing it twice is doing it once. */
export async function destroyPlans(ports: Pick<RetentionPorts, "vault">, erasure: Whose): Promise<void> {
  if ((await ports.vault.destruction(scopeOf(erasure))) !== undefined) return;
  await ports.vault.destroy(scopeOf(erasure));
}

function scopeOf(erasure: Whose) {
  return { controller: erasure.controller, kind: "controller", id: erasure.id } as const;
}
