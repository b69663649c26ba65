/** The job that runs an erasure. A store that fails ends the attempt; the next one goes on where it stopped. @clause D12.2 */
import type { Job, JobDefinition } from "@preau/kernel";
import type { Erasure, ErasureId } from "../erasure.ts";
import { fault } from "../errors.ts";
import { putOff } from "../put-off.ts";
import type { RetentionPorts } from "../retention-ports.ts";
import { runErasure } from "../run-erasure.ts";
import { readErasure } from "../store/erasures.ts";

export function eraseJob(ports: RetentionPorts): JobDefinition {
  return {
    name: "retention.erase",
    handler: async (job, run) => {
      const { id, controller } = erasureIn(job);
      const order = await ports.unitOfWork.transaction((unit) => readErasure(unit, controller, id));
      // Cancelled before it began: its instruction was taken back.
      if (order?.state === "closed" && order.receipt === undefined) return;
      const outcome = await runErasure(
        ports,
        { id, controller },
        { sources: ports.sources, signal: run.signal },
      );
      if (outcome.closed) {
        ports.log.info("retention.erasureClosed", { erasure: id, receipt: outcome.receipt });
        return;
      }
      const later = putOff(outcome);
      if (later !== undefined) throw later;
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

/** Which erasure a job is about. @throws RETENTION_NO_ERASURE */
export function erasureIn({ controller, payload }: Job): Pick<Erasure, "id" | "controller"> {
  const { erasure } = payload;
  if (typeof erasure !== "string") throw fault("RETENTION_NO_ERASURE");
  return { id: erasure as ErasureId, controller };
}
