/**
 * One address at one controller, known again without being kept: HMAC-SHA-256 under the controller's own key, 43 characters of
 * base64url. Local parts are folded: servers take `Zoe@` and `zoe@` for one box. @clause DC
 */
import type { ScopeKey } from "@preau/keys";
import { readMailAddress } from "./mail-address.ts";

const LABEL = "mailer.recipient";

/** Undefined for what is no address: nobody is written to there. */
export function recipientMark(key: ScopeKey, address: string): string | undefined {
  const read = readMailAddress({ address });
  return read && key.mac(LABEL, read.address.toLowerCase()).toString("base64url");
}
