/** Sign-in against `oidc-provider`: code flow with PKCE, claims, replay, mix-up, and logout at the provider's own word. */
import { instant, manualClock, millisOf } from "@preau/kernel";
import { type DatabaseKind, freshDatabase, makeFolder, mariaDbSkipReason } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { base64, ido, signedResponse } from "./identity-provider.ts";
import { CLIENT_ID } from "./oidc/fake-issuer.ts";
import { ARK, lastRefusal, type OidcWorldOptions, oidcWorld, secretFile } from "./oidc/oidc-world.ts";
import { person, type RealProvider, startRealProvider } from "./oidc/real-provider.ts";
import type { World } from "./world.ts";

const NOW = instant("2026-11-23T08:00:00.000Z");
// oidc-provider has no clock but the machine's: it reads the test's, and nothing else of the process is changed.
let provider: RealProvider;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: millisOf(NOW) });
  provider = await startRealProvider();
});
afterAll(() => {
  provider.close();
  vi.useRealTimers();
});

/** A hub at that provider, which has told it nothing yet. */
async function open(given: OidcWorldOptions = {}): Promise<World> {
  const { world, close } = await oidcWorld(provider.issuer, { clock: manualClock(NOW), ...given });
  onTestFinished(close);
  Object.assign(provider.state, { hub: world.base, account: "opaque-at-the-provider", claims: person });
  provider.told.length = 0;
  vi.setSystemTime(millisOf(NOW));
  return world;
}

function openBrowser(world: World) {
  const browser = world.browser();
  const there = provider.visitor();
  const locations: string[] = [];
  const ask: typeof browser.ask = async (path, init) => {
    const answer = await browser.ask(path, init);
    locations.push(answer.headers.get("location") ?? "");
    return answer;
  };
  const begin = async (query = "") => {
    const answer = await ask(`/gar/oidc/login${query}`);
    return { ...answer, location: answer.headers.get("location") ?? "" };
  };
  /** To the provider and back: what the browser would ask us next. */
  const through = async (query = "") => there.follow((await begin(query)).location);
  return { ...browser, ask, there, locations, begin, through, signIn: async () => ask(await through()) };
}

