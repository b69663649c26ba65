/** ID tokens, token answers and claims with one thing wrong each; then the honest one, which must still be accepted. */
import { createHash } from "node:crypto";
import { SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  type FakeIssuer,
  issuerKey,
  strangerKey,
  type Wrong,
} from "./oidc/fake-issuer.ts";
import { lastRefusal, oidcBrowser, openStage, type Stage } from "./oidc/oidc-world.ts";

type Claims = Record<string, unknown>;
const change = (more: Claims): Wrong => ({ idToken: (honest) => ({ ...honest, ...more }) });
const shift = (name: string, by: number): Wrong => ({
  idToken: (honest) => ({ ...honest, [name]: Number(honest[name]) + by }),
});
const HOUR = 3_600;
const pem = "-----BEGIN PUBLIC KEY-----";

const idTokens: [string, string, (issuer: FakeIssuer) => Wrong][] = [
  ["another issuer", "wrongIssuer", () => change({ iss: "https://elsewhere.example" })],
  ["no issuer", "malformedToken", () => change({ iss: undefined })],
  ["another audience", "wrongAudience", () => change({ aud: "elsewhere" })],
  ["an audience beside us", "wrongAudience", () => change({ aud: [CLIENT_ID, "elsewhere"], azp: CLIENT_ID })],
  ["another authorized party", "wrongAudience", () => change({ azp: "elsewhere" })],
  ["no audience", "malformedToken", () => change({ aud: undefined })],
  ["another nonce", "wrongNonce", () => change({ nonce: "another" })],
  ["no nonce", "malformedToken", () => change({ nonce: undefined })],
  [
    "expired a minute ago",
    "expired",
    () => ({ idToken: (c) => ({ ...c, iat: Number(c["iat"]) - 360, exp: Number(c["iat"]) - 60 }) }),
  ],
  ["no end", "malformedToken", () => change({ exp: undefined })],
  ["an end that is text", "malformedToken", () => change({ exp: "2030" })],
  ["issued in an hour", "wrongTime", () => shift("iat", HOUR)],
  [
    "issued an hour ago, valid for a year",
    "expired",
    () => ({ idToken: (c) => ({ ...c, iat: Number(c["iat"]) - HOUR, exp: Number(c["iat"]) + 31_536_000 }) }),
  ],
  [
    "not valid before an hour",
    "wrongTime",
    () => ({ idToken: (c) => ({ ...c, nbf: Number(c["iat"]) + HOUR }) }),
  ],
  ["no subject", "malformedToken", () => change({ sub: undefined })],
  ["a subject of 256 characters", "malformedToken", () => change({ sub: "s".repeat(256) })],
  [
    "the hash of another access token",
    "wrongTokenHash",
    () =>
      change({ at_hash: createHash("sha256").update("x").digest().subarray(0, 16).toString("base64url") }),
  ],
  ["an access token's hash that is a number", "wrongTokenHash", () => change({ at_hash: 7 })],
  ["no session, which the issuer promises", "noSessionId", () => change({ sid: undefined })],
  ["a session that is an object", "malformedToken", () => change({ sid: {} })],
  ["no signature", "weakAlgorithm", () => ({ sign: (claims) => new UnsecuredJWT(claims).encode() })],
  ["signed with our own secret", "weakAlgorithm", () => ({ sign: (claims) => hs256(claims, CLIENT_SECRET) })],
  [
    "signed with the text of the public key",
    "weakAlgorithm",
    () => ({ sign: (claims) => hs256(claims, pem) }),
  ],
  [
    "a key that is not published, under the published name",
    "badSignature",
    (issuer) => ({ sign: (claims) => issuer.signWith(strangerKey!, claims) }),
  ],
  [
    "a key that is not published, under its own name",
    "badSignature",
    (issuer) => ({ sign: (claims) => issuer.signWith({ ...strangerKey!, kid: "unknown" }, claims) }),
  ],
  [
    "an algorithm that the issuer does not announce",
    "weakAlgorithm",
    (issuer) => ({ sign: async (claims) => issuer.signWith(await issuerKey("first", "ES256"), claims) }),
  ],
  [
    "a key in its own header",
    "badSignature",
    () => ({
      sign: (claims) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: "RS256", kid: "first", jwk: strangerKey!.jwk })
          .sign(strangerKey!.privateKey),
    }),
  ],
  [
    "a critical header that nobody knows",
    "malformedToken",
    (issuer) => ({ sign: async (claims) => withHeader(await issuer.sign(claims), { crit: ["x"], x: 1 }) }),
  ],
  [
    "changed after signing",
    "badSignature",
    (issuer) => ({ sign: async (claims) => tampered(await issuer.sign(claims)) }),
  ],
  ["no token at all", "malformedToken", () => ({ sign: () => "" })],
  ["five parts, as an encrypted one", "malformedToken", () => ({ sign: () => "a.b.c.d.e" })],
];

