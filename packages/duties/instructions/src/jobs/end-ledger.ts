/**
 * The ledger's rows go with their evidence: the agreement says how long after the contract's end an instruction is kept
 * (`keepInstructions`), the journal destroys the payload then, and never while a hold stands. A row whose entry is empty has no
 * proof left and goes too; nobody removes one by hand. @figure D6.1c
 */
import { deadlineOf, mainland } from "@preau/calendar";
import type { ControllerId, JobDefinition, Unit } from "@preau/kernel";
import type { InstructionsPorts } from "../instructions-ports.ts";
import { deleteOf, oldestRows, rowsToEnd } from "../store/ended-rows.ts";

/** How many went. */
async function endLedger(ports: InstructionsPorts, controller: ControllerId): Promise<number> {
  return ports.unitOfWork.transaction(async (unit) => {
    const kept = new Set<string>();
    const note = async (type: string, name: string) => {
      for (let before: Parameters<typeof ports.journal.entries>[1]["before"]; ; ) {
        const page = await ports.journal.entries(unit, {
          ...{ controller, type, limit: 1_000 },
          ...(before === undefined ? {} : { before }),
        });
        for (const { payload } of page) if (typeof payload?.[name] === "string") kept.add(payload[name]);
        before = page.at(-1)?.id;
        if (page.length < 1_000 || before === undefined) return;
      }
    };
    const rows = await rowsToEnd(unit, controller);
    if (rows.length === 0) return 0;
    await note("instructions.recorded", "instruction");
    await note("instructions.observationAsked", "observation");
    await note("instructions.complianceNoticed", "notice");
    const gone = rows.filter(({ id }) => !kept.has(id));
    await deleteOf(unit, controller, gone);
    return gone.length;
  });
}

const END = "instructions.end";

export function endingJobs(ports: InstructionsPorts): readonly JobDefinition[] {
  return [
    {
      name: END,
      handler: async ({ controller }) => {
        const rows = await endLedger(ports, controller);
        if (rows > 0) ports.log.info("instructions.ended", { rows });
      },
    },
  ];
}

/**
 * Whose ledger to look at: those whose oldest row is as old as the agreement keeps instructions. Asked for whenever logs end.
 * @figure D6.1c
 */
export async function askToEnd(unit: Unit, ports: InstructionsPorts): Promise<void> {
  const now = ports.clock.now();
  for (const { controller, oldest } of await oldestRows(unit)) {
    const { periods } = ports.agreements.of(controller);
    const keep = periods.find(({ id }) => id === "keepInstructions");
    if (keep === undefined) continue;
    const { dueAt } = deadlineOf(oldest, keep.duration, { rounding: "binds", place: mainland });
    if (dueAt > now) continue;
    await ports.jobs.enqueue(unit, { name: END, controller, key: controller, payload: {} });
  }
}