describe("sign-in over OpenID Connect (D4.1, DB.K.gar-teacher)", () => {
  it("asks for a code with PKCE, state, nonce and the resource, and for nothing else", async () => {
    const browser = openBrowser(await open());
    const { status, location, headers } = await browser.begin();
    expect(status).toBe(302);
    const query = Object.fromEntries(new URL(location).searchParams);
    expect(query).toEqual({
      client_id: CLIENT_ID,
      response_type: "code",
      redirect_uri: "http://127.0.0.1:8700/gar/oidc/callback",
      scope: "openid scope.gar",
      state: expect.stringMatching(/^_[0-9a-f]{40}$/) as string,
      nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge_method: "S256",
      idRessource: ARK,
    });
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^preau-gar=[\w-]{43}; Path=\/; HttpOnly; Max-Age=1800$/),
      expect.stringMatching(
        /^preau-gar-crosssite=[\w-]{43}; Path=\/; HttpOnly; Max-Age=1800; SameSite=None; Secure$/,
      ),
    ]);
    const again = Object.fromEntries(new URL((await browser.begin()).location).searchParams);
    for (const secret of ["state", "nonce", "code_challenge"]) expect(again[secret]).not.toBe(query[secret]);
  });

  it("signs in, keeps what annex B allows, and goes on without code and state", async () => {
    const world = await open();
    const browser = openBrowser(world);
    const answer = await browser.ask(await browser.through("?next=/ici"));
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/ici"]);
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(await browser.session()).toEqual({
      subject: expect.stringMatching(/^sub_/) as string,
      origin: "gar",
      role: "teacher",
      categories: ["connectionAndUsage", "classAndGroup", "profile", "name"],
      dropped: ["P_MEL", "P_MS4"],
      refusals: [
        { attribute: "P_MEL", category: "workEmail", clause: "DB.K.gar-teacher" },
        { attribute: "P_MS4", category: "unlisted", clause: "DB.K.gar-teacher" },
      ],
    });
    const [entry] = await world.entries("gar.signedIn");
    expect(entry?.subject?.payload).toMatchObject({
      provider: "gar.oidc",
      kept: ["IDO", "UAI", "PRO", "NOM", "PRE", "DIV"],
    });
  });

  it("puts nothing personal into an address, a header or a log, whatever happens", async () => {
    const world = await open();
    const browser = openBrowser(world);
    const callback = await browser.through();
    const headers: string[] = [];
    for (const path of [callback, callback, "/gar/oidc/callback?error=access_denied&state=x", "/session"]) {
      headers.push(JSON.stringify([...(await browser.ask(path)).headers]));
    }
    provider.state.claims = { ...person, PRO: { profile: "ZÉPHYRINOT" } };
    const other = openBrowser(world);
    expect((await other.signIn()).status).toBe(403);
    const session = await world.sessions.find(browser.cookies.get("preau"));
    const body = new URLSearchParams({ _csrf: session?.csrfToken ?? "" }).toString();
    await browser.ask("/gar/oidc/logout", {
      method: "POST",
      body,
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    const seen = [...world.lines, ...headers, ...browser.locations, ...other.locations].join("\n");
    const { searchParams } = new URL(callback, "http://localhost");
    const secrets = [searchParams.get("code") ?? "?", "opaque-at-the-provider"];
    const personal = Object.values(person)
      .flat()
      .filter((value) => value.length > 4 && value !== "National_ens");
    for (const value of [...personal, ...secrets, "ZÉPHYRINOT", "Zephyrinot"]) {
      expect(decodeURIComponent(seen).includes(value), value).toBe(false);
    }
    expect(world.lines.join("\n")).not.toContain(searchParams.get("state"));
  });

  it("refuses a pupil while the agreement lists nothing (DB.K.gar-pupil)", async () => {
    const world = await open();
    provider.state.claims = { ...person, PRO: "National_elv" };
    const answer = await openBrowser(world).signIn();
    expect(JSON.parse(answer.text)).toMatchObject({ code: "GAR_ROLE_REFUSED", clause: "DB.K.gar-pupil" });
  });

  it("is the same account as over SAML, and ends the person's earlier session (DD.7)", async () => {
    const world = await open();
    const [first, second] = [world.browser(), openBrowser(world)];
    const { requestId } = await first.begin();
    const attributes = { IDO: [person.IDO], PRO: ["National_ens"] };
    const document = signedResponse({ ...first.fieldsFor(requestId), attributes });
    expect((await first.post(base64(document))).status).toBe(303);
    expect(await first.session()).toMatchObject({ role: "teacher" });
    expect((await second.signIn()).status).toBe(303);
    expect(await first.session()).toBe(401);
    expect(await second.session()).toMatchObject({ role: "teacher" });
    const [one, other] = world.emitted;
    expect(other?.subject).toBe(one?.subject);
  });
});

