/** From the médiacentre through each of the GAR's three doors and out again, between two processes, as a browser does it. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { deflateRawSync } from "node:zlib";
import { makeFolder } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserLike, type Reply } from "./browser-like.ts";
import { startWalkedHouse, type WalkedHouse } from "./gar-walks-house.ts";
import { type Attributes, findTraces, folded, type Trace, tracesOf } from "./personal-traces.ts";

const TEACHER = "prof.kerjean";
const PUPIL = "eleve.sureau";

const doors = [
  { door: "saml", tile: "Plume (SAML)" },
  { door: "oidc", tile: "Plume (OpenID Connect)" },
  { door: "cas", tile: "Plume (CAS)" },
] as const;
type Door = (typeof doors)[number];

const folder = makeFolder();
let house: WalkedHouse;
/** All that the GAR says of the two persons. */
let said: Readonly<Record<typeof TEACHER | typeof PUPIL, Attributes>>;
let traces: readonly Trace[];
beforeAll(async () => {
  house = await startWalkedHouse(folder.path);
  said = { [TEACHER]: await attributesOf(TEACHER), [PUPIL]: await attributesOf(PUPIL) };
  traces = Object.values(said).flatMap(tracesOf);
});
afterAll(async () => {
  await house.stop();
  folder.remove();
});

type Browser = ReturnType<typeof browserLike>;

/** Signs in at the médiacentre, in a browser of its own. */
async function atMediacentre(who: string): Promise<{ browser: Browser; tiles: Reply }> {
  const browser = browserLike();
  const choice = await browser.go(`${house.gar}/mediacentre`);
  const tiles = await browser.submit(choice, "/idp/sign-in", `value="${who}"`);
  expect(new URL(tiles.url).pathname).toBe("/mediacentre");
  return { browser, tiles };
}

/** Where a tile leads, by the GAR's deep link: nobody is asked again. */
async function open(browser: Browser, tiles: Reply, { tile }: Door): Promise<Reply> {
  const link = [...tiles.html.matchAll(/<a href="([^"]*)">([^<]*)/g)].find(([, , name]) => name === tile);
  const address = (link?.[1] ?? "").replaceAll("&amp;", "&");
  expect(address).toMatch(/^\/domaineGar\?idENT=/);
  const page = await browser.go(house.gar + address);
  expect(page.html).not.toContain("/idp/sign-in");
  return page;
}

/** The end of the walk through a door: SAML comes back by a form. */
async function comeIn(who: string, door: Door): Promise<{ browser: Browser; page: Reply }> {
  const { browser, tiles } = await atMediacentre(who);
  const page = await open(browser, tiles, door);
  return { browser, page: door.door === "saml" ? await browser.submit(page, "/gar/saml/acs") : page };
}

async function sessionOf(browser: Browser): Promise<Record<string, unknown> | number> {
  const { status, html } = await browser.go(`${house.url}/session`);
  return status === 200 ? (JSON.parse(html) as Record<string, unknown>) : status;
}

/** What the assertion says, of somebody who then does not come in. */
async function attributesOf(who: string): Promise<Attributes> {
  const { browser, tiles } = await atMediacentre(who);
  const posting = await open(browser, tiles, doors[0]);
  const encoded = /name="SAMLResponse" value="([^"]*)"/.exec(posting.html)?.[1] ?? "";
  const xml = Buffer.from(encoded, "base64").toString("utf8");
  const values = (inside: string) =>
    [...inside.matchAll(/AttributeValue[^>]*>([^<]*)</g)].map(([, text = ""]) =>
      text.replaceAll(/&(?:apos|#39);/g, "'"),
    );
  const attributes = xml.matchAll(
    /<saml2:Attribute [^>]*?Name="([^"]*)"[^>]*>([\s\S]*?)<\/saml2:Attribute>/g,
  );
  return Object.fromEntries([...attributes].map(([, name = "", inside = ""]) => [name, values(inside)]));
}

describe.each(doors)("from the médiacentre by $door (D4.1, DB.K.gar-teacher, DB.K.gar-pupil)", (door) => {
  it("signs a teacher in without a second question, and keeps what annex B names", async () => {
    const { browser, page } = await comeIn(TEACHER, door);
    expect([page.status, page.url]).toEqual([200, `${house.url}/me`]);
    const session = await sessionOf(browser);
    expect(session).toMatchObject({
      subject: expect.stringMatching(/^sub_[0-9a-z]+$/) as string,
      origin: "gar",
      role: "teacher",
      categories: expect.arrayContaining(["name", "profile", "classAndGroup"]) as string[],
      dropped: expect.arrayContaining(["P_MEL", "CIV", "P_MAT", "P_MS4"]) as string[],
    });
    expect((session as { categories: string[] }).categories).not.toContain("workEmail");
    expect(findTraces(JSON.stringify(session), traces)).toEqual([]);
  });

  it("refuses a pupil under the clause", async () => {
    const { browser, page } = await comeIn(PUPIL, door);
    expect([page.status, await sessionOf(browser)]).toEqual([403, 401]);
    expect(page.html).toContain("DB.K.gar-pupil");
  });
});

