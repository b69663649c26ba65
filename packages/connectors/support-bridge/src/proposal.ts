/**
 * A message that seems to ask for a right: a person says whether it does; nobody does in time, and it goes to the rights desk by
 * itself. Either way the clock of D10.1b runs from the hook's receipt. What was written, unmasked, goes once it is decided.
 * @clause D10.1a, D10.1b
 */
import { forwardDue } from "@preau/data-subject-requests";
import {
  addMillis,
  type ControllerId,
  type Instant,
  type Job,
  millisOf,
  type ReceivedRequest,
  type RequesterRole,
  type RequestMatter,
  type Unit,
} from "@preau/kernel";
import { type CaseEvent, recordCase } from "./case-journal.ts";
import { keysOf, openOriginal, openWords, sealWords } from "./case-seal.ts";
import { fault } from "./errors.ts";
import { forgetKeys } from "./forget-keys.ts";
import { isSomebodyElses } from "./somebody-elses.ts";
import { readCase } from "./store/cases.ts";
import { lockWords, type StoredWords, updateWords } from "./store/words.ts";
import type { ProposalState, SupportCase, SupportWords, WordsId } from "./support-case.ts";
import { type SupportActor, type SupportPorts, SYSTEM } from "./support-ports.ts";

export const PASS_ON = "support-bridge.passOn";
/** Of the agreement's time to pass a request on, the part that is left to say whether it is one. */
const PART = 4;

export type ProposalPorts = Pick<
  SupportPorts,
  "agreements" | "clock" | "contracts" | "jobs" | "journal" | "rightsDesk" | "vault"
>;

/** Until when somebody should say. @figure D10.1b */
export async function proposalDue(
  unit: Unit,
  ports: Pick<ProposalPorts, "agreements" | "contracts">,
  controller: ControllerId,
  receivedAt: Instant,
): Promise<Instant> {
  const due = await forwardDue(unit, ports, controller, receivedAt);
  return addMillis(receivedAt, Math.floor((millisOf(due) - millisOf(receivedAt)) / PART));
}

/** The job that passes it on. */
export function passOnAt({
  id,
  controller,
  proposalDueAt,
}: Pick<SupportWords, "id" | "controller" | "proposalDueAt">): Job {
  return {
    ...{ name: PASS_ON, controller, payload: { words: id }, key: id, priority: 10 },
    ...(proposalDueAt === undefined ? {} : { runAt: proposalDueAt }),
  };
}

export interface Decision {
  readonly scope: ControllerId | "all";
  readonly words: WordsId;
  readonly by: SupportActor;
}

/**
 * It asks for these: those that were recognised, where a person names none. What was rejected, or in which nothing was recognised,
 * may be found to ask for a right all the same: then what goes on is what is kept, masked.
 * @throws SUPPORT_NO_CASE, SUPPORT_NO_PROPOSAL
 */
export async function confirmProposal(
  unit: Unit,
  ports: ProposalPorts,
  { matters, ...decision }: Decision & { readonly matters?: readonly RequestMatter[] },
): Promise<void> {
  const found = await openProposal(unit, decision, matters === undefined ? OPEN : UNDECIDED);
  if ((matters ?? found.line.matters).length === 0) throw fault("SUPPORT_NO_PROPOSAL");
  await handOver(unit, ports, found, {
    ...{ state: "confirmed", type: "support-bridge.proposalConfirmed", by: decision.by },
    matters: matters ?? found.line.matters,
  });
}

/** It asks for none. @throws SUPPORT_NO_CASE, SUPPORT_NO_PROPOSAL */
export async function rejectProposal(unit: Unit, ports: ProposalPorts, decision: Decision): Promise<void> {
  const found = await openProposal(unit, decision);
  await settle(unit, ports, found, {
    ...{ state: "rejected", type: "support-bridge.proposalRejected", by: decision.by },
  });
}

