/** The bridge's jobs: events are dealt with, conversations leave the desk, proposals are passed on, what is over goes. */
import { isFault, type Job, type JobDefinition, NotYet } from "@preau/kernel";
import { type CloseTerms, FORGET_CASE, forgetCase } from "../case-close.ts";
import { LEAVE, LEAVE_TRIES, leaveDesk } from "../case-leave.ts";
import { fault } from "../errors.ts";
import { failEvent, PROCESS_TRIES } from "../fail-event.ts";
import { destroyForgotten, FORGET_KEYS } from "../forget-keys.ts";
import { IDENTIFY, identifyAgain } from "../identify-again.ts";
import { LEAVE_UNKNOWN, leaveUnknown, type UnknownTerms } from "../leave-unknown.ts";
import { processEvent } from "../process-event.ts";
import { PASS_ON, passOn } from "../proposal.ts";
import { PROCESS } from "../receive-event.ts";
import type { SupportPorts } from "../support-ports.ts";
import { SWEEP, sweepAt, sweepEvents } from "../sweep-events.ts";

export function supportJobs(ports: SupportPorts, terms: CloseTerms & UnknownTerms): readonly JobDefinition[] {
  return [
    {
      name: PROCESS,
      attempts: PROCESS_TRIES,
      // Hooks that come in meanwhile wait for few transactions.
      sideBySide: 2,
      handler: (job, { attempt, signal }) => processAll(ports, job, attempt, signal),
    },
    {
      name: LEAVE,
      attempts: LEAVE_TRIES + 5,
      handler: (job, { attempt, signal }) =>
        leaveDesk(ports, { controller: job.controller, id: idIn(job, "case"), attempt, signal }),
    },
    {
      name: LEAVE_UNKNOWN,
      attempts: 50,
      handler: async (job) => {
        const later = await ports.unitOfWork.transaction((unit) =>
          leaveUnknown(unit, ports, terms, job.controller, idIn(job, "case")),
        );
        if (later !== undefined) throw new NotYet(later);
      },
    },
    {
      name: IDENTIFY,
      attempts: LEAVE_TRIES,
      handler: (job, { signal }) => identifyAgain(ports, job.controller, idIn(job, "case"), signal),
    },
    {
      name: PASS_ON,
      attempts: 50,
      handler: async (job) => {
        const later = await ports.unitOfWork.transaction((unit) =>
          passOn(unit, ports, job.controller, idIn(job, "words")),
        );
        if (later !== undefined) throw new NotYet(later);
      },
    },
    {
      name: FORGET_CASE,
      attempts: 50,
      handler: async (job) => {
        const later = await ports.unitOfWork.transaction((unit) =>
          forgetCase(unit, ports, terms, job.controller, idIn(job, "case")),
        );
        if (later !== undefined) throw new NotYet(later);
      },
    },
    {
      name: SWEEP,
      attempts: 50,
      handler: async () => {
        throw new NotYet(await sweepEvents(ports, terms));
      },
    },
    { name: FORGET_KEYS, attempts: 50, handler: (job) => destroyForgotten(ports, job) },
  ];
}

/** Each in its own unit. One that fails holds up no other; the job comes again for it. */
async function processAll(
  ports: SupportPorts,
  { payload }: Job,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const failed: unknown[] = [];
  for (const id of Array.isArray(payload["events"]) ? payload["events"] : []) {
    signal.throwIfAborted();
    try {
      await processEvent(ports, String(id), signal);
    } catch (error) {
      signal.throwIfAborted();
      await failEvent(ports, String(id), { attempt, code: isFault(error) ? error.code : "UNKNOWN" });
      failed.push(error);
    }
  }
  await ports.unitOfWork.transaction((unit) => ports.jobs.enqueue(unit, sweepAt(ports.clock)));
  // At its last try all of them have ended.
  if (failed.length > 0 && attempt < PROCESS_TRIES) throw failed[0];
}

function idIn({ payload }: Job, name: "case" | "words"): string {
  const id = payload[name];
  if (typeof id !== "string") throw fault("SUPPORT_NO_CASE");
  return id;
}
