/** Finishes what closing began: without the key of its plans, no copy of an erasure's traces opens. @clause D12.2 */
import type { JobDefinition } from "@preau/kernel";
import type { RetentionPorts } from "../retention-ports.ts";
import { destroyPlans } from "../sealed-plan.ts";
import { erasureIn } from "./erase.ts";

export function destroyPlansJob(ports: Pick<RetentionPorts, "vault">): JobDefinition {
  return {
    name: "retention.destroyPlans",
    handler: async (job) => destroyPlans(ports, erasureIn(job)),
    attempts: 50,
  };
}
