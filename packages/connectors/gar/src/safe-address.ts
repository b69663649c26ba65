/** Where messages about persons may go, and whose answers are believed. */
import { isLoopback } from "@preau/web";
import { fault } from "./errors.ts";

/** May we, or a browser, be sent to this address: https, or http that stays on this machine? */
export function isSafeAddress(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
}

/**
 * Node's `fetch` believes any certificate while this variable is 0; whoever stands in between then signs everybody in.
 * @throws GAR_TLS_UNVERIFIED
 */
export function refuseUnverifiedTls(address: string | URL): void {
  const unverified = process.env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0";
  if (unverified && new URL(address).protocol === "https:") throw fault("GAR_TLS_UNVERIFIED");
}
