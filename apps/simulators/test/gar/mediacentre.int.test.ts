import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { garPeople } from "../../src/gar/people.ts";
import { garSchools } from "../../src/gar/schools.ts";
import { formWithButton, linkNamed, makeBrowser } from "./browser.ts";
import { type SamlWorld, samlWorld, teacher } from "./saml-world.ts";

let world: SamlWorld;
beforeAll(async () => {
  world = await samlWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.reset());

async function signedIn(person = teacher) {
  const browser = makeBrowser();
  const page = await browser.submit(formWithButton(await browser.get(`${world.url}/mediacentre`), person));
  return { browser, page };
}

describe("GAR simulator: médiacentre", () => {
  it("opens a resource by a deep link in the GAR's grammar, without asking again", async () => {
    const { browser, page } = await signedIn();
    const link = linkNamed(page, "Plume");
    const query = new URL(link).searchParams;
    const decoded = (name: string) => Buffer.from(query.get(name) ?? "", "base64").toString("utf8");
    expect([new URL(link).pathname, decoded("idENT"), decoded("idEtab")]).toEqual([
      "/domaineGar",
      "Z0",
      "0999999A",
    ]);
    expect(query.get("idRessource")).toBe("ark:/99999/plume");
    const back = await browser.submit(formWithButton(await browser.get(link), "Continuer"));
    expect(back.text).toBe("signed in");
    expect((await browser.get(`${world.url}/mediacentre`)).text).toContain(`${world.party}/metadata`);
  });

  it("asks who follows a deep link first, and refuses a school or a resource that is not theirs", async () => {
    const link = linkNamed((await signedIn()).page, "Plume");
    const late = makeBrowser();
    const choice = await late.get(link);
    expect(choice.text).toContain("Qui êtes-vous");
    expect((await late.submit(formWithButton(choice, teacher))).text).toContain("Continuer");
    const { browser } = await signedIn("Thaddée Kerjean");
    expect((await browser.get(link)).status).toBe(404);
    expect((await late.get(link.replace("plume", "mine"))).status).toBe(404);
    expect((await late.get(link.replace("idENT=", "idENT=QQ"))).status).toBe(404);
  });

  it("asks at the door who came by the door, each time", async () => {
    const browser = makeBrowser();
    await world.signIn(teacher, browser);
    expect((await browser.get(`${world.party}/login`)).text).toContain("Qui êtes-vous");
  });

  it("asks again where the service wants it (ForceAuthn)", async () => {
    const { browser } = await signedIn();
    const strict = world.provider({ forceAuthn: true });
    const page = await browser.get(await strict.getAuthorizeUrlAsync("", undefined, {}));
    expect(page.text).toContain("Qui êtes-vous");
  });

  it("signs out of a service of each protocol at once, none of which asked again", async () => {
    const json = (path: string, body: unknown) =>
      fetch(`${world.url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const [back, told] = [`${world.party}/back`, `${world.party}/told`];
    await json("/cas/services", { url: back, logoutUrl: told });
    const secret = "s".repeat(32);
    await json("/oidc/clients", { id: "plume", secret, redirectUris: [back], backChannelLogout: told });
    const { browser } = await signedIn();
    await world.signIn(teacher, browser);
    const verifier = "v".repeat(43);
    const query = new URLSearchParams({
      ...{ client_id: "plume", redirect_uri: back, response_type: "code", scope: "openid scope.gar" },
      ...{ state: "s".repeat(22), nonce: "n".repeat(22), idRessource: "ark:/99999/plume" },
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    });
    const opened = async (path: string) => {
      const page = await browser.get(world.url + path);
      expect(page.text).toBe("back");
      return new URL(page.url).searchParams;
    };
    const service = encodeURIComponent(back);
    const ticket = (await opened(`/login?service=${service}`)).get("ticket") ?? "";
    const validated = await fetch(`${world.url}/p3/serviceValidate?service=${service}&ticket=${ticket}`);
    expect(await validated.text()).toContain("authenticationSuccess");
    const code = (await opened(`/oidc/oidcAuthorize?${query.toString()}`)).get("code") ?? "";
    const tokens = await fetch(`${world.url}/oidc/oidcAccessToken`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`plume:${secret}`).toString("base64")}` },
      body: new URLSearchParams({
        ...{ grant_type: "authorization_code", code, redirect_uri: back },
        ...{ code_verifier: verifier, idRessource: "ark:/99999/plume" },
      }),
    });
    expect(tokens.status).toBe(200);
    const form = formWithButton(await browser.get(`${world.url}/mediacentre`), "Se déconnecter de tout");
    const page = await browser.submit({ ...form, fields: { channel: "soap" } });
    for (const protocol of ["SAML", "CAS", "OpenID Connect"]) expect(page.text).toContain(`✓ ${protocol}`);
    expect([...world.told].sort()).toEqual(["logoutRequest", "logout_token"]);
    expect(world.seen).toHaveLength(1);
  });

  it("has pages without scripts, that load nothing from elsewhere", async () => {
    const { browser, page } = await signedIn();
    const faults = await browser.get(`${world.url}/`);
    for (const each of [page, faults]) {
      expect(each.headers.get("content-security-policy")).toBe(
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      );
      expect(each.text).not.toMatch(/<script|style=|onclick/);
    }
  });
});

