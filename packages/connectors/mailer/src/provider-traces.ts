/** Whom a provider carried messages about, and by what they are found there: addresses, its own names of messages, since when. */
import { type ControllerId, millisOf, type SubjectId, type SubjectTarget, type Unit } from "@preau/kernel";
import type { Days } from "./brevo-account.ts";
import type { MessageLine } from "./message-line.ts";
import { openMessage } from "./seal-message.ts";
import type { SourcePorts } from "./source-ports.ts";
import { messagesAbout } from "./store/subject-messages.ts";
import { addressesOf } from "./suppressed-personal-data.ts";

/** Through JSON and back: it rests in the plan, sealed. */
export interface ProviderTrace {
  readonly subject: SubjectId;
  /** The person's own, in lower case. */
  readonly addresses: readonly string[];
  readonly messages: readonly ProviderMessage[];
  /** Messages that the provider may have, and that neither a name nor a known address leads to. */
  readonly unnamed: number;
  /** Day of the first of them, `2026-11-23`. */
  readonly since: string;
}

/** As the provider calls it, and the days in which it can have left: the provider's calendar need not be ours. */
interface ProviderMessage extends Days {
  readonly name: string;
}

const DAY = 86_400_000;

/**
 * Only of persons about whom this controller had something carried: an account at a provider knows no controllers. An officer
 * who was written to about a person is another person.
 */
export async function providerTraces(
  unit: Unit,
  { vault }: Pick<SourcePorts, "vault">,
  controller: ControllerId,
  targets: readonly SubjectTarget[],
): Promise<readonly ProviderTrace[]> {
  const subjects = targets.map(({ subject }) => subject);
  const carried = (await messagesAbout(unit, controller, subjects)).filter(({ line }) => wasCarried(line));
  const traces: ProviderTrace[] = [];
  for (const target of targets) {
    const own = carried.filter(({ line }) => line.subject === target.subject);
    const [first] = own.map(({ line }) => line.queuedAt).sort();
    if (first === undefined) continue;
    const addresses = new Set(addressesOf([target]));
    let unnamed = 0;
    for (const { line, sealed } of own) {
      const part = sealed && (await openMessage(vault, line, sealed));
      const isTheirs = part != null && part.flow.role !== "officer";
      if (isTheirs) addresses.add(part.to.address.toLowerCase());
      // Whose text is gone may have gone to an address that nobody knows any more.
      else if (line.providerId === undefined) unnamed += 1;
    }
    traces.push({
      subject: target.subject,
      addresses: [...addresses],
      messages: own.flatMap(({ line }) => messageIn(line) ?? []),
      unnamed,
      since: first.slice(0, 10),
    });
  }
  return traces;
}

/** It bears Brevo's name, or was on its way there: what another server took is not there. */
function wasCarried({ providerId, leftAt, transport = "brevo" }: MessageLine): boolean {
  return providerId !== undefined || (leftAt !== undefined && transport === "brevo");
}

function messageIn({ providerId, queuedAt, settledAt }: MessageLine): ProviderMessage | undefined {
  if (providerId === undefined) return undefined;
  const until = settledAt === undefined ? LAST_DAY : dayOf(millisOf(settledAt) + DAY);
  return { name: inBrackets(providerId), from: dayOf(millisOf(queuedAt) - DAY), until };
}

/** Nobody has written yet when it left. */
const LAST_DAY = "9999-12-31";

function dayOf(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10);
}

/** Until today at most: Brevo answers for no day to come. */
export function daysUntil({ from, until }: Days, today: string): Days {
  return { from, until: until < today ? until : today };
}

/** A message's name as Brevo takes it in a question: it answers for no other form. */
export function inBrackets(messageId: string): string {
  return `<${messageId.replaceAll(/[<>]/g, "")}>`;
}
