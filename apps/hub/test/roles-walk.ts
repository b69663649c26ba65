/**
 * Asks every route of a table as nobody and as every role, and says where the answer is not what the table promises. A
 * route that names no role, or one that nobody has, is a finding too: a plugin that comes later is walked like the rest.
 */
import { type ActorRole, actorRoles, type Route } from "@preau/kernel";

export interface RolesWalk {
  /** `GET /dues as support: 403 WEB_FORBIDDEN`, one a promise that is not kept. */
  readonly findings: readonly string[];
  /** How many promises were looked at. */
  readonly checks: number;
}

export interface Walker {
  readonly url: string;
  /** The cookie of a session of that role. */
  readonly cookieOf: (role: ActorRole) => Promise<string>;
}

const roles = Object.keys(actorRoles) as readonly ActorRole[];

export async function walkRoles(routes: readonly Route[], walker: Walker): Promise<RolesWalk> {
  const findings: string[] = [];
  let checks = 0;
  const check = (holds: boolean, says: string) => {
    checks += 1;
    if (!holds) findings.push(says);
  };
  for (const route of routes) {
    const name = `${route.method.toUpperCase()} ${route.path}`;
    check(isDeclared(route), `${name} does not say who may call it`);
    if (route.who === "anyone") continue;
    const nobody = await ask(walker.url, route);
    check(nobody.status === 401, `${name} as nobody: ${nobody.status} ${nobody.code}`);
    if (route.method === "get" && !("forMachines" in route)) {
      const browser = await ask(walker.url, route, { accept: "text/html" });
      const led = browser.status === 303 && browser.location.includes("?next=");
      check(led, `${name} as nobody in a browser: ${browser.status} ${browser.location}`);
    }
    for (const role of roles) {
      const { status, code } = await ask(walker.url, route, { cookie: await walker.cookieOf(role) });
      const opened = status !== 401 && code !== "WEB_FORBIDDEN";
      const wanted = route.who === "signedIn" || route.who.includes(role);
      const refused = status === 403 && code === "WEB_FORBIDDEN";
      check(wanted ? opened : refused, `${name} as ${role}: ${status} ${code}`);
    }
  }
  return { findings, checks };
}

function isDeclared({ who }: Route): boolean {
  if (who === "anyone" || who === "signedIn") return true;
  return who.length > 0 && who.every((role) => Object.hasOwn(actorRoles, role));
}

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly location: string;
}

/** One request without a form's token: what passes the roles stops there, and nothing is written. */
async function ask(url: string, route: Route, headers: Record<string, string> = {}): Promise<Answer> {
  const path = route.path.replaceAll(/:\w+/g, "x");
  const response = await fetch(url + path, {
    method: route.method.toUpperCase(),
    headers: { accept: "application/problem+json", ...headers },
    redirect: "manual",
  });
  const text = await response.text();
  return {
    status: response.status,
    code: /"code":"([A-Z_]+)"/.exec(text)?.[1] ?? "",
    location: response.headers.get("location") ?? "",
  };
}