describe("GAR simulator: switches as a page", () => {
  const html = { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } };
  const on = async () => {
    type List = { faults: { name: string; says: string; state: number }[] };
    const { faults } = (await (await fetch(`${world.url}/_faults`)).json()) as List;
    return faults.filter(({ state }) => state > 0).map(({ name, state }) => [name, state]);
  };
  const apply = (fields: Record<string, string>) =>
    fetch(`${world.url}/_faults/form`, { method: "POST", body: new URLSearchParams(fields), ...html });

  it("shows people a form and programs JSON", async () => {
    const page = await (await fetch(`${world.url}/_faults`, html)).text();
    for (const name of ["wrong-audience", "encrypted-cbc", "logout-unsigned"])
      expect(page).toContain(`name="${name}"`);
    expect((await fetch(`${world.url}/_faults`)).headers.get("content-type")).toContain("json");
  });

  it("sets what is ticked, clears what is not, and all at once", async () => {
    await world.fault("sha1");
    await apply({ "wrong-audience": "on", wrapped: "2", slow: "0" });
    expect(await on()).toEqual([
      ["wrapped", 2],
      ["wrong-audience", 1],
    ]);
    expect((await apply({ wrapped: "9" })).status).toBe(400);
    await apply({ _clear: "on", "wrong-audience": "on" });
    expect(await on()).toEqual([]);
  });
});

describe("GAR simulator: its invented people", () => {
  const attributes = (name: string) => garPeople.flatMap((person) => person.attributes[name] ?? []);

  it("are of schools that are listed, each by an identifier of its own", () => {
    const known = new Set(garSchools.map(({ uai }) => uai));
    expect(attributes("UAI").filter((uai) => !known.has(uai))).toEqual([]);
    expect([...known].every((uai) => /^0999\d{3}[A-Z]$/.test(uai))).toBe(true);
    expect(new Set(garPeople.map(({ ido }) => ido)).size).toBe(garPeople.length);
    expect(garPeople.every(({ ido }) => /^[0-9a-f]{128}$/.test(ido))).toBe(true);
    expect(garPeople.flatMap(({ email }) => email ?? []).every((mail) => mail.endsWith(".example"))).toBe(
      true,
    );
  });

  it("have the habits of feeds that suppliers stumble over", () => {
    expect(garPeople.some(({ attributes: { UAI = [] } }) => UAI.length > 1)).toBe(true);
    expect(attributes("CIV")).toEqual(expect.arrayContaining(["null", "None", ""]));
    expect(attributes("GRO").some((each) => each.split("##").length === 3)).toBe(true);
    expect(attributes("DIV").some((each) => /^([^#]+)##\1$/.test(each))).toBe(true);
    expect(attributes("PRO")).toEqual(
      expect.arrayContaining(["National_ENS", "National_evs", "National_xyz"]),
    );
    expect(garPeople.some(({ attributes: { PRO } }) => PRO === undefined)).toBe(true);
    expect(garPeople.some(({ attributes: { PRE = [] } }) => PRE.length === 2)).toBe(true);
  });

  it("of the primary school whose feed is plain have neither mail nor subject", () => {
    const people = garPeople.filter(({ attributes: { UAI = [] } }) => UAI[0] === "0999998B");
    expect(people.length).toBeGreaterThan(3);
    expect(people.some(({ email, attributes: { P_MAT } }) => (email ?? P_MAT) !== undefined)).toBe(false);
  });
});
