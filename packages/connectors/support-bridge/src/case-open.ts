/** The case of a conversation at the desk: found, or opened on the side on which its writer stands. @clause DC */
import { PUBLISHER } from "@preau/contracts";
import { type Instant, isFault, type Language, type Unit } from "@preau/kernel";
import { forgetAt } from "./case-close.ts";
import { type Identity, leavesAtOnce } from "./case-identity.ts";
import { recordCase } from "./case-journal.ts";
import { wayOut } from "./case-leave.ts";
import { openReferences, sealReferences } from "./case-seal.ts";
import { conversationHash, wordsHash } from "./desk-keys.ts";
import { leaveUnknownLater } from "./leave-unknown.ts";
import { insertCase, lockCaseOfRef, lockCasesOfThread, type StoredCase, updateCase } from "./store/cases.ts";
import { lockWordsOfKey } from "./store/words.ts";
import type { SupportCase } from "./support-case.ts";
import type { SupportPorts } from "./support-ports.ts";

export interface Conversation {
  readonly source: string;
  readonly conversation: string;
  /** The desk's own id of the person, where it has been said. */
  readonly person?: string;
}

/** Held until the unit ends. */
export async function lockCaseOf(
  unit: Unit,
  ports: Pick<SupportPorts, "vault">,
  { source, conversation }: Conversation,
): Promise<StoredCase | undefined> {
  return lockCaseOfRef(unit, source, await conversationHash(ports, source, conversation));
}

/** The case in which that message stands, whosever the conversation is now. Held until the unit ends. */
export async function lockCaseWith(
  unit: Unit,
  ports: Pick<SupportPorts, "vault">,
  { source, conversation }: Conversation,
  key: string,
): Promise<StoredCase | undefined> {
  const thread = await conversationHash(ports, source, conversation);
  for (const each of await lockCasesOfThread(unit, source, thread)) {
    const keyHash = await wordsHash(ports, each.line.id, key);
    if ((await lockWordsOfKey(unit, each.line, keyHash)) !== undefined) return each;
  }
  return undefined;
}

/** The desk's own id of the person, once it has one. */
export async function rememberPerson(
  unit: Unit,
  ports: Pick<SupportPorts, "vault">,
  { line, sealed }: StoredCase,
  person: string | undefined,
): Promise<void> {
  if (person === undefined) return;
  const references = await openReferences(ports, line, sealed);
  if (references.person !== undefined) return;
  await updateCase(unit, line, { sealed: await sealReferences(ports, line, { ...references, person }) });
}

export interface Opening {
  readonly at: Instant;
  readonly language: Language;
  readonly identity: Identity;
  /** Closed from the start: nothing was written, and what the desk knows is to go. */
  readonly isEmpty?: boolean;
}

/** Opens it; where another delivery has opened it meanwhile, that one. */
export async function openCase(
  unit: Unit,
  ports: SupportPorts,
  about: Conversation,
  { at, language, identity: { person, judged }, isEmpty = false }: Opening,
): Promise<StoredCase> {
  const { source, conversation, person: profile } = about;
  const line: SupportCase = {
    id: ports.ids.next("sup"),
    controller: person?.controller ?? PUBLISHER,
    ...{ channel: "desk", ...judged, language },
    ...(isEmpty ? { state: "closed", closedAt: at } : { state: "open" }),
    desk: leavesAtOnce(judged) ? "leaving" : "there",
    ...(person === undefined
      ? {}
      : { product: person.product, origin: person.origin, role: person.role, subject: person.subject }),
    ...{ openedAt: at, lastAt: at },
  };
  const references = { conversation, ...(profile === undefined ? {} : { person: profile }) };
  const sealed = await sealReferences(ports, line, references);
  const refHash = await conversationHash(ports, source, conversation);
  try {
    await insertCase(unit, { ...line, source, refHash, sealed });
  } catch (error) {
    const other = isFault(error, "DATABASE_DUPLICATE")
      ? await lockCaseOfRef(unit, source, refHash)
      : undefined;
    if (other === undefined) throw error;
    return other;
  }
  await recordCase(unit, ports, line, { type: "support-bridge.opened" });
  // Nothing of it is ever closed: what it has ends by itself.
  if (isEmpty) await ports.jobs.enqueue(unit, forgetAt(line, at));
  if (line.side === "hub")
    await recordCase(unit, ports, line, {
      type: "support-bridge.walled",
      payload: { reason: judged.reason },
    });
  if (line.desk === "leaving") await ports.jobs.enqueue(unit, wayOut(line));
  else if (line.subject === undefined) await ports.jobs.enqueue(unit, leaveUnknownLater(line));
  return { line, sealed };
}
