/** Proof that an announcement was received: the controller's clock starts here, and nowhere else. @clause D8.3, D9.3 */
import type { ControllerId, Instant, Unit } from "@preau/kernel";
import { officers, recordAct, requireRole } from "./act.ts";
import { authoriseTransfer, endTransfer } from "./authorise-transfer.ts";
import { termsFor } from "./baseline.ts";
import { type Change, type ChangeId, clauseOf } from "./change.ts";
import { confirmReceipt, type ObjectionLink, objectionLink } from "./confirm-receipt.ts";
import { fault } from "./errors.ts";
import { OBJECTION, RECEIPT } from "./link-purposes.ts";
import type { Capacity, Notice, NoticeId, Receipt } from "./notice.ts";
import type { SubprocessorsOptions } from "./options.ts";
import type { SubprocessorPorts } from "./ports.ts";
import { bad, readText } from "./read-words.ts";
import { behindLink, readSaying, type Saying } from "./said.ts";
import type { OpeningWindow } from "./standing.ts";
import { readChange } from "./store/changes.ts";
import { lockNotice, noticeById, updateNotice } from "./store/notices.ts";
import { windowOf } from "./window.ts";

export interface RecordedReceipt {
  readonly notice: Notice;
  readonly change: Change;
  readonly receivedAt: Instant;
  readonly window: OpeningWindow | undefined;
  /** False when it was proved before: twice is once. */
  readonly isNew: boolean;
  /** To object, until the window is over. */
  readonly objection?: ObjectionLink;
}

/**
 * A person presses "I have received this" behind the link, and the link dies. Looking at it started nothing.
 * @throws WEB_LINK_DEAD, SUBPROCESSORS_NO_NOTICE, SUBPROCESSORS_STATE for a change that was taken back
 * @clause D8.3, D9.3
 */
export async function recordReceiptByLink(
  unit: Unit,
  ports: SubprocessorPorts,
  options: SubprocessorsOptions,
  { token, capacity }: { readonly token: string; readonly capacity: Capacity },
): Promise<RecordedReceipt> {
  const { controller, thing } = await ports.links.use(unit, RECEIPT, token);
  const notice = await noticeById(unit, controller, thing as NoticeId);
  if (notice === undefined) throw fault("SUBPROCESSORS_NO_NOTICE");
  const by = behindLink(capacity);
  return record(unit, ports, options, { controller, change: notice.change, by, capacity }, true);
}

export interface ReceiptGiven extends Saying {
  readonly controller: ControllerId;
  readonly change: ChangeId;
  /** When the controller received the announcement, where the writing shows it: when it reached us otherwise. */
  readonly receivedAt?: Instant;
}

/**
 * By the client's own people on their page, or by the publisher's officer with the writing that proves it.
 * @throws SUBPROCESSORS_NO_NOTICE, SUBPROCESSORS_STATE, SUBPROCESSORS_NOT_ALLOWED, SUBPROCESSORS_NEEDS_WRITING,
 * SUBPROCESSORS_BAD for an instant before the announcement, or to come
 * @clause D8.3, D9.3
 */
export function recordReceipt(
  unit: Unit,
  ports: SubprocessorPorts,
  options: SubprocessorsOptions,
  given: ReceiptGiven,
): Promise<RecordedReceipt> {
  return record(unit, ports, options, given, false);
}

async function record(
  unit: Unit,
  ports: SubprocessorPorts,
  options: SubprocessorsOptions,
  given: ReceiptGiven,
  link: boolean,
): Promise<RecordedReceipt> {
  const { notice, change } = await announcedTo(unit, given);
  const { controller } = notice;
  const { said, receivedAt: reachedUs } = readSaying(ports.clock, given, link);
  requireHash(said);
  if (notice.receipt !== undefined) {
    const { receivedAt } = notice.receipt;
    return { notice, change, receivedAt, window: await windowFor(unit, ports, notice, change), isNew: false };
  }
  const receipt: Receipt = {
    ...said,
    receivedAt: readReceivedAt(given.receivedAt ?? reachedUs, reachedUs, notice),
  };
  await updateNotice(unit, notice, { receipt });
  const received: Notice = { ...notice, receipt };
  const window = await windowFor(unit, ports, received, change);
  await recordAct(unit, ports, {
    ...{ type: "subprocessors.received", clause: clauseOf(change), controller, by: given.by },
    payload: { change: change.id, notice: notice.id, ...receipt, ...openingOf(window) },
  });
  if (window !== undefined && notice.objectedAt === undefined)
    await authoriseTransfer(unit, ports, { notice, change, opensAt: window.opensAt });
  const objection = await objectionLink(unit, ports, notice, window);
  await confirmReceipt(unit, ports, options, { notice: received, change, window });
  return {
    ...{ notice: received, change, receivedAt: receipt.receivedAt, window, isNew: true },
    ...(objection === undefined ? {} : { objection }),
  };
}

