/** OpenID Connect Back-Channel Logout 1.0, and the form at the same address: what ends a session, and what does not. */
import { SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  CLIENT_SECRET,
  EVENT,
  type FakeIssuer,
  firstKey,
  issuerKey,
  nextKey,
  strangerKey,
} from "./oidc/fake-issuer.ts";
import { lastRefusal, oidcBrowser, openStage, type Stage, stage } from "./oidc/oidc-world.ts";

type Claims = Record<string, unknown>;
type Build = (issuer: FakeIssuer) => string | Promise<string>;
const LOGOUT = { typ: "logout+jwt" };
const HOUR = 3_600;

const token = (issuer: FakeIssuer, more: Claims = {}, header: Claims = LOGOUT) =>
  issuer.sign({ ...issuer.logoutClaims(), ...more }, header);
const change =
  (more: Claims): Build =>
  (issuer) =>
    token(issuer, more);
const shifted =
  (by: Readonly<Record<string, number>>): Build =>
  (issuer) => {
    const claims = issuer.logoutClaims();
    const moved = Object.entries(by).map(([name, seconds]) => [name, Number(claims["iat"]) + seconds]);
    return token(issuer, Object.fromEntries(moved) as Claims);
  };
const header =
  (more: Claims): Build =>
  (issuer) =>
    token(issuer, {}, more);

const defects: [string, string, Build][] = [
  ["another issuer", "wrongIssuer", change({ iss: "https://elsewhere.example" })],
  ["no issuer", "wrongIssuer", change({ iss: undefined })],
  ["another audience", "wrongAudience", change({ aud: "elsewhere" })],
  ["an audience beside us", "wrongAudience", change({ aud: ["preau", "elsewhere"] })],
  ["no audience", "wrongAudience", change({ aud: undefined })],
  ["no time of issue", "malformedToken", change({ iat: undefined })],
  ["a time of issue that is text", "malformedToken", change({ iat: "now" })],
  ["issued in an hour", "wrongTime", shifted({ iat: HOUR, exp: HOUR + 120 })],
  ["no end", "malformedToken", change({ exp: undefined })],
  ["expired a minute ago", "expired", shifted({ iat: -180, exp: -60 })],
  ["issued an hour ago, valid for a year", "expired", shifted({ iat: -HOUR, exp: 31_536_000 })],
  ["not valid before an hour", "wrongTime", shifted({ nbf: HOUR })],
  ["no jti", "malformedToken", change({ jti: undefined })],
  ["a jti that is a number", "malformedToken", change({ jti: 1 })],
  ["an empty jti", "malformedToken", change({ jti: "" })],
  ["no events", "wrongEvent", change({ events: undefined })],
  ["another event", "wrongEvent", change({ events: { "https://elsewhere.example/event": {} } })],
  ["an event that is no object", "wrongEvent", change({ events: { [EVENT]: true } })],
  ["events that are a list", "wrongEvent", change({ events: [EVENT] })],
  ["events that are text", "wrongEvent", change({ events: EVENT })],
  ["a nonce, as an ID token has", "unexpectedNonce", change({ nonce: "n" })],
  ["a nonce that is null", "unexpectedNonce", change({ nonce: null })],
  ["nobody named", "nobodyNamed", change({ sid: undefined, sub: undefined })],
  ["a session that is an object", "malformedToken", change({ sid: {} })],
  ["a session that is null", "malformedToken", change({ sid: null })],
  ["an empty subject", "malformedToken", change({ sub: "" })],
  ["no signature", "weakAlgorithm", (issuer) => new UnsecuredJWT(issuer.logoutClaims()).encode()],
  [
    "our own secret's signature",
    "weakAlgorithm",
    (issuer) =>
      new SignJWT(issuer.logoutClaims())
        .setProtectedHeader({ alg: "HS256" })
        .sign(Buffer.from(CLIENT_SECRET)),
  ],
  [
    "a key that is not published, under the published name",
    "badSignature",
    (issuer) => issuer.signWith(strangerKey!, issuer.logoutClaims(), LOGOUT),
  ],
  [
    "a key that is not published, under its own name",
    "badSignature",
    (issuer) => issuer.signWith({ ...strangerKey!, kid: "unknown" }, issuer.logoutClaims(), LOGOUT),
  ],
  [
    "a key in its own header",
    "badSignature",
    (issuer) => issuer.signWith(strangerKey!, issuer.logoutClaims(), { ...LOGOUT, jwk: strangerKey!.jwk }),
  ],
  [
    "an algorithm that the issuer does not announce",
    "weakAlgorithm",
    async (issuer) => issuer.signWith(await issuerKey("first", "ES256"), issuer.logoutClaims(), LOGOUT),
  ],
  ["the type of an access token", "malformedToken", header({ typ: "at+jwt" })],
  ["a type that is no text", "malformedToken", header({ typ: 1 })],
  ["a key's name that is no text", "malformedToken", header({ kid: 7 })],
  [
    "a payload that is not encoded",
    "malformedToken",
    (issuer) => replaced(issuer, 0, { alg: "RS256", kid: "first", b64: false, crit: ["b64"] }),
  ],
  [
    "changed after signing",
    "badSignature",
    (issuer) => replaced(issuer, 1, { ...issuer.logoutClaims(), sid: "x" }),
  ],
  ["a list of claims", "malformedToken", (issuer) => issuer.signBytes("[]")],
  ["claims that are not JSON", "malformedToken", (issuer) => issuer.signBytes("{")],
  [
    "claims that are not UTF-8",
    "malformedToken",
    (issuer) => issuer.signBytes(Buffer.from([0x22, 0xff, 0x22])),
  ],
  ["five parts, as an encrypted one", "weakAlgorithm", () => "e30.b.c.d.e"],
  ["no token at all", "malformedToken", () => ""],
  ["more than 16,384 characters", "malformedToken", change({ padding: "x".repeat(16_384) })],
];

