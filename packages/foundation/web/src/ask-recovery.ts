/**
 * Asking for a link: kept by the address's hash, whether it has an account or not, and nothing is looked up. The
 * administrators of that account see that it asked, and hand the link over.
 */
import { addHours, type Instant } from "@preau/kernel";
import type { AccountMeans } from "./account-means.ts";
import { takeAttempt } from "./account-throttle.ts";
import { spellEmail } from "./email-address.ts";
import type { Visit } from "./finish-sign-in.ts";
import { askRecovery } from "./store/attempt-rows.ts";

/** For how long a request is shown. */
const KEPT_HOURS = 7 * 24;

/** @clause DD.4 */
export async function askForRecovery(
  means: AccountMeans,
  email: string,
  { network }: Pick<Visit, "network">,
): Promise<{ readonly asked: true } | { readonly until: Instant }> {
  const { secrets, clock, unitOfWork } = means;
  // Never forgiven: each request is one, and a network that floods us waits.
  const attempt = await takeAttempt(means, [
    { kind: "network", key: await secrets.attemptKey("network", `recovery ${network}`) },
  ]);
  if ("blockedUntil" in attempt) {
    await means.attempts.count("waiting");
    return { until: attempt.blockedUntil };
  }
  const hash = await secrets.emailHash(spellEmail(email));
  const now = clock.now();
  await unitOfWork.transaction((unit) => askRecovery(unit, hash, now, addHours(now, -KEPT_HOURS)));
  await means.attempts.count("recoveryAsked");
  return { asked: true };
}
