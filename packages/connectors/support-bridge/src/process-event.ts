/**
 * An event that was stored becomes what it is of: a case, words of one, a change of either, or nothing. In one unit, once; whatever
 * order events come in, the same stands at the end. @clause DC
 */
import { guessLanguage, recogniseMatters } from "@preau/data-subject-requests";
import { instant, isFault, type Unit } from "@preau/kernel";
import {
  type Identity,
  identify,
  isAnother,
  judgedByWords,
  leavesAtOnce,
  SEVERAL,
  sideAfter,
  sideOf,
} from "./case-identity.ts";
import { wayOut } from "./case-leave.ts";
import { type Conversation, lockCaseOf, lockCaseWith, openCase, rememberPerson } from "./case-open.ts";
import { openReferences } from "./case-seal.ts";
import { detachCase, keepRestricted, turnCase } from "./case-side.ts";
import { addWords, changeWords, isAnotherMessage, type NewMessage, removeWords } from "./case-words.ts";
import type { DeskEvent, DeskVisitor } from "./desk-event.ts";
import { holdConversation, isRemoved, noteRemoved } from "./event-marks.ts";
import { identifyLater } from "./identify-again.ts";
import { leaveUnknownLater } from "./leave-unknown.ts";
import { dayOf, eventContext, eventScope } from "./receive-event.ts";
import { lockCase, type StoredCase, updateCase } from "./store/cases.ts";
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
  const asked = event && (await visitorOf(ports, stored, event, signal));
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
  ports: SupportPorts,
  { source }: Pick<StoredEvent, "source">,
  { kind, visitor, conversation }: DeskEvent,
  signal: AbortSignal | undefined,
): Promise<Pick<Happened, "visitor" | "isUnasked">> {
  const {
    log,
    support: { client },
  } = ports;
  const asks = kind === "visitorWrote" || kind === "agentWrote" || kind === "personChanged";
  const isProved = visitor.token !== undefined;
  // Who it is, a token says; which profile is theirs the desk alone, while the conversation stands there.
  const isComplete =
    isProved && (visitor.person !== undefined || (await isProfileKnown(ports, { source, conversation })));
  if (client === undefined || !asks || isComplete)
    // A change whose message has not come yet waits for nobody; the desk says afterwards who it is.
    return { visitor, isUnasked: client !== undefined && kind === "messageChanged" };
  try {
    const said = await client.visitor(conversation, signal);
    const profile = said?.person === undefined ? {} : { person: said.person };
    return { visitor: { ...(isProved ? profile : said), ...visitor }, isUnasked: false };
  } catch (error) {
    signal?.throwIfAborted();
    // Nobody waits for the desk: until it says more, it is nobody known.
    log.warn("support-bridge.visitorNotAsked", { code: isFault(error) ? error.code : "UNKNOWN" });
    return { visitor, isUnasked: !isProved };
  }
}

function isProfileKnown(ports: SupportPorts, about: Conversation): Promise<boolean> {
  return ports.unitOfWork.transaction(async (unit) => {
    const found = await lockCaseOf(unit, ports, about);
    return (
      found !== undefined && (await openReferences(ports, found.line, found.sealed)).person !== undefined
    );
  });
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
    key: event.fingerprint ?? event.message ?? stored.id,
    ...{ receivedAt: stored.receivedAt, at: event.at, text: event.text ?? "" },
    ...{ files: event.files.length, isChange: event.kind === "messageChanged" },
  };
}

async function written(unit: Unit, ports: SupportPorts, happened: Happened): Promise<Dropped> {
  const { stored, event } = happened;
  let message = messageIn(happened);
  if (await isRemoved(unit, ports, stored.source, event)) return "REMOVED_BEFORE";
  if (message.text === "" && message.files === 0) return "EMPTY";
  const about = aboutOf(happened);
  let holder = await lockCaseWith(unit, ports, about, message.key);
  const twin = message.from === "person" ? holder : undefined;
  if (twin !== undefined && (await isAnotherMessage(unit, ports, twin.line, message))) {
    message = { ...message, key: `${message.key}\0${message.text}` };
    holder = await lockCaseWith(unit, ports, about, message.key);
  }
  const of = holder ?? (await caseFor(unit, ports, happened));
  if (of === undefined) return "WRITER_ERASED";
  await addWords(unit, ports, of.line, message);
  // An echo of what is over opens nothing again.
  if (holder?.line.state !== "closed") await writtenIn(unit, ports, of, message);
  return holder === undefined ? undefined : "REPEATED";
}

/** It is open again, or answered, by who wrote last at the desk; and what was erased there stands there again. */
async function writtenIn(
  unit: Unit,
  ports: SupportPorts,
  { line, saidAt = instant(0) }: StoredCase,
  { from, at, receivedAt, isChange }: NewMessage,
): Promise<void> {
  const leaves = leavesAtOnce(line) && line.desk !== "none";
  const isLastWord = at >= saidAt && !isChange;
  await updateCase(unit, line, {
    lastAt: receivedAt > line.lastAt ? receivedAt : line.lastAt,
    ...(isLastWord ? { state: from === "person" ? "open" : "answered", closedAt: null, saidAt: at } : {}),
    ...(line.desk === "none" ? {} : { desk: leaves ? "leaving" : "there" }),
  });
  if (leaves) await ports.jobs.enqueue(unit, wayOut(line));
  else if (line.subject === undefined) await ports.jobs.enqueue(unit, leaveUnknownLater(line));
}

