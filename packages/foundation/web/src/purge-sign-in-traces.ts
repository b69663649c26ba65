/**
 * What the console keeps of sign-ins beside the journal, by age: failures and requests for a recovery (keyed hashes),
 * sessions, links and requests to the company's sign-in. Most go sooner by themselves, when others come; where nobody
 * signs in any more nothing does, so that the period of the logs ends them too. Links and tokens of
 * machines that ended then go with them.
 * towards DD.8
 */
import type { Instant, Unit } from "@preau/kernel";
import { purgeTokens } from "./store/account-token-rows.ts";
import { purgeApiTokens } from "./store/api-token-rows.ts";
import { purgeAttempts } from "./store/attempt-rows.ts";
import { purgeOpenIdRequests } from "./store/identity-rows.ts";
import { purgeLinks } from "./store/link-rows.ts";
import { purgeSessions } from "./store/session-rows.ts";

/** Rows that went. */
export async function purgeSignInTraces(unit: Unit, before: Instant): Promise<number> {
  let gone = 0;
  for (const purge of [
    purgeAttempts,
    purgeSessions,
    purgeTokens,
    purgeOpenIdRequests,
    purgeLinks,
    purgeApiTokens,
  ])
    gone += await purge(unit, before);
  return gone;
}
