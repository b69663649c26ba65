/** Staff pages open from the configured networks alone. Towards DD.6. */
import { BlockList, isIP } from "node:net";
import type { ActorRole } from "@preau/kernel";
import { fault } from "../errors.ts";

/** Roles of the publisher's own people. */
const STAFF: ReadonlySet<ActorRole> = new Set(["publisherDpo", "support", "operations"]);
const LOOPBACK = ["127.0.0.0/8", "::1/128"];

/**
 * A test of (role, network address): always true for those who are not staff. Without a configured network staff come
 * from the machine itself only.
 * @throws WEB_BAD_OPTIONS for what is not `address/prefix`
 * Towards DD.6.
 */
export function staffNetworkCheck(networks: readonly string[] = LOOPBACK) {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits = ""] = network.split("/");
    const version = isIP(address);
    const prefix = Number(bits);
    const most = version === 4 ? 32 : 128;
    if (version === 0 || !/^\d{1,3}$/.test(bits) || prefix > most) {
      throw fault("WEB_BAD_OPTIONS", { place: "staffNetworks: an entry is not address/prefix" });
    }
    list.addSubnet(address, prefix, version === 4 ? "ipv4" : "ipv6");
  }
  return (role: ActorRole, address: string | undefined): boolean => {
    if (!STAFF.has(role)) return true;
    const plain = (address ?? "").replace(/^::ffff:(?=\d+\.)/i, "");
    const version = isIP(plain);
    return version !== 0 && list.check(plain, version === 4 ? "ipv4" : "ipv6");
  };
}