/**
 * Corrects what was recorded wrongly: another instant, or no receipt at all. What was recorded before stays in the journal, and
 * what had opened may shut again.
 * @throws SUBPROCESSORS_NO_NOTICE, SUBPROCESSORS_STATE, SUBPROCESSORS_NOT_ALLOWED, SUBPROCESSORS_NEEDS_WRITING, SUBPROCESSORS_BAD
 * @clause D8.3, D9.3
 */
export async function correctReceipt(
  unit: Unit,
  ports: SubprocessorPorts,
  options: SubprocessorsOptions,
  given: Omit<ReceiptGiven, "receivedAt"> & {
    readonly receivedAt: Instant | "notReceived";
    /** Why; names nobody. */
    readonly reason: string;
  },
): Promise<void> {
  requireRole(given.by, officers);
  const { notice, change } = await announcedTo(unit, given);
  if (notice.receipt === undefined) throw fault("SUBPROCESSORS_STATE");
  const reason = readText(given.reason, "reason");
  const { said, receivedAt: reachedUs } = readSaying(ports.clock, given);
  requireHash(said);
  const before = { ...notice.receipt };
  const receipt: Receipt | null =
    given.receivedAt === "notReceived"
      ? null
      : { ...said, receivedAt: readReceivedAt(given.receivedAt, reachedUs, notice) };
  await updateNotice(unit, notice, { receipt });
  await endTransfer(unit, ports, notice, given);
  await ports.links.kill(unit, notice.controller, notice.id, OBJECTION);
  const { receipt: _, ...rest } = notice;
  const corrected: Notice = receipt === null ? rest : { ...rest, receipt };
  const window = await windowFor(unit, ports, corrected, change);
  await recordAct(unit, ports, {
    ...{ type: "subprocessors.receiptCorrected", clause: clauseOf(change), by: given.by },
    controller: notice.controller,
    payload: {
      ...{
        change: change.id,
        notice: notice.id,
        reason,
        before,
        after: receipt === null ? {} : { ...receipt },
      },
      ...openingOf(window),
    },
  });
  if (window !== undefined && notice.objectedAt === undefined)
    await authoriseTransfer(unit, ports, { notice: corrected, change, opensAt: window.opensAt });
  await confirmReceipt(unit, ports, options, { notice: corrected, change, window });
}

/** The notice, held, of a change that is announced. @throws SUBPROCESSORS_NO_NOTICE, SUBPROCESSORS_STATE */
export async function announcedTo(
  unit: Unit,
  { controller, change: id }: Pick<ReceiptGiven, "controller" | "change">,
): Promise<{ readonly notice: Notice; readonly change: Change }> {
  const change = await readChange(unit, id);
  const notice = await lockNotice(unit, controller, id);
  if (change === undefined || notice === undefined) throw fault("SUBPROCESSORS_NO_NOTICE");
  if (change.state !== "announced") throw fault("SUBPROCESSORS_STATE");
  return { notice, change };
}

/** Undefined while receipt is not proved, and where the agreement sets no window. */
export async function windowFor(
  unit: Unit,
  ports: Pick<SubprocessorPorts, "agreements" | "contracts">,
  { controller, receipt }: Notice,
  change: Change,
): Promise<OpeningWindow | undefined> {
  if (receipt === undefined) return undefined;
  const place = await ports.contracts.placeOf(unit, controller);
  return windowOf(await termsFor(unit, ports, controller), change, receipt.receivedAt, place);
}

/** Never before the announcement was made, never after its proof reached us. @clause D8.3 */
function readReceivedAt(receivedAt: Instant, reachedUs: Instant, { announcedAt }: Notice): Instant {
  if (receivedAt < announcedAt || receivedAt > reachedUs) throw bad("receivedAt");
  return receivedAt;
}

function openingOf(window: OpeningWindow | undefined) {
  return window === undefined ? {} : { windowEnds: window.window.dueAt, opensAt: window.opensAt };
}

/** A clock that somebody else's paper starts is started by that very paper. @clause D8.3 */
function requireHash({ how, sha256 }: Receipt | Omit<Receipt, "receivedAt">): void {
  if (how === "writing" && sha256 === undefined) throw bad("writing.sha256");
}
