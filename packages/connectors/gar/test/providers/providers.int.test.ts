/** The configurations that the guide shows are read as they stand, and sign people in from outside the GAR. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { controllerId, instant, manualClock, millisOf } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { configuredProviders } from "../../src/configured-providers.ts";
import { garOptions } from "../../src/options.ts";
import { serviceProviderNames } from "../../src/saml/saml-service.ts";
import { casSignIn, logoutXml, postLogout, startCasServer, successXml } from "../cas-server.ts";
import { base64, honest, idpMetadata, signedResponse } from "../identity-provider.ts";
import { startFakeIssuer } from "../oidc/fake-issuer.ts";
import { oidcBrowser, oidcWorld, secretFile } from "../oidc/oidc-world.ts";
import { makeWorld, requestIdOf, type World } from "../world.ts";

type Settings = Record<string, unknown>;

/** The only provider of an example, with what is different on this machine. */
function example(name: string, protocol: string, here: Settings): Settings {
  const text = readFileSync(new URL(`./${name}.yaml`, import.meta.url), "utf8");
  const { plugins } = parse(text) as { plugins: { gar: { providers: [Settings] } } };
  expect(garOptions.safeParse(plugins.gar).error).toBeUndefined();
  const [provider] = plugins.gar.providers;
  return { ...provider, [protocol]: { ...(provider[protocol] as Settings), ...here } };
}

async function openWith(provider: Settings): Promise<World> {
  const world = await makeWorld({ options: { providers: [provider] } });
  onTestFinished(() => world.close());
  return world;
}

/** What the school's journal says of the newest sign-in. */
async function journalled(world: World, type: string) {
  const controller = controllerId("school-a");
  const [entry] = await world.unitOfWork.transaction((unit) =>
    world.journal.entries(unit, { controller, type }),
  );
  return { ...entry?.payload, ...entry?.subject?.payload };
}

const person = (profile: string) =>
  `<cas:userAttributes><cas:login>eve.z</cas:login><cas:lastName>Zéphyrinot</cas:lastName><cas:firstName>Éve</cas:firstName>` +
  `<cas:displayName>Éve Zéphyrinot</cas:displayName><cas:birthDate>1984-05-12</cas:birthDate><cas:email>eve@ent.example</cas:email>` +
  `<cas:profile>${profile}</cas:profile><cas:schools><cas:school externalId="0999999F" main="true" name="École A" type="1ORD"/></cas:schools>` +
  `<cas:classes><cas:classe externalId="c1$CM2">CM2</cas:classe></cas:classes></cas:userAttributes>`;
const entId = "0b7e0f3a-6a3e-4c52-8d61-4d1b1f3f9a10";

describe("an ENT's own CAS, by configuration alone", () => {
  async function fromEnt(profile: string) {
    const cas = await startCasServer({ path: "/cas" });
    const world = await openWith(example("ent-cas", "cas", { server: cas.url }));
    const body = successXml(person(profile), entId);
    return { cas, world, ...(await casSignIn(world, cas, { body, base: "/sso/mon-ent" })) };
  }

  it("signs a teacher in from outside the GAR, under the row of that origin (DB.K.teacher)", async () => {
    const { cas, world, browser, answer } = await fromEnt("Teacher");
    expect([answer.status, cas.asked[0]?.path]).toEqual([303, "/cas/serviceValidate"]);
    expect(await browser.session()).toMatchObject({
      origin: "outsideGar",
      role: "teacher",
      categories: ["connectionAndUsage", "name", "workEmail", "profile"],
      dropped: [
        "login",
        "displayName",
        "birthDate",
        "schools.school@main",
        "schools.school@name",
        "schools.school@type",
        "UAI",
        "DIV",
      ],
    });
    expect(await journalled(world, "gar.signedIn")).toMatchObject({
      provider: "mon-ent",
      product: "plume",
      kept: ["NOM", "PRE", "P_MEL", "PRO", "IDO"],
      droppedCount: 8,
    });
    const { refusals } = (await browser.session()) as { refusals: Settings[] };
    expect(new Set(refusals.map(({ clause }) => clause))).toEqual(new Set(["DB.K.teacher"]));
  });

  it("signs a pupil in with the class and without the address (DB.K.pupil)", async () => {
    const { world, browser } = await fromEnt("Student");
    expect(await browser.session()).toMatchObject({
      role: "pupil",
      categories: ["connectionAndUsage", "name", "classAndGroup"],
    });
    expect(await journalled(world, "gar.signedIn")).toMatchObject({
      kept: ["NOM", "PRE", "UAI", "DIV", "IDO"],
      malformed: [],
    });
  });

  it.each(["Relative", "Personnel", "Guest", "null", "Teacher</cas:profile><cas:profile>Student"])(
    "gives %s no role",
    async (profile) => {
      const { answer, world } = await fromEnt(profile);
      expect(JSON.parse(answer.text)).toMatchObject({ status: 403, code: "GAR_ROLE_REFUSED" });
      expect(world.emitted).toEqual([]);
    },
  );

  it("is told apart from the GAR: an `IDO` of its own stands for nobody there", async () => {
    const cas = await startCasServer();
    const world = await openWith(example("ent-cas", "cas", { server: cas.url }));
    const body = successXml(`${person("Teacher")}<cas:IDO>${"a".repeat(128)}</cas:IDO>`, "short");
    const { answer } = await casSignIn(world, cas, { body, base: "/sso/mon-ent" });
    expect(answer.status).toBe(403);
    expect(await journalled(world, "gar.signInRefused")).toMatchObject({ reason: "malformedIdentifier" });
  });

  it("ends the session by its logout message (DD.7)", async () => {
    const { world, browser, ticket } = await fromEnt("Teacher");
    await postLogout(world, logoutXml(ticket, world.clock.now()), "/gar/cas/logout");
    expect(await browser.session()).toMatchObject({ role: "teacher" });
    const answer = await postLogout(world, logoutXml(ticket, world.clock.now()), "/sso/mon-ent/logout");
    expect([answer.status, await browser.session()]).toEqual([204, 401]);
  });
});

