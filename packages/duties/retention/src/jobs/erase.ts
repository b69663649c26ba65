/** The job that runs an erasure. A store that fails ends the attempt; the next one goes on where it stopped. @clause D12.2 */
import type { JobDefinition } from "@preau/kernel";
import type { ErasureId } from "../erasure.ts";
import { fault } from "../errors.ts";
import type { RetentionPorts } from "../retention-ports.ts";
import { runErasure } from "../run-erasure.ts";

export function eraseJob(ports: RetentionPorts): JobDefinition {
  return {
    name: "retention.erase",
    handler: async (job, run) => {
      const id = String(job.payload["erasure"]) as ErasureId;
      const outcome = await runErasure(
        ports,
        { id, controller: job.controller },
        { sources: ports.sources, signal: run.signal },
      );
      if (outcome.closed) {
        ports.log.info("retention.erasureClosed", { erasure: id, receipt: outcome.receipt });
        return;
      }
      const [first] = outcome.failed;
      throw fault("RETENTION_STORE_FAILED", {
        place: first?.store,
        clause: "D12.2",
        log: { erasure: id, code: first?.code ?? "" },
        cause: outcome.cause,
      });
    },
    attempts: 50,
  };
}
