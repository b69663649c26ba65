import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "@preau/testing";
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { garPeople } from "../../src/gar/people.ts";
import { configuredOidcClients } from "../../src/gar-oidc/clients.ts";
import { formWithButton, makeBrowser } from "./browser.ts";
import { type OidcWorld, oidcWorld, resource, secret, teacher } from "./oidc-world.ts";

let world: OidcWorld;
beforeAll(async () => {
  world = await oidcWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.reset());

const basic = (id: string, password: string) =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(password)}`).toString("base64")}`;

function exchange(code: string, verifier: string, authorization = basic("plume", secret)) {
  return fetch(`${world.url}/oidc/oidcAccessToken`, {
    method: "POST",
    headers: { authorization },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: world.redirectUri,
      code_verifier: verifier,
    }),
  });
}

function profile(accessToken: string, idRessource = resource) {
  const query = new URLSearchParams({ idRessource, access_mode: "web" });
  return fetch(`${world.url}/oidc/oidcProfile?${query}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
}

async function codeOf(browser = makeBrowser()) {
  const { parameters, checks } = await world.begin();
  const address = client.buildAuthorizationUrl(await world.configured(), parameters);
  const callback = await world.choose(address, teacher, browser);
  return { code: callback.searchParams.get("code") ?? "", verifier: checks.pkceCodeVerifier };
}

describe("GAR simulator: OpenID Connect code flow", () => {
  it("signs in a person at openid-client, all checks on, with the claims under the GAR's names", async () => {
    const { claims, profile: told } = await world.signIn();
    const { attributes } = garPeople[0]!;
    expect(claims).toMatchObject({ iss: `${world.url}/oidc`, aud: "plume", azp: "plume" });
    expect(claims["sid"]).toMatch(/^[\w-]{24}$/);
    expect(claims["IDO"]).toBeUndefined();
    expect(told).toMatchObject({
      sub: claims.sub,
      IDO: attributes["IDO"]![0],
      UAI: "0999999A",
      PRO: "National_ens",
      NOM: "Caradec-Nuñes",
      PRE: ["Maëlle"],
      DIV: attributes["DIV"],
      GRO: attributes["GRO"],
      P_MAT: "None",
      client_id: "plume",
      typProfil: "ENS",
    });
  });

  it("spells no value as null, null and None, and a lone class as a list", async () => {
    const { profile: told } = await world.signIn("Basile d'Ostrel");
    expect(told).toMatchObject({
      CIV: "null",
      P_MEL: null,
      P_MAT: "None",
      DIV: ["900001~GSA##Grande section"],
    });
  });

  const wrong: [what: string, change: Record<string, string>, error: string][] = [
    ["without idRessource", { idRessource: "" }, "invalid_request"],
    ["with an idRessource that is no ARK", { idRessource: "https://plume.example" }, "invalid_request"],
    ["without scope.gar", { scope: "openid" }, "invalid_scope"],
    ["with a plain challenge", { code_challenge_method: "plain" }, "invalid_request"],
    ["without challenge", { code_challenge: "" }, "invalid_request"],
    ["without state", { state: "" }, "invalid_request"],
    ["without nonce", { nonce: "" }, "invalid_request"],
    ["for a token in the address", { response_type: "token" }, "unsupported_response_type"],
    ["as an object", { request: "e30." }, "request_not_supported"],
    ["without asking, of a stranger", { prompt: "none" }, "login_required"],
  ];
  it.each(wrong)("refuses a request %s", async (_what, change, error) => {
    const { parameters } = await world.begin({ response_type: "code", client_id: "plume", ...change });
    const query = new URLSearchParams(parameters);
    const answer = await fetch(`${world.url}/oidc/oidcAuthorize?${query}`, { redirect: "manual" });
    const location = new URL(answer.headers.get("location") ?? "");
    expect(location.href).toMatch(`${world.redirectUri}?`);
    expect(Object.fromEntries(location.searchParams)).toMatchObject({ error, iss: `${world.url}/oidc` });
    expect(location.searchParams.get("state")).toBe(change["state"] === "" ? null : parameters.state);
  });

  it("sends the browser nowhere for a stranger, or to an address that the client has not registered", async () => {
    for (const change of [
      { client_id: "nobody" },
      { redirect_uri: `${world.redirectUri}/` },
      { redirect_uri: "" },
    ]) {
      const { parameters } = await world.begin({ response_type: "code", client_id: "plume", ...change });
      const query = new URLSearchParams(parameters);
      const answer = await fetch(`${world.url}/oidc/oidcAuthorize?${query}`, { redirect: "manual" });
      expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
    }
  });

  it("exchanges a code once, within a minute, with its secret and its verifier, for its client", async () => {
    const { code, verifier } = await codeOf();
    expect((await exchange(code, verifier, basic("plume", "wrong"))).status).toBe(401);
    expect((await exchange(code, verifier, "Bearer x")).status).toBe(401);
    expect((await exchange(code, verifier, basic("other", secret.toUpperCase()))).status).toBe(400);
    expect((await exchange(code, "x".repeat(43))).status).toBe(400);
    const first = await exchange(code, verifier);
    expect([first.status, first.headers.get("cache-control")]).toEqual([200, "no-store"]);
    const { access_token: token } = (await first.json()) as { access_token: string };
    expect((await profile(token)).status).toBe(200);
    const second = await exchange(code, verifier);
    expect([second.status, await second.json()]).toMatchObject([400, { error: "invalid_grant" }]);
    expect((await profile(token)).status).toBe(401);

    const late = await codeOf();
    world.later(60_000);
    expect((await exchange(late.code, late.verifier)).status).toBe(400);
  });

  it("gives claims to the bearer alone, for the resource signed in to alone, for five minutes", async () => {
    const { code, verifier } = await codeOf();
    const { access_token: token } = (await (await exchange(code, verifier)).json()) as {
      access_token: string;
    };
    expect((await profile("AT-nobody")).status).toBe(401);
    const other = await profile(token, "ark:/99999/jardin.p");
    expect([other.status, other.headers.get("www-authenticate")]).toEqual([
      403,
      'Bearer error="insufficient_scope"',
    ]);
    world.later(6 * 60_000);
    expect((await profile(token)).status).toBe(401);
  });
});

describe("GAR simulator: OpenID Connect fault switches", () => {
  const refusedByOpenidClient: [name: string, value?: string][] = [
    ["oidc-wrong-discovery"],
    ["oidc-state-dropped"],
    ["oidc-wrong-state"],
    ["oidc-no-iss-parameter"],
    ["oidc-wrong-iss-parameter"],
    ["oidc-no-id-token"],
    ["oidc-wrong-issuer"],
    ["oidc-wrong-audience"],
    ["oidc-wrong-azp"],
    ["oidc-wrong-nonce"],
    ["oidc-no-nonce"],
    ["oidc-expired"],
    ["oidc-alg-none"],
    ["oidc-hs256", "1"],
    ["oidc-hs256", "2"],
    ["oidc-stranger-key"],
    ["oidc-unknown-kid"],
    ["oidc-tampered"],
    ["oidc-other-subject"],
    ["oidc-other-person"],
    ["oidc-no-subject"],
    ["oidc-profile-refused", "1"],
    ["oidc-profile-refused", "2"],
    ["oidc-profile-html"],
  ];
  it.each(refusedByOpenidClient)("%s %s is refused by openid-client", async (name, value = "on") => {
    world.defects.set(name, value);
    await expect(world.signIn()).rejects.toThrow();
  });

  it("has what openid-client lets pass: a later iat, another at_hash, no sid, a code twice, any resource", async () => {
    for (const name of ["oidc-issued-in-future", "oidc-wrong-at-hash", "oidc-no-sid"]) {
      world.defects.set(name, "on");
    }
    const { code, verifier } = await codeOf();
    const { id_token: token } = (await (await exchange(code, verifier)).json()) as { id_token: string };
    const claims = decodeJwt(token);
    expect(claims.iat! * 1_000).toBeGreaterThan(Date.now() + 3_500_000);
    expect(claims["sid"]).toBeUndefined();
    world.defects.set("oidc-code-reusable", "on");
    world.defects.set("oidc-any-resource", "on");
    const again = (await (await exchange(code, verifier)).json()) as Record<string, string>;
    expect(claims["at_hash"]).toBe(decodeJwt(again["id_token"]!)["at_hash"]);
    expect((await profile(again["access_token"]!, "nothing")).status).toBe(200);
    world.defects.set("oidc-profile-huge", "2");
    expect((await (await profile(again["access_token"]!)).text()).length).toBeGreaterThan(2_000_000);
  });

  it("oidc-rotated signs by a new key, which openid-client finds, with or without the old one", async () => {
    const kids = async () => {
      const { keys } = (await (await fetch(`${world.url}/oidc/jwks`)).json()) as { keys: { kid: string }[] };
      return keys.map(({ kid }) => kid);
    };
    const [old] = await kids();
    world.defects.set("oidc-rotated", "1");
    const { tokens } = await world.signIn();
    const { kid } = decodeProtectedHeader(tokens.id_token!);
    expect(await kids()).toEqual([old, kid]);
    world.defects.set("oidc-rotated", "2");
    expect(await kids()).toEqual([kid]);
    expect((await world.signIn()).claims["sid"]).toBeDefined();
  });
});

describe("GAR simulator: OpenID Connect logout", () => {
  /** Signs in, then out by the client's own end_session_endpoint. */
  async function signedOut(more: Record<string, string> = {}) {
    const { tokens, claims } = await world.signIn();
    const config = await world.configured();
    const parameters = { id_token_hint: tokens.id_token!, ...more };
    const answer = await fetch(client.buildEndSessionUrl(config, parameters), { redirect: "manual" });
    return { answer, tokens, claims };
  }
  const verified = (token: string) =>
    jwtVerify(token, createRemoteJWKSet(new URL(`${world.url}/oidc/jwks`)), {
      issuer: `${world.url}/oidc`,
      audience: "plume",
      typ: "logout+jwt",
      algorithms: ["RS256"],
      requiredClaims: ["iat", "exp", "jti", "sub", "sid", "events"],
    });

  it("posts a logout token that jose verifies, and takes the access token back", async () => {
    const { answer, claims, tokens } = await signedOut();
    expect(await answer.json()).toEqual([{ ok: true, said: "HTTP 200" }]);
    const { payload } = await verified(world.logoutTokens[0]!);
    expect(payload).toMatchObject({
      sub: claims.sub,
      sid: claims["sid"],
      events: { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    expect(payload["nonce"]).toBeUndefined();
    expect((await profile(tokens.access_token)).status).toBe(401);
  });

  it("goes back to a registered address with the state, and to no other", async () => {
    const bye = { post_logout_redirect_uri: world.byeUri, state: "s 1" };
    const { answer } = await signedOut(bye);
    expect(answer.headers.get("location")).toBe(`${world.byeUri}?state=s+1`);
    const elsewhere = await signedOut({ post_logout_redirect_uri: `${world.byeUri}/elsewhere` });
    expect(elsewhere.answer.headers.get("location")).toBeNull();
    const forged = await fetch(`${world.url}/oidc/oidcLogout?id_token_hint=a.b.c`);
    expect(forged.status).toBe(400);
  });

  it("asks who is led there without a token, and then goes back to the client's address", async () => {
    const browser = makeBrowser();
    await world.signIn(teacher, browser);
    const bye = { post_logout_redirect_uri: world.byeUri };
    const address = client.buildEndSessionUrl(await world.configured(), bye).href;
    const page = await browser.get(address);
    expect(page.text).toContain("<strong>plume</strong>");
    expect(page.headers.get("content-security-policy")).toContain(
      `form-action 'self' ${new URL(world.byeUri).origin};`,
    );
    expect(world.logoutTokens).toEqual([]);
    const form = formWithButton(page, "Se déconnecter");
    expect((await makeBrowser().submit(form)).status).toBe(400);
    expect((await browser.submit(form)).url).toBe(world.byeUri);
    expect(world.logoutTokens).toHaveLength(1);
    expect((await browser.submit(form)).status).toBe(400);
    const strangers = await fetch(address, { redirect: "manual" });
    expect(strangers.headers.get("location")).toBe(world.byeUri);
  });

  it("tells nobody of a sign-in whose code was not exchanged, and gives nothing for it any more", async () => {
    const browser = makeBrowser();
    const { tokens } = await world.signIn(teacher, browser);
    const { code, verifier } = await codeOf(browser);
    const hint = client.buildEndSessionUrl(await world.configured(), { id_token_hint: tokens.id_token! });
    const outcomes: unknown = await (await fetch(hint)).json();
    expect(outcomes).toEqual([
      { ok: true, said: "HTTP 200" },
      { ok: true, said: "no session there" },
    ]);
    expect(world.logoutTokens).toHaveLength(1);
    expect((await exchange(code, verifier)).status).toBe(400);
  });

  const refused = [
    "oidc-logout-no-events",
    "oidc-logout-wrong-issuer",
    "oidc-logout-wrong-audience",
    "oidc-logout-stale",
    "oidc-logout-no-jti",
    "oidc-logout-nobody",
    "oidc-logout-alg-none",
    "oidc-logout-stranger-key",
    "oidc-logout-id-token",
  ];
  it.each(refused)("%s is refused by jose", async (name) => {
    world.defects.set(name, "on");
    await signedOut();
    await expect(verified(world.logoutTokens[0]!)).rejects.toThrow();
  });

  it("has what jose lets pass: a nonce, another event, another session, the jti of the last one", async () => {
    await signedOut();
    for (const name of ["with-nonce", "other-event", "other-sid", "same-jti"]) {
      world.defects.set(`oidc-logout-${name}`, "on");
    }
    const { claims } = await signedOut();
    const [last, now] = await Promise.all(world.logoutTokens.map((token) => verified(token)));
    expect(now!.payload["nonce"]).toBeDefined();
    expect(Object.keys(now!.payload["events"] as object)).toEqual(["https://elsewhere.example/event/other"]);
    expect(now!.payload["sid"]).not.toBe(claims["sid"]);
    expect(now!.payload.jti).toBe(last!.payload.jti);
  });
});

describe("GAR simulator: OpenID Connect clients", () => {
  it("makes the hub's secret once, for its owner alone, and reads other clients from a file", async () => {
    const folder = makeFolder();
    onTestFinished(() => folder.remove());
    const file = join(folder.path, "clients.json");
    writeFileSync(file, JSON.stringify([{ id: "mine", secret, redirectUris: ["https://mine.example/cb"] }]));
    const environment = { PREAU_PORT: "8799", PREAU_SIM_GAR_OIDC_CLIENTS: file };
    const read = () => configuredOidcClients({ dataFolder: folder.path, environment });
    const [hub, again] = [(await read()).find("preau")!, (await read()).find("preau")];
    expect(hub).toEqual(again);
    expect(hub).toMatchObject({
      redirectUris: ["http://127.0.0.1:8799/gar/oidc/callback"],
      backChannelLogout: "http://127.0.0.1:8799/gar/oidc/logout",
    });
    const secretFile = join(folder.path, "gar", "oidc-client-secret");
    expect(statSync(secretFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(secretFile, "utf8")).toBe(`${hub.secret}\n`);
    expect((await read()).find("mine")?.postLogoutRedirectUris).toEqual([]);
  });

  it("is told of a client while it runs, and refuses what is none", async () => {
    const post = (body: unknown) =>
      fetch(`${world.url}/oidc/clients`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const mine = { id: "mine", secret, redirectUris: ["https://mine.example/cb"] };
    expect((await post(mine)).status).toBe(201);
    expect(world.clients.find("mine")?.redirectUris).toEqual(mine.redirectUris);
    expect((await post({ ...mine, secret: "short" })).status).toBe(400);
    expect((await post({ ...mine, redirectUris: [] })).status).toBe(400);
  });
});
