/** Whom a provider carried messages about, and by what they are found there: addresses, its own names of messages, since when. */
import type { ControllerId, SubjectId, SubjectTarget, Unit } from "@preau/kernel";
import { openMessage } from "./seal-message.ts";
import type { SourcePorts } from "./source-ports.ts";
import { messagesAbout } from "./store/subject-messages.ts";
import { addressesOf } from "./suppressed-personal-data.ts";

/** Through JSON and back: it rests in the plan, sealed. */
export interface ProviderTrace {
  readonly subject: SubjectId;
  /** The person's own, in lower case. */
  readonly addresses: readonly string[];
  readonly messages: readonly string[];
  /** Day of the first of them, `2026-11-23`. */
  readonly since: string;
}

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
  const carried = (await messagesAbout(unit, controller, subjects)).filter(
    ({ line }) => line.providerId !== undefined || line.leftAt !== undefined,
  );
  const traces: ProviderTrace[] = [];
  for (const target of targets) {
    const own = carried.filter(({ line }) => line.subject === target.subject);
    const [first] = own.map(({ line }) => line.queuedAt).sort();
    if (first === undefined) continue;
    const addresses = new Set(addressesOf([target]));
    for (const { line, sealed } of own) {
      const part = sealed && (await openMessage(vault, line, sealed));
      if (part != null && part.flow.role !== "officer") addresses.add(part.to.address.toLowerCase());
    }
    traces.push({
      subject: target.subject,
      addresses: [...addresses],
      messages: own.flatMap(({ line }) => line.providerId ?? []),
      since: first.slice(0, 10),
    });
  }
  return traces;
}

/** A message's name as Brevo takes it in a question: it answers for no other form. */
export function inBrackets(messageId: string): string {
  return `<${messageId.replaceAll(/[<>]/g, "")}>`;
}
