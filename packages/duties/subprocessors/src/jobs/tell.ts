/**
 * Sends the notices of a change, a page of controllers in one transaction each: a run that is killed goes on where the last page
 * was committed, and nobody is written to twice. Of a change that was taken back it tells those who had heard of it. @clause D8.2
 */
import { type Addressee, officerToTell } from "@preau/contracts";
import { addHours, type JobDefinition, type Message, type Unit } from "@preau/kernel";
import { recordActs, SYSTEM } from "../act.ts";
import { type Change, type ChangeId, clauseOf } from "../change.ts";
import { RECEIPT } from "../link-purposes.ts";
import { NOTICE, noticePath, REMINDER } from "../messages.ts";
import type { Notice } from "../notice.ts";
import { noticeFacts } from "../notice-facts.ts";
import type { SubprocessorsOptions } from "../options.ts";
import type { SubprocessorPorts } from "../ports.ts";
import { readChange } from "../store/changes.ts";
import { countReminders, noticesToSend, updateNotices } from "../store/notices.ts";
import { takeBackPage } from "../take-back.ts";
import { changeIn } from "./change-in.ts";
import { TELL } from "./names.ts";

/** Controllers a transaction. */
const PAGE = 500;
const HOURS_OF_DAY = 24;
/** Before other mail: a window starts when the notice arrives. */
const PRIORITY = 50;

export function tellJob(ports: SubprocessorPorts, options: SubprocessorsOptions): JobDefinition {
  return {
    name: TELL,
    handler: async (job, { signal }) => {
      const id = changeIn(job);
      let told = 0;
      for (let count = PAGE; count === PAGE; told += count) {
        signal.throwIfAborted();
        count = await ports.unitOfWork.transaction((unit) => tellPage(unit, ports, options, id));
      }
      ports.log.info("subprocessors.told", { change: id, controllers: told });
    },
    attempts: 50,
  };
}

/** One page: how many controllers it saw to. */
export async function tellPage(
  unit: Unit,
  ports: SubprocessorPorts,
  options: SubprocessorsOptions,
  id: ChangeId,
  limit = PAGE,
): Promise<number> {
  const change = await readChange(unit, id);
  if (change === undefined || change.state === "draft") return 0;
  if (change.state === "withdrawn") return takeBackPage(unit, ports, options, change, limit);
  const notices = await noticesToSend(unit, id, limit);
  const sent = await sendNotices(unit, ports, options, { change, notices, template: NOTICE });
  const reached = new Set(sent);
  const controllers = notices.map(({ controller }) => controller);
  const without = controllers.filter((each) => !reached.has(each));
  await updateNotices(unit, id, sent, { delivery: "queued" });
  await updateNotices(unit, id, without, { delivery: "noAddress" });
  await recordActs(
    unit,
    ports,
    notices.map(({ controller, id: notice }) => ({
      ...{ type: "subprocessors.noticeQueued", clause: clauseOf(change), controller, by: SYSTEM },
      payload: {
        ...{ change: id, notice, recipient: change.entry.recipient },
        outcome: reached.has(controller) ? "queued" : "noAddress",
      },
    })),
  );
  return notices.length;
}

/** Reminds them once more, whoever their officer is by now. */
export async function remindNotices(
  unit: Unit,
  ports: SubprocessorPorts,
  options: SubprocessorsOptions,
  { change, notices }: { readonly change: Change; readonly notices: readonly Notice[] },
): Promise<void> {
  const sent = await sendNotices(unit, ports, options, { change, notices, template: REMINDER });
  const at = ports.clock.now();
  await updateNotices(unit, change.id, sent, { delivery: "queued" });
  await countReminders(
    unit,
    change.id,
    notices.map(({ controller }) => controller),
    at,
  );
  const reached = new Set(sent);
  await recordActs(
    unit,
    ports,
    notices.map(({ controller, id: notice, reminders }) => ({
      ...{ type: "subprocessors.reminded", clause: clauseOf(change), controller, by: SYSTEM },
      payload: {
        ...{ change: change.id, notice, reminder: reminders + 1 },
        outcome: reached.has(controller) ? "queued" : "noAddress",
      },
    })),
  );
}

/** Those that could be written to: a link each, then the mails, in few statements. */
async function sendNotices(
  unit: Unit,
  ports: SubprocessorPorts,
  options: SubprocessorsOptions,
  given: { readonly change: Change; readonly notices: readonly Notice[]; readonly template: string },
): Promise<readonly Notice["controller"][]> {
  const { change, notices, template } = given;
  const { language, linkDays } = options;
  const until = addHours(ports.clock.now(), linkDays * HOURS_OF_DAY);
  const reachable: { readonly notice: Notice; readonly officer: Addressee }[] = [];
  for (const notice of notices) {
    // The links of the others are handed over by hand.
    const officer = await officerToTell(unit, ports, notice.controller);
    if (officer !== undefined) reachable.push({ notice, officer });
  }
  if (reachable.length === 0) return [];
  const tokens = await ports.links.makeMany(
    unit,
    reachable.map(({ notice }) => ({
      ...{ controller: notice.controller, purpose: RECEIPT, thing: notice.id, until },
    })),
  );
  const messages = reachable.map(({ notice, officer }, at): Message => {
    const { controller, id, reminders } = notice;
    const facts = noticeFacts(change, ports.agreements.of(controller), language).map((each) => [...each]);
    return {
      ...{ template, language, ...officer, priority: PRIORITY },
      variables: { path: noticePath(tokens[at] ?? ""), facts },
      key: template === NOTICE ? noticeKey(id) : `${noticeKey(id)}/${reminders + 1}`,
    };
  });
  if (ports.mailer.sendMany !== undefined) await ports.mailer.sendMany(unit, messages);
  else for (const message of messages) await ports.mailer.send(unit, message);
  return reachable.map(({ notice }) => notice.controller);
}

/** Of the mail that carries it; what became of that mail comes back under it. */
function noticeKey(id: Notice["id"]): string {
  return `subprocessors/notice/${id}`;
}
