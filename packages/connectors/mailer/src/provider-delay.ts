/** Within how many hours whoever carries our mail erases, as the agreement's annex C has it. @clause DC, D12.2 */
import { type AgreementsInForce, documentedHours } from "@preau/agreement";
import type { MailerOptions } from "./options.ts";
import { PUBLISHER } from "./publishers-own.ts";

/** `unknown` where it names no such recipient, or no hours. */
export function erasureHours(
  agreements: Pick<AgreementsInForce, "of">,
  { recipient }: Pick<MailerOptions, "recipient">,
): number | "unknown" {
  const entry = agreements.of(PUBLISHER).annexC.find((each) => each.recipient === recipient);
  return documentedHours(entry);
}
