/** Takes a change back: it is shut for everybody at once; those who had heard of it are told by a job. @clause D8.2 */
import { type Actor, officerToTell } from "@preau/contracts";
import type { Unit } from "@preau/kernel";
import { officers, recordAct, recordActs, requireRole, SYSTEM } from "./act.ts";
import { type Change, type ChangeId, clauseOf } from "./change.ts";
import { fault } from "./errors.ts";
import { enqueueTelling } from "./jobs/names.ts";
import { TAKEN_BACK } from "./messages.ts";
import type { SubprocessorsOptions } from "./options.ts";
import type { SubprocessorPorts } from "./ports.ts";
import { lockChange, updateChange } from "./store/changes.ts";
import { noticesToTakeBack, updateNotices } from "./store/notices.ts";

/**
 * @throws SUBPROCESSORS_NOT_ALLOWED, SUBPROCESSORS_NO_CHANGE, SUBPROCESSORS_STATE for one that is not announced
 * @clause D8.2
 */
export async function takeBackChange(
  unit: Unit,
  ports: Pick<SubprocessorPorts, "clock" | "jobs" | "journal">,
  { id, by }: { readonly id: ChangeId; readonly by: Actor },
): Promise<void> {
  requireRole(by, officers);
  const change = await lockChange(unit, id);
  if (change === undefined) throw fault("SUBPROCESSORS_NO_CHANGE");
  if (change.state !== "announced") throw fault("SUBPROCESSORS_STATE");
  const withdrawn: Change = { ...change, state: "withdrawn", withdrawnAt: ports.clock.now() };
  if (!(await updateChange(unit, withdrawn))) throw fault("SUBPROCESSORS_CHANGED_MEANWHILE");
  await recordAct(unit, ports, {
    ...{ type: "subprocessors.changeTakenBack", clause: clauseOf(change), by },
    payload: { change: id, recipient: change.entry.recipient },
  });
  await enqueueTelling(unit, ports, id);
}

/** One page of those who had heard of it: their links die, a mail says so. How many. */
export async function takeBackPage(
  unit: Unit,
  ports: SubprocessorPorts,
  { language }: SubprocessorsOptions,
  change: Change,
  limit: number,
): Promise<number> {
  const notices = await noticesToTakeBack(unit, change.id, limit);
  const { name } = change.entry;
  for (const notice of notices) {
    await ports.links.kill(unit, notice.controller, notice.id);
    const hasHeard = notice.delivery !== "toSend";
    const officer = hasHeard ? await officerToTell(unit, ports, notice.controller) : undefined;
    if (officer === undefined) continue;
    await ports.mailer.send(unit, {
      ...{ template: TAKEN_BACK, language, variables: { name } },
      ...{ ...officer, key: `subprocessors/takenBack/${notice.id}` },
    });
  }
  const controllers = notices.map(({ controller }) => controller);
  await updateNotices(unit, change.id, controllers, { toldBackAt: ports.clock.now() });
  await recordActs(
    unit,
    ports,
    notices.map(({ controller, id: notice }) => ({
      ...{ type: "subprocessors.noticeTakenBack", clause: clauseOf(change), controller, by: SYSTEM },
      payload: { change: change.id, notice },
    })),
  );
  return notices.length;
}
