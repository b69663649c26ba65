/** Keys go after the change that leaves nothing for them to open, by a job: a crash between the two loses nothing. @clause D12.2 */
import { PUBLISHER } from "@preau/contracts";
import { controllerId, type Job, type Json, type Unit } from "@preau/kernel";
import type { KeyScope } from "@preau/keys";
import type { SupportPorts } from "./support-ports.ts";

export const FORGET_KEYS = "support-bridge.forgetKeys";

/** Those of cases, words and days: a case moves, an original is needed no more. */
export async function forgetKeys(
  unit: Unit,
  { jobs }: Pick<SupportPorts, "jobs">,
  scopes: readonly Pick<KeyScope, "controller" | "id">[],
): Promise<void> {
  if (scopes.length === 0) return;
  await jobs.enqueue(unit, {
    name: FORGET_KEYS,
    controller: PUBLISHER,
    payload: { keys: scopes.map(({ controller, id }) => ({ controller, id })) },
    priority: 200,
  });
}

/** Destroys the keys that a job names. */
export async function destroyForgotten({ vault }: Pick<SupportPorts, "vault">, job: Job): Promise<void> {
  const keys: readonly Json[] = Array.isArray(job.payload["keys"]) ? job.payload["keys"] : [];
  const scopes = keys.flatMap((each): readonly KeyScope[] => {
    const { controller, id } = each as { readonly controller?: Json; readonly id?: Json };
    if (typeof controller !== "string" || typeof id !== "string") return [];
    return [{ controller: controllerId(controller), kind: "controller", id }];
  });
  if (scopes.length > 0) await vault.destroy(scopes);
}
