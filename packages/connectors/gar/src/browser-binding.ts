/**
 * A sign-in that a browser began can be finished by that browser alone: it keeps a random token in a cookie, we keep
 * its hash beside the request. Without it somebody could make a victim's browser sign in as the attacker.
 *
 * The assertion arrives by a cross-site POST, which carries no `SameSite=Lax` cookie. Under https the cookie is
 * `SameSite=None; Secure`. Under http (loopback, in development) there are two: one with these attributes, which browsers
 * that trust loopback send, and one without any, which the others do.
 */
import { hash, randomBytes } from "node:crypto";

const NAME = "preau-gar";

export function newBrowserToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept beside a request that this browser began at that provider: no other provider can finish it. */
export function browserHash(token: string, provider: string): string {
  return hash("sha256", `${provider}\n${token}`, "hex");
}

export interface CookieOptions {
  /** Our public address is https. */
  readonly secure: boolean;
  /** Seconds. */
  readonly maxAge: number;
}

/** The `Set-Cookie` lines that give the token to the browser. */
export function browserCookies(token: string, { secure, maxAge }: CookieOptions): readonly string[] {
  const common = `${token}; Path=/; HttpOnly; Max-Age=${maxAge}`;
  const crossSite = `${common}; SameSite=None; Secure`;
  return secure ? [`__Host-${NAME}=${crossSite}`] : [`${NAME}=${common}`, `${NAME}-crosssite=${crossSite}`];
}

/** The token that the browser sent, if any. */
export function browserToken(header: string | undefined, secure: boolean): string | undefined {
  const cookies = new Map(
    (header ?? "").split(";").map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const;
    }),
  );
  const names = secure ? [`__Host-${NAME}`] : [`${NAME}-crosssite`, NAME];
  const token = names.map((name) => cookies.get(name)).find((value) => value !== undefined);
  return token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined;
}
