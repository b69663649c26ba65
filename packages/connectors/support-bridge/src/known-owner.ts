/** Whose known words are: a person of the directory, or an account that was never met, by a keyed mark of its identifier. @clause DC */
import type { ControllerId, Identifier, SubjectId } from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { publisherScope } from "./desk-keys.ts";

/** `sub_…`, or `acc_` and 32 hexadecimal digits. */
export type KnownOwner = SubjectId | `acc_${string}`;

/** The same for the same account, so that erasing it finds its words. */
export async function accountOwner(
  vault: Pick<KeyStore, "mac">,
  controller: ControllerId,
  { kind, value }: Identifier,
): Promise<KnownOwner> {
  const mac = await vault.mac(
    publisherScope,
    "support-bridge.account",
    JSON.stringify([controller, kind, value]),
  );
  return `acc_${mac.toString("hex").slice(0, 32)}`;
}

export function isAccountOwner(owner: KnownOwner): boolean {
  return owner.startsWith("acc_");
}
