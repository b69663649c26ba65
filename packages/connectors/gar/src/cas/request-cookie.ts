/**
 * Which sign-in a browser began, where a CAS server takes no address but an exact one, so that none of ours can stand in it.
 * The last of several tabs is the one that can be finished. What proves anything is still the browser's token.
 */
import type { SignInProvider } from "../provider.ts";

export interface RequestCookie {
  readonly provider: SignInProvider;
  /** Our public address is https. */
  readonly secure: boolean;
}

/** The `Set-Cookie` line. A CAS server leads back by a plain navigation, so `Lax` is enough. */
export function requestCookie(id: string, { provider, secure }: RequestCookie): string {
  const line = `${nameOf({ provider, secure })}=${id}; Path=/; HttpOnly; Max-Age=${provider.requestMinutes * 60}`;
  return `${line}; SameSite=Lax${secure ? "; Secure" : ""}`;
}

/** The id that the browser sent, if any. */
export function requestOfCookie(header: string | undefined, cookie: RequestCookie): string | undefined {
  const name = nameOf(cookie);
  const pairs = (header ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

function nameOf({ provider, secure }: RequestCookie): string {
  return `${secure ? "__Host-" : ""}preau-${provider.id.replaceAll(".", "-")}-request`;
}
