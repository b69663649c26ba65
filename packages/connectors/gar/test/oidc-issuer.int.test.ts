/** The issuer's metadata and keys: whom they name, how long they are believed, what is asked of them and how. */
import { chmodSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { garOptions } from "../src/options.ts";
import { CLIENT_SECRET, firstKey, nextKey, type Wrong } from "./oidc/fake-issuer.ts";
import {
  ARK,
  lastRefusal,
  oidcBrowser,
  oidcWorld,
  openStage,
  type Stage,
  secretFile,
  stage,
} from "./oidc/oidc-world.ts";

const HOUR = 3_600_000;

const metadata = (more: Record<string, unknown>): Wrong => ({
  discovery: (honest) => ({ ...honest, ...more }),
});
const askedFor = ({ issuer }: Stage, path: string) =>
  issuer.asked.filter((each) => each.startsWith(path)).length;
const codeOf = (text: string) => (JSON.parse(text) as { code?: string }).code;

describe("an issuer whose metadata (OpenID Connect Discovery §4.3, DD.9)", () => {
  const elsewhere = "http://elsewhere.example";
  let at: Stage;
  beforeAll(async () => {
    at = await openStage();
  });
  afterAll(() => at.close());

  it.each<[string, Wrong]>([
    ["name another issuer", metadata({ issuer: "http://127.0.0.1:1/oidc" })],
    [
      "name the issuer with a slash more",
      { discovery: (honest) => ({ ...honest, issuer: `${String(honest["issuer"])}/` }) },
    ],
    ["have no authorization endpoint", metadata({ authorization_endpoint: undefined })],
    ["have no token endpoint", metadata({ token_endpoint: undefined })],
    ["have no keys", metadata({ jwks_uri: undefined })],
    ["send browsers out without TLS", metadata({ authorization_endpoint: `${elsewhere}/authorize` })],
    ["have tokens out without TLS", metadata({ token_endpoint: `${elsewhere}/token` })],
    ["have keys out without TLS", metadata({ jwks_uri: `${elsewhere}/jwks` })],
    ["have claims out without TLS", metadata({ userinfo_endpoint: `${elsewhere}/userinfo` })],
    ["end sessions out without TLS", metadata({ end_session_endpoint: `${elsewhere}/end` })],
    ["send browsers to a script", metadata({ authorization_endpoint: "javascript:alert(1)" })],
    [
      "offer shared secrets and no signature alone",
      metadata({ id_token_signing_alg_values_supported: ["none", "HS256"] }),
    ],
    ["offer algorithms that are no list", metadata({ id_token_signing_alg_values_supported: "RS256" })],
    ["are larger than 256 KiB", metadata({ padding: "x".repeat(300_000) })],
    ["are a list", { discovery: () => [] as unknown as Record<string, unknown> }],
  ])("%s sends nobody there", async (_defect, wrong) => {
    at.clock.advance(25 * HOUR); // what was read before is not believed any more
    at.issuer.spoil(wrong);
    const { status, text, location } = await oidcBrowser(at).begin();
    expect([status, codeOf(text), location]).toEqual([503, "GAR_ISSUER_UNREADABLE", ""]);
    at.issuer.spoil({});
    at.clock.advance(60_000); // nobody is asked again within the minute
    expect((await oidcBrowser(at).begin()).status).toBe(302);
  });

  it.each([
    { issuer: "http://elsewhere.example" },
    { issuer: "https://elsewhere.example/?tenant=1" },
    { issuer: "https://user@elsewhere.example" },
    { issuer: "ftp://elsewhere.example" },
    { scope: "profile" },
    { clientSecret: "in the file itself" },
  ])("or what is configured of it is wrong: %j", (wrong) => {
    const oidc = { issuer: "https://idp.example/oidc", clientSecretFile: "secret" };
    expect(garOptions.safeParse({ oidc }).success).toBe(true);
    expect(garOptions.safeParse({ oidc: { ...oidc, ...wrong } }).success).toBe(false);
  });

  it("is followed nowhere else", async () => {
    at.issuer.asked.length = 0;
    const server = createServer((_request, response) => {
      response.writeHead(302, { location: `${at.issuer.issuer}/.well-known/openid-configuration` }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { world, close } = await oidcWorld(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    onTestFinished(close);
    expect((await world.browser().ask("/gar/oidc/login")).status).toBe(503);
    expect(at.issuer.asked).toEqual([]);
  });
});

describe("how long an issuer is believed", () => {
  it("metadata and keys are read once an hour", async () => {
    const at = await stage();
    for (let times = 0; times < 3; times += 1) expect((await oidcBrowser(at).signIn()).status).toBe(303);
    const counts = () => [askedFor(at, "/.well-known"), askedFor(at, "/jwks")];
    expect(counts()).toEqual([1, 1]);
    at.clock.advance(HOUR);
    expect((await oidcBrowser(at).signIn()).status).toBe(303);
    expect(counts()).toEqual([2, 2]);
  });

  it("the last ones stay in force for a day while it is silent, and it is asked once a minute", async () => {
    const at = await stage();
    await oidcBrowser(at).signIn();
    at.issuer.spoil({ discovery: () => ({ issuer: "nonsense" }) });
    at.clock.advance(23 * HOUR);
    expect((await oidcBrowser(at).begin()).status).toBe(302);
    expect((await oidcBrowser(at).begin()).status).toBe(302);
    expect(askedFor(at, "/.well-known")).toBe(2);
    expect(at.world.lines.join("\n")).toContain("gar.metadataKept");
    at.clock.advance(HOUR);
    expect((await oidcBrowser(at).begin()).status).toBe(503);
    expect((await oidcBrowser(at).begin()).status).toBe(503);
    expect(askedFor(at, "/.well-known")).toBe(3);
  });

  it("a new key is asked for at the first token that names it, and the old one is believed until then", async () => {
    const at = await stage();
    expect((await oidcBrowser(at).signIn()).status).toBe(303);
    at.issuer.rotate(nextKey!);
    expect((await oidcBrowser(at).signIn()).status).toBe(303);
    at.issuer.rotate(firstKey!); // gone since, and nobody is asked twice within a minute
    at.clock.advance(1_000);
    expect((await oidcBrowser(at).signIn()).status).toBe(403);
    at.clock.advance(60_000);
    expect((await oidcBrowser(at).signIn()).status).toBe(303);
  });

  it("keys that cannot be read sign nobody in", async () => {
    for (const keys of [() => "{", () => ({}), () => ({ keys: [null] }), () => ({ keys: {} })]) {
      const at = await stage();
      at.issuer.spoil({ keys });
      const answer = await oidcBrowser(at).signIn();
      expect([answer.status, codeOf(answer.text)]).toEqual([503, "GAR_ISSUER_UNREADABLE"]);
    }
  });
});

describe("a provider that stops answering", () => {
  it.each<[string, Wrong]>([
    ["at the token endpoint", { token: () => ({ status: 502, body: "" }) }],
    ["at the userinfo endpoint", { userinfo: () => ({ status: 500, body: "" }) }],
  ])("%s is no forgery: it is said, and not counted as one", async (_title, wrong) => {
    const at = await stage();
    const browser = oidcBrowser(at);
    const { location } = await browser.begin();
    at.issuer.spoil(wrong);
    const answer = await browser.back(at.issuer.agree(location));
    expect([answer.status, codeOf(answer.text)]).toEqual([503, "GAR_PROVIDER_SILENT"]);
    expect(await at.world.entries("gar.signInRefused")).toEqual([]);
    at.issuer.spoil({});
    expect((await browser.back(at.issuer.agree(location))).status).toBe(303);
  });

  it("altogether is said too", async () => {
    const at = await stage();
    const browser = oidcBrowser(at);
    const { location } = await browser.begin();
    at.issuer.close();
    const answer = await browser.back(at.issuer.agree(location));
    expect([answer.status, codeOf(answer.text)]).toEqual([503, "GAR_PROVIDER_SILENT"]);
  });
});

describe("what is asked of the provider", () => {
  it("five codes of one begun sign-in, and of invented ones no more (RFC 6749 §10.10)", async () => {
    const at = await stage();
    const browser = oidcBrowser(at);
    const { location } = await browser.begin();
    const state = new URL(location).searchParams.get("state") ?? "";
    const iss = encodeURIComponent(at.issuer.issuer);
    const forged = (code: string) => browser.back(`?code=${code}&state=${state}&iss=${iss}`);
    for (const code of ["1", "2", "2", "3", "4", "5", "6", "7"])
      expect((await forged(code)).status).toBe(403);
    expect([askedFor(at, "/token"), await lastRefusal(at.world)]).toEqual([5, "tooManyAttempts"]);
    expect((await browser.back(at.issuer.agree(location))).status).toBe(403);
    expect(askedFor(at, "/token")).toBe(5);
    expect((await browser.signIn()).status).toBe(303);
  });

  it("the claims for the resource, by Bearer token; and nothing of the resource where none is configured", async () => {
    const at = await stage();
    await oidcBrowser(at).signIn();
    const query = `?${new URLSearchParams({ idRessource: ARK, access_mode: "web" }).toString()}`;
    expect(at.issuer.asked.filter((path) => path.startsWith("/userinfo"))).toEqual([`/userinfo${query}`]);
    const without = await stage({ oidc: { idRessource: undefined } });
    const browser = oidcBrowser(without);
    expect((await browser.begin()).location).not.toContain("idRessource");
    await browser.signIn();
    expect(without.issuer.asked).toContain("/userinfo");
  });

  it("claims that the ID token alone has, where there is no userinfo endpoint", async () => {
    const at = await stage();
    const { person } = at.issuer.state;
    at.issuer.spoil({
      discovery: ({ userinfo_endpoint: _, ...rest }) => rest,
      idToken: (honest) => ({ ...honest, ...person }),
    });
    const browser = oidcBrowser(at);
    expect((await browser.signIn()).status).toBe(303);
    expect(await browser.session()).toMatchObject({ role: "teacher", dropped: [] });
  });

  it("the secret in the form, where the provider takes it there alone", async () => {
    const at = await stage();
    at.issuer.spoil(metadata({ token_endpoint_auth_methods_supported: ["client_secret_post"] }));
    expect((await oidcBrowser(at).signIn()).status).toBe(303);
  });
});

describe("the client secret (DD.9)", () => {
  it("is read at each use, from a file that others cannot read, and stands in no log", async () => {
    const own = secretFile();
    onTestFinished(own.remove);
    const at = await stage({ oidc: { clientSecretFile: own.file } });
    const signIn = () => oidcBrowser(at).signIn();
    expect((await signIn()).status).toBe(303);
    writeFileSync(own.file, "an old secret, which nobody takes any more\n");
    const refused = await signIn();
    expect([refused.status, codeOf(refused.text)]).toEqual([403, "GAR_SIGN_IN_REFUSED"]);
    const readByOthers = () => {
      writeFileSync(own.file, `${CLIENT_SECRET}\n`);
      chmodSync(own.file, 0o640);
    };
    for (const spoil of [() => writeFileSync(own.file, "\n"), readByOthers]) {
      spoil();
      const answer = await oidcBrowser(at).begin();
      expect([answer.status, codeOf(answer.text)]).toEqual([500, "GAR_SECRET_UNREADABLE"]);
    }
    own.remove();
    expect((await oidcBrowser(at).begin()).status).toBe(500);
    expect(at.world.lines.join("\n")).not.toContain("secret of the tests");
  });
});
