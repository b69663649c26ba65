/**
 * A report of return, or a server's refusal, that says that the mailbox is none (RFC 3463, 5.1.x) puts its address on the list, as a
 * provider's word would.
 */
import type { Clock, Ids, Jobs, Unit } from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import type { MessageLine } from "./message-line.ts";
import { openMessage } from "./seal-message.ts";
import { readMessage } from "./store/messages.ts";
import { suppressAddress } from "./suppress-address.ts";
import type { SuppressionRules } from "./suppression.ts";

/** Other reasons are the server's, the text's or the day's. */
const NO_MAILBOX = /^(?:DSN|SMTP)_5\.1\.\d{1,3}$/;

export async function suppressReturned(
  unit: Unit,
  ports: { readonly clock: Clock; readonly ids: Ids; readonly jobs: Jobs; readonly vault: KeyStore },
  rules: SuppressionRules,
  { line, reason }: { readonly line: MessageLine; readonly reason: string | undefined },
): Promise<void> {
  if (reason === undefined || !NO_MAILBOX.test(reason)) return;
  const found = await readMessage(unit, line.controller, line.id);
  const part = found?.sealed == null ? undefined : await openMessage(ports.vault, line, found.sealed);
  if (part === undefined) return;
  const { controller } = line;
  const subject = part.flow.role === "officer" ? undefined : line.subject;
  const report = { controller, address: part.to.address, kind: "hardBounce", at: ports.clock.now() } as const;
  await suppressAddress(unit, ports, rules, { ...report, subject });
}
