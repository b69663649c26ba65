/** Finishes what closing began: without the key of its plans, no copy of an erasure's traces opens. @clause D12.2 */
import type { JobDefinition } from "@preau/kernel";
import type { ErasureId } from "../erasure.ts";
import type { RetentionPorts } from "../retention-ports.ts";
import { destroyPlans } from "../sealed-plan.ts";

export function destroyPlansJob(ports: Pick<RetentionPorts, "vault">): JobDefinition {
  return {
    name: "retention.destroyPlans",
    handler: async ({ controller, payload }) =>
      destroyPlans(ports, { controller, id: String(payload["erasure"]) as ErasureId }),
    attempts: 50,
  };
}
