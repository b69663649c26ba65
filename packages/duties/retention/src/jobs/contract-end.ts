/** The jobs that carry contracts' ends on, and look again until they are over: a renewal reopens the doors by itself. @clause D6.2c, S10 */
import { addHours, addMillis, type JobDefinition } from "@preau/kernel";
import type { ContractEndId } from "../contract-end.ts";
import { advanceContractEnd } from "../contract-end-advance.ts";
import { CONTRACT_END_JOB } from "../contract-end-choose.ts";
import { fault } from "../errors.ts";
import type { RetentionOptions } from "../options.ts";
import type { RetentionPorts } from "../retention-ports.ts";

/** Another run has it: when to ask again. */
const BUSY_MS = 60_000;

export function contractEndJob(ports: RetentionPorts, options: RetentionOptions): JobDefinition {
  return {
    name: CONTRACT_END_JOB,
    handler: async ({ controller, payload }, { signal }) => {
      const { end: id } = payload;
      if (typeof id !== "string") throw fault("RETENTION_NO_END");
      const of = { controller, id: id as ContractEndId };
      const { end, outcome, until } = await advanceContractEnd(ports, of, {
        batchPersons: options.batchPersons,
        signal,
      });
      ports.log.info("retention.contractEnd", {
        end: id,
        outcome,
        state: end.state,
        stopped: end.stopped ?? "",
      });
      if (outcome === "certified" || outcome === "cancelled") return;
      const now = ports.clock.now();
      const again = outcome === "busy" ? addMillis(now, BUSY_MS) : addHours(now, options.surveyHours);
      await ports.unitOfWork.transaction((unit) =>
        ports.jobs.enqueue(unit, {
          name: CONTRACT_END_JOB,
          controller,
          key: `${id}.${outcome === "busy" ? "busy" : "look"}`,
          payload: { end: id },
          runAt: until !== undefined && until < again && end.state !== "chosen" ? until : again,
          priority: 100,
        }),
      );
    },
    attempts: 50,
  };
}
