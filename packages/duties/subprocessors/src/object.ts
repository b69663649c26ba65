/**
 * A controller's objection to a change: it keeps it shut for that controller alone. What counts is the date that it bears: one dated
 * in time that arrives late shuts again what had opened; one dated too late is kept and told, and shuts nothing unless the
 * publisher follows it. @clause D8.3, D9.3
 */
import { dayIn, sayDay } from "@preau/calendar";
import type { Actor } from "@preau/contracts";
import type { ControllerId, Instant, Unit } from "@preau/kernel";
import { officers, recordAct, requireRole } from "./act.ts";
import { authoriseTransfer, endTransfer } from "./authorise-transfer.ts";
import { termsFor } from "./baseline.ts";
import type { Change, ChangeId } from "./change.ts";
import { fault } from "./errors.ts";
import { OBJECTION } from "./link-purposes.ts";
import { LATE, OBJECTION_TAKEN_BACK } from "./messages.ts";
import type { Capacity, ChangeObjection, ChangeObjectionId, Notice, NoticeId } from "./notice.ts";
import type { SubprocessorsOptions } from "./options.ts";
import type { SubprocessorPorts } from "./ports.ts";
import { bad } from "./read-words.ts";
import { announcedTo, windowFor } from "./record-receipt.ts";
import { behindLink, readSaying, type Saying } from "./said.ts";
import { countsInTime, type OpeningWindow, type Standing, standingAt } from "./standing.ts";
import { noticeById, updateNotice } from "./store/notices.ts";
import { insertObjection, markHonoured, markWithdrawn, objectionsTo } from "./store/objections.ts";
import { tellOfficer } from "./tell-officer.ts";

export interface RecordedObjection {
  readonly objection: ChangeObjectionId;
  /** Dated within the window, or while none had begun: it keeps the change shut. */
  readonly counts: boolean;
  /** The change was open for this controller, and is shut again. */
  readonly shutsAgain: boolean;
  /** False when one that says as much stood already: of two at once, one stands. */
  readonly isNew: boolean;
}

export interface ObjectionGiven extends Saying {
  readonly controller: ControllerId;
  readonly change: ChangeId;
}

/**
 * Behind the link of an objection, which dies with it.
 * @throws WEB_LINK_DEAD, SUBPROCESSORS_NO_NOTICE, SUBPROCESSORS_STATE for a change that was taken back
 * @clause D8.3, D9.3
 */
export async function recordObjectionByLink(
  unit: Unit,
  ports: SubprocessorPorts,
  options: SubprocessorsOptions,
  { token, capacity }: { readonly token: string; readonly capacity: Capacity },
): Promise<RecordedObjection> {
  const { controller, thing } = await ports.links.use(unit, OBJECTION, token);
  const notice = await noticeById(unit, controller, thing as NoticeId);
  if (notice === undefined) throw fault("SUBPROCESSORS_NO_NOTICE");
  const by = behindLink(capacity);
  return record(unit, ports, options, { controller, change: notice.change, by, capacity }, true);
}

/**
 * By the client's own people on their page, dated now; or by the publisher's officer with the writing, dated as it is.
 * @throws SUBPROCESSORS_NO_NOTICE, SUBPROCESSORS_STATE, SUBPROCESSORS_NOT_ALLOWED, SUBPROCESSORS_NEEDS_WRITING,
 * SUBPROCESSORS_BAD for a date before the announcement, or after its receipt
 * @clause D8.3, D9.3
 */
export function recordObjection(
  unit: Unit,
  ports: SubprocessorPorts,
  options: SubprocessorsOptions,
  given: ObjectionGiven,
): Promise<RecordedObjection> {
  return record(unit, ports, options, given, false);
}

async function record(
  unit: Unit,
  ports: SubprocessorPorts,
  options: SubprocessorsOptions,
  given: ObjectionGiven,
  link: boolean,
): Promise<RecordedObjection> {
  const { notice, change } = await announcedTo(unit, given);
  const { controller } = notice;
  const { said, receivedAt, datedAt } = readSaying(ports.clock, given, link);
  await refuseBefore(unit, ports, notice, datedAt);
  const window = await windowFor(unit, ports, notice, change);
  const counts = countsInTime(datedAt, window);
  // The same word twice is once; another one, another day or by another way, is kept: taking one back leaves the other.
  const same = (await objectionsTo(unit, controller, change.id)).find(
    (each) =>
      stands(each) &&
      each.datedAt === datedAt &&
      each.receivedAt === receivedAt &&
      (each.how === "writing") === (said.how === "writing"),
  );
  if (same !== undefined) {
    const known = notice.honoured || countsInTime(same.datedAt, window);
    return { objection: same.id, counts: known, shutsAgain: false, isNew: false };
  }
  const before = await standingFor(unit, ports, notice, change);
  const id = ports.ids.next("spo");
  await insertObjection(unit, { ...said, id, controller, change: change.id, datedAt, receivedAt });
  const objectedAt =
    notice.objectedAt !== undefined && notice.objectedAt < datedAt ? notice.objectedAt : datedAt;
  await updateNotice(unit, notice, { objectedAt });
  const shutsAgain = counts && before.is === "OPEN";
  await recordAct(unit, ports, {
    ...{ type: counts ? "subprocessors.objected" : "subprocessors.objectedLate", by: given.by, controller },
    clause: objectedUnder(change),
    payload: {
      ...{ change: change.id, objection: id, datedAt, receivedAt, shutsAgain, ...said },
      ...(window === undefined ? {} : { windowEnds: window.window.dueAt }),
    },
  });
  if (counts) await endTransfer(unit, ports, notice, given);
  else await answerLate(unit, ports, options, { notice, objection: id, datedAt, window });
  await ports.links.kill(unit, controller, notice.id, OBJECTION);
  return { objection: id, counts, shutsAgain, isNew: true };
}

