/**
 * An event that was stored becomes what it is of: a case, words of one, a change of either, or nothing. In one unit, once; whatever
 * order events come in, the same stands at the end. @clause DC
 */
import { guessLanguage } from "@preau/data-subject-requests";
import { isFault, type Unit } from "@preau/kernel";
import { type Identity, identify, judgedByWords, sideAfter } from "./case-identity.ts";
import { wayOut } from "./case-leave.ts";
import { lockCaseOf, openCase } from "./case-open.ts";
import { turnCase } from "./case-side.ts";
import { addWords, changeWords, type NewMessage, removeWords } from "./case-words.ts";
import type { DeskEvent, DeskVisitor } from "./desk-event.ts";
import { holdConversation, isRemoved, noteRemoved } from "./event-marks.ts";
import { identifyLater } from "./identify-again.ts";
import { dayOf, eventContext, eventScope } from "./receive-event.ts";
import { type StoredCase, updateCase } from "./store/cases.ts";
import { lockEvent, type StoredEvent, settleEvent } from "./store/events.ts";
import type { SupportPorts } from "./support-ports.ts";

interface Happened {
  readonly stored: StoredEvent;
  readonly event: DeskEvent;
  readonly visitor: DeskVisitor;
  /** The desk was to be asked who it is, and did not answer. */
  readonly isUnasked: boolean;
}

/** Why nothing came of it; undefined where something did. */
type Dropped = string | undefined;

/** Does nothing for one that is dealt with. */
export async function processEvent(ports: SupportPorts, id: string, signal?: AbortSignal): Promise<void> {
  const stored = await ports.unitOfWork.transaction((unit) => lockEvent(unit, id));
  if (stored === undefined) return;
  const event = await openEvent(ports, stored);
  const asked = event && (await visitorOf(ports, event, signal));
  await ports.unitOfWork.transaction(async (unit) => {
    const again = await lockEvent(unit, id);
    if (again === undefined) return;
    const dropped =
      event === undefined || asked === undefined
        ? "KEY_GONE"
        : await dealWith(unit, ports, { stored, event, ...asked });
    await settleEvent(unit, stored.id, {
      ...(dropped === undefined ? { state: "done" } : { state: "dropped", reason: dropped }),
      at: ports.clock.now(),
    });
  });
}

async function openEvent(
  { vault }: Pick<SupportPorts, "vault">,
  { id, receivedAt, sealed }: StoredEvent,
): Promise<DeskEvent | undefined> {
  const bytes = await vault.open(eventScope(dayOf(receivedAt)), sealed, eventContext(id));
  return bytes && (JSON.parse(bytes.toString()) as DeskEvent);
}

/** What the event says of the visitor, and what the desk says of them where the event does not prove it. */
async function visitorOf(
  { log, support: { client } }: SupportPorts,
  { kind, visitor, conversation }: DeskEvent,
  signal: AbortSignal | undefined,
): Promise<Pick<Happened, "visitor" | "isUnasked">> {
  const asks = kind === "visitorWrote" || kind === "agentWrote" || kind === "personChanged";
  if (client === undefined || !asks || visitor.token !== undefined) return { visitor, isUnasked: false };
  try {
    return { visitor: { ...(await client.visitor(conversation, signal)), ...visitor }, isUnasked: false };
  } catch (error) {
    signal?.throwIfAborted();
    // Nobody waits for the desk: until it says more, it is nobody known.
    log.warn("support-bridge.visitorNotAsked", { code: isFault(error) ? error.code : "UNKNOWN" });
    return { visitor, isUnasked: true };
  }
}

async function dealWith(unit: Unit, ports: SupportPorts, happened: Happened): Promise<Dropped> {
  await holdConversation(unit, ports, happened.stored, happened.event);
  switch (happened.event.kind) {
    case "visitorWrote":
    case "agentWrote":
      return written(unit, ports, happened);
    case "messageChanged":
      return changed(unit, ports, happened);
    case "messageRemoved":
      return removed(unit, ports, happened);
    case "personChanged":
      return personChanged(unit, ports, happened);
    case "conversationRemoved":
      return conversationRemoved(unit, ports, happened);
  }
}

function messageIn({ stored, event }: Happened): NewMessage {
  return {
    from: event.kind === "agentWrote" ? "agent" : "person",
    key: event.fingerprint ?? event.message ?? `${event.kind} ${event.at}`,
    ...{ receivedAt: stored.receivedAt, at: event.at, text: event.text ?? "" },
    ...{ files: event.files.length, isChange: event.kind === "messageChanged" },
  };
}

