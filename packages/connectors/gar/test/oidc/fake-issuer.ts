/** An OpenID provider of the test's own, on the loopback and on the test's clock, in which everything can be wrong. */
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, millisOf } from "@preau/kernel";
import { CompactSign, type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { ido } from "../identity-provider.ts";

export const CLIENT_ID = "preau";
export const CLIENT_SECRET = "a secret of the tests, and of nobody else";
export const EVENT = "http://schemas.openid.net/event/backchannel-logout";

export interface IssuerKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

export async function issuerKey(kid: string, alg = "RS256"): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" } };
}

/** Generated once a worker: RSA takes its time. */
export const [firstKey, nextKey, strangerKey] = await Promise.all(
  ["first", "next", "first"].map((kid) => issuerKey(kid)),
);

type Claims = Record<string, unknown>;
interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

/** What is wrong, one thing at a time. */
export interface Wrong {
  discovery?: (honest: Claims) => Claims;
  idToken?: (honest: Claims) => Claims;
  sign?: (claims: Claims) => string | Promise<string>;
  token?: (honest: Claims) => Answer;
  userinfo?: (honest: Claims) => Answer;
  keys?: () => unknown;
}

export type FakeIssuer = Awaited<ReturnType<typeof startFakeIssuer>>;

const teacherClaims: Claims = {
  IDO: ido("teacher"),
  UAI: "0561641E",
  PRO: "National_ens",
  NOM: "ZÉPHYRINOT",
  PRE: ["Ana"],
  CIV: "null",
  DIV: ["199001~3EME3##3EME3"],
  P_MEL: null,
};

export async function startFakeIssuer(clock: Clock) {
  let wrong: Wrong = {};
  const grants = new Map<string, URLSearchParams>();
  const asked: string[] = [];
  const state = { person: teacherClaims, subject: "sub-of-the-teacher", sid: "sid-1", accessToken: "" };
  let key = firstKey!;
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const seconds = () => Math.floor(millisOf(clock.now()) / 1_000);

  const discovery = (): Claims => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    end_session_endpoint: `${issuer}/end`,
    id_token_signing_alg_values_supported: ["RS256"],
    authorization_response_iss_parameter_supported: true,
    backchannel_logout_session_supported: true,
  });

  const idToken = (begun: URLSearchParams): Claims => ({
    iss: issuer,
    sub: state.subject,
    aud: CLIENT_ID,
    iat: seconds(),
    exp: seconds() + 300,
    nonce: begun.get("nonce"),
    sid: state.sid,
    at_hash: createHash("sha256").update(state.accessToken).digest().subarray(0, 16).toString("base64url"),
  });

  /** `header` may hold what no honest library writes. */
  const signWith = (by: IssuerKey, claims: Claims, header: Claims = {}) =>
    new SignJWT(defined(claims))
      .setProtectedHeader({ alg: by.alg, kid: by.kid, ...header })
      .sign(by.privateKey);
  const sign = (claims: Claims, header: Claims = {}) => signWith(key, claims, header);

  async function tokens(request: IncomingMessage): Promise<Answer> {
    const form = new URLSearchParams(await bodyOf(request));
    const basic = `Basic ${Buffer.from(`${form1(CLIENT_ID)}:${form1(CLIENT_SECRET)}`).toString("base64")}`;
    const posted = form.get("client_id") === CLIENT_ID && form.get("client_secret") === CLIENT_SECRET;
    if (request.headers.authorization !== basic && !posted)
      return { status: 401, body: { error: "invalid_client" } };
    const code = form.get("code") ?? "";
    const begun = grants.get(code);
    grants.delete(code);
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (
      begun === undefined ||
      begun.get("code_challenge") !== challenge ||
      form.get("redirect_uri") !== begun.get("redirect_uri")
    )
      return { status: 400, body: { error: "invalid_grant" } };
    state.accessToken = randomBytes(16).toString("hex");
    const claims = (wrong.idToken ?? same)(idToken(begun));
    const signed = await (wrong.sign ?? sign)(claims);
    const honest = {
      access_token: state.accessToken,
      token_type: "Bearer",
      expires_in: 300,
      id_token: signed,
    };
    return wrong.token?.(honest) ?? { body: honest };
  }

  function userinfo(request: IncomingMessage): Answer {
    if (request.headers.authorization !== `Bearer ${state.accessToken}`)
      return { status: 401, headers: { "www-authenticate": 'Bearer error="invalid_token"' }, body: {} };
    const honest = { sub: state.subject, auth_time: seconds(), client_id: CLIENT_ID, ...state.person };
    return wrong.userinfo?.(honest) ?? { body: honest };
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const path = request.url ?? "";
    asked.push(path);
    const routes: Record<string, () => Answer | Promise<Answer>> = {
      "/.well-known/openid-configuration": () => ({ body: (wrong.discovery ?? same)(discovery()) }),
      "/jwks": () => ({ body: wrong.keys?.() ?? { keys: [key.jwk] } }),
      "/token": () => tokens(request),
      "/userinfo": () => userinfo(request),
    };
    const {
      status = 200,
      type = "application/json",
      headers = {},
      body,
    } = (await routes[path.split("?", 1)[0] ?? ""]?.()) ?? { status: 404, body: {} };
    response.writeHead(status, { "content-type": type, ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  }

  return {
    issuer,
    /** From now on this is wrong, and nothing else. */
    spoil: (now: Wrong) => {
      wrong = now;
    },
    state,
    /** Paths of our requests, in order. */
    asked,
    sign,
    signWith,
    /** Whatever bytes, signed as a logout token. */
    signBytes: (payload: string | Buffer) =>
      new CompactSign(Buffer.from(payload))
        .setProtectedHeader({ alg: key.alg, kid: key.kid })
        .sign(key.privateKey),
    rotate: (to: IssuerKey) => {
      key = to;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
    /** The person agrees: what the browser brings back. */
    agree: (location: string, more: Record<string, string> = {}) => {
      const begun = new URL(location).searchParams;
      const code = randomBytes(12).toString("hex");
      grants.set(code, begun);
      const back = { code, state: begun.get("state") ?? "", iss: issuer, ...more };
      return `?${new URLSearchParams(back).toString()}`;
    },
    /** The person's session there is another from now on. */
    newSession: () => void (state.sid = `sid-${randomBytes(4).toString("hex")}`),
    logoutClaims: (): Claims => ({
      iss: issuer,
      aud: CLIENT_ID,
      iat: seconds(),
      exp: seconds() + 120,
      jti: randomBytes(8).toString("hex"),
      events: { [EVENT]: {} },
      sub: state.subject,
      sid: state.sid,
    }),
  };
}

const same = (honest: Claims): Claims => honest;

/** Without what is undefined. */
function defined(claims: Claims): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

function form1(text: string): string {
  return new URLSearchParams({ v: text }).toString().slice(2);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}
