/** A real OpenID provider (oidc-provider) on the loopback: whoever comes is the person that the test says. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";
import { onTestFinished } from "vitest";
import type { OpenIdOptions } from "../src/account-options.ts";

export interface CompanyProvider {
  readonly options: OpenIdOptions;
  /** Who comes, and with what (RFC 8176). */
  person: { subject: string; amr: readonly string[] };
  /** Goes there as a browser does; where it sends the browser back to. */
  visit(url: string): Promise<string>;
}

const REDIRECT = "http://127.0.0.1:8700/sign-in/company/return";

export async function startCompanyProvider(): Promise<CompanyProvider> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const person: CompanyProvider["person"] = { subject: "staff-1", amr: ["pwd"] };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "preau",
        token_endpoint_auth_method: "none",
        redirect_uris: [REDIRECT],
        post_logout_redirect_uris: ["http://127.0.0.1:8700/sign-in"],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    cookies: { keys: ["the test's own"] },
    claims: { amr: null, openid: ["sub", "amr"] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, amr: [...person.amr] }) }),
    conformIdTokenClaims: false,
  });
  provider.on("server_error", (_context, error) => process.stderr.write(`${error.message}\n`));
  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction/") !== true) {
      void answer(request, response);
      return;
    }
    void (async () => {
      const { params } = await provider.interactionDetails(request, response);
      const grant = new provider.Grant({ accountId: person.subject, clientId: String(params["client_id"]) });
      grant.addOIDCScope("openid");
      const result = {
        login: { accountId: person.subject, amr: [...person.amr] },
        consent: { grantId: await grant.save() },
      };
      await provider.interactionFinished(request, response, result);
    })();
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    options: { issuer, clientId: "preau", trustsSecondFactor: false },
    person,
    visit: async (first) => {
      const jar = new Map<string, string>();
      let url = first;
      for (let hop = 0; hop < 10; hop += 1) {
        const cookie = [...jar].map((pair) => pair.join("=")).join("; ");
        const answer = await fetch(url, { redirect: "manual", headers: { cookie } });
        for (const line of answer.headers.getSetCookie()) {
          const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          jar.set(name, value);
        }
        const location = answer.headers.get("location");
        if (location === null) throw new Error(`${answer.status} ${await answer.text()}`);
        url = new URL(location, url).href;
        if (url.startsWith(REDIRECT)) return url.slice(new URL(REDIRECT).origin.length);
      }
      throw new Error("too many redirects");
    },
  };
}
