/** A message's state and reason in words. */

import type { MailTexts } from "../locales/fr.ts";
import type { MessageLine } from "../message-line.ts";

/** What the catcher shows has not left. */
export function sayState({ state, transport, reason }: MessageLine, words: MailTexts): string {
  if (state === "refused" && reason?.startsWith("SUPPRESSED_") === true) return words.keptBack;
  return state === "accepted" && transport === "catcher" ? words.caught : words.states[state];
}

/** The gate's reasons, and codes that nobody has words for, stand as they are. */
export function sayReason(reason: string, words: MailTexts): string {
  const [, kind, code = ""] = /^(SMTP|DSN)_([0-9.]+)$/.exec(reason) ?? [];
  if (kind === "SMTP") return words.server(code);
  if (kind === "DSN") return words.report(code);
  return words.reasons[reason] ?? reason;
}