describe("EduConnect, by configuration alone", () => {
  const oid = (last: string) => `urn:oid:1.3.6.1.4.1.20326.10.999.1.${last}`;
  async function fromEduConnect(kind: string) {
    const folder = makeFolder();
    onTestFinished(() => folder.remove());
    const idp = join(folder.path, "educonnect.xml");
    writeFileSync(idp, idpMetadata());
    const keyFile = join(folder.path, "educonnect.pem");
    const world = await openWith(example("educonnect", "saml", { idpMetadata: idp, keyFile }));
    const configured = configuredProviders(world.options).find(
      ({ provider }) => provider.id === "educonnect",
    );
    if (configured === undefined || !("saml" in configured)) throw new TypeError("no such provider");
    const names = serviceProviderNames(configured.provider, configured.saml);
    const browser = world.browser();
    const location = (await browser.ask("/sso/educonnect/login")).headers.get("location") ?? "";
    const fields = honest({
      requestId: requestIdOf(location),
      now: millisOf(world.clock.now()),
      consumer: names.consumer,
      audience: names.entityId,
    });
    const attributes = {
      [oid("57")]: ["0123456789abcdef".repeat(6)],
      [oid("64")]: ["0123456789abcdef".repeat(2)],
      [oid("67")]: ["2006-08-18"],
      [oid("7")]: [kind],
      [oid("72")]: ["0999999F"],
      [oid("73")]: ["2212"],
      [oid("76")]: ["M."],
      givenName: ["Alix"],
      sn: ["ÉLÈVE"],
    };
    const answer = await browser.ask("/sso/educonnect/acs", {
      method: "POST",
      body: new URLSearchParams({ SAMLResponse: base64(signedResponse({ ...fields, attributes })) }),
    });
    return { world, browser, answer };
  }

  it("signs a pupil in, without birth date and INE (DB.K.pupil)", async () => {
    const { world, browser, answer } = await fromEduConnect("eleve2d");
    expect(answer.status).toBe(303);
    expect(await browser.session()).toMatchObject({ origin: "outsideGar", role: "pupil" });
    const said = await journalled(world, "gar.signedIn");
    expect(said).toMatchObject({ provider: "educonnect", kept: ["IDO", "UAI", "PRE", "NOM"] });
    expect((said as { dropped: Settings[] }).dropped.map(({ attribute }) => attribute)).toEqual([
      oid("64"),
      oid("67"),
      oid("73"),
      oid("76"),
      "PRO",
    ]);
  });

  it.each(["resp1d", "resp2d", "eleve"])("refuses %s", async (kind) => {
    const { answer } = await fromEduConnect(kind);
    expect(JSON.parse(answer.text)).toMatchObject({ code: "GAR_ROLE_REFUSED" });
  });
});

describe("any OpenID Connect issuer, by configuration alone", () => {
  it("signs a teacher in with the work address (DB.K.teacher)", async () => {
    const clock = manualClock(instant("2026-11-23T08:00:00.000Z"));
    const issuer = await startFakeIssuer(clock);
    onTestFinished(() => issuer.close());
    const secret = secretFile();
    onTestFinished(() => secret.remove());
    const here = { issuer: issuer.issuer, clientSecretFile: secret.file };
    const options = { providers: [example("openid", "oidc", here)] };
    const { world, close } = await oidcWorld(issuer.issuer, { clock, options });
    onTestFinished(() => close());
    issuer.state.subject = "8f14e45f-ceea-467f-a0e6-1c0f2b4e7a11";
    issuer.state.person = {
      employee_type: "Staff",
      family_name: "Zéphyrinot",
      given_name: "Éve",
      email: "eve@academy.example",
      birthdate: "1984-05-12",
    };
    const browser = oidcBrowser({ issuer, world }, "/sso/academy");
    const { location } = await browser.begin();
    expect(new URL(location).searchParams.get("scope")).toBe("openid profile email");
    expect((await browser.back(issuer.agree(location))).status).toBe(303);
    expect(await browser.session()).toMatchObject({
      origin: "outsideGar",
      role: "teacher",
      dropped: ["birthdate"],
    });
  });
});
