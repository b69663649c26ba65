/** Where messages about persons may go, and whose answers are believed. */
import { isLoopback } from "@preau/web";

/** May we, or a browser, be sent to this address: https, or http that stays on this machine? */
export function isSafeAddress(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
}
