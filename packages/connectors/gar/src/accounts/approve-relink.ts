/**
 * Joining: the new identifier is given to the person that the old account belongs to. In one unit the request is used
 * up, the person made at the first sign-in under the new identifier is forgotten, the identifier linked to the old one,
 * their rows moved, the sessions of both ended, and it is journalled who approved. The directory cannot take one identifier
 * from a person: forgetting is all it knows, and right here. What stood under the forgotten person (the journal's entries
 * of the days since, which cannot be opened any more) was about nobody else; stores that hold work of theirs stop it
 * before. Two at once: whoever removes the request joins, the other finds none. @clause DD.7, D10.1a
 */
import {
  type ControllerId,
  isFault,
  type KnownPersons,
  type RegisteredSource,
  type SubjectId,
  type SubjectTarget,
  type Unit,
} from "@preau/kernel";
import { fault } from "../errors.ts";
import { type AccountRow, deleteAccount, moveAccount } from "../store/account-rows.ts";
import { countMiss, deleteRelinks, useRelink } from "../store/relink-rows.ts";
import { isSignInIdentifier } from "./account-links.ts";
import type { AccountPorts } from "./account-ports.ts";
import {
  type AccountStanding,
  type Approver,
  type JudgedRelink,
  type JudgePorts,
  judgeRelink,
  type RelinkOptions,
  type RelinkWish,
  standingOf,
} from "./judge-relink.ts";
import { hashCode, readCode } from "./relink-code.ts";

export type RelinkPorts = JudgePorts &
  Pick<AccountPorts, "journal" | "sessions" | "sources" | "unitOfWork"> & {
    readonly knownPersons?: KnownPersons;
  };

/** What an approver sees before deciding: nothing that names anybody. */
export interface RelinkView {
  readonly product: string;
  readonly role: string;
  readonly old: AccountStanding & { readonly subject: SubjectId; readonly stores: number };
  readonly now: AccountStanding;
}

interface Asked {
  readonly approver: Approver;
  readonly wish: RelinkWish;
}

/** Stores that every person who signs in stands in: joining moves or ends what they hold. */
const OF_THE_SIGN_IN: ReadonlySet<string> = new Set(["gar", "journal", "subjects", "web.sessions"]);
/** Where the words stand that a sign-in tells of the person (`KnownPersons`): no work of theirs either. */
const TOLD_BY_THE_SIGN_IN = "spt_known_word";

/** A code with which so many wrong account numbers were tried is worth nothing: an application numbers its people from 1. */
const MOST_MISSES = 10;
/** Refusals that tell something of the account whose number was given; the others say nothing of it. */
const MISSES: ReadonlySet<string> = new Set([
  "GAR_RELINK_ACCOUNT_UNKNOWN",
  "GAR_RELINK_ACTIVE_ACCOUNT",
  "GAR_RELINK_NEW_HAS_DATA",
  "GAR_RELINK_OTHER_PRODUCT",
  "GAR_RELINK_OTHER_PROVIDER",
  "GAR_RELINK_OTHER_ROLE",
  "GAR_RELINK_RESTRICTED",
  "GAR_RELINK_SAME_ACCOUNT",
  "GAR_RELINK_SELF",
  "GAR_RELINK_STAFF_ALONE",
]);

/**
 * The dry run: what would be joined. Writes nothing, but counts a wrong number against the code.
 * @throws what speaks against it: see `judgeRelink`, and GAR_RELINK_NEW_HAS_DATA
 */
export async function viewRelink(
  ports: RelinkPorts,
  options: RelinkOptions,
  asked: Asked,
): Promise<RelinkView> {
  try {
    return await lookAt(ports, options, asked);
  } catch (error) {
    if (isFault(error) && MISSES.has(error.code)) await noteMiss(ports, asked);
    throw error;
  }
}

async function noteMiss({ unitOfWork, vault }: RelinkPorts, { approver, wish }: Asked): Promise<void> {
  const { controller } = approver;
  const code = readCode(wish.code);
  if (code === undefined) return;
  const codeHash = await hashCode(vault, controller, code);
  await unitOfWork.transaction((unit) => countMiss(unit, controller, { codeHash, most: MOST_MISSES }));
}

async function lookAt(ports: RelinkPorts, options: RelinkOptions, asked: Asked): Promise<RelinkView> {
  const { unitOfWork, subjects } = ports;
  const { controller } = asked.approver;
  const { judged, targets } = await unitOfWork.transaction(async (unit) => {
    const found = await judgeRelink(unit, ports, options, asked);
    const targetOf = async (subject: SubjectId): Promise<SubjectTarget> => ({
      subject,
      identifiers: await subjects.identifiers(unit, controller, subject),
    });
    const both = { old: await targetOf(found.old), now: await targetOf(found.request.subject) };
    return { judged: found, targets: both };
  });
  const { request, oldRows, newRows } = judged;
  const [old, now] = [
    await standingIn(ports, controller, targets.old),
    await standingIn(ports, controller, targets.now),
  ];
  const clause = old.blocked ?? now.blocked;
  if (clause !== undefined) throw fault("GAR_RELINK_RESTRICTED", { clause });
  if (now.stores > 0) throw fault("GAR_RELINK_NEW_HAS_DATA");
  return {
    product: request.product,
    role: request.role,
    old: { subject: judged.old, ...standingOf(oldRows), stores: old.stores },
    now: standingOf(newRows),
  };
}

