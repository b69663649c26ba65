/** The desk in the agreement's annex C. @clause DC */
import type { AgreementsInForce, Subprocessor } from "@preau/agreement";
import { PUBLISHER } from "@preau/contracts";
import type { SupportBridgeOptions } from "./options.ts";

/** The desk's row. */
export function deskRow(
  agreements: Pick<AgreementsInForce, "of">,
  { recipient }: Pick<SupportBridgeOptions, "recipient">,
): Subprocessor | undefined {
  return agreements.of(PUBLISHER).annexC.find((each) => each.recipient === recipient);
}