async function written(unit: Unit, ports: SupportPorts, happened: Happened): Promise<Dropped> {
  const { stored, event } = happened;
  const message = messageIn(happened);
  if (await isRemoved(unit, ports, stored.source, event)) return "REMOVED_BEFORE";
  if (message.text === "" && message.files === 0) return "EMPTY";
  const { line, isKnown } = await caseFor(unit, ports, happened);
  const isNew = await addWords(unit, ports, line.line, message);
  if (!isNew) return isKnown ? "REPEATED" : undefined;
  await writtenIn(unit, ports, line, message);
  return undefined;
}

/** It is open again, or answered; and what was erased at the desk stands there again. */
async function writtenIn(
  unit: Unit,
  ports: SupportPorts,
  { line }: StoredCase,
  { from, receivedAt }: NewMessage,
): Promise<void> {
  const leaves = line.side === "hub" && line.desk !== "none";
  await updateCase(unit, line, {
    lastAt: receivedAt > line.lastAt ? receivedAt : line.lastAt,
    state: from === "person" ? "open" : "answered",
    closedAt: null,
    ...(line.desk === "none" ? {} : { desk: leaves ? "leaving" : "there" }),
  });
  if (leaves) await ports.jobs.enqueue(unit, wayOut(line));
}

async function changed(unit: Unit, ports: SupportPorts, happened: Happened): Promise<Dropped> {
  const { stored, event } = happened;
  const message = messageIn(happened);
  if (await isRemoved(unit, ports, stored.source, event)) return "REMOVED_BEFORE";
  const { line } = await caseFor(unit, ports, happened);
  const outcome = await changeWords(unit, ports, line.line, message);
  if (outcome === "older") return "OLDER";
  if (outcome === undefined) await addWords(unit, ports, line.line, message);
  await writtenIn(unit, ports, line, message);
  return undefined;
}

async function removed(unit: Unit, ports: SupportPorts, happened: Happened): Promise<Dropped> {
  const { stored, event } = happened;
  await noteRemoved(unit, ports, stored, event);
  const found = await lockCaseOf(unit, ports, { source: stored.source, conversation: event.conversation });
  if (found === undefined) return "BEFORE_ITS_MESSAGE";
  const isGone = await removeWords(unit, ports, found.line, messageIn(happened).key);
  return isGone ? undefined : "BEFORE_ITS_MESSAGE";
}

/** Nothing was written: what it changes is where the conversation stands. */
async function personChanged(unit: Unit, ports: SupportPorts, happened: Happened): Promise<Dropped> {
  const { stored, event, visitor } = happened;
  const about = aboutOf(happened);
  const found = await lockCaseOf(unit, ports, about);
  const identity = await identify(unit, ports, visitor, stored.receivedAt);
  if (found !== undefined) {
    await turnCase(unit, ports, found, sideAfter(found.line, identity));
    return undefined;
  }
  if (identity.judged.side !== "hub") return "NOTHING_WRITTEN";
  await openCase(unit, ports, about, {
    ...{ at: stored.receivedAt, language: guessLanguage(event.text ?? ""), identity, isEmpty: true },
  });
  return undefined;
}

async function conversationRemoved(unit: Unit, ports: SupportPorts, happened: Happened): Promise<Dropped> {
  const found = await lockCaseOf(unit, ports, aboutOf(happened));
  if (found === undefined) return "NO_CASE";
  // Where it is leaving, somebody looks whether it is gone.
  if (found.line.desk === "there") await updateCase(unit, found.line, { desk: "gone" });
  return undefined;
}

function aboutOf({ stored: { source }, event: { conversation }, visitor: { person } }: Happened) {
  return { source, conversation, ...(person === undefined ? {} : { person }) };
}

/** Found or opened, on the side on which it stands with these words. */
async function caseFor(
  unit: Unit,
  ports: SupportPorts,
  happened: Happened,
): Promise<{ readonly line: StoredCase; readonly isKnown: boolean }> {
  const { stored, event, visitor } = happened;
  const { person, judged } = await identify(unit, ports, visitor, stored.receivedAt);
  const byWords = judgedByWords(judged, event.kind === "agentWrote" ? undefined : event.text);
  const identity: Identity = { judged: byWords, ...(person === undefined ? {} : { person }) };
  const about = aboutOf(happened);
  const found = await lockCaseOf(unit, ports, about);
  const line =
    found === undefined
      ? await openCase(unit, ports, about, {
          ...{ at: stored.receivedAt, language: guessLanguage(event.text ?? ""), identity },
        })
      : await turnCase(unit, ports, found, sideAfter(found.line, identity));
  if (happened.isUnasked && line.line.side === "unknown")
    await ports.jobs.enqueue(unit, identifyLater(line.line));
  return { line, isKnown: found !== undefined };
}
