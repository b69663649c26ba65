/** A house whose gate has one check more, which refuses while a test says so, and which answers at a tiny desk. */
import { compileGateTable } from "@preau/agreement";
import { makeWorker } from "@preau/database";
import { type Clock, type GateCheck, makeGate } from "@preau/kernel";
import type { DatabaseKind } from "@preau/testing";
import type { AnswerPorts } from "../src/answer-case.ts";
import { answerJobs } from "../src/jobs/answer-jobs.ts";
import { supportJobs } from "../src/jobs/support-jobs.ts";
import { makeSupport } from "../src/make-support.ts";
import { agreement, freshSupportHouse } from "./support-house.ts";
import { startTinyDesk } from "./tiny-desk.ts";

/** Over new databases of that kind; `refusal` gives what the moving check refuses with, `undefined` while it allows. */
export async function freshHeldHouse(kind: DatabaseKind, clock: Clock, refusal: () => string | undefined) {
  const moving: GateCheck = {
    ...{ id: "invented.moving", clause: "D10.1a", concerns: () => true },
    check: () => {
      const reason = refusal();
      return Promise.resolve(
        reason === undefined ? { allowed: true } : { allowed: false, clause: "D10.1a", reason },
      );
    },
  };
  const desk = await startTinyDesk();
  const { house, remove } = await freshSupportHouse(kind, clock, {
    ...{ api: desk.url, identifier: "e83f6a17", key: "key-of-the-desk" },
  });
  const table = compileGateTable(agreement);
  const gate = makeGate({ clock, tableFor: () => table, checks: [moving] });
  const support = makeSupport(house.options, { ...house.ports, gate, subjects: house.subjects });
  const ports: AnswerPorts = { ...house.ports, support, gate };
  const handlers = [...supportJobs(ports, house.options), ...answerJobs(ports, house.options)];
  const worker = makeWorker({
    ...{ database: house.database, clock, ids: house.ports.ids, log: house.ports.log, handlers },
  });
  return {
    ...{ house, desk, ports, worker },
    remove: async () => {
      await worker.stop();
      await remove();
      await desk.close();
    },
  };
}
