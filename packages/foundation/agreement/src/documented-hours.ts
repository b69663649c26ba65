import type { Subprocessor } from "./agreement.ts";

const DAY_HOURS = 24;

/** Hours within which a subprocessor documents that it erases; `unknown` where it documents none, or none in hours. @clause D12.2 */
export function documentedHours(row: Pick<Subprocessor, "deletionDelay"> | undefined): number | "unknown" {
  const delay = row?.deletionDelay;
  if (delay === undefined || delay === "unknown") return "unknown";
  if (delay === "none") return 0;
  if (delay.unit === "hours") return delay.amount;
  return delay.unit === "days" ? delay.amount * DAY_HOURS : "unknown";
}