/** Nobody said in time. Where somebody did meanwhile, nothing; where it is not time yet, when it is. */
export async function passOn(
  unit: Unit,
  ports: ProposalPorts,
  controller: ControllerId,
  words: string,
): Promise<Instant | undefined> {
  const found = await lockWords(unit, controller, words);
  if (found?.line.proposal !== "open") return undefined;
  const { proposalDueAt } = found.line;
  if (proposalDueAt !== undefined && proposalDueAt > ports.clock.now()) return proposalDueAt;
  await handOver(unit, ports, found, {
    ...{ state: "passedOn", type: "support-bridge.passedOn", by: SYSTEM },
  });
  return undefined;
}

const OPEN: readonly ProposalState[] = ["open"];
/** What may still be found to ask for a right. */
const UNDECIDED: readonly ProposalState[] = ["open", "none", "rejected"];

async function openProposal(
  unit: Unit,
  { scope, words }: Decision,
  states: readonly ProposalState[] = OPEN,
): Promise<StoredWords> {
  const found = await lockWords(unit, scope, words);
  if (found === undefined || found.line.from === "agent") throw fault("SUPPORT_NO_CASE");
  if (!states.includes(found.line.proposal)) throw fault("SUPPORT_NO_PROPOSAL");
  return found;
}

interface Settlement {
  readonly state: ProposalState;
  readonly type: CaseEvent;
  readonly by: SupportActor;
  readonly matters?: readonly RequestMatter[];
}

/** To the rights desk, as it was written. */
async function handOver(
  unit: Unit,
  ports: ProposalPorts,
  found: StoredWords,
  settlement: Settlement,
): Promise<void> {
  const { line, sealed } = found;
  const stored = await readCase(unit, line.controller, line.case);
  const open = await openWords(ports, line, sealed);
  const text = open && ((await openOriginal(ports, line, open)) ?? open.text);
  const { inquiry } = await ports.rightsDesk.receive(unit, {
    ...{ channel: "support", receivedAt: line.receivedAt, key: line.id },
    language: stored?.line.language ?? "fr",
    ...(text === undefined ? {} : { text }),
    ...(settlement.matters === undefined ? {} : { matters: settlement.matters }),
    ...(stored === undefined ? {} : requesterIn(stored.line)),
  });
  await settle(unit, ports, found, settlement, inquiry);
}

/** Nobody where the words say that somebody else writes: whose right it is, the rights desk finds out. */
function requesterIn(line: SupportCase): Pick<ReceivedRequest, "requester"> {
  const { controller, subject, origin, role } = line;
  if (subject === undefined || isSomebodyElses(line)) return {};
  return {
    requester: {
      ...{ controller, subject, role: requesterRole(role) },
      ...(origin === undefined ? {} : { origin }),
    },
  };
}

function requesterRole(role: string | undefined): RequesterRole {
  if (role === "pupil" || role === "teacher") return role;
  return role === "parent" ? "guardian" : "other";
}

async function settle(
  unit: Unit,
  ports: ProposalPorts,
  { line, sealed }: StoredWords,
  { state, type, by, matters }: Settlement,
  inquiry?: SupportWords["inquiry"],
): Promise<void> {
  const open = await openWords(ports, line, sealed);
  await updateWords(unit, line, {
    proposal: state,
    ...(matters === undefined ? {} : { matters }),
    ...(inquiry === undefined ? {} : { inquiry }),
    sealed: await withoutOriginal(ports, line, open),
  });
  if (open?.original !== undefined) await forgetKeys(unit, ports, keysOf(line));
  const stored = await readCase(unit, line.controller, line.case);
  if (stored === undefined) return;
  await recordCase(unit, ports, stored.line, {
    ...{ log: "evidence", type, clause: "D10.1b", by },
    payload: { words: line.id, matters: [...(matters ?? line.matters)], ...(inquiry && { inquiry }) },
  });
}

/** Nothing of a message that was taken back stays once it is decided. */
async function withoutOriginal(
  ports: Pick<ProposalPorts, "vault">,
  line: SupportWords,
  open: Awaited<ReturnType<typeof openWords>>,
): Promise<Buffer | null> {
  if (open === undefined || line.state === "removed") return null;
  const { original: _gone, ...rest } = open;
  return sealWords(ports, line, rest);
}
