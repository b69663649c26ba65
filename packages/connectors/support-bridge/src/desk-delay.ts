/** Within how many hours the desk erases, as the agreement's annex C has it. @clause DC, D12.2 */
import type { AgreementsInForce, Subprocessor } from "@preau/agreement";
import { PUBLISHER } from "@preau/contracts";
import type { SupportBridgeOptions } from "./options.ts";

const DAY_HOURS = 24;

/** The desk's row. */
export function deskRow(
  agreements: Pick<AgreementsInForce, "of">,
  { recipient }: Pick<SupportBridgeOptions, "recipient">,
): Subprocessor | undefined {
  return agreements.of(PUBLISHER).annexC.find((each) => each.recipient === recipient);
}

/** `unknown` where it names no such recipient, or no hours. */
export function deskHours(row: Pick<Subprocessor, "deletionDelay"> | undefined): number | "unknown" {
  const delay = row?.deletionDelay;
  if (delay === undefined || delay === "unknown") return "unknown";
  if (delay === "none") return 0;
  if (delay.unit === "hours") return delay.amount;
  return delay.unit === "days" ? delay.amount * DAY_HOURS : "unknown";
}