async function changed(unit: Unit, ports: SupportPorts, happened: Happened): Promise<Dropped> {
  const { stored, event } = happened;
  const message = messageIn(happened);
  if (await isRemoved(unit, ports, stored.source, event)) return "REMOVED_BEFORE";
  const holder = await lockCaseWith(unit, ports, aboutOf(happened), message.key);
  if (holder === undefined) {
    const of = await caseFor(unit, ports, happened);
    if (of === undefined) return "WRITER_ERASED";
    await addWords(unit, ports, of.line, message);
    await writtenIn(unit, ports, of, message);
    return undefined;
  }
  if ((await changeWords(unit, ports, holder.line, message)) === "older") return "OLDER";
  const before = sideOf(holder.line);
  const turned = await turnCase(unit, ports, holder, { judged: judgedByWords(before, event.text) });
  await writtenIn(unit, ports, turned, message);
  return undefined;
}

async function removed(unit: Unit, ports: SupportPorts, happened: Happened): Promise<Dropped> {
  const { stored, event } = happened;
  await noteRemoved(unit, ports, stored, event);
  const { key } = messageIn(happened);
  const found = await lockCaseWith(unit, ports, aboutOf(happened), key);
  if (found === undefined) return "BEFORE_ITS_MESSAGE";
  await removeWords(unit, ports, found.line, key);
  return undefined;
}

/** Nothing was written: what it changes is where the conversation stands. */
async function personChanged(unit: Unit, ports: SupportPorts, happened: Happened): Promise<Dropped> {
  const { stored, event, visitor } = happened;
  const about = aboutOf(happened);
  const found = await lockCaseOf(unit, ports, about);
  const identity = await identify(unit, ports, visitor, stored.receivedAt);
  if (found !== undefined && !isAnother(found.line, identity.person)) {
    const { line } = await turnCase(unit, ports, found, sideAfter(found.line, identity));
    await rememberPerson(
      unit,
      ports,
      (await lockCase(unit, line.controller, line.id)) ?? found,
      visitor.person,
    );
    return undefined;
  }
  // Another person, who has written nothing yet: their first words open a case of theirs.
  if (found !== undefined) return "NOTHING_WRITTEN";
  // What an unproved visitor told the desk goes after its hours, whoever's it is; who is proved and let there has said nothing yet.
  const { email, telephone } = visitor;
  const isTold = identity.person === undefined && (email ?? telephone) !== undefined;
  if (identity.judged.side !== "hub" && !isTold) return "NOTHING_WRITTEN";
  await openCase(unit, ports, about, {
    ...{ at: stored.receivedAt, language: guessLanguage(event.text ?? ""), identity, isEmpty: true },
  });
  return undefined;
}

/** The person's profile stands there still: what is left of it goes when the case does, or where it must not be there. */
async function conversationRemoved(unit: Unit, ports: SupportPorts, happened: Happened): Promise<Dropped> {
  const found = await lockCaseOf(unit, ports, aboutOf(happened));
  return found === undefined ? "NO_CASE" : undefined;
}

function aboutOf({ stored: { source }, event: { conversation }, visitor: { person } }: Happened) {
  return { source, conversation, ...(person === undefined ? {} : { person }) };
}

/** Found or opened, on the side on which it stands with these words. Undefined where nothing of them is to be kept. */
async function caseFor(unit: Unit, ports: SupportPorts, happened: Happened): Promise<StoredCase | undefined> {
  const { stored, event, visitor } = happened;
  const said = event.kind === "agentWrote" ? undefined : event.text;
  const known = await identify(unit, ports, visitor, stored.receivedAt);
  const { person } = known;
  const about = aboutOf(happened);
  const found = await lockCaseOf(unit, ports, about);
  const isForeign = found !== undefined && isAnother(found.line, person);
  if (isForeign) await detachCase(unit, ports, found);
  // Whoever was erased does not come back by what they wrote; a right that is asked for is not lost for that.
  const isDropped = known.isErased === true && recogniseMatters(said ?? "").length === 0;
  const identity: Identity = {
    ...known,
    judged: isForeign ? SEVERAL : judgedByWords(known.judged, said),
    ...(event.kind !== "agentWrote" && person === undefined ? { isUncovered: true } : {}),
  };
  const of =
    found === undefined || isForeign
      ? await openCase(unit, ports, about, {
          ...{ at: stored.receivedAt, language: guessLanguage(event.text ?? ""), identity },
          isEmpty: isDropped,
        })
      : await turnCase(unit, ports, found, sideAfter(found.line, identity));
  if (known.isRestricted) await keepRestricted(unit, of, stored.receivedAt);
  await rememberPerson(unit, ports, of, visitor.person);
  if (happened.isUnasked && of.line.side === "unknown")
    await ports.jobs.enqueue(unit, identifyLater(of.line));
  return isDropped ? undefined : of;
}
