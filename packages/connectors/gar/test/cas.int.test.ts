import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type CasServer,
  casSignIn,
  flatXml,
  openBoth,
  openCas,
  startCasServer,
  successXml,
} from "./cas-server.ts";
import { base64, ido, signedResponse, teacher } from "./identity-provider.ts";
import type { World } from "./world.ts";

describe("sign in a teacher through the GAR over CAS 3 (DB.K.gar-teacher)", () => {
  it("sends the browser to the server with an address that says nothing of anybody", async () => {
    const { cas, world } = await openBoth({}, { path: "/cas" });
    const { location, service } = await casSignIn(world, cas);
    expect(location).toBe(`${cas.url}/login?service=${encodeURIComponent(service)}`);
    expect(service).toMatch(/^http:\/\/127\.0\.0\.1:8700\/gar\/cas\/login\?state=_[0-9a-f]{40}$/);
  });

  it("keeps what the row names and drops the rest, each under its clause (D4.1)", async () => {
    const { cas, world } = await openBoth();
    const { browser, answer, ticket, service } = await casSignIn(world, cas);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/me"]);
    expect(cas.asked).toEqual([{ path: "/p3/serviceValidate", ticket, service }]);
    expect(await browser.session()).toMatchObject({
      subject: expect.stringMatching(/^sub_[0-9a-z]{26}$/),
      origin: "gar",
      role: "teacher",
      categories: ["connectionAndUsage", "classAndGroup", "profile", "name"],
      dropped: ["CIV", "P_MEL", "P_MS4", "P_MAT"],
    });
    const [entry] = await world.entries("gar.signedIn");
    expect(entry?.subject?.payload).toMatchObject({ provider: "gar.cas", droppedCount: 4 });
  });

  it("finds the person who came over SAML, and ends the session of then", async () => {
    const { cas, world } = await openBoth();
    const before = world.browser();
    const { requestId } = await before.begin();
    await before.post(base64(signedResponse(before.fieldsFor(requestId))));
    const { subject } = (await before.session()) as { subject: string };
    const { browser } = await casSignIn(world, cas);
    expect(await browser.session()).toMatchObject({ subject });
    expect(await before.session()).toBe(401);
  });

  it("goes on to a path of ours, and to no other place", async () => {
    const { cas, world } = await openBoth();
    for (const [next, expected] of [
      ["/classes", "/classes"],
      ["https://evil.example/", "/me"],
    ] as const) {
      const browser = world.browser();
      const begun = await browser.ask(`/gar/cas/login?next=${encodeURIComponent(next)}`);
      const { path } = cas.issue(begun.headers.get("location") ?? "");
      expect((await browser.ask(path)).headers.get("location")).toBe(expected);
    }
  });

  it("takes the four spellings of no value, and an empty element", async () => {
    const { cas, world } = await openBoth();
    const nil = `<cas:P_MEL xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>`;
    const inside = flatXml({ ...teacher, CIV: ["null"], P_MEL: [], P_MS4: ["None"], P_MAT: [""] });
    const body = successXml(inside.replace("</cas:attributes>", `${nil}<cas:E_MS4/></cas:attributes>`));
    const { browser } = await casSignIn(world, cas, { body });
    expect(await browser.session()).toMatchObject({ role: "teacher", dropped: [] });
  });

  it("never takes `cas:user` for the identity", async () => {
    const { cas, world } = await openBoth();
    const body = successXml(flatXml({ PRO: ["National_ens"] }), ido("somebody"));
    expect((await casSignIn(world, cas, { body })).answer.status).toBe(403);
    expect((await world.entries("gar.signInRefused"))[0]?.payload).toMatchObject({
      reason: "malformedIdentifier",
    });
  });

  it("refuses a pupil by the clause that lists nothing (DB.K.gar-pupil)", async () => {
    const { cas, world } = await openBoth();
    const body = successXml(flatXml({ IDO: [ido("pupil")], PRO: ["National_elv"] }));
    const { answer } = await casSignIn(world, cas, { body });
    expect(JSON.parse(answer.text)).toMatchObject({ code: "GAR_ROLE_REFUSED", clause: "DB.K.gar-pupil" });
  });

  it("binds by the browser's token alone where the server takes one exact address", async () => {
    const { cas, world } = await openBoth({ serviceState: false });
    const { browser, service, answer } = await casSignIn(world, cas);
    expect([service, answer.status]).toEqual(["http://127.0.0.1:8700/gar/cas/login", 303]);
    expect(await browser.session()).toMatchObject({ role: "teacher" });
    const mine = world.browser();
    const location = (await mine.ask("/gar/cas/login")).headers.get("location") ?? "";
    const other = world.browser();
    await other.ask("/gar/cas/login");
    const cookie = [...mine.cookies].find(([name]) => name.endsWith("-request")) ?? ["", ""];
    other.cookies.set(...cookie);
    expect((await other.ask(cas.issue(location).path)).status).toBe(403);
    expect((await mine.ask(cas.issue(location).path)).status).toBe(303);
  });

  it("reads `/serviceValidate` where the options say so", async () => {
    const { cas, world } = await openBoth({ validatePath: "/serviceValidate" });
    await casSignIn(world, cas);
    expect(cas.asked[0]?.path).toBe("/serviceValidate");
  });
});

