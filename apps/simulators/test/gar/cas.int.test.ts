import { DOMParser, type Element, onErrorStopParsing } from "@xmldom/xmldom";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { garPeople } from "../../src/gar/people.ts";
import { configuredCasServices } from "../../src/gar-cas/services.ts";
import { makeBrowser } from "./browser.ts";
import { casWorld, teacher } from "./cas-world.ts";

let world: Awaited<ReturnType<typeof casWorld>>;
beforeAll(async () => {
  world = await casWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.reset());

const CAS = "http://www.yale.edu/tp/cas";
const [first, another] = [garPeople[0]!, garPeople[1]!];

function parsed(xml: string) {
  const document = new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml, "text/xml");
  const all = (name: string) => Array.from(document.getElementsByTagNameNS(CAS, name));
  return { all, texts: (name: string) => all(name).map((element: Element) => element.textContent) };
}
const codeOf = (xml: string) => parsed(xml).all("authenticationFailure")[0]?.getAttribute("code");

describe("GAR simulator: CAS 3.0 serviceValidate", () => {
  it("describes the person flat, repeated where there are several values, under an opaque user", async () => {
    const { texts } = parsed(await world.answer());
    for (const [name, values] of Object.entries(first.attributes)) expect(texts(name)).toEqual(values);
    expect(texts("idENT")).toEqual(["WjA="]);
    expect(texts("user")[0]).toMatch(/^[\w-]{86}$/);
  });

  it("escapes what is markup, and writes a value that is empty", async () => {
    const { texts } = parsed(await world.answer("Amaury Quérelles"));
    expect([texts("CIV"), texts("P_MAT"), texts("GRO")]).toEqual([[""], [], ["", "None"]]);
  });

  it("answers in JSON when asked, and without attributes at /serviceValidate", async () => {
    const query = { service: world.service, format: "json" };
    const success = async (path: string) => {
      const answer = await world.validate({ ...query, ticket: await world.ticketFor() }, path);
      const { serviceResponse } = (await answer.json()) as Record<string, Record<string, unknown>>;
      return serviceResponse!["authenticationSuccess"] as Record<string, unknown>;
    };
    const { user, attributes } = await success("/p3");
    expect(attributes).toMatchObject({ IDO: first.ido, UAI: "0999999A", DIV: first.attributes["DIV"] });
    expect(await success("")).toEqual({ user });
    const failure = await world.validate({ ...query, ticket: "ST-1" });
    expect(await failure.json()).toMatchObject({
      serviceResponse: { authenticationFailure: { code: "INVALID_TICKET" } },
    });
  });

  it("takes a ticket once, within 5 seconds, at the server that gave it", async () => {
    const { service } = world;
    const ticket = await world.ticketFor();
    expect(await (await world.validate({ service, ticket }, "/ent")).text()).toContain("INVALID_TICKET");
    expect(parsed(await (await world.validate({ service, ticket })).text()).texts("IDO")).toEqual([
      first.ido,
    ]);
    expect(codeOf(await (await world.validate({ service, ticket })).text())).toBe("INVALID_TICKET");
    const late = await world.ticketFor();
    world.later(5_000);
    expect(codeOf(await (await world.validate({ service, ticket: late })).text())).toBe("INVALID_TICKET");
  });

  it("takes it for the very service that it was given for, and burns it when tried for another", async () => {
    const { service } = world;
    for (const other of [service.replace("%20", "+"), `${service}&x=1`, service.split("?")[0]!]) {
      const ticket = await world.ticketFor();
      expect(codeOf(await (await world.validate({ service: other, ticket })).text())).toBe("INVALID_SERVICE");
      expect(codeOf(await (await world.validate({ service, ticket })).text())).toBe("INVALID_TICKET");
    }
  });

  it("says INVALID_REQUEST when something is missing, and minds renew", async () => {
    const { service } = world;
    for (const query of [{ service }, { ticket: "ST-1" }] as Record<string, string>[]) {
      expect(codeOf(await (await world.validate(query)).text())).toBe("INVALID_REQUEST");
    }
    const renewed = async (more: string) => {
      const ticket = await world.ticketFor(teacher, { more });
      return codeOf(await (await world.validate({ service, ticket, renew: "true" })).text());
    };
    expect(await renewed("")).toBe("INVALID_TICKET");
    expect(await renewed("&renew=true")).toBeUndefined();
  });

  it("sends a ticket to no service that it does not know", async () => {
    const { service, url } = world;
    for (const bad of [
      service.replace("/service", "/service/x"),
      `${service}#x`,
      "https://elsewhere.example/",
    ]) {
      expect((await fetch(`${url}/login?service=${encodeURIComponent(bad)}`)).status).toBe(403);
    }
    const post = (body: unknown) =>
      fetch(`${url}/cas/services`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    expect((await post({ url: "https://mine.example/?x=1" })).status).toBe(400);
    expect((await post({ url: "https://mine.example/" })).status).toBe(201);
    expect((await fetch(`${url}/login?service=https://mine.example/?state=1`)).status).toBe(200);
  });

  it("knows the hub without configuration, and those that the environment lists", () => {
    const services = configuredCasServices({
      PREAU_PORT: "8799",
      PREAU_SIM_GAR_CAS_SERVICES: "https://a.example/cas, https://b.example/cas",
    });
    expect(services.find("http://127.0.0.1:8799/gar/cas/login")?.logoutUrl).toBe(
      "http://127.0.0.1:8799/gar/cas/logout",
    );
    expect(services.find("http://127.0.0.1:8799/sso/ent/login?state=1")?.logoutUrl).toBe(
      "http://127.0.0.1:8799/sso/ent/logout",
    );
    expect(services.find("https://b.example/cas?state=1")).toEqual({ url: "https://b.example/cas" });
  });
});

describe("GAR simulator: an ENT's CAS", () => {
  it("nests what it says, with the login, birth date and mail that the GAR withholds", async () => {
    const { all, texts } = parsed(await world.answer(teacher, "/ent"));
    expect(texts("login")).toEqual(["prof.caradec"]);
    expect(texts("birthDate")[0]).toMatch(/^(19|20)\d\d-\d\d-\d\d$/);
    expect(texts("email")).toEqual(["maelle.caradec@ac-demo.example"]);
    expect(texts("profile")).toEqual(["Teacher"]);
    expect(all("school").map((each) => each.getAttribute("externalId"))).toEqual(["0999999A"]);
    expect(texts("classe")).toEqual(["CP A", "CP B"]);
    expect(all("classe")[0]!.getAttribute("externalId")).toMatch(/^[0-9a-f-]{36}\$CP A$/);
    expect(all("classe")[0]!.parentNode).toBe(all("classes")[0]);
    expect(texts("IDO")).toEqual([]);
  });
});

describe("GAR simulator: CAS fault switches", () => {
  const ido = `<cas:IDO>${first.ido}</cas:IDO>`;
  const half = [first.ido.slice(0, 64), first.ido.slice(64)];
  const shows: [name: string, value: string, shape: RegExp][] = [
    ["cas-two-successes", "on", /<\/cas:authenticationSuccess><cas:authenticationSuccess>/],
    ["cas-success-and-failure", "1", /<\/cas:authenticationSuccess><cas:authenticationFailure /],
    ["cas-success-and-failure", "2", /<\/cas:authenticationFailure><cas:authenticationSuccess>/],
    ["cas-nested-success", "on", /<cas:authenticationFailure [^>]+><cas:authenticationSuccess>/],
    ["cas-two-identifiers", "on", new RegExp(`${ido}<cas:IDO>${another.ido}</cas:IDO>`)],
    ["cas-comment", "on", new RegExp(half.join("<!-- -->"))],
    ["cas-processing-instruction", "on", new RegExp(half.join("<\\?php \\?>"))],
    ["cas-cdata", "on", new RegExp(`<!\\[CDATA\\[${first.ido}\\]\\]>`)],
    ["cas-doctype", "on", /^<\?xml [^>]+>\n<!DOCTYPE cas:serviceResponse>/],
    ["cas-entities", "on", new RegExp(`<!ENTITY other1 "${another.ido}">.*<cas:IDO>&other1;</cas:IDO>`)],
    ["cas-other-namespace", "on", /xmlns:cas="http:\/\/elsewhere\.example\/cas"/],
    ["cas-no-namespace", "on", /<serviceResponse><authenticationSuccess><user>/],
    ["cas-other-person", "on", new RegExp(`<cas:IDO>${another.ido}</cas:IDO>`)],
    ["cas-html", "on", /^<!doctype html>/],
    ["cas-huge", "1", /x{1048576}/],
    ["cas-redirect", "on", new RegExp(`<cas:IDO>${garPeople.at(-1)!.ido}</cas:IDO>`)],
  ];
  it.each(shows)("%s %s", async (name, value, shape) => {
    expect(await world.answer()).not.toMatch(shape);
    world.defects.set(name, value);
    expect(await world.answer()).toMatch(shape);
  });

  it("cas-comment and cas-cdata reach the user of an ENT too, and still parse to the same text", async () => {
    const user = parsed(await world.answer(teacher, "/ent")).texts("user")[0];
    for (const name of ["cas-comment", "cas-cdata"]) {
      world.defects.set(name, "on");
      const spoilt = await world.answer(teacher, "/ent");
      expect(spoilt).not.toContain(`<cas:user>${user}</cas:user>`);
      expect(parsed(spoilt).texts("user")).toEqual([user]);
      world.defects.clear();
    }
  });

  it("cas-latin1, cas-error, cas-slow, cas-ticket-reusable", async () => {
    const { service, defects } = world;
    const ticket = await world.ticketFor();
    const ask = (init?: RequestInit) => world.validate({ service, ticket }, "/p3", init);
    defects.set("cas-error", "on");
    expect((await ask()).status).toBe(500);
    defects.clear();
    defects.set("cas-slow", "60");
    await expect(ask({ signal: AbortSignal.timeout(150) })).rejects.toThrow(/timeout/);
    defects.clear();
    defects.set("cas-ticket-reusable", "on");
    world.later(60_000);
    expect(await (await ask()).text()).toContain(first.ido);
    defects.set("cas-latin1", "on");
    const bytes = Buffer.from(await (await ask()).arrayBuffer());
    expect(bytes.includes(Buffer.from("Maëlle", "latin1"))).toBe(true);
  });
});

describe("GAR simulator: CAS logout", () => {
  async function signedOut() {
    const browser = makeBrowser();
    const ticket = await world.ticketFor(teacher, { browser });
    await world.validate({ service: world.service, ticket });
    const unused = await world.ticketFor(teacher, { browser, path: "/ent" });
    const { text } = await browser.get(`${world.url}/logout`);
    return { ticket, unused, outcomes: JSON.parse(text) as unknown };
  }

  it("posts a SAML LogoutRequest with the ticket to the service, and voids a ticket nobody has used", async () => {
    const { service } = world;
    const { ticket, unused, outcomes } = await signedOut();
    expect(outcomes).toEqual([
      { ok: true, said: "HTTP 204" },
      { ok: true, said: "no session there" },
    ]);
    expect(world.logoutRequests).toHaveLength(1);
    const request = world.logoutRequests[0]!;
    expect(request).toContain(`<samlp:SessionIndex>${ticket}</samlp:SessionIndex>`);
    expect(request).toContain(">@NOT_USED@</saml:NameID>");
    expect(request).toMatch(/ ID="LR-[\w-]{24}" Version="2.0" IssueInstant="2026-11-23T08:\d\d:\d\d.000Z"/);
    const late = await world.validate({ service, ticket: unused }, "/ent/p3");
    expect(codeOf(await late.text())).toBe("INVALID_TICKET");
  });

  it("goes back to a service that it knows, and to no other", async () => {
    const to = (address: string) =>
      fetch(`${world.url}/logout?service=${encodeURIComponent(address)}`, { redirect: "manual" });
    expect((await to(world.service)).headers.get("location")).toBe(world.service);
    expect((await to("https://elsewhere.example/")).headers.get("location")).toBeNull();
  });

  const wrong: [name: string, shape: RegExp][] = [
    ["cas-logout-other-ticket", /<samlp:SessionIndex>ST-0-x{32}-/],
    ["cas-logout-no-ticket", /<\/saml:NameID><\/samlp:LogoutRequest>/],
    ["cas-logout-two-tickets", /<\/samlp:SessionIndex><samlp:SessionIndex>/],
    ["cas-logout-doctype", /^<!DOCTYPE/],
    ["cas-logout-comment", /<samlp:SessionIndex>ST-.{5}<!-- -->/],
    ["cas-logout-stale", /IssueInstant="2026-11-22T/],
  ];
  it.each(wrong)("%s", async (name, shape) => {
    world.defects.set(name, "on");
    await signedOut();
    expect(world.logoutRequests[0]).toMatch(shape);
  });
});
