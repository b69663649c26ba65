/** Drafts of changes: written, corrected, thrown away. Nobody is told of one. @figure D8.2 */
import { type Actor, PUBLISHER } from "@preau/contracts";
import type { Unit } from "@preau/kernel";
import { officers, recordAct, requireRole } from "./act.ts";
import type { Change, ChangeId } from "./change.ts";
import { fault } from "./errors.ts";
import type { SubprocessorPorts } from "./ports.ts";
import { type ChangeGiven, readChangeGiven } from "./read-change.ts";
import { deleteDraft, insertChange, readChange, updateChange } from "./store/changes.ts";

type DraftPorts = Pick<SubprocessorPorts, "agreements" | "clock" | "ids" | "journal">;

/** @throws SUBPROCESSORS_NOT_ALLOWED, SUBPROCESSORS_BAD naming the field, SUBPROCESSORS_RECIPIENT_TAKEN */
export async function proposeChange(
  unit: Unit,
  ports: DraftPorts,
  { change, by }: { readonly change: ChangeGiven; readonly by: Actor },
): Promise<ChangeId> {
  requireRole(by, officers);
  const values = readChangeGiven(change, ports.agreements.of(PUBLISHER));
  const id = ports.ids.next("spc");
  await insertChange(unit, {
    ...values,
    ...{ id, state: "draft", proposedAt: ports.clock.now(), version: 1 },
  });
  await recordAct(unit, ports, {
    ...{ type: "subprocessors.changeProposed", clause: "D8.2", by },
    payload: { change: id, kind: values.kind, recipient: values.entry.recipient },
  });
  return id;
}

/**
 * Writes a draft anew.
 * @throws SUBPROCESSORS_NOT_ALLOWED, SUBPROCESSORS_NO_CHANGE, SUBPROCESSORS_STATE, SUBPROCESSORS_BAD,
 * SUBPROCESSORS_RECIPIENT_TAKEN, SUBPROCESSORS_CHANGED_MEANWHILE
 */
export async function reviseChange(
  unit: Unit,
  ports: DraftPorts,
  given: {
    readonly id: ChangeId;
    readonly version: number;
    readonly change: ChangeGiven;
    readonly by: Actor;
  },
): Promise<void> {
  requireRole(given.by, officers);
  const known = await readChange(unit, given.id);
  if (known === undefined) throw fault("SUBPROCESSORS_NO_CHANGE");
  if (known.state !== "draft") throw fault("SUBPROCESSORS_STATE");
  const values = readChangeGiven(given.change, ports.agreements.of(PUBLISHER));
  const { id, state, proposedAt } = known;
  const next: Change = { ...values, id, state, proposedAt, version: given.version };
  if (!(await updateChange(unit, next))) throw fault("SUBPROCESSORS_CHANGED_MEANWHILE");
}

/** @throws SUBPROCESSORS_NOT_ALLOWED, SUBPROCESSORS_STATE for one that was announced, or is not there */
export async function discardChange(
  unit: Unit,
  ports: Pick<SubprocessorPorts, "journal">,
  { id, by }: { readonly id: ChangeId; readonly by: Actor },
): Promise<void> {
  requireRole(by, officers);
  if (!(await deleteDraft(unit, id))) throw fault("SUBPROCESSORS_STATE");
  await recordAct(unit, ports, {
    ...{ type: "subprocessors.changeDiscarded", clause: "D8.2", by },
    payload: { change: id },
  });
}
