/**
 * An instruction was taken back while it runs: steps not begun do not begin, and what has begun is said. An objection ends with its
 * instruction; a restriction that stands is lifted by an instruction of its own. @clause D6.1c, D10.1a
 */
import { overallVerdict, type PreauEvents, type Unit } from "@preau/kernel";
import type { Action } from "./execute-action.ts";
import type { ExecutePorts } from "./execute-ports.ts";
import { stopAction } from "./execute-settle.ts";
import { endObjectionsOn } from "./objection.ts";
import { enqueueRectifying } from "./rectification-run.ts";
import { enqueueSettling } from "./restriction-settle.ts";
import { correctionsOf, judgeCorrection, lockActions } from "./store/actions.ts";
import { markStopped, restrictionsOfInstruction, storesOf } from "./store/restrictions.ts";

/** @clause D6.1c, D10.1a */
export async function stopOnRevocation(
  unit: Unit,
  ports: ExecutePorts,
  { controller, instruction, at }: PreauEvents["instruction.revoked"],
): Promise<void> {
  await stopRestrictions(unit, ports, { controller, instruction, at });
  await endObjectionsOn(unit, ports, { controller, instruction, at });
  for (const action of await lockActions(unit, controller, { instruction })) {
    if (action.state === "waiting")
      await stopAction(unit, ports, action, {
        verdict: "UNKNOWN",
        why: action.thing === undefined ? "REVOKED_BEFORE" : "REVOKED_AFTER",
      });
    else if (action.state === "running") await stopRunning(unit, ports, action);
  }
}

type Revoked = Pick<PreauEvents["instruction.revoked"], "at" | "controller" | "instruction">;

/** Stores that were not asked yet are not asked any more. */
async function stopRestrictions(
  unit: Unit,
  ports: ExecutePorts,
  { controller, instruction, at }: Revoked,
): Promise<void> {
  for (const restriction of await restrictionsOfInstruction(unit, controller, instruction)) {
    if (!restriction.isLive || restriction.lifted !== undefined || restriction.stoppedAt !== undefined)
      continue;
    const open = (await storesOf(unit, restriction)).some(({ begunAt }) => begunAt === undefined);
    if (!open) continue;
    await markStopped(unit, restriction, at);
    await enqueueSettling(unit, ports, restriction);
  }
}

/**
 * An erasure that was ordered, a restriction that stands, are not undone by this: they go on to their verdict. Of corrections only
 * those that were not begun stop.
 */
async function stopRunning(unit: Unit, ports: ExecutePorts, action: Action): Promise<void> {
  if (action.matter !== "rectification") {
    // An erasure that had not begun is cancelled, and no receipt will come; one that had begun goes on to its receipt.
    const verdict = action.matter === "erasure" ? "UNKNOWN" : "PENDING";
    await stopAction(unit, ports, action, { verdict, why: "REVOKED_AFTER" });
    return;
  }
  let begun = 0;
  const corrections = await correctionsOf(unit, action);
  for (const { id, begunAt, verdict } of corrections) {
    if (begunAt === undefined && verdict === "PENDING")
      await judgeCorrection(unit, action, { id, verdict: "FAILED", why: "NOT_BEGUN" });
    else begun += 1;
  }
  const now = (await correctionsOf(unit, action)).map(({ verdict }) => verdict);
  await stopAction(unit, ports, action, {
    verdict: overallVerdict(now, 0),
    why: begun === 0 ? "REVOKED_BEFORE" : "REVOKED_AFTER",
  });
  // What had begun ends, and the values go with their key.
  await enqueueRectifying(unit, ports, action);
}
