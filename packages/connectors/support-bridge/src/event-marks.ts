/**
 * Lines among the events that stand for no delivery: a conversation, so that what happens in it happens one after the other whatever
 * process deals with it; and a message that was taken back, so that it is not taken for a new one when it comes later. Keyed hashes
 * alone; no case is opened for nothing.
 */
import { isFault, type Unit } from "@preau/kernel";
import type { DeskEvent } from "./desk-event.ts";
import { eventHash, publisherScope } from "./desk-keys.ts";
import { insertMark, knownEvents, lockMark, type StoredEvent } from "./store/events.ts";
import type { SupportPorts } from "./support-ports.ts";

type Ports = Pick<SupportPorts, "ids" | "vault">;

/** Nobody else deals with this conversation until the unit ends. */
export async function holdConversation(
  unit: Unit,
  ports: Ports,
  { source, receivedAt }: StoredEvent,
  { conversation }: DeskEvent,
): Promise<void> {
  const keyHash = await markOf(ports, source, ["conversation", conversation]);
  if (await lockMark(unit, source, keyHash)) return;
  await insert(unit, ports, { source, receivedAt, keyHash, reason: "CONVERSATION" });
  await lockMark(unit, source, keyHash);
}

export async function noteRemoved(
  unit: Unit,
  ports: Ports,
  { source, receivedAt }: StoredEvent,
  { conversation, message }: DeskEvent,
): Promise<void> {
  const keyHash = await markOf(ports, source, ["removed", conversation, message]);
  await insert(unit, ports, { source, receivedAt, keyHash, reason: "REMOVED" });
}

export async function isRemoved(
  unit: Unit,
  ports: Ports,
  source: string,
  { conversation, message }: DeskEvent,
): Promise<boolean> {
  if (message === undefined) return false;
  const keyHash = await markOf(ports, source, ["removed", conversation, message]);
  return (await knownEvents(unit, source, [keyHash])).size > 0;
}

async function insert(
  unit: Unit,
  { ids }: Ports,
  mark: Omit<Parameters<typeof insertMark>[1], "id">,
): Promise<void> {
  try {
    await insertMark(unit, { id: ids.next("spe"), ...mark });
  } catch (error) {
    if (!isFault(error, "DATABASE_DUPLICATE")) throw error;
  }
}

function markOf({ vault }: Ports, source: string, what: readonly (string | undefined)[]): Promise<string> {
  return vault.withKeys([publisherScope], (keyOf) => eventHash(keyOf, source, JSON.stringify(what)));
}
