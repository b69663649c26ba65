/** A message that was taken back before it reached us is known by a line among the events: no case is opened for nothing. */
import { isFault, type Unit } from "@preau/kernel";
import type { DeskEvent } from "./desk-event.ts";
import { eventHash, publisherScope } from "./desk-keys.ts";
import { insertMark, knownEvents, type StoredEvent } from "./store/events.ts";
import type { SupportPorts } from "./support-ports.ts";

type Ports = Pick<SupportPorts, "clock" | "ids" | "vault">;

export async function noteRemoved(
  unit: Unit,
  ports: Ports,
  { source, receivedAt }: StoredEvent,
  event: DeskEvent,
): Promise<void> {
  const keyHash = await markOf(ports, source, event);
  if ((await knownEvents(unit, source, [keyHash])).size > 0) return;
  try {
    await insertMark(unit, { id: ports.ids.next("spe"), source, keyHash, receivedAt, reason: "REMOVED" });
  } catch (error) {
    if (!isFault(error, "DATABASE_DUPLICATE")) throw error;
  }
}

export async function isRemoved(
  unit: Unit,
  ports: Ports,
  source: string,
  event: DeskEvent,
): Promise<boolean> {
  return (await knownEvents(unit, source, [await markOf(ports, source, event)])).size > 0;
}

function markOf({ vault }: Ports, source: string, { conversation, message }: DeskEvent): Promise<string> {
  return vault.withKeys([publisherScope], (keyOf) =>
    eventHash(keyOf, source, JSON.stringify(["removed", conversation, message])),
  );
}