describe("a ticket counts once, in the browser that asked for it (D4.1)", () => {
  /** The honest sign-in goes through after what was refused: nothing of it was burnt. */
  async function refusedThenHonest(world: World, cas: CasServer, spoil: (path: string) => string) {
    const browser = world.browser();
    const location = (await browser.ask("/gar/cas/login")).headers.get("location") ?? "";
    const refused = await browser.ask(spoil(cas.issue(location).path));
    const [entry] = await world.entries("gar.signInRefused");
    const honest = await browser.ask(cas.issue(location).path);
    expect([refused.status, honest.status]).toEqual([403, 303]);
    expect(refused.headers.getSetCookie().join()).not.toContain("preau=");
    return entry?.payload?.["reason"];
  }

  it.each([
    [
      "another state",
      (path: string) => path.replace(/state=_[0-9a-f]{8}/, "state=_00000000"),
      "unknownRequest",
    ],
    ["no state", (path: string) => path.replace(/state=[^&]+&/, ""), "unknownRequest"],
    ["two states", (path: string) => `${path}&state=_x`, "malformedTicket"],
    ["two tickets", (path: string) => `${path}&ticket=ST-1-another-ticket`, "malformedTicket"],
    ["an empty ticket", (path: string) => path.replace(/ticket=.*/, "ticket="), "malformedTicket"],
    ["a proxy ticket", (path: string) => path.replace("ticket=ST-", "ticket=PT-"), "malformedTicket"],
    ["a ticket with a line break", (path: string) => `${path}%0d%0a`, "malformedTicket"],
    ["a ticket with a parameter in it", (path: string) => `${path}%26pgtUrl%3Dx`, "malformedTicket"],
    ["a ticket of 257 characters", (path: string) => path + "a".repeat(240), "malformedTicket"],
    ["a ticket that nobody issued", (path: string) => `${path}x`, "ticketRefused"],
  ])("refuses %s and burns nothing", async (_name, spoil, reason) => {
    const { cas, world } = await openBoth();
    expect(await refusedThenHonest(world, cas, spoil)).toBe(reason);
  });

  it("asks the server about nothing that is no ticket, and about no ticket of a stranger", async () => {
    const { cas, world } = await openBoth();
    const browser = world.browser();
    const location = (await browser.ask("/gar/cas/login")).headers.get("location") ?? "";
    await browser.ask(cas.issue(location).path.replace(/ticket=.*/, "ticket=..%2f..%2fadmin"));
    await world.browser().ask(cas.issue(location).path);
    expect(cas.asked).toEqual([]);
  });

  it("asks the server about five tickets of one begun sign-in, and about no more", async () => {
    const { cas, world } = await openBoth();
    const browser = world.browser();
    const location = (await browser.ask("/gar/cas/login")).headers.get("location") ?? "";
    const { path } = cas.issue(location);
    for (let times = 0; times < 7; times += 1)
      expect((await browser.ask(`${path}${times}`)).status).toBe(403);
    expect((await browser.ask(path)).status).toBe(403);
    expect(cas.asked).toHaveLength(5);
    const [entry] = await world.entries("gar.signInRefused");
    expect(entry?.payload).toMatchObject({ reason: "tooManyAttempts", count: 1 });
    expect((await casSignIn(world, cas, { browser })).answer.status).toBe(303);
  });

  it("refuses the same ticket again, even when the server says yes twice", async () => {
    const { cas, world } = await openBoth();
    const { browser, path, ticket } = await casSignIn(world, cas);
    cas.behave((_ticket, response) => void response.end(successXml(flatXml(teacher))));
    expect((await browser.ask(path)).status).toBe(403); // the request is used up
    const location = (await browser.ask("/gar/cas/login")).headers.get("location") ?? "";
    const again = cas.issue(location).path.replace(/ticket=.*/, `ticket=${ticket}`);
    expect((await browser.ask(again)).status).toBe(403); // the ticket is used up
    const reasons = (await world.entries("gar.signInRefused")).map(({ payload }) => payload?.["reason"]);
    expect(reasons).toEqual(["replayedAssertion", "unknownRequest"]);
  });

  it("refuses it in another browser, with or without a sign-in of its own", async () => {
    const { cas, world } = await openBoth();
    const mine = world.browser();
    const location = (await mine.ask("/gar/cas/login")).headers.get("location") ?? "";
    const other = world.browser();
    expect((await other.ask(cas.issue(location).path)).status).toBe(403);
    await other.ask("/gar/cas/login");
    expect((await other.ask(cas.issue(location).path)).status).toBe(403);
    expect(world.emitted).toEqual([]);
    expect((await mine.ask(cas.issue(location).path)).status).toBe(303);
  });

  it("refuses it when it is too late", async () => {
    const { cas, world } = await openBoth();
    const browser = world.browser();
    const location = (await browser.ask("/gar/cas/login")).headers.get("location") ?? "";
    world.clock.advance(31 * 60_000);
    expect((await browser.ask(cas.issue(location).path)).status).toBe(403);
  });

  it("finishes no request of another provider, nor of SAML", async () => {
    const [cas, ent] = [await startCasServer(), await startCasServer()];
    const other = { id: "ent", protocol: "cas", controller: "school-a", roles: {}, cas: { server: ent.url } };
    const world = await openCas({ server: cas.url }, { providers: [other] });
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const location = (await browser.ask("/gar/cas/login")).headers.get("location") ?? "";
    const { path } = ent.issue(location.replace("/gar/cas/login", "/sso/ent/login"));
    ent.behave((_ticket, response) => void response.end(successXml(flatXml(teacher))));
    expect((await browser.ask(path)).status).toBe(403);
    cas.behave((_ticket, response) => void response.end(successXml(flatXml(teacher))));
    expect(
      (await browser.ask(path.replace(/^.*state=[^&]+/, `/gar/cas/login?state=${requestId}`))).status,
    ).toBe(403);
    expect(world.emitted).toEqual([]);
  });
});

describe("what a sign-in over CAS leaves behind (DD.9)", () => {
  it("is nothing personal in addresses, logs, headers, or on the disk", async () => {
    const { cas, world } = await openBoth();
    const { answer, location, ticket } = await casSignIn(world, cas);
    const refused = await casSignIn(world, cas, {
      body: successXml(flatXml({ ...teacher, IDO: ["short"] })),
    });
    const page = await refused.browser.ask(refused.path, { headers: { accept: "text/html" } });
    const seen = [
      location,
      JSON.stringify([...answer.headers]),
      page.text,
      refused.answer.text,
      ...world.lines,
    ];
    const files = readdirSync(world.folder).map((name) => readFileSync(join(world.folder, name), "latin1"));
    const secret = [...Object.values(teacher).flat(), "opaque-user", ticket, refused.ticket].filter(
      (value) => value.length > 6 && value !== "National_ens",
    );
    for (const value of secret) {
      expect(seen.join("\n")).not.toContain(value);
      expect(files.join("\n")).not.toContain(Buffer.from(value).toString("latin1"));
    }
  });
});
