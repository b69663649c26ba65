/** The accounts plugin behind HTTP, and a browser as far as these tests need one: a cookie jar, forms with their token. */
import type { ActorRole, Route } from "@preau/kernel";
import type { AccountOptions } from "../src/account-options.ts";
import type { AppOptions } from "../src/app-options.ts";
import { accountsPlugin } from "../src/index.ts";
import {
  type Answer,
  type Application,
  dataOf,
  FORM,
  HTML,
  startApplication,
  tokenIn,
} from "./application.ts";
import { CHEAP, codeNow, type Member, type OpenAccounts, openAccounts } from "./open-accounts.ts";

export interface AccountSite {
  readonly open: OpenAccounts;
  readonly app: Application;
  readonly routes: readonly Route[];
  browser(): Browser;
}

export interface Browser {
  readonly jar: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a form: the token is taken from the page `from`, or from `path` itself. */
  post(path: string, fields: Record<string, string>, from?: string): Promise<Answer>;
}

export async function startAccountSite(
  options: Partial<AccountOptions> = {},
  site: Partial<AppOptions> = {},
): Promise<AccountSite> {
  const open = await openAccounts("sqlite", options);
  const ports = open.ports as unknown as Parameters<typeof accountsPlugin.routes>[0];
  const routes = accountsPlugin.routes(ports, { ...open.means.options, ...CHEAP });
  const { clock, ids, sessions } = open.ports;
  const app = await startApplication(routes, {
    clock,
    ids,
    sessions,
    signOut: "/sign-out",
    signIn: "/sign-in",
    ...site,
  });
  return { open, app, routes, browser: () => browserOf(app) };
}

function browserOf(app: Application): Browser {
  const jar = new Map<string, string>();
  const keep = (answer: Answer): Answer => {
    for (const line of answer.headers["set-cookie"] ?? []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0(;|$)/.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  const cookie = () => ({ cookie: [...jar].map((pair) => pair.join("=")).join("; ") });
  const get = async (path: string, headers: Record<string, string> = {}) =>
    keep(await app.visit(path, { headers: { ...HTML, ...cookie(), ...headers } }));
  return {
    jar,
    get,
    post: async (path, fields, from = path) => {
      const token = tokenIn((await get(from)).text);
      const body = new URLSearchParams({ ...fields, _csrf: token }).toString();
      return keep(
        await app.visit(path, { method: "POST", headers: { ...HTML, ...FORM, ...cookie() }, body }),
      );
    },
  };
}

/** Signs in with password and code. */
export async function enter({ open }: AccountSite, browser: Browser, member: Member): Promise<void> {
  const first = await browser.post("/sign-in", { email: member.email, password: member.password });
  if (first.headers.location === "/sign-in/second-factor") {
    open.clock.advance(30_000);
    const code = codeNow(open, member.secret ?? "");
    const second = await browser.post("/sign-in/second-factor", { code });
    if (second.status !== 303) throw new Error(`${second.status} ${second.text}`);
  } else if (first.status !== 303) throw new Error(`${first.status} ${first.text}`);
}

/** A session of that role without an account behind it. */
export async function sessionAs({ open }: AccountSite, role: ActorRole): Promise<string> {
  const { secret } = await open.ports.sessions.start({ data: dataOf(role) });
  return `preau=${secret}`;
}
