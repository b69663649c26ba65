/** Either side tells the other what it learns, and the other says that it knows. @clause D6.1d */
import { deadlineOf } from "@preau/calendar";
import type { ActorRole, ControllerId, Instant, InstructionGiver, Unit } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { InstructionsPorts } from "./instructions-ports.ts";
import { type Notice, type NoticeCategory, type NoticeId, noticeCategories, type Towards } from "./notice.ts";
import type { InstructionsOptions } from "./options.ts";
import { telling } from "./raise-flag.ts";
import { openWords, readWords, sealWords } from "./sealed-words.ts";
import { findNotice, insertNotice, noticeOfPress, updateNotice } from "./store/notice-rows.ts";

export const NOTICE_LINK = "instructions.notice";
export const REMIND = "instructions.remind";
const MOST = 5_000;
const CLAUSE = /^[A-Za-z0-9][\p{L}0-9. -]{0,39}$/u;
const OWN_PEOPLE: ReadonlySet<ActorRole> = new Set<ActorRole>(["controllerAdministrator", "controllerDpo"]);

export interface NewNotice {
  readonly controller: ControllerId;
  readonly category: NoticeCategory;
  readonly clause?: string | undefined;
  readonly text: string;
  readonly by: InstructionGiver;
  /** Of the form: sent twice it tells once. */
  readonly press?: string | undefined;
}

/** Whose side somebody is on decides to whom it is told. */
function towardsOf(role: ActorRole): Towards {
  return OWN_PEOPLE.has(role) ? "publisher" : "controller";
}

/**
 * Its words rest sealed; the message says the category alone.
 * @throws INSTRUCTIONS_BAD_NOTICE naming the field, INSTRUCTIONS_BAD_WORDS, INSTRUCTIONS_NO_CONTROLLER
 * @clause D6.1d
 */
export async function writeNotice(
  ports: InstructionsPorts,
  options: InstructionsOptions,
  { controller, category, clause, text, by, press }: NewNotice,
): Promise<NoticeId> {
  if (!noticeCategories.includes(category))
    throw fault("INSTRUCTIONS_BAD_NOTICE", { place: "category", clause: "D6.1d" });
  if (clause !== undefined && !CLAUSE.test(clause))
    throw fault("INSTRUCTIONS_BAD_NOTICE", { place: "clause", clause: "D6.1d" });
  const id = ports.ids.next("ntc");
  const words = await sealWords(ports, controller, readWords(text, MOST, "text"), contextOf(id));
  return ports.unitOfWork.transaction(async (unit) => {
    const earlier = press === undefined ? undefined : await noticeOfPress(unit, controller, press);
    if (earlier !== undefined) return earlier;
    if ((await ports.contracts.controller(unit, controller)) === undefined)
      throw fault("INSTRUCTIONS_NO_CONTROLLER", { clause: "D6.1d" });
    const notice: Notice = {
      ...{ id, controller, towards: towardsOf(by.role), category, words },
      ...{ writtenBy: by.role, writtenAt: ports.clock.now() },
      ...(clause === undefined ? {} : { clause }),
    };
    await insertNotice(unit, notice, press);
    await ports.journal.record(unit, {
      ...{ log: "evidence", type: "instructions.complianceNoticed", clause: "D6.1d", controller },
      actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
      payload: {
        notice: id,
        towards: notice.towards,
        category,
        ...(clause === undefined ? {} : { about: clause }),
      },
    });
    await ports.jobs.enqueue(unit, telling("notice", notice));
    await ports.jobs.enqueue(unit, {
      ...{ name: REMIND, controller, key: id, payload: { notice: id } },
      runAt: await dueOf(unit, ports, options, notice),
    });
    return id;
  });
}

/**
 * The other side says that it knows. Twice is once; one's own notice is not one's to acknowledge.
 * @throws INSTRUCTIONS_NO_NOTICE
 * @clause D6.1d
 */
export async function acknowledgeNotice(
  ports: InstructionsPorts,
  {
    controller,
    id,
    by,
  }: { readonly controller: ControllerId; readonly id: NoticeId; readonly by: InstructionGiver },
): Promise<void> {
  await ports.unitOfWork.transaction(async (unit) => {
    const notice = await findNotice(unit, controller, id, "lock");
    if (notice === undefined || notice.towards === towardsOf(by.role))
      throw fault("INSTRUCTIONS_NO_NOTICE", { clause: "D6.1d" });
    if (notice.acknowledged !== undefined) return;
    await updateNotice(unit, notice, { acknowledged: { by: by.role, at: ports.clock.now() } });
    await ports.links.kill(unit, controller, id, NOTICE_LINK);
    await ports.journal.record(unit, {
      ...{ log: "evidence", type: "instructions.noticeAcknowledged", clause: "D6.1d", controller },
      actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
      payload: { notice: id },
    });
  });
}

/** When one that nobody has acknowledged is reminded of: counted from its writing, or from the last reminder. */
export async function dueOf(
  unit: Unit,
  { contracts }: Pick<InstructionsPorts, "contracts">,
  { remindAfterWorkingDays: amount }: Pick<InstructionsOptions, "remindAfterWorkingDays">,
  { controller, writtenAt, remindedAt }: Pick<Notice, "controller" | "writtenAt" | "remindedAt">,
): Promise<Instant> {
  const place = await contracts.placeOf(unit, controller);
  const from = remindedAt ?? writtenAt;
  return deadlineOf(from, { unit: "workingDays", amount }, { rounding: "right", place }).dueAt;
}

export function wordsOf(
  ports: Pick<InstructionsPorts, "vault">,
  notice: Notice,
): Promise<string | undefined> {
  return openWords(ports, notice.controller, notice.words, contextOf(notice.id));
}

function contextOf(id: NoticeId): string {
  return `ins_notice ${id}`;
}