describe("an answer that is refused (RFC 6749 §10, RFC 9207, RFC 9700 §2.1, DD.7)", () => {
  type Change = (callback: URL, other: URL) => void;
  const set =
    (name: string, value: string): Change =>
    ({ searchParams }) =>
      searchParams.set(name, value);
  const cases: [string, string, Change][] = [
    ["another state", "unknownRequest", set("state", `_${"0".repeat(40)}`)],
    ["a state that is not of ours", "malformedAnswer", set("state", "x")],
    ["no state", "malformedAnswer", ({ searchParams }) => searchParams.delete("state")],
    [
      "two states",
      "malformedAnswer",
      ({ searchParams }) => searchParams.append("state", searchParams.get("state") ?? ""),
    ],
    ["no code", "malformedAnswer", ({ searchParams }) => searchParams.delete("code")],
    ["two codes", "malformedAnswer", ({ searchParams }) => searchParams.append("code", "x")],
    ["a code that the provider does not know", "codeRefused", set("code", "x")],
    [
      "the code of another sign-in of this browser",
      "codeRefused",
      ({ searchParams }, other) => searchParams.set("code", other.searchParams.get("code") ?? ""),
    ],
    ["another issuer's name (mix-up)", "wrongIssuer", set("iss", "https://elsewhere.example")],
    [
      "no issuer's name, which the provider promises",
      "wrongIssuer",
      ({ searchParams }) => searchParams.delete("iss"),
    ],
    ["an ID token beside the code", "malformedToken", set("id_token", "a.b.c")],
    ["a signed answer in place of parameters", "malformedToken", set("response", "a.b.c")],
    [
      "twenty-one parameters",
      "malformedAnswer",
      ({ searchParams }) => {
        for (let n = 0; n < 18; n += 1) searchParams.set(`p${n}`, "x");
      },
    ],
    ["the person's no", "accessDenied", set("error", "access_denied")],
    ["nobody signed in there", "interactionRequired", set("error", "login_required")],
    ["a failure there", "providerFailed", set("error", "server_error")],
    ["an error that nobody knows", "requestRefused", set("error", "ZÉPHYRINOT")],
  ];

  const clock = manualClock(NOW);
  let world: World;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ world, close } = await oidcWorld(provider.issuer, { clock }));
  });
  afterAll(() => close());

  it.each(cases)("%s: %s", async (_title, reason, change) => {
    clock.advance(60_000); // one entry a reason and a minute
    vi.setSystemTime(millisOf(clock.now()));
    const browser = openBrowser(world);
    const [callback, other] = [await browser.through(), await browser.through()];
    const spoilt = new URL(callback, "http://127.0.0.1:8700");
    change(spoilt, new URL(other, "http://127.0.0.1:8700"));
    const answer = await browser.ask(spoilt.pathname + spoilt.search);
    expect([answer.status, answer.headers.get("location")]).toEqual([403, null]);
    expect(await lastRefusal(world)).toBe(reason);
    expect(await browser.session()).toBe(401);
    expect(world.lines.join("\n")).not.toContain("ZÉPHYRINOT");
    expect((await browser.signIn()).status).toBe(303);
  });
});

describe("an answer that counts once (RFC 6749 §4.1.2, DD.7)", () => {
  it("a forgery burns nothing of the honest answer that comes after it", async () => {
    const world = await open();
    const browser = openBrowser(world);
    const callback = await browser.through();
    const state = new URL(callback, "http://localhost").searchParams.get("state") ?? "";
    const iss = encodeURIComponent(provider.issuer);
    expect((await browser.ask(`/gar/oidc/callback?code=forged&state=${state}&iss=${iss}`)).status).toBe(403);
    expect(
      (await browser.ask(`/gar/oidc/callback?error=access_denied&state=${state}&iss=${iss}`)).status,
    ).toBe(403);
    const thief = openBrowser(world);
    expect((await thief.ask(callback)).status).toBe(403);
    await thief.begin();
    expect((await thief.ask(callback)).status).toBe(403);
    expect(await thief.session()).toBe(401);
    expect((await browser.ask(callback)).status).toBe(303);
  });

  it("a callback counts once, also after the session is over", async () => {
    const world = await open();
    const browser = openBrowser(world);
    const callback = await browser.through();
    expect((await browser.ask(callback)).status).toBe(303);
    expect((await browser.ask(callback)).status).toBe(403);
    expect(await browser.session()).toMatchObject({ role: "teacher" });
  });

  it("a request is finished at its own provider alone (mix-up)", async () => {
    const secret = secretFile();
    onTestFinished(secret.remove);
    const roles = { National_ens: "teacher" };
    const oidc = { issuer: provider.issuer, clientId: CLIENT_ID, clientSecretFile: secret.file };
    const lycee = { id: "lycee", protocol: "oidc", controller: "ministry", roles, oidc };
    const world = await open({ options: { providers: [lycee] } });
    const browser = openBrowser(world);
    const callback = await browser.through();
    const answer = await browser.ask(callback.replace("/gar/oidc/", "/sso/lycee/"));
    expect([answer.status, await lastRefusal(world)]).toEqual([403, "unknownRequest"]);
    expect((await browser.ask(callback)).status).toBe(303);
  });

  it("a request that is too old is none", async () => {
    const clock = manualClock(NOW);
    const world = await open({ clock });
    const browser = openBrowser(world);
    const callback = await browser.through();
    clock.advance(30 * 60_000);
    expect((await browser.ask(callback)).status).toBe(403);
    expect(await lastRefusal(world)).toBe("unknownRequest");
  });
});

