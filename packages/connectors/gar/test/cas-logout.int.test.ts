import { addMillis } from "@preau/kernel";
import { describe, expect, it, onTestFinished } from "vitest";
import { casSignIn, flatXml, logoutXml, postLogout, startCasServer, successXml } from "./cas-server.ts";
import { base64, ido, signedResponse, teacher } from "./identity-provider.ts";
import { makeWorld } from "./world.ts";

async function open(more: Record<string, unknown> = {}) {
  const cas = await startCasServer();
  const world = await makeWorld({ options: { cas: { server: cas.url }, ...more } });
  onTestFinished(() => world.close());
  return { cas, world };
}

const another = successXml(flatXml({ ...teacher, IDO: [ido("another")] }));

describe("the server ends a session (CAS 3.0 §2.3.3, DD.7)", () => {
  it.each(["/gar/cas/logout", "/gar/cas/login", "/gar/cas/login?state=_0"])(
    "of the ticket that it names, and no other, at %s",
    async (path) => {
      const { cas, world } = await open();
      const mine = await casSignIn(world, cas);
      const theirs = await casSignIn(world, cas, { body: another });
      const answer = await postLogout(world, logoutXml(mine.ticket, world.clock.now()), path);
      expect([answer.status, await answer.text()]).toEqual([204, ""]);
      expect([await mine.browser.session(), (await theirs.browser.ask("/session")).status]).toEqual([
        401, 200,
      ]);
      const entries = await world.entries("gar.signedOutByProvider");
      expect(entries.map(({ clause, payload }) => ({ clause, payload }))).toEqual([
        { clause: "DD.7", payload: { provider: "gar.cas", sessions: 1 } },
      ]);
      expect(JSON.stringify(entries) + world.lines.join()).not.toContain(mine.ticket);
    },
  );

  it("takes what newer servers write into it, and believes none of it", async () => {
    const { cas, world } = await open();
    const { browser, ticket } = await casSignIn(world, cas);
    const message = logoutXml(ticket, world.clock.now())
      .replace("@NOT_USED@", "somebody else")
      .replace(
        "<saml:NameID",
        '<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">https://x.test</saml:Issuer><saml:NameID',
      );
    expect((await postLogout(world, `<?xml version="1.0" encoding="UTF-8"?>${message}`)).status).toBe(204);
    expect(await browser.session()).toBe(401);
  });

  it("answers the same for a ticket of nobody, and leaves one entry a minute of it", async () => {
    const { cas, world } = await open();
    const { browser, ticket } = await casSignIn(world, cas);
    for (const unknown of ["ST-9-never-issued", `${ticket}x`, ticket.replace(/^ST-1/, "ST-2")]) {
      const answer = await postLogout(world, logoutXml(unknown, world.clock.now()));
      expect([answer.status, await answer.text()]).toEqual([204, ""]);
    }
    expect(await browser.session()).toMatchObject({ role: "teacher" });
    expect(await world.entries("gar.signedOutByProvider")).toEqual([]);
    expect((await world.entries("gar.signInRefused")).map(({ payload }) => payload?.["reason"])).toEqual([
      "unknownSession",
    ]);
  });

  it("ends nothing that began since, by a copy", async () => {
    const { cas, world } = await open();
    const { browser, ticket } = await casSignIn(world, cas);
    const message = logoutXml(ticket, world.clock.now());
    await postLogout(world, message);
    await casSignIn(world, cas, { browser });
    expect((await postLogout(world, message)).status).toBe(204);
    expect(await browser.session()).toMatchObject({ role: "teacher" });
  });

  it("ends what it names though the server gave its number to another message before", async () => {
    const { cas, world } = await open();
    const mine = await casSignIn(world, cas);
    const theirs = await casSignIn(world, cas, { body: another });
    for (const { ticket } of [mine, theirs, mine]) {
      const message = logoutXml(ticket, world.clock.now(), { id: "LR-1" });
      expect((await postLogout(world, message)).status).toBe(204);
    }
    expect([await mine.browser.session(), await theirs.browser.session()]).toEqual([401, 401]);
    expect(await world.entries("gar.signedOutByProvider")).toHaveLength(2);
  });

  it("is not burnt by somebody who knows its number and not the ticket", async () => {
    const { cas, world } = await open();
    const { browser, ticket } = await casSignIn(world, cas);
    const now = world.clock.now();
    await postLogout(world, logoutXml("ST-9-never-issued", now, { id: "LR-1" }));
    await postLogout(world, logoutXml(ticket, now, { id: "LR-1" }));
    expect(await browser.session()).toBe(401);
  });

  it("cannot be another server's ticket, nor end a session of SAML", async () => {
    const ent = await startCasServer();
    const other = { id: "ent", protocol: "cas", controller: "school-a", roles: {}, cas: { server: ent.url } };
    const { cas, world } = await open({ providers: [other] });
    const { browser, ticket } = await casSignIn(world, cas);
    expect((await postLogout(world, logoutXml(ticket, world.clock.now()), "/sso/ent/logout")).status).toBe(
      204,
    );
    expect(await browser.session()).toMatchObject({ role: "teacher" });
  });

  const spoilt: readonly [string, (honest: string) => string, string][] = [
    ["stale", (xml) => xml.replace(/IssueInstant="[^"]+"/, 'IssueInstant="2026-11-23T07:50:00Z"'), "expired"],
    [
      "from the future",
      (xml) => xml.replace(/IssueInstant="[^"]+"/, 'IssueInstant="2026-11-23T08:02:00Z"'),
      "wrongTime",
    ],
    ["without a time", (xml) => xml.replace(/IssueInstant="[^"]+"/, ""), "wrongTime"],
    [
      "with a local time",
      (xml) => xml.replace(/IssueInstant="[^"]+"/, 'IssueInstant="2026-11-23T08:00:00"'),
      "wrongTime",
    ],
    ["of another version", (xml) => xml.replace('Version="2.0"', 'Version="1.1"'), "wrongVersion"],
    ["without an ID", (xml) => xml.replace(/ ID="[^"]+"/, ""), "unknownShape"],
    ["of another name", (xml) => xml.replaceAll("LogoutRequest", "AuthnRequest"), "unknownShape"],
    ["of another namespace", (xml) => xml.replace("2.0:protocol", "2.0:other"), "unknownShape"],
    ["without a name", (xml) => xml.replace(/<saml:NameID.*NameID>/, ""), "unknownShape"],
    ["without a ticket", (xml) => xml.replace(/<samlp:SessionIndex>.*SessionIndex>/, ""), "unknownShape"],
    [
      "with two tickets",
      (xml) => xml.replace(/(<samlp:SessionIndex>.*SessionIndex>)/, "$1$1"),
      "unknownShape",
    ],
    [
      "with an element in the ticket",
      (xml) => xml.replace("<samlp:SessionIndex>ST", "<samlp:SessionIndex><x/>ST"),
      "notXml",
    ],
    [
      "with a comment in the ticket",
      (xml) => xml.replace("<samlp:SessionIndex>ST", "<samlp:SessionIndex>S<!-- -->T"),
      "notXml",
    ],
    ["with a ticket that is none", (xml) => xml.replace(">ST-", ">TGT-"), "malformedTicket"],
    ["with a document type", (xml) => `<!DOCTYPE x>${xml}`, "notXml"],
    ["too large", (xml) => xml.replace("@NOT_USED@", "x".repeat(9_000)), "notXml"],
    ["empty", () => "", "notXml"],
  ];
  it.each(spoilt)("takes no message that is %s", async (_name, spoil, reason) => {
    const { cas, world } = await open();
    const { browser, ticket } = await casSignIn(world, cas);
    const honest = logoutXml(ticket, world.clock.now());
    expect((await postLogout(world, spoil(honest))).status).toBe(403);
    expect((await world.entries("gar.signInRefused"))[0]?.payload).toMatchObject({ reason });
    expect(await browser.session()).toMatchObject({ role: "teacher" });
    expect((await postLogout(world, honest)).status).toBe(204);
    expect(await browser.session()).toBe(401);
  });

  it("takes one message a request", async () => {
    const { cas, world } = await open();
    const { browser, ticket } = await casSignIn(world, cas);
    const message = logoutXml(ticket, world.clock.now());
    const body = new URLSearchParams([
      ["logoutRequest", message],
      ["logoutRequest", message],
    ]);
    expect((await fetch(`${world.base}/gar/cas/logout`, { method: "POST", body })).status).toBe(403);
    expect(await browser.session()).toMatchObject({ role: "teacher" });
  });

  it("lets the clocks differ a little", async () => {
    const { cas, world } = await open();
    for (const ms of [50_000, -300_000]) {
      const { ticket, browser } = await casSignIn(world, cas);
      await postLogout(world, logoutXml(ticket, addMillis(world.clock.now(), ms)));
      expect(await browser.session()).toBe(401);
    }
  });
});

describe("a person signs out (DD.7)", () => {
  it("here, and goes on to the server", async () => {
    const { cas, world } = await open();
    const { browser } = await casSignIn(world, cas);
    const token = await csrfTokenOf(world, browser);
    const answer = await browser.ask("/gar/cas/logout", { method: "POST", body: form({ _csrf: token }) });
    expect([answer.status, answer.headers.get("refresh")]).toEqual([200, `0;url=${cas.url}/logout`]);
    expect(await browser.session()).toBe(401);
    expect(await world.entries("gar.signedOut")).toHaveLength(1);
  });

  it("who came by another way, and goes no further", async () => {
    const { world } = await open();
    const browser = world.browser();
    const { requestId } = await browser.begin();
    await browser.post(base64(signedResponse(browser.fieldsFor(requestId))));
    const token = await csrfTokenOf(world, browser);
    const answer = await browser.ask("/gar/cas/logout", { method: "POST", body: form({ _csrf: token }) });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/"]);
    expect(await browser.session()).toBe(401);
  });

  it.each([
    ["without the token", {}, {}, 403],
    ["with another's token", { _csrf: "x".repeat(43) }, {}, 403],
    ["from another site", { _csrf: true }, { origin: "https://evil.example" }, 403],
    ["from another site, as browsers say it", { _csrf: true }, { "sec-fetch-site": "cross-site" }, 403],
  ])("not %s", async (_name, fields, headers, status) => {
    const { cas, world } = await open();
    const { browser } = await casSignIn(world, cas);
    const token = await csrfTokenOf(world, browser);
    const given = "_csrf" in fields ? { _csrf: fields._csrf === true ? token : String(fields._csrf) } : {};
    const answer = await browser.ask("/gar/cas/logout", { method: "POST", body: form(given), headers });
    expect(answer.status).toBe(status);
    expect(await browser.session()).toMatchObject({ role: "teacher" });
  });

  it("not without a session", async () => {
    const { world } = await open();
    const answer = await world.browser().ask("/gar/cas/logout", { method: "POST", body: form({}) });
    expect(answer.status).toBe(401);
  });
});

function form(fields: Readonly<Record<string, string>>): URLSearchParams {
  return new URLSearchParams(fields);
}

/** The synchroniser token that a page of this session would hold. */
async function csrfTokenOf(
  world: Awaited<ReturnType<typeof makeWorld>>,
  browser: ReturnType<Awaited<ReturnType<typeof makeWorld>>["browser"]>,
): Promise<string> {
  return (await world.sessions.find(browser.cookies.get("preau")))?.csrfToken ?? "";
}
