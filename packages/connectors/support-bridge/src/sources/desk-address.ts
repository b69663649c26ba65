/** Where a desk's API may be: over TLS, without a name and password in it; plain HTTP on this machine alone, for a simulated one. */
import { fault } from "../errors.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Without a slash at its end. @throws SUPPORT_BAD_OPTIONS */
export function deskAddress(api: string): string {
  const bad = () => fault("SUPPORT_BAD_OPTIONS", { place: "plugins.support-bridge.api" });
  if (!URL.canParse(api)) throw bad();
  const { protocol, hostname, username, password, hash } = new URL(api);
  const isSafe = protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));
  if (!isSafe || username !== "" || password !== "" || hash !== "") throw bad();
  return api.replace(/\/+$/, "");
}