const reason = mariaDbSkipReason();
if (reason !== undefined) process.stderr.write(`skipped: OpenID Connect on MariaDB: ${reason}\n`);
const kinds: DatabaseKind[] = reason === undefined || process.env["CI"] ? ["sqlite", "mariadb"] : ["sqlite"];

describe.each(kinds)("replay across replicas on %s (RFC 6749 §4.1.2, DD.7)", (kind) => {
  it("of twenty copies of one callback at two replicas, one makes a session", async () => {
    const [database, folder] = [await freshDatabase(kind), makeFolder()];
    onTestFinished(async () => {
      folder.remove();
      await database.remove();
    });
    const shared = { url: database.url, folder: folder.path };
    const replicas = [await open(shared), await open(shared)];
    const browser = openBrowser(replicas[0]!);
    const other = replicas[1]!.browser();
    const callback = await browser.through();
    for (const [name, value] of browser.cookies) other.cookies.set(name, value);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? browser : other).ask(callback)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array<number>(19).fill(403)]);
    expect(replicas.flatMap(({ emitted }) => emitted)).toHaveLength(1);
    expect(await replicas[0]!.database.knex("web_session")).toHaveLength(1);
  });
});

describe("logout by the provider's own hand (Back-Channel Logout 1.0, DD.7)", () => {
  it("who signs out there is signed out here, and a session of another person's stays", async () => {
    const world = await open();
    const [browser, colleague] = [openBrowser(world), openBrowser(world)];
    await browser.signIn();
    Object.assign(provider.state, { account: "a-colleague", claims: { ...person, IDO: ido("colleague") } });
    await colleague.signIn();
    expect(await browser.session()).toMatchObject({ role: "teacher" });
    const left = await browser.there.signOut(`${provider.issuer}/session/end`);
    expect(left).not.toBeNull();
    expect(provider.told).toEqual([200]);
    expect(await browser.session()).toBe(401);
    expect(await colleague.session()).toMatchObject({ role: "teacher" });
    const [entry] = await world.entries("gar.signedOutByProvider");
    expect(entry?.payload).toEqual({ provider: "gar.oidc", sessions: 1 });
  });

  it("who signs out here goes there, confirms and comes back; the provider's word ends nothing more", async () => {
    const world = await open();
    const browser = openBrowser(world);
    await browser.signIn();
    const session = await world.sessions.find(browser.cookies.get("preau"));
    const answer = await browser.ask("/gar/oidc/logout", {
      method: "POST",
      body: new URLSearchParams({ _csrf: session?.csrfToken ?? "" }).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    const there = answer.headers.get("refresh")?.replace("0;url=", "") ?? "";
    expect(there).not.toContain("id_token_hint");
    expect(await browser.there.signOut(there)).toBe("http://127.0.0.1:8700/");
    expect(provider.told).toEqual([200]);
    const [entry] = await world.entries("gar.signedOutByProvider");
    expect(entry?.payload).toEqual({ provider: "gar.oidc", sessions: 0 });
  });
});
