/**
 * How sessions keep the names by which a provider ends them. NameIDs, subjects and logins can be guessed, so a plain hash of one
 * could be tried against a list: what reaches the sessions is a MAC under the key of the provider's controller. One
 * function for a session that starts and for a message that ends it, whatever the protocol. @clause D4.1, DD.7
 */
import { type ControllerId, canonicalJson } from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import type { SessionKey } from "@preau/web";

const LABEL = "gar.session";

/** The same keys, each with the MAC of kind, issuer and value for its value: 64 hexadecimal digits. */
export async function keyedSessions(
  vault: Pick<KeyStore, "mac">,
  controller: ControllerId,
  keys: readonly SessionKey[],
): Promise<readonly SessionKey[]> {
  const scope = { controller, kind: "controller", id: controller } as const;
  return Promise.all(
    keys.map(async ({ kind, issuer, value }) => {
      const mac = await vault.mac(scope, LABEL, canonicalJson([kind, issuer, value]));
      return { kind, issuer, value: mac.toString("hex") };
    }),
  );
}