describe("a logout token with (Back-Channel Logout 1.0 §2.6, DD.7)", () => {
  let at: Stage;
  beforeAll(async () => {
    at = await openStage();
  });
  afterAll(() => at.close());

  it.each(defects)("%s is refused as %s, and ends nothing", async (_defect, reason, build) => {
    const { issuer, world, clock } = at;
    const browser = oidcBrowser(at);
    expect((await browser.signIn()).status).toBe(303);
    clock.advance(60_000); // one entry a reason and a minute
    const answer = await oidcBrowser(at).logout({ logout_token: await build(issuer) });
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([400, "no-store"]);
    expect(JSON.parse(answer.text)).toEqual({
      error: "invalid_request",
      error_description: "The logout failed.",
    });
    expect(await lastRefusal(world)).toBe(reason);
    expect(await browser.session()).toMatchObject({ role: "teacher" });
  });

  it.each<[string, Claims, Claims]>([
    ["sid and sub", {}, LOGOUT],
    ["sid alone", { sub: undefined }, LOGOUT],
    ["sub alone", { sid: undefined }, LOGOUT],
    ["an audience in a list", { aud: ["preau"] }, LOGOUT],
    ["no type, and no name of the only key", {}, { kid: undefined }],
  ])("%s ends the session, once", async (_title, more, named) => {
    const { issuer, world } = at;
    const browser = oidcBrowser(at);
    issuer.newSession();
    await browser.signIn();
    const logoutToken = await token(issuer, more, named);
    const answer = await oidcBrowser(at).logout({ logout_token: logoutToken });
    expect([answer.status, answer.text, answer.headers.get("cache-control")]).toEqual([200, "", "no-store"]);
    expect(await browser.session()).toBe(401);
    const [entry] = await world.entries("gar.signedOutByProvider");
    expect(entry?.payload).toEqual({ provider: "gar.oidc", sessions: 1 });
    // A copy ends nothing that began since.
    issuer.newSession();
    await browser.signIn();
    expect((await oidcBrowser(at).logout({ logout_token: logoutToken })).status).toBe(400);
    expect(await browser.session()).toMatchObject({ role: "teacher" });
    expect(await lastRefusal(world)).toBe("replayedAssertion");
  });

  it("another session of the person's is not ended by the name of one that is over", async () => {
    const { issuer } = at;
    const browser = oidcBrowser(at);
    issuer.newSession();
    await browser.signIn();
    const answer = await oidcBrowser(at).logout({ logout_token: await token(issuer, { sid: "sid-0" }) });
    expect(answer.status).toBe(200);
    expect(await browser.session()).toMatchObject({ role: "teacher" });
  });

  it("a session that is not begun yet does not begin, for a quarter of an hour; its person's next one does", async () => {
    const { issuer, world, clock } = at;
    const browser = oidcBrowser(at);
    issuer.newSession();
    const early = await oidcBrowser(at).logout({ logout_token: await token(issuer) });
    expect(early.status).toBe(200);
    clock.advance(14 * 60_000);
    expect((await browser.signIn()).status).toBe(403);
    expect(await lastRefusal(world)).toBe("endedAlready");
    expect(await browser.session()).toBe(401);
    clock.advance(60_000);
    await browser.signIn();
    expect(await browser.session()).toMatchObject({ role: "teacher" });

    await oidcBrowser(at).logout({ logout_token: await token(issuer, { sid: undefined }) });
    issuer.newSession();
    await browser.signIn();
    expect(await browser.session()).toMatchObject({ role: "teacher" });
  });

  it("two tokens in one request are none", async () => {
    const { issuer } = at;
    const fields = new URLSearchParams([
      ["logout_token", await token(issuer)],
      ["logout_token", await token(issuer)],
    ]);
    expect((await oidcBrowser(at).logout(fields.toString())).status).toBe(400);
  });

  it("of twenty copies at once one ends the session", async () => {
    const { issuer } = at;
    const browser = oidcBrowser(at);
    issuer.newSession();
    await browser.signIn();
    const fields = { logout_token: await token(issuer) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => oidcBrowser(at).logout(fields)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(400)]);
  });
});

