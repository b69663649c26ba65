import { fault } from "../errors.ts";

/**
 * Node's `fetch` believes any certificate while this variable is 0; whoever stands in between then signs everybody in.
 * @throws GAR_TLS_UNVERIFIED
 */
export function refuseUnverifiedTls(address: string | URL): void {
  const unverified = process.env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0";
  if (unverified && new URL(address).protocol === "https:") throw fault("GAR_TLS_UNVERIFIED");
}
