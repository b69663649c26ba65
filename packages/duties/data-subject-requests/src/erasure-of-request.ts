/**
 * Erasure on instruction: the order goes to whoever erases in the unit that records it, and the request is settled by the receipt,
 * with the receipt's verdict. The erasure takes the person out of this package's own rows; from then until the receipt is filed
 * a keyed hash stands for them. One that was cancelled has none.
 * @clause D10.1a, D12.1
 */
import { type ControllerId, canonicalJson, type PreauEvents, type SubjectId, type Unit } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { Action } from "./execute-action.ts";
import type { ExecutePorts } from "./execute-ports.ts";
import { endAction } from "./execute-settle.ts";
import type { Begun, Task } from "./execute-task.ts";
import { lockActions } from "./store/actions.ts";
import { isRestrictedNow } from "./store/restrictions.ts";

/** @throws REQUEST_RESTRICTED: whose data is restricted is not erased */
export async function beginErasure(unit: Unit, ports: ExecutePorts, task: Task): Promise<Begun> {
  const { controller, subject, instruction, by, origin = "outsideGar" } = task;
  if (await isRestrictedNow(unit, controller, subject))
    throw fault("REQUEST_RESTRICTED", { clause: "D10.1a" });
  await ports.events.emit(unit, "account.deletionRequested", {
    ...{ controller, subject, origin, ground: "instruction", instruction },
    ...{ requestedBy: by.role, requestedAt: ports.clock.now() },
  });
  return { state: "running", verdict: "PENDING" };
}

/** The receipt of that person's erasure says how it came out. @clause D12.2 */
export async function settleErasure(
  unit: Unit,
  ports: ExecutePorts,
  { controller, subject, receipt, verdict, instruction }: PreauEvents["erasure.closed"],
): Promise<void> {
  const subject_hash = await erasedHash(ports, controller, subject);
  const taken = await lockActions(unit, controller, { subject_hash });
  // A store of ours that failed has left the person in the row.
  const left = await lockActions(unit, controller, { subject, matter: "erasure" });
  // One whose instruction was taken back may have been cancelled: another erasure says nothing about it.
  for (const action of [...taken, ...left.filter(waitsForReceipt)])
    if (action.state !== "stopped" || action.instruction === instruction)
      await endAction(unit, ports, action, { verdict, thing: receipt });
}

/** Ordered, and no receipt has said how it came out. */
export function waitsForReceipt({
  matter,
  state,
  thing,
}: Pick<Action, "matter" | "state" | "thing">): boolean {
  return matter === "erasure" && (state === "running" || (state === "stopped" && thing === undefined));
}

/** What stands for whoever was taken out of the row, until the receipt is filed. */
export async function erasedHash(
  { vault }: Pick<ExecutePorts, "vault">,
  controller: ControllerId,
  subject: SubjectId,
): Promise<string> {
  const scope = { controller, kind: "controller", id: controller } as const;
  return (await vault.mac(scope, "data-subject-requests.erased", canonicalJson([subject]))).toString("hex");
}
