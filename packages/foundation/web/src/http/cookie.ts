/** Cookies, RFC 6265: reading one, and the attributes of ours. */
import type { ServerResponse } from "node:http";

/** The value of the first cookie of that name, without decoding; undefined when there is none. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  for (const pair of header.split(";")) {
    const equals = pair.indexOf("=");
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

export interface CookieNaming {
  /** True when the public address is https. */
  readonly secure: boolean;
  /** Plain name; `__Host-` is put before it under https, where a browser honours it. */
  readonly name: string;
}

/**
 * The name of one of our cookies. Under https the prefix `__Host-` keeps subdomains from planting one; over plain
 * http (loopback, in development) no browser takes a `Secure` cookie reliably, so the prefix cannot be used.
 */
export function cookieName({ secure, name }: CookieNaming): string {
  return secure ? `__Host-${name}` : name;
}

/** A `Set-Cookie` line: host only, whole site, unreadable to scripts. `maxAge` in seconds; a session cookie without. */
export function cookieLine(
  name: string,
  value: string,
  options: { secure: boolean; maxAge?: number },
): string {
  const age = options.maxAge === undefined ? "" : `; Max-Age=${options.maxAge}`;
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${options.secure ? "; Secure" : ""}${age}`;
}

/** Sets a cookie on an answer, in the place of one of that name set before: a unit of work may run twice. */
export function setCookie(response: ServerResponse, name: string, line: string): void {
  const before = [response.getHeader("Set-Cookie") ?? []].flat().map(String);
  response.setHeader("Set-Cookie", [...before.filter((each) => !each.startsWith(`${name}=`)), line]);
}
