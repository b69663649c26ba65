/** The job that looks again where an erasure was PENDING. towards D12.2 */
import type { JobDefinition } from "@preau/kernel";
import { LATER_LOOK, lookLater } from "../later-look.ts";
import type { RetentionPorts } from "../retention-ports.ts";
import { erasureIn } from "./erase.ts";

export function laterLookJob(ports: RetentionPorts): JobDefinition {
  return {
    name: LATER_LOOK,
    handler: async (job, { signal }) => {
      const { id, controller } = erasureIn(job);
      const receipt = await lookLater(ports, { controller, id }, { sources: ports.sources, signal });
      if (receipt !== undefined) ports.log.info("retention.lookedLater", { erasure: id, receipt });
    },
    attempts: 50,
  };
}
