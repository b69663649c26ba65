/** A provider that no one here wrote (oidc-provider) on the loopback; it reads the time that the test sets. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK } from "jose";
import { Provider } from "oidc-provider";
import { ido } from "../identity-provider.ts";
import { CLIENT_ID, CLIENT_SECRET, firstKey } from "./fake-issuer.ts";

const HUB = "http://127.0.0.1:8700";
const RETURN = `${HUB}/gar/oidc/callback`;

/** Invented; its values must show up in no address, header or log. */
export const person = {
  IDO: ido("oidc-teacher"),
  UAI: "0561641E",
  PRO: "National_ens",
  NOM: "ZÉPHYRINOT",
  PRE: ["Ana-Lucie"],
  CIV: "None",
  DIV: ["2NDE04##2NDE04", "1S1##1S1"],
  P_MEL: ["ana-lucie.zephyrinot@academie.example"],
  P_MS4: ["2211"],
};

export type RealProvider = Awaited<ReturnType<typeof startRealProvider>>;

export async function startRealProvider() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const told: number[] = [];
  const state = { hub: HUB, account: "opaque-at-the-provider", claims: person as Record<string, unknown> };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        token_endpoint_auth_method: "client_secret_basic",
        redirect_uris: [RETURN],
        post_logout_redirect_uris: [`${HUB}/`],
        response_types: ["code"],
        grant_types: ["authorization_code"],
        backchannel_logout_uri: `${HUB}/gar/oidc/logout`,
        backchannel_logout_session_required: true,
      },
    ],
    cookies: { keys: ["the test's own"] },
    jwks: { keys: [await exportJWK(firstKey!.privateKey)] },
    scopes: ["openid", "scope.gar"],
    claims: { openid: ["sub"], "scope.gar": Object.keys(person) },
    extraParams: ["idRessource"],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = form;
        },
      },
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...state.claims }) }),
    // Its messages reach the hub of the test where that listens; its dispatcher, which bars the loopback, is left out.
    fetch: async (url, { method = "GET", headers, body } = {}) => {
      const address = url instanceof Request ? url.url : url.toString();
      const init = { method, ...(headers && { headers }), ...(body && { body }) };
      const answer = await fetch(address.replace(HUB, state.hub), init);
      told.push(answer.status);
      return answer;
    },
  });
  provider.on("server_error", (_context, error) => process.stderr.write(`${error.message}\n`));
  provider.on("backchannel.error", (_context, error) => process.stderr.write(`${error.message}\n`));
  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction/") !== true) {
      void answer(request, response);
      return;
    }
    void (async () => {
      const { params } = await provider.interactionDetails(request, response);
      const accountId = state.account;
      const grant = new provider.Grant({ accountId, clientId: String(params["client_id"]) });
      grant.addOIDCScope("openid scope.gar");
      const result = { login: { accountId }, consent: { grantId: await grant.save() } };
      await provider.interactionFinished(request, response, result);
    })();
  });
  return {
    issuer,
    /** Where the hub listens, and what it is told of the person: the test's to set. */
    state,
    /** What the hub answered to its logout tokens. */
    told,
    visitor: () => visitor(issuer),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A browser at the provider, with its cookies. */
function visitor(issuer: string) {
  const jar = new Map<string, string>();
  const ask = async (
    url: string,
    init: Omit<RequestInit, "headers"> & { headers?: Record<string, string> } = {},
  ) => {
    const cookie = [...jar].map((pair) => pair.join("=")).join("; ");
    const answer = await fetch(url, { ...init, redirect: "manual", headers: { cookie, ...init.headers } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return { location: answer.headers.get("location"), status: answer.status, text: await answer.text() };
  };
  return {
    /** Follows redirects at the provider; the address at the hub that they end in, as path and query. */
    follow: async (first: string): Promise<string> => {
      let url = first;
      for (let hop = 0; hop < 10; hop += 1) {
        const { location, status, text } = await ask(url);
        if (location === null) throw new Error(`${status} ${text}`);
        url = new URL(location, url).href;
        if (url.startsWith(HUB)) return url.slice(HUB.length);
      }
      throw new Error("too many redirects");
    },
    /** Goes to the end of the session there and confirms; where that leads. */
    signOut: async (url: string): Promise<string | null> => {
      const { text } = await ask(url);
      const fields = { xsrf: /name="xsrf" value="([^"]+)"/.exec(text)?.[1] ?? "", logout: "yes" };
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const body = new URLSearchParams(fields).toString();
      return (await ask(`${issuer}/session/end/confirm`, { method: "POST", headers, body })).location;
    },
  };
}