/**
 * Takes what stands back, in writing too. One that was received after that writing is another word, and stays.
 * @throws as `recordObjection`; SUBPROCESSORS_NO_OBJECTION when none stands that this writing can mean
 * @clause D8.3, D9.3
 */
export async function withdrawObjection(
  unit: Unit,
  ports: SubprocessorPorts,
  options: SubprocessorsOptions,
  given: ObjectionGiven,
): Promise<readonly ChangeObjectionId[]> {
  const { notice, change } = await announcedTo(unit, given);
  const { controller } = notice;
  const { said, receivedAt } = readSaying(ports.clock, given);
  const standing = (await objectionsTo(unit, controller, change.id)).filter(stands);
  const taken = standing.filter((each) => each.receivedAt <= receivedAt);
  if (taken.length === 0) throw fault("SUBPROCESSORS_NO_OBJECTION");
  for (const each of taken) await markWithdrawn(unit, each, { ...said, receivedAt });
  const left = standing.filter((each) => !taken.includes(each));
  const objectedAt = left.map(({ datedAt }) => datedAt).sort()[0] ?? null;
  const honoured = left.some((each) => each.honouredAt !== undefined);
  await updateNotice(unit, notice, { objectedAt, honoured });
  const objections = taken.map(({ id }) => id);
  await recordAct(unit, ports, {
    ...{ type: "subprocessors.objectionWithdrawn", by: given.by, controller },
    clause: objectedUnder(change),
    payload: { change: change.id, objections, receivedAt, ...said },
  });
  const window = await windowFor(unit, ports, notice, change);
  if (left.length === 0 && window !== undefined)
    await authoriseTransfer(unit, ports, { notice, change, opensAt: window.opensAt });
  // What the publisher's people write down of a client is told to it: nobody's objection goes unseen.
  if (said.how === "writing")
    await tellOfficer(unit, ports, options, {
      ...{ controller, template: OBJECTION_TAKEN_BACK },
      variables: { name: change.entry.name, path: `/subprocessors/notices/${notice.id}` },
      key: `subprocessors/taken-back/${objections.join("/")}`,
    });
  return objections;
}

/**
 * Follows an objection that is dated too late: from now on it counts.
 * @throws SUBPROCESSORS_NOT_ALLOWED, SUBPROCESSORS_NO_NOTICE, SUBPROCESSORS_STATE, SUBPROCESSORS_NO_OBJECTION
 * @clause D8.3, D9.3
 */
export async function honourObjection(
  unit: Unit,
  ports: Pick<SubprocessorPorts, "clock" | "journal">,
  given: { readonly controller: ControllerId; readonly change: ChangeId; readonly by: Actor },
): Promise<void> {
  requireRole(given.by, officers);
  const { notice, change } = await announcedTo(unit, given);
  const standing = (await objectionsTo(unit, given.controller, change.id)).filter(stands);
  if (standing.length === 0) throw fault("SUBPROCESSORS_NO_OBJECTION");
  for (const each of standing) await markHonoured(unit, each, ports.clock.now());
  await updateNotice(unit, notice, { honoured: true });
  await recordAct(unit, ports, {
    ...{ type: "subprocessors.objectionHonoured", by: given.by, controller: given.controller },
    clause: objectedUnder(change),
    payload: { change: change.id, objections: standing.map(({ id }) => id) },
  });
}

/** How a controller stands towards a change now. */
export async function standingFor(
  unit: Unit,
  ports: Pick<SubprocessorPorts, "agreements" | "clock" | "contracts">,
  notice: Notice,
  change: Change,
): Promise<Standing> {
  const { controller, receipt, objectedAt, honoured } = notice;
  return standingAt(ports.clock.now(), {
    ...{ terms: await termsFor(unit, ports, controller), change },
    notice: {
      honoured,
      ...(objectedAt === undefined ? {} : { objectedAt }),
      ...(receipt === undefined ? {} : { receivedAt: receipt.receivedAt }),
    },
    place: await ports.contracts.placeOf(unit, controller),
  });
}

/** An objection answers an announcement: the day of one is a day of its own at the earliest. */
async function refuseBefore(
  unit: Unit,
  ports: Pick<SubprocessorPorts, "contracts">,
  { controller, announcedAt }: Notice,
  datedAt: Instant,
): Promise<void> {
  const { zone } = await ports.contracts.placeOf(unit, controller);
  if (dayIn(zone, datedAt) < dayIn(zone, announcedAt)) throw bad("writing.datedAt");
}

/** D8.3 says when it is too late; whoever wrote late is told so, and how a writing in time still counts. */
async function answerLate(
  unit: Unit,
  ports: SubprocessorPorts,
  options: SubprocessorsOptions,
  given: {
    readonly notice: Notice;
    readonly objection: ChangeObjectionId;
    readonly datedAt: Instant;
    readonly window: OpeningWindow | undefined;
  },
): Promise<void> {
  const { notice, objection, datedAt, window } = given;
  const { controller } = notice;
  if (window === undefined) return;
  const { zone } = window.window.place;
  await tellOfficer(unit, ports, options, {
    ...{ controller, template: LATE },
    variables: {
      datedOn: sayDay(dayIn(zone, datedAt), options.language),
      lastDay: sayDay(window.window.lastDay, options.language),
    },
    key: `subprocessors/late/${objection}`,
  });
}

function stands({ withdrawn }: ChangeObjection): boolean {
  return withdrawn === undefined;
}

function objectedUnder({ kind }: Change): "D8.3" | "D9.3" {
  return kind === "transfer" ? "D9.3" : "D8.3";
}
