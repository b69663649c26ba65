/**
 * A conversation leaves the desk: its messages and files, and the person's profile; then somebody looks whether they are gone. Only
 * the desk's own references go out. What the desk refuses is for a person to see to. @clause DC, D12.2
 */
import { addHours, type ControllerId, isFault, type Job, NotYet, type Unit } from "@preau/kernel";
import { recordCase } from "./case-journal.ts";
import { openReferences, sealReferences } from "./case-seal.ts";
import { fault } from "./errors.ts";
import type { DeskClient } from "./sources/source.ts";
import { hasOtherAtDesk, isThreadRestricted, lockCase, updateCase } from "./store/cases.ts";
import type { CaseReferences, SupportCase } from "./support-case.ts";
import type { SupportPorts } from "./support-ports.ts";

export const LEAVE = "support-bridge.leave";
/** Tries before a person is told: about two days of the worker's backoff. */
export const LEAVE_TRIES = 30;

export type LeavePorts = Pick<SupportPorts, "clock" | "journal" | "log" | "support" | "unitOfWork" | "vault">;

export function wayOut({ id, controller }: Pick<SupportCase, "id" | "controller">): Job {
  return { name: LEAVE, controller, payload: { case: id }, key: id, priority: 20 };
}

export interface Leaving {
  readonly controller: ControllerId;
  readonly id: string;
  readonly attempt: number;
  readonly signal?: AbortSignal;
}

/** Hours until a conversation that is kept under restriction is looked at again. */
const KEPT_HOURS = 6;

/**
 * Puts itself off while somebody's words in the conversation are kept under restriction (GDPR art. 18).
 * @throws SUPPORT_DESK_DEFERRED while it is not seen to be gone, and another try may do
 */
export async function leaveDesk(ports: LeavePorts, leaving: Leaving): Promise<void> {
  const found = await ports.unitOfWork.transaction((unit) => lockCase(unit, leaving.controller, leaving.id));
  if (found === undefined || found.line.desk !== "leaving") return;
  const { client } = ports.support;
  const references = await openReferences(ports, found.line, found.sealed);
  const settle = (desk: "gone" | "stuck", reason?: string) => settleLeaving(ports, found.line, desk, reason);
  if (references.conversation === undefined) return settle("gone");
  await waitWhileRestricted(ports, found.line);
  if (client === undefined) return settle("stuck", "NO_CLIENT");
  try {
    const whole = await withoutShared(
      ports,
      found.line,
      await withPerson(ports, leaving, client, references),
    );
    // Asked at the last moment too: the desk may have taken its time to say whose it is.
    await waitWhileRestricted(ports, found.line);
    await eraseAll(client, whole, leaving.signal);
    if (await isAnythingThere(client, whole, leaving.signal))
      throw fault("SUPPORT_DESK_DEFERRED", { place: "still there" });
  } catch (error) {
    leaving.signal?.throwIfAborted();
    if (error instanceof NotYet) throw error;
    const isWalled = isFault(error, "SUPPORT_WALL");
    // None of the three changes by itself.
    const isRefused =
      isWalled || isFault(error, "SUPPORT_DESK_REFUSED") || isFault(error, "SUPPORT_BAD_HOOK");
    if (!isRefused && leaving.attempt < LEAVE_TRIES) throw error;
    ports.log.error("support-bridge.stuckAtDesk", {
      case: leaving.id,
      code: isFault(error) ? error.code : "UNKNOWN",
    });
    return settle("stuck", isWalled ? "WALL" : isFault(error) ? error.code : "UNKNOWN");
  }
  return settle("gone");
}

async function waitWhileRestricted({ clock, unitOfWork }: LeavePorts, line: SupportCase): Promise<void> {
  if (await unitOfWork.transaction((unit) => isThreadRestricted(unit, line)))
    throw new NotYet(addHours(clock.now(), KEPT_HOURS));
}

/** The desk's own id of the person is asked before the conversation that leads to it is erased, and kept for the next try. */
async function withPerson(
  { unitOfWork, vault }: LeavePorts,
  { controller, id, signal }: Leaving,
  client: DeskClient,
  references: CaseReferences,
): Promise<CaseReferences> {
  if (references.person !== undefined || references.conversation === undefined) return references;
  const visitor = await client.visitor(references.conversation, signal);
  if (visitor?.person === undefined) return references;
  const whole = { ...references, person: visitor.person };
  await unitOfWork.transaction(async (unit) => {
    const found = await lockCase(unit, controller, id);
    if (found?.line.desk !== "leaving") return;
    await updateCase(unit, found.line, { sealed: await sealReferences({ vault }, found.line, whole) });
  });
  return whole;
}

/** The profile of somebody who may be there stays while another conversation of theirs does. */
async function withoutShared(
  { unitOfWork }: LeavePorts,
  line: SupportCase,
  references: CaseReferences,
): Promise<CaseReferences> {
  if (line.side === "hub") return references;
  const isShared = await unitOfWork.transaction((unit) => hasOtherAtDesk(unit, line));
  const { person: _stays, ...rest } = references;
  return isShared ? rest : references;
}

async function eraseAll(
  client: DeskClient,
  { conversation, person }: CaseReferences,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (conversation !== undefined) await client.eraseConversation(conversation, signal);
  if (person !== undefined) await client.erasePerson(person, signal);
}

async function isAnythingThere(
  client: DeskClient,
  { conversation, person }: CaseReferences,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (conversation !== undefined && (await client.isConversationThere(conversation, signal))) return true;
  return person !== undefined && (await client.isPersonThere(person, signal));
}

function settleLeaving(
  ports: LeavePorts,
  { controller, id, lastAt }: SupportCase,
  desk: "gone" | "stuck",
  reason?: string,
): Promise<void> {
  return ports.unitOfWork.transaction(async (unit: Unit) => {
    const found = await lockCase(unit, controller, id);
    // Something was written there meanwhile: the job that it enqueued goes on.
    if (found?.line.desk !== "leaving" || found.line.lastAt !== lastAt) return;
    await updateCase(unit, found.line, desk === "gone" ? { desk, deskGoneAt: ports.clock.now() } : { desk });
    await recordCase(unit, ports, found.line, {
      type: desk === "gone" ? "support-bridge.left" : "support-bridge.stuck",
      ...(reason === undefined ? {} : { payload: { reason } }),
    });
  });
}