describe("one person at three doors (D4.1, DD.7)", () => {
  it("is one subject, and each sign-in ends the session of the browser before", async () => {
    const subjects = new Set<unknown>();
    let before: Browser | undefined;
    for (const door of doors.flatMap((each) => [each, each])) {
      const { browser } = await comeIn(TEACHER, door);
      const session = await sessionOf(browser);
      expect(session).toMatchObject({ role: "teacher" });
      subjects.add((session as { subject: string }).subject);
      if (before !== undefined) expect([door.door, await sessionOf(before)]).toEqual([door.door, 401]);
      before = browser;
    }
    expect(subjects.size).toBe(1);
  });
});

describe("the end of the médiacentre's session is the end of the hub's (DD.7)", () => {
  async function leave(door: Door, channel: string): Promise<{ browser: Browser; left: Reply }> {
    const { browser } = await comeIn(TEACHER, door);
    expect(await sessionOf(browser)).toMatchObject({ role: "teacher" });
    const body = new URLSearchParams({ channel });
    return { browser, left: await browser.go(`${house.gar}/mediacentre/sign-out`, { method: "POST", body }) };
  }

  it.each([
    { door: doors[0], answered: "a confirmé (Success)" },
    { door: doors[1], answered: "HTTP 200" },
    { door: doors[2], answered: "HTTP 204" },
  ])("behind the browser's back by $door.door", async ({ door, answered }) => {
    const { browser, left } = await leave(door, "soap");
    expect(new URL(left.url).pathname).toMatch(/^\/mediacentre\/signed-out\//);
    expect(left.html).toContain("✓");
    expect(left.html).toContain(answered);
    expect(await sessionOf(browser)).toBe(401);
  });

  // Whoever carries the message: a browser that has no cookie of the hub, as none goes with a form of another site.
  it("by a form that any browser carries (SAML, HTTP-POST)", async () => {
    const { browser, left } = await leave(doors[0], "post");
    expect(await sessionOf(browser)).toMatchObject({ role: "teacher" });
    const carrier = browserLike();
    const answer = await carrier.submit(left, "/gar/saml/logout");
    const report = await carrier.submit(answer, "/SLO");
    expect([await sessionOf(browser), report.html]).toEqual([401, expect.stringContaining("(Success)")]);
  });

  it("by an address that any browser follows (SAML, HTTP-Redirect)", async () => {
    const { browser, left } = await leave(doors[0], "redirect");
    const [, address = ""] = /<a href="([^"]*\/gar\/saml\/logout\?[^"]*)"/.exec(left.html) ?? [];
    const report = await browserLike().go(address.replaceAll("&amp;", "&"));
    expect([await sessionOf(browser), report.html]).toEqual([401, expect.stringContaining("(Success)")]);
  });
});

describe("who signs out at the hub (DD.7)", () => {
  it.each(doors)("is led on to the GAR, whose session ends too, by $door", async (door) => {
    const { browser, page } = await comeIn(TEACHER, door);
    const leading = await browser.submit(page, `/gar/${door.door}/logout`);
    expect([leading.status, new URL(leading.url).origin, await sessionOf(browser)]).toEqual([
      200,
      house.url,
      401,
    ]);
    const [, onwards] = /^0;url=(.*)$/.exec(leading.headers.get("refresh") ?? "") ?? [];
    const there = await (onwards === undefined ? browser.submit(leading, "/SLO") : browser.go(onwards));
    if (there.html.includes('method="post"')) await browser.submit(there, "");
    expect((await browser.go(`${house.gar}/mediacentre`)).html).toContain("/idp/sign-in");
  });
});

describe("what may be personal stands in no address, header or log (D4.1, DD.7)", () => {
  it("is found by this test wherever one were planted", () => {
    const { NOM: [name = ""] = [], IDO: [ido = ""] = [], UAI: [uai = ""] = [] } = said[TEACHER];
    const { P_MEL: [mail = ""] = [], DIV: [division = ""] = [], PRE: [given = ""] = [] } = said[TEACHER];
    const label = division.split("##")[1] ?? "";
    const request = `<saml2p:LogoutRequest><saml2:NameID>${ido}</saml2:NameID></saml2p:LogoutRequest>`;
    const deflated = deflateRawSync(request).toString("base64");
    const token = (claims: object) => Buffer.from(JSON.stringify(claims)).toString("base64url");
    const planted: readonly (readonly [string, string])[] = [
      ["NOM", `http://127.0.0.1/me?name=${name}`],
      ["NOM", `preau: ${name.toUpperCase()} failed`],
      ["PRE", `location: /me?${new URLSearchParams({ given }).toString()}`],
      ["PRE", `{"at":"…","who":"${given.replace("é", "\\u00e9")}"}`],
      ["PRE", `${Buffer.from(given, "latin1").toString("base64url")}.x`],
      ["DIV", `/sso/ent/login?class=${new URLSearchParams({ label }).toString()}`],
      ["DIV", `/path/${Buffer.from(label).toString("base64")}/more`],
      ["UAI", `/domaineGar?idEtab=${encodeURIComponent(Buffer.from(uai).toString("base64"))}`],
      ["P_MEL", `x-user: ${encodeURIComponent(encodeURIComponent(mail))}`],
      ["IDO", `/slo?SAMLRequest=${encodeURIComponent(deflated)}&SigAlg=x`],
      ["IDO", `/end?id_token_hint=${token({ alg: "RS256" })}.${token({ sub: ido })}.c2lnbmF0dXJl`],
      ["IDO", `gar.account ${ido.slice(0, 64)}…`],
    ];
    expect(planted.map(([what, text]) => [what, text, findTraces(text, traces).includes(what)])).toEqual(
      planted.map(([what, text]) => [what, text, true]),
    );
    const harmless = `/gar/oidc/callback?code=OC-1&state=_${"0f".repeat(20)}&iss=http%3A%2F%2Flocalhost%3A1%2Foidc`;
    expect(findTraces(harmless, traces)).toEqual([]);
    expect(Object.keys(said[TEACHER])).toEqual(
      expect.arrayContaining("IDO UAI NOM PRE P_MEL DIV GRO DIV_APP P_MAT".split(" ")),
    );
  });

  it("was in nothing that the hub got, sent or wrote on the walks above", () => {
    const recorded = house.recorded();
    const lines = recorded.flatMap(({ url, headers }) => [url, ...headers]);
    const written = house.written().split("\n");
    const texts = [...new Set([...lines, ...written])];
    expect(texts.filter((text) => findTraces(text, traces).length > 0)).toEqual([]);

    // Everything went by here: each message of each protocol, addresses to go on to, and the refusal in the log.
    const seen = new Set(recorded.map(({ way, part, url }) => `${way} ${part} ${new URL(url).pathname}`));
    for (const at of [
      "got request /gar/saml/acs",
      "got request /gar/saml/logout",
      "got answer /gar/saml/login",
      "sent answer /idp/metadata",
      "got request /gar/oidc/callback",
      "got request /gar/oidc/logout",
      "sent request /oidc/oidcAccessToken",
      "sent answer /oidc/oidcProfile",
      "got request /gar/cas/login",
      "got request /gar/cas/logout",
      "sent request /p3/serviceValidate",
      "sent answer /p3/serviceValidate",
    ])
      expect([at, seen.has(at)]).toEqual([at, true]);
    expect(lines.some((line) => /^location: .*SAMLRequest=/.test(line))).toBe(true);
    expect(lines.some((line) => /^refresh: .*\/oidc\/oidcLogout/.test(line))).toBe(true);
    expect(house.written()).toContain("GAR_ROLE_REFUSED");
  });

  it("left no ticket, code, token or cookie in the log", () => {
    const lines = house.recorded().flatMap(({ url, headers }) => [url, ...headers]);
    const patterns = [
      /[?&](?:ticket|code|state)=([^&\s]{8,})/g,
      /\bpreau[\w-]*=([^;\s]{16,})/g,
      /^authorization: \w+ (.+)/gi,
    ];
    const secrets = lines.flatMap((line) =>
      patterns.flatMap((each) => [...line.matchAll(each)].map(([, value = ""]) => value)),
    );
    expect(new Set(secrets).size).toBeGreaterThan(40);
    const written = house.written();
    expect(secrets.filter((each) => written.includes(each))).toEqual([]);
  });

  it("stands in no file of the hub's data folder: journal, sessions and accounts are sealed or hashed", () => {
    const files = readdirSync(house.data, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(["hub.sqlite", "keys.sqlite"]));
    const found = files.flatMap(({ name, parentPath }) => {
      const text = folded(readFileSync(path.join(parentPath, name), "utf8"));
      return traces.filter((trace) => text.includes(trace.text)).map(({ what }) => `${what} in ${name}`);
    });
    expect(found).toEqual([]);
  });
});
