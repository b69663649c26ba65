/** A store that says when it may be asked again (a provider's limit an hour) has not failed: the run goes on then. @clause D12.2 */
import { isFault, NotYet } from "@preau/kernel";
import type { RunOutcome } from "./run-options.ts";

/** Until when, where such a limit alone keeps the run from its end: the try is not to count. */
export function putOff(outcome: RunOutcome): NotYet | undefined {
  if (outcome.closed || outcome.failed.length !== 1) return undefined;
  const { cause } = outcome;
  if (cause instanceof NotYet) return cause;
  return isFault(cause) && cause.cause instanceof NotYet ? cause.cause : undefined;
}