/**
 * Joins. Everything is looked at again first.
 * @throws what speaks against it: see `viewRelink`; GAR_RELINK_CODE_UNKNOWN for the second of two at once
 * @clause DD.7
 */
export async function approveRelink(
  ports: RelinkPorts,
  options: RelinkOptions,
  asked: Asked,
): Promise<SubjectId> {
  await viewRelink(ports, options, asked);
  return ports.unitOfWork.transaction(async (unit) => {
    const judged = await judgeRelink(unit, ports, options, asked);
    const { request, old } = judged;
    const { controller } = request;
    if (!(await useRelink(unit, request))) throw fault("GAR_RELINK_CODE_UNKNOWN");
    await deleteRelinks(unit, controller, [request.subject, old]);
    await moveIdentifiers(unit, ports, controller, { from: request.subject, to: old });
    // The next sign-in tells them again, of the old account.
    await ports.knownPersons?.forget(unit, controller, request.subject);
    await moveRows(unit, judged);
    for (const subject of [request.subject, old]) await ports.sessions.revoke(controller, subject, unit);
    await record(unit, ports, asked.approver, judged);
    return old;
  });
}

async function moveIdentifiers(
  unit: Unit,
  { subjects }: Pick<AccountPorts, "subjects">,
  controller: ControllerId,
  { from, to }: { readonly from: SubjectId; readonly to: SubjectId },
): Promise<void> {
  const identifiers = (await subjects.identifiers(unit, controller, from)).filter(isSignInIdentifier);
  await subjects.forget(unit, controller, from);
  for (const identifier of identifiers) await subjects.link(unit, controller, to, identifier);
}

/** Every account of the new identifier becomes the old person's; the row that it takes the place of goes. */
async function moveRows(unit: Unit, { old, oldRows, newRows }: JudgedRelink): Promise<void> {
  const replaced = (row: AccountRow) =>
    oldRows.filter((each) => each.product === row.product && each.identifier_kind === row.identifier_kind);
  for (const row of newRows) {
    const before = replaced(row);
    for (const each of before) await deleteAccount(unit, each);
    const { firstAt } = standingOf([...before, row]);
    await moveAccount(unit, row, { subject: old, first_at: firstAt });
  }
}

async function record(
  unit: Unit,
  { journal }: Pick<AccountPorts, "journal">,
  approver: Approver,
  { request, old, newRows }: JudgedRelink,
): Promise<void> {
  const id = approver.kind === "teacher" ? approver.subject : approver.actor;
  const instruction = approver.kind === "staff" ? approver.instruction?.trim() : undefined;
  await journal.record(unit, {
    log: "evidence",
    type: "gar.relinked",
    clause: "DD.7",
    controller: request.controller,
    actor: {
      role: approver.kind === "teacher" ? "dataSubject" : approver.role,
      ...(id === undefined ? {} : { id }),
    },
    subject: { id: old, payload: { request: request.id, was: request.subject } },
    payload: {
      request: request.id,
      product: request.product,
      role: request.role,
      accounts: newRows.length,
      ...(instruction === undefined || instruction === "" ? {} : { instruction }),
    },
  });
}

/** What the stores say of somebody. */
interface Standing {
  /** In how many stores they have data. One that cannot tell counts: what cannot be looked for is not taken for empty. */
  readonly stores: number;
  /** Under which clause a store keeps them from change: a restriction (art. 18), or a hold, which retention's store tells. */
  readonly blocked?: string;
}

async function standingIn(
  { sources }: Pick<AccountPorts, "sources">,
  controller: ControllerId,
  target: SubjectTarget,
): Promise<Standing> {
  const asked = [...sources].map(([id, registered]) => askStore(id, registered, controller, target));
  const answers = await Promise.all(asked);
  const blocked = answers.map((answer) => answer.blocked).find((clause) => clause !== undefined);
  const stores = answers.filter(({ holds }) => holds).length;
  return { stores, ...(blocked === undefined ? {} : { blocked }) };
}

async function askStore(
  id: string,
  { source }: RegisteredSource,
  controller: ControllerId,
  target: SubjectTarget,
): Promise<{ readonly holds: boolean; readonly blocked?: string | undefined }> {
  const only = source.describe().controller;
  if (only !== undefined && only !== controller) return { holds: false };
  const isOfTheSignIn = OF_THE_SIGN_IN.has(id);
  try {
    const plan = await source.plan({
      controller,
      subjects: [target],
      // Under this ground every hold acts, also one that no law requires.
      ground: "retention",
      leaveUnknown: true,
    });
    const rows = plan.tables.some(
      ({ table, erased, anonymised, kept }) =>
        table !== TOLD_BY_THE_SIGN_IN && erased + anonymised + kept > 0,
    );
    const blocked = plan.blocked[0]?.clause;
    return { holds: !isOfTheSignIn && (rows || blocked !== undefined), blocked };
  } catch (error) {
    if (isOfTheSignIn) throw error;
    return { holds: true };
  }
}
