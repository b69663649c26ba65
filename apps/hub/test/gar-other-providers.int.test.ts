/** An ENT's CAS and an OpenID issuer are doors of the hub by `preau.yaml` alone; their people come from outside the GAR. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { silentLog, systemClock } from "@preau/kernel";
import { garSimulator, type RunningSimulator } from "@preau/simulators";
import { freePort, makeFolder } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { openHub } from "../src/hub.ts";
import { type Serving, serve } from "../src/serve.ts";
import { browserLike, type Reply } from "./browser-like.ts";

const SECRET = "of the tests, and of nobody else: 32 characters";

const configuration = (gar: string, secretFile: string) => `
controllers:
  - id: college
    kind: school
    name: Collège inventé
    uai: 0359902Y
    contracts:
      - { reference: INV-1, products: [plume], startsOn: 2020-09-01 }
plugins:
  gar:
    providers:
      - id: ent
        protocol: cas
        controller: college
        roles: { Teacher: teacher }
        attributes:
          IDO: cas:user
          UAI: schools.school@externalId
          PRO: profile
          NOM: lastName
          PRE: firstName
          P_MEL: email
          DIV: classes.classe@externalId##
        declared: [IDO, UAI, PRO, NOM, PRE, P_MEL, DIV]
        cas: { server: ${gar}/ent }
      - id: academy
        protocol: oidc
        controller: college
        roles: { ENS: teacher }
        attributes: { IDO: sub, PRO: typProfil }
        declared: [IDO, PRO, NOM, PRE, P_MEL]
        oidc:
          issuer: ${gar}/oidc
          clientId: college
          clientSecretFile: ${secretFile}
          scope: openid scope.gar
`;

const folder = makeFolder();
let serving: Serving;
let simulator: RunningSimulator;
beforeAll(async () => {
  const PREAU_PORT = String(await freePort());
  const hub = `http://127.0.0.1:${PREAU_PORT}`;
  const environment = { PREAU_PORT, PREAU_DATA: folder.path, PREAU_SIM_GAR_SUBSCRIPTIONS_PORT: "off" };
  simulator = await garSimulator.start({ port: 0, dataFolder: folder.path, environment });
  await fetch(`${simulator.url}/oidc/clients`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      ...{ id: "college", secret: SECRET, redirectUris: [`${hub}/sso/academy/callback`] },
      backChannelLogout: `${hub}/sso/academy/logout`,
    }),
  });
  // Any issuer: nobody else's asks for the GAR's name of a resource.
  await fetch(`${simulator.url}/_faults`, {
    method: "POST",
    body: new URLSearchParams({ "oidc-any-resource": "on" }),
  });

  const [file, secretFile] = [path.join(folder.path, "preau.yaml"), path.join(folder.path, "secret")];
  writeFileSync(secretFile, SECRET, { mode: 0o600 });
  writeFileSync(file, configuration(simulator.url, secretFile));
  const config = readConfig(
    { ...environment, PREAU_CONFIG: file, PREAU_REPLAY_LIST: path.join(folder.path, "replay") },
    folder.path,
  );
  serving = await serve(await openHub(config, { clock: systemClock, log: silentLog }));
});
afterAll(async () => {
  await serving.stop();
  await simulator.stop();
  folder.remove();
});

type Browser = ReturnType<typeof browserLike>;

async function comeIn(who: string, id: string): Promise<{ browser: Browser; page: Reply }> {
  const browser = browserLike();
  const choice = await browser.go(`${serving.url}/sso/${id}/login`);
  expect(choice.url).toContain(simulator.url);
  return { browser, page: await browser.submit(choice, "/idp/sign-in", `value="${who}"`) };
}

async function sessionOf(browser: Browser): Promise<Record<string, unknown> | number> {
  const { status, html } = await browser.go(`${serving.url}/session`);
  return status === 200 ? (JSON.parse(html) as Record<string, unknown>) : status;
}

const others = [
  { id: "ent", dropped: ["login", "displayName", "birthDate", "UAI", "DIV"] },
  { id: "academy", dropped: ["UAI", "DIV", "CIV", "P_MAT"] },
];

describe.each(others)("a provider of preau.yaml, /sso/$id (D4.1, DB.K.teacher)", ({ id, dropped }) => {
  it("signs a teacher in from outside the GAR, with what annex B names for that origin", async () => {
    const { browser, page } = await comeIn("prof.kerjean", id);
    expect([page.status, page.url]).toEqual([200, `${serving.url}/me`]);
    const session = (await sessionOf(browser)) as { categories: string[]; refusals: { clause: string }[] };
    expect(session).toMatchObject({
      subject: expect.stringMatching(/^sub_[0-9a-z]+$/) as string,
      origin: "outsideGar",
      role: "teacher",
      dropped: expect.arrayContaining(dropped) as string[],
    });
    expect([...session.categories].sort()).toEqual(["connectionAndUsage", "name", "profile", "workEmail"]);
    expect(session.refusals.map(({ clause }) => clause)).toContain("DB.K.teacher");
  });

  it.each(["autre.inconnu", "dir.brasier"])("refuses %s, whose profile has no role here", async (who) => {
    const { browser, page } = await comeIn(who, id);
    expect([page.status, await sessionOf(browser)]).toEqual([403, 401]);
    expect(page.html).toContain("GAR_ROLE_REFUSED");
  });

  it("ends the session at the provider's word (DD.7)", async () => {
    const { browser } = await comeIn("prof.kerjean", id);
    expect(await sessionOf(browser)).toMatchObject({ role: "teacher" });
    await browser.go(`${simulator.url}/mediacentre/sign-out`, { method: "POST" });
    expect(await sessionOf(browser)).toBe(401);
  });
});

describe("providers are strangers to each other (D4.1)", () => {
  it("makes two subjects of one person who comes by both", async () => {
    const subjects = [];
    for (const { id } of others) {
      const { browser } = await comeIn("prof.kerjean", id);
      subjects.push(((await sessionOf(browser)) as { subject: string }).subject);
    }
    expect(new Set(subjects).size).toBe(2);
  });

  it("has no door for one that is not configured", async () => {
    expect((await browserLike().go(`${serving.url}/sso/nobody/login`)).status).toBe(404);
    expect((await browserLike().go(`${serving.url}/gar/cas/login`)).status).toBe(404);
  });
});