const answers: [string, string, (issuer: FakeIssuer) => Wrong][] = [
  [
    "the token answer has no ID token",
    "malformedToken",
    () => ({ token: ({ id_token: _, ...rest }) => ({ body: rest }) }),
  ],
  [
    "the token answer has no access token",
    "malformedToken",
    () => ({ token: ({ access_token: _, ...rest }) => ({ body: rest }) }),
  ],
  [
    "the access token is bound to a key of ours",
    "malformedToken",
    () => ({ token: (honest) => ({ body: { ...honest, token_type: "DPoP" } }) }),
  ],
  ["the token answer is a list", "malformedToken", () => ({ token: (honest) => ({ body: [honest] }) })],
  [
    "the token answer is HTML",
    "malformedToken",
    () => ({ token: (honest) => ({ type: "text/html", body: JSON.stringify(honest) }) }),
  ],
  [
    "the token endpoint sends elsewhere",
    "malformedToken",
    (issuer) => ({
      token: (honest) => ({ status: 302, headers: { location: `${issuer.issuer}/userinfo` }, body: honest }),
    }),
  ],
  [
    "the token endpoint takes the code for wrong",
    "codeRefused",
    () => ({
      token: () => ({ status: 400, body: { error: "invalid_grant", error_description: "ZÉPHYRINOT" } }),
    }),
  ],
  [
    "the token endpoint takes us for wrong",
    "clientRefused",
    () => ({ token: () => ({ status: 401, body: { error: "invalid_client" } }) }),
  ],
  [
    "the claims are of another subject",
    "otherSubject",
    () => ({ userinfo: (honest) => ({ body: { ...honest, sub: "another" } }) }),
  ],
  [
    "the claims have no subject",
    "malformedClaim",
    () => ({ userinfo: ({ sub: _, ...rest }) => ({ body: rest }) }),
  ],
  [
    "the claims are refused",
    "claimsRefused",
    () => ({
      userinfo: () => ({
        status: 403,
        headers: { "www-authenticate": 'Bearer error="insufficient_scope"' },
        body: {},
      }),
    }),
  ],
  [
    "the claims are refused without a word",
    "malformedClaim",
    () => ({ userinfo: () => ({ status: 403, body: {} }) }),
  ],
  [
    "the claims are HTML",
    "malformedClaim",
    () => ({ userinfo: (honest) => ({ type: "text/html", body: JSON.stringify(honest) }) }),
  ],
  [
    "the claims are a signed token, which nobody asked for",
    "malformedClaim",
    (issuer) => ({ userinfo: () => ({ type: "application/jwt", body: issuer.issuer }) }),
  ],
  [
    "the claims are larger than any person's",
    "malformedClaim",
    () => ({ userinfo: (honest) => ({ body: { ...honest, padding: "x".repeat(300_000) } }) }),
  ],
  [
    "the claims stand elsewhere",
    "malformedClaim",
    (issuer) => ({
      userinfo: (honest) => ({
        status: 302,
        headers: { location: `${issuer.issuer}/userinfo` },
        body: honest,
      }),
    }),
  ],
  [
    "the identifier is a number",
    "malformedClaim",
    () => ({ userinfo: (honest) => ({ body: { ...honest, IDO: 12345678 } }) }),
  ],
  [
    "the school is an object",
    "malformedClaim",
    () => ({ userinfo: (honest) => ({ body: { ...honest, UAI: { value: "0561641E" } } }) }),
  ],
  [
    "the profile is a list in a list",
    "malformedClaim",
    () => ({ userinfo: (honest) => ({ body: { ...honest, PRO: [["National_ens"]] } }) }),
  ],
  [
    "there are 501 classes",
    "malformedClaim",
    () => ({ userinfo: (honest) => ({ body: { ...honest, DIV: Array<string>(501).fill("a##a") } }) }),
  ],
  [
    "there are two identifiers",
    "malformedIdentifier",
    () => ({ userinfo: (honest) => ({ body: { ...honest, IDO: [honest["IDO"], "another-person"] } }) }),
  ],
  [
    "there is no identifier",
    "malformedIdentifier",
    () => ({ userinfo: (honest) => ({ body: { ...honest, IDO: null } }) }),
  ],
  [
    "there are 101 other claims",
    "malformedClaim",
    () => ({
      userinfo: (honest) => ({
        body: { ...honest, ...Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`c${n}`, "x"])) },
      }),
    }),
  ],
];

describe.each([
  ["an ID token with", idTokens],
  ["an answer in which", answers],
])("%s (OpenID Connect Core §3.1.3.7, §5.3.4, D4.1)", (_title, cases) => {
  let at: Stage;
  beforeAll(async () => {
    at = await openStage();
  });
  afterAll(() => at.close());

  it.each(cases)("%s is refused as %s", async (_defect, reason, wrongOf) => {
    const { issuer, world, clock } = at;
    clock.advance(60_000); // one entry a reason and a minute
    issuer.spoil(wrongOf(issuer));
    const browser = oidcBrowser(at);
    const { location } = await browser.begin();
    const refused = await browser.back(issuer.agree(location));
    expect(refused.status).toBe(403);
    expect(JSON.parse(refused.text)).toMatchObject({ code: "GAR_SIGN_IN_REFUSED" });
    expect(await lastRefusal(world)).toBe(reason);
    expect(await browser.session()).toBe(401);
    // Nothing of the request is burnt: the same one is finished by an honest answer.
    issuer.spoil({});
    expect((await browser.back(issuer.agree(location))).status).toBe(303);
    expect(await browser.session()).toMatchObject({ role: "teacher" });
    expect(world.lines.join("\n")).not.toMatch(/ZÉPHYRINOT|0561641E/);
  });
});

function hs256(claims: Claims, secret: string): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256", kid: "first" })
    .sign(Buffer.from(secret.padEnd(32, "=")));
}

function withHeader(token: string, more: Claims): string {
  const [header = "", ...rest] = token.split(".");
  const changed = { ...(JSON.parse(Buffer.from(header, "base64url").toString()) as Claims), ...more };
  return [Buffer.from(JSON.stringify(changed)).toString("base64url"), ...rest].join(".");
}

function tampered(token: string): string {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const claims = {
    ...(JSON.parse(Buffer.from(payload, "base64url").toString()) as Claims),
    sub: "somebody-else",
  };
  return [header, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
}
