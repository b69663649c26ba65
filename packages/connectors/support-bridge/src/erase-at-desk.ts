/** A conversation leaves the desk because a person says so, by the bridge or by that person's own hand there. @clause D12.2, DC */
import { type ControllerId, faultsOf, errors as kernelErrors, type Unit } from "@preau/kernel";
import { recordCase } from "./case-journal.ts";
import { wayOut } from "./case-leave.ts";
import { fault } from "./errors.ts";
import { isThreadRestricted, lockCase, readCase, type StoredCase, updateCase } from "./store/cases.ts";
import type { SupportActor, SupportPorts } from "./support-ports.ts";

const kernelFault = faultsOf(kernelErrors);

type ErasePorts = Pick<SupportPorts, "clock" | "jobs" | "journal">;

export interface DeskErasure {
  readonly scope: ControllerId | "all";
  readonly case: string;
  readonly by: SupportActor;
}

/** Now; twice is once. What is gone there stays gone. @throws SUPPORT_NO_CASE, SOURCE_SUBJECT_RESTRICTED */
export async function eraseAtDesk(unit: Unit, ports: ErasePorts, asked: DeskErasure): Promise<void> {
  const { line } = await lockOne(unit, asked);
  if (line.desk !== "there" && line.desk !== "stuck") return;
  await updateCase(unit, line, { desk: "leaving" });
  await ports.jobs.enqueue(unit, wayOut(line));
  await recordCase(unit, ports, line, {
    ...{ type: "support-bridge.erasureAsked", clause: "D12.2", by: asked.by },
  });
}

/** Somebody erased it at the desk itself, where the bridge could not. @throws SUPPORT_NO_CASE, SOURCE_SUBJECT_RESTRICTED */
export async function markErasedAtDesk(unit: Unit, ports: ErasePorts, asked: DeskErasure): Promise<void> {
  const { line } = await lockOne(unit, asked);
  if (line.desk !== "stuck") return;
  await updateCase(unit, line, { desk: "gone", deskGoneAt: ports.clock.now() });
  await recordCase(unit, ports, line, {
    ...{ type: "support-bridge.left", clause: "D12.2", by: asked.by, payload: { byHand: true } },
  });
}

async function lockOne(unit: Unit, { scope, case: id }: DeskErasure): Promise<StoredCase> {
  const shown = await readCase(unit, scope, id);
  const found = shown && (await lockCase(unit, shown.line.controller, shown.line.id));
  if (found === undefined) throw fault("SUPPORT_NO_CASE");
  if (await isThreadRestricted(unit, found.line))
    throw kernelFault("SOURCE_SUBJECT_RESTRICTED", { place: found.line.id, clause: "D10.1a" });
  return found;
}
