/**
 * What the provider's log has of a person for one controller. An account knows no controllers: a line is this one's where its message
 * is, or nobody's that we know; one of another controller's is left out, and its address is shared with that one then. @clause S7
 */
import type { ControllerId } from "@preau/kernel";
import type { BrevoAccount, LoggedMail } from "./brevo-account.ts";
import { isUnder, pendingOrders } from "./provider-orders.ts";
import { daysUntil, inBrackets, type ProviderTrace } from "./provider-traces.ts";
import type { SourcePorts } from "./source-ports.ts";
import { othersMessages } from "./store/subject-messages.ts";

export interface ProviderLog {
  /** Each with its message's name in brackets, by which it is deleted; not what goes by an order already. */
  readonly lines: readonly { readonly line: LoggedMail; readonly name: string }[];
  /** Addresses to which another controller had something carried too: contact and block there are that one's as well. */
  readonly shared: ReadonlySet<string>;
}

export async function readProviderLog(
  ports: SourcePorts,
  account: BrevoAccount,
  {
    controller,
    trace,
    hours,
    signal,
  }: {
    readonly controller: ControllerId;
    readonly trace: ProviderTrace;
    /** For which an order is believed. */
    readonly hours: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<ProviderLog> {
  const today = ports.clock.now().slice(0, 10);
  const found: { readonly line: LoggedMail; readonly name: string; readonly address?: string }[] = [];
  for (const address of trace.addresses)
    for (const line of await account.logTo(address, { from: trace.since, until: today }, signal))
      found.push({ line, name: inBrackets(line.messageId), address });
  const others = await ports.unitOfWork.transaction((unit) =>
    othersMessages(unit, controller, [...new Set(found.map(({ name }) => name))]),
  );
  const shared = new Set(found.flatMap(({ name, address }) => (others.has(name) ? (address ?? []) : [])));
  const seen = new Set(found.map(({ name }) => name));
  for (const message of trace.messages)
    if (!seen.has(message.name))
      for (const line of await account.logOf(message.name, daysUntil(message, today), signal))
        found.push({ line, name: message.name });
  const own = found.filter(({ name }) => !others.has(name));
  const ordered = await pendingOrders(ports, { controller, things: own.map(({ name }) => name), hours });
  const lines = own.filter(({ line, name }) => !isUnder(ordered.get(name), line.date));
  return { lines: lines.map(({ line, name }) => ({ line, name })), shared };
}
