/** Within how many hours whoever carries our mail erases, as the agreement's annex C has it. @clause DC, D12.2 */
import type { AgreementsInForce, Subprocessor } from "@preau/agreement";
import type { MailerOptions } from "./options.ts";
import { PUBLISHER } from "./publishers-own.ts";

const DAY_HOURS = 24;

/** `unknown` where it names no such recipient, or no hours. */
export function erasureHours(
  agreements: Pick<AgreementsInForce, "of">,
  { recipient }: Pick<MailerOptions, "recipient">,
): number | "unknown" {
  const entry = agreements.of(PUBLISHER).annexC.find((each) => each.recipient === recipient);
  return hoursIn(entry?.deletionDelay);
}

export function hoursIn(delay: Subprocessor["deletionDelay"] | undefined): number | "unknown" {
  if (delay === undefined || delay === "unknown") return "unknown";
  if (delay === "none") return 0;
  if (delay.unit === "hours") return delay.amount;
  return delay.unit === "days" ? delay.amount * DAY_HOURS : "unknown";
}
