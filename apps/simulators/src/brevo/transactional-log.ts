/** The transactional log: which lines a question is about, and what deleting takes away. */
import type { AccountState, LogDeletion, Recipient } from "./account-state.ts";

export interface LogFilter {
  readonly email?: string | undefined;
  readonly messageId?: string | undefined;
  /** Epoch milliseconds, both included. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

/** Oldest first. */
export function loggedRecipients({ recipients }: AccountState, filter: LogFilter): readonly Recipient[] {
  const email = filter.email?.toLowerCase();
  return [...recipients.values()].filter(
    (each) =>
      (email === undefined || each.email.toLowerCase() === email) &&
      (filter.messageId === undefined || each.messageId === filter.messageId) &&
      each.at >= (filter.from ?? 0) &&
      each.at <= (filter.until ?? Number.POSITIVE_INFINITY),
  );
}

/** Lines, events and previews; a mail goes with its last line. */
export function deleteLogged(state: AccountState, { identifier, from, until }: LogDeletion): void {
  const one = identifier.startsWith("<") ? { messageId: identifier } : { email: identifier };
  const gone = loggedRecipients(state, { ...one, from, until });
  for (const { uuid } of gone) state.recipients.delete(uuid);
  const held = new Set([...state.recipients.values()].map(({ messageId }) => messageId));
  for (const { messageId } of gone) if (!held.has(messageId)) state.mails.delete(messageId);
}