describe("whose logout token it is (Back-Channel Logout 1.0 §2.6, tenant isolation)", () => {
  it("an issuer ends no session of another's, with the same sid and sub, at either address", async () => {
    const elsewhere = await stage();
    const at = await stage({
      options: {
        providers: [
          {
            id: "lycee",
            protocol: "oidc",
            controller: "school-1",
            roles: { National_ens: "teacher" },
            oidc: {
              issuer: elsewhere.issuer.issuer,
              clientId: "preau",
              clientSecretFile: elsewhere.world.options.oidc?.clientSecretFile,
            },
          },
        ],
      },
    });
    const browser = oidcBrowser(at);
    await browser.signIn();
    const theirs = () => token(elsewhere.issuer);
    expect((await browser.logout({ logout_token: await theirs() })).status).toBe(400);
    const accepted = await oidcBrowser(at, "/sso/lycee").logout({ logout_token: await theirs() });
    expect(accepted.status).toBe(200);
    expect(await browser.session()).toMatchObject({ role: "teacher" });
    const ours = await token(at.issuer);
    expect((await oidcBrowser(at, "/sso/lycee").logout({ logout_token: ours })).status).toBe(400);
    expect((await browser.logout({ logout_token: ours })).status).toBe(200);
    expect(await browser.session()).toBe(401);
  });
});

describe("a new key of the issuer's", () => {
  it("is asked for once a minute at most, and then believed", async () => {
    const { issuer, world, clock } = await stage();
    const at = { issuer, world };
    const browser = oidcBrowser(at);
    await browser.signIn();
    const asked = () => issuer.asked.filter((path) => path === "/jwks").length;
    const before = asked();
    issuer.rotate(nextKey!);
    const unknown = { logout_token: await token(issuer) };
    issuer.rotate(firstKey!);
    for (let times = 0; times < 5; times += 1) expect((await browser.logout(unknown)).status).toBe(400);
    expect(asked()).toBe(before + 1);
    issuer.rotate(nextKey!); // published now, and nobody is asked again within the minute
    expect((await browser.logout(unknown)).status).toBe(400);
    clock.advance(60_000);
    expect((await browser.logout(unknown)).status).toBe(200);
    expect(asked()).toBe(before + 2);
    expect(await browser.session()).toBe(401);
  });

  it("is no end of a logout that nobody can verify: it failed", async () => {
    const at = await stage();
    at.issuer.spoil({ keys: () => "nothing" });
    const answer = await oidcBrowser(at).logout({ logout_token: await token(at.issuer) });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      400,
      { error: "invalid_request", error_description: "The logout failed." },
    ]);
  });
});

describe("the form at the same address (DD.7)", () => {
  let at: Stage;
  beforeAll(async () => {
    at = await openStage();
  });
  afterAll(() => at.close());

  const signedIn = async () => {
    const browser = oidcBrowser(at);
    await browser.signIn();
    const session = await at.world.sessions.find(browser.cookies.get("preau"));
    return { browser, _csrf: session?.csrfToken ?? "" };
  };

  it("ends our session and goes on to the provider, where nothing in the address names anybody", async () => {
    const { browser, _csrf } = await signedIn();
    const answer = await browser.logout({ _csrf });
    // A page of ours that leads on: a redirect that answers a form is stopped by the policy of the form's page.
    expect(answer.status).toBe(200);
    const location = new URL(answer.headers.get("refresh")?.replace("0;url=", "") ?? "");
    expect(location.origin + location.pathname).toBe(`${at.issuer.issuer}/end`);
    expect(Object.fromEntries(location.searchParams)).toEqual({
      client_id: "preau",
      post_logout_redirect_uri: "http://127.0.0.1:8700/",
    });
    expect(await browser.session()).toBe(401);
    expect((await at.world.entries("gar.signedOut")).length).toBeGreaterThan(0);
  });

  it("is refused without its token, from another site, and without a session", async () => {
    const { browser, _csrf } = await signedIn();
    expect((await browser.logout({})).status).toBe(403);
    expect((await browser.logout({ _csrf: `${_csrf}x` })).status).toBe(403);
    expect((await browser.logout({ _csrf }, { origin: "https://elsewhere.example" })).status).toBe(403);
    expect((await browser.logout({ _csrf }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await oidcBrowser(at).logout({ _csrf })).status).toBe(401);
    expect(await browser.session()).toMatchObject({ role: "teacher" });
  });

  it("stays here where the provider has no such address", async () => {
    const without = await stage();
    without.issuer.spoil({ discovery: ({ end_session_endpoint: _, ...rest }) => rest });
    const browser = oidcBrowser(without);
    await browser.signIn();
    const session = await without.world.sessions.find(browser.cookies.get("preau"));
    const answer = await browser.logout({ _csrf: session?.csrfToken ?? "" });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/"]);
  });
});

/** A token whose part `index` is another than what was signed. */
async function replaced(issuer: FakeIssuer, index: number, by: Claims): Promise<string> {
  const parts = (await token(issuer)).split(".");
  parts[index] = Buffer.from(JSON.stringify(by)).toString("base64url");
  return parts.join(".");
}
