/**
 * Once a day, of a change that is announced: whose contract is new is told too, and who has not confirmed is reminded, as often
 * as the options say. @clause D8.2
 */
import { addHours, type JobDefinition } from "@preau/kernel";
import { addNotices } from "../announce-change.ts";
import type { ChangeId } from "../change.ts";
import type { SubprocessorsOptions } from "../options.ts";
import type { SubprocessorPorts } from "../ports.ts";
import { readChange } from "../store/changes.ts";
import { noticesToRemind } from "../store/notices.ts";
import { changeIn } from "./change-in.ts";
import { enqueueLook, enqueueTelling, LOOK } from "./names.ts";
import { remindNotices } from "./tell.ts";

/** Controllers a transaction. */
const PAGE = 200;

export function lookJob(ports: SubprocessorPorts, options: SubprocessorsOptions): JobDefinition {
  return {
    name: LOOK,
    handler: async (job, { signal }) => {
      const id = changeIn(job);
      const announced = await tellNewcomers(ports, id);
      if (!announced) return;
      const reminded = await remindPages(ports, options, id, signal);
      if (reminded > 0) ports.log.info("subprocessors.reminded", { change: id, controllers: reminded });
      await ports.unitOfWork.transaction((unit) => enqueueLook(unit, ports, id));
    },
    attempts: 50,
  };
}

/** False when the change is not announced any more. Only what was announced to everybody reaches later contracts. */
async function tellNewcomers(ports: SubprocessorPorts, id: ChangeId): Promise<boolean> {
  return ports.unitOfWork.transaction(async (unit) => {
    const change = await readChange(unit, id);
    if (change?.state !== "announced") return false;
    if (change.audience !== "all") return true;
    const added = await addNotices(unit, ports, change, "all");
    if (added.length > 0) await enqueueTelling(unit, ports, id);
    return true;
  });
}

async function remindPages(
  ports: SubprocessorPorts,
  options: SubprocessorsOptions,
  id: ChangeId,
  signal: AbortSignal,
): Promise<number> {
  const before = addHours(ports.clock.now(), -24 * options.remindEveryDays);
  let reminded = 0;
  for (let after = ""; ; ) {
    signal.throwIfAborted();
    const last = await ports.unitOfWork.transaction(async (unit) => {
      const change = await readChange(unit, id);
      if (change?.state !== "announced") return undefined;
      const query = { before, reminders: options.reminders, after, limit: PAGE };
      const notices = await noticesToRemind(unit, id, query);
      await remindNotices(unit, ports, options, { change, notices });
      reminded += notices.length;
      return notices.at(-1)?.controller;
    });
    if (last === undefined) return reminded;
    after = last;
  }
}
