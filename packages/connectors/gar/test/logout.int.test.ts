/** The provider ends sessions: verified as strictly as a sign-in, once, wherever the browser is. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { stranger } from "./attempt.ts";
import { ido, idpMetadata, makeKey } from "./identity-provider.ts";
import {
  bothServices,
  envelope,
  honestLogout,
  type LogoutFields,
  logoutXml,
  nameId,
  providerOf,
  redirectQuery,
  sessionIndex,
  signedIn,
  signedLogout,
} from "./logout-messages.ts";
import { makeWorld, openWorld as open, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld({ metadata: idpMetadata(undefined, { logout: bothServices }) });
});
afterAll(() => world.close());

type Provider = ReturnType<typeof providerOf>;
const bindings: [string, (provider: Provider, fields: LogoutFields) => ReturnType<Provider["soap"]>][] = [
  ["HTTP-Redirect", (provider, fields) => provider.redirect(redirectQuery(logoutXml(fields)))],
  ["HTTP-POST", (provider, fields) => provider.post(signedLogout(fields))],
  ["SOAP", (provider, fields) => provider.soap(envelope(signedLogout(fields)))],
];

/** One session stands under all that is refused: it must survive each, and an honest message must then end it. */
let standing: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  standing = await signedIn(world);
});

/** Sends what must be refused. */
async function refused(send: (provider: Provider, honest: LogoutFields) => ReturnType<Provider["soap"]>) {
  world.clock.advance(60_000); // one entry a reason and a minute
  const { browser, name, index } = standing;
  const answer = await send(providerOf(world), honestLogout(world, name, index));
  const [entry] = await world.entries("gar.signInRefused");
  const alive = (await browser.session()) !== 401;
  return { status: answer.status, reason: entry?.payload?.["reason"], alive };
}

/** The control of all the tables together. */
afterAll(async () => {
  const { browser, name, index } = standing;
  const answer = await providerOf(world).soap(envelope(signedLogout(honestLogout(world, name, index))));
  expect([answer.status, await browser.session()]).toEqual([200, 401]);
});

const kept = (reason: string) => ({ status: 403, reason, alive: true });

describe.each(bindings)("logout by the provider over %s (SAML profiles §4.4, DD.7)", (_name, send) => {
  it("ends the session that it names, without the browser, and no other", async () => {
    const [one, other] = [await signedIn(world), await signedIn(world)];
    const answer = await send(providerOf(world), honestLogout(world, one.name, one.index));
    expect(answer.status).toBeLessThan(400);
    expect(await one.browser.session()).toBe(401);
    expect(await other.browser.session()).toMatchObject({ role: "teacher" });
    const [entry] = await world.entries("gar.signedOutByProvider");
    expect(entry?.payload).toEqual({ provider: "gar.saml", sessions: 1 });
  });

  it("ends every session of the person when it names none", async () => {
    const one = await signedIn(world);
    await send(providerOf(world), honestLogout(world, one.name, undefined));
    expect(await one.browser.session()).toBe(401);
  });

  it("is refused the second time, and ends nothing that began since", async () => {
    const one = await signedIn(world);
    const request = honestLogout(world, one.name, undefined);
    await send(providerOf(world), request);
    expect((await send(providerOf(world), request)).status).toBe(403);
    expect((await world.entries("gar.signedOutByProvider"))[0]?.payload).toMatchObject({ sessions: 1 });
  });

  const wrong: [string, (fields: LogoutFields) => Partial<LogoutFields>, string][] = [
    ["another destination", () => ({ destination: "https://other.example/logout" }), "wrongDestination"],
    ["no destination", () => ({ destination: undefined }), "wrongDestination"],
    [
      "our consumer's address",
      (f) => ({ destination: f.destination?.replace("logout", "acs") }),
      "wrongDestination",
    ],
    ["another issuer", () => ({ issuer: "https://other.example/idp" }), "wrongIssuer"],
    ["version 1.1", () => ({ version: "1.1" }), "wrongVersion"],
    [
      "an hour old",
      (f) => ({ issuedAt: f.issuedAt - 3_600_000, notOnOrAfter: f.issuedAt + 300_000 }),
      "expired",
    ],
    ["from the future", (f) => ({ issuedAt: f.issuedAt + 61_000 }), "wrongTime"],
    ["past its NotOnOrAfter", (f) => ({ notOnOrAfter: f.issuedAt - 61_000 }), "expired"],
    [
      "nobody's name",
      (f) => ({ content: f.content.replace(/<saml:NameID>.*<\/saml:NameID>/, "") }),
      "unknownShape",
    ],
    ["an empty name", (f) => ({ content: f.content.replace(/_name-\d+/, "") }), "unknownShape"],
    ["two names", (f) => ({ content: nameId("_other") + f.content }), "unknownShape"],
    [
      "an extension",
      (f) => ({ content: `<samlp:Extensions><x xmlns="urn:x"/></samlp:Extensions>${f.content}` }),
      "unknownShape",
    ],
    ["a second ID under a prefix", () => ({ more: ' xmlns:x="urn:x" x:ID="_x"' }), "unknownShape"],
    ["no ID", () => ({ id: "" }), "unknownShape"],
    ["an empty index", (f) => ({ content: f.content + sessionIndex("") }), "unknownShape"],
    ["a thousand indexes", (f) => ({ content: f.content + sessionIndex("_x").repeat(17) }), "unknownShape"],
  ];
  it.each(wrong)("refuses %s, and the session goes on", async (_what, change, reason) => {
    expect(await refused((provider, fields) => send(provider, { ...fields, ...change(fields) }))).toEqual(
      kept(reason),
    );
  });

  it.each([
    ["another's name with this index", (f: LogoutFields) => f.content.replace(/_name-\d+/, "_other")],
    [
      "this name with an index that is no session's",
      (f: LogoutFields) => f.content.replace(/_session\d+/, "_none"),
    ],
  ])("ends nothing for %s (core §3.7.3.1)", async (_what, content) => {
    const result = await refused((provider, fields) =>
      send(provider, { ...fields, content: content(fields) }),
    );
    expect(result).toMatchObject({ alive: true });
  });
});

describe("signatures of logout messages (SAML bindings §3.2–3.5)", () => {
  const tampered = (xml: string) => xml.replace(/_session\d+/, "_session0");
  const forged = (f: LogoutFields) => logoutXml({ ...f, id: "_forged" });
  const documents: [string, (fields: LogoutFields) => string, string][] = [
    ["unsigned", (f) => logoutXml(f), "unsignedMessage"],
    ["by a stranger's key", (f) => signedLogout(f, { key: stranger }), "badSignature"],
    [
      "by a stranger's key that names none",
      (f) => signedLogout(f, { key: stranger }).replace(/<KeyInfo>.*<\/KeyInfo>/, ""),
      "badSignature",
    ],
    ["with SHA-1", (f) => signedLogout(f, { hash: "sha1" }), "weakAlgorithm"],
    ["changed after signing", (f) => tampered(signedLogout(f)), "badSignature"],
    [
      "with the name changed after signing",
      (f) => signedLogout(f).replace(/_name-\d+/, "_name-0"),
      "badSignature",
    ],
    [
      "in the Extensions of a forged one",
      (f) => forged(f).replace("</saml:Issuer>", `$&<samlp:Extensions>${signedLogout(f)}</samlp:Extensions>`),
      "unsignedMessage",
    ],
    [
      "in an Object of a forged one's signature",
      (f) => {
        const honest = signedLogout(f);
        const signature = /<Signature.*<\/Signature>/s.exec(honest)?.[0] ?? "";
        const holder = signature.replace(
          "</Signature>",
          `<Object>${honest.replace(signature, "")}</Object></Signature>`,
        );
        return forged(f).replace("</saml:Issuer>", `$&${holder}`);
      },
      "unknownShape",
    ],
    [
      "moved to a forged one",
      (f) =>
        forged(f).replace(
          "</saml:Issuer>",
          `$&${/<Signature.*<\/Signature>/s.exec(signedLogout(f))?.[0] ?? ""}`,
        ),
      "unknownShape",
    ],
    [
      "with a Reference in its KeyInfo, which nothing covers",
      (f) => signedLogout(f).replace("<KeyInfo>", '<KeyInfo><Reference URI="#x"/>'),
      "unknownShape",
    ],
    ["with a document type", (f) => `<!DOCTYPE x>${signedLogout(f)}`, "notXml"],
    ["with a comment in the name", (f) => signedLogout(f).replace(/_name-/, "_na<!-- -->me-"), "notXml"],
    [
      "25,000 characters long",
      (f) => signedLogout({ ...f, content: f.content + sessionIndex("x".repeat(25_000)) }),
      "notXml",
    ],
  ];
  it.each(documents)("a form with a message %s ends nothing", async (_what, document, reason) => {
    expect(await refused((provider, fields) => provider.post(document(fields)))).toEqual(kept(reason));
  });
  it.each(documents)("an envelope with a message %s ends nothing", async (_what, document, reason) => {
    const sent = (xml: string) =>
      xml.startsWith("<!DOCTYPE x>") ? `<!DOCTYPE x>${envelope(xml.slice(12)).slice(21)}` : envelope(xml);
    expect(await refused((provider, fields) => provider.soap(sent(document(fields))))).toEqual(kept(reason));
  });

  const signed = (f: LogoutFields) => redirectQuery(logoutXml(f));
  const swap = (query: string, name: string, value: string) =>
    query.replace(new RegExp(`(^|&)${name}=[^&]*`), `$1${name}=${value}`);
  const messageOf = (query: string) => /SAMLRequest=([^&]*)/.exec(query)?.[1] ?? "";
  const bomb = (f: LogoutFields) =>
    redirectQuery(logoutXml({ ...f, content: f.content + " ".repeat(10_000_000) }));
  const queries: [string, (fields: LogoutFields) => string, string][] = [
    ["unsigned", (f) => signed(f).replace(/&SigAlg=.*/, ""), "unsignedMessage"],
    ["without its algorithm", (f) => signed(f).replace(/&SigAlg=[^&]*/, ""), "unsignedMessage"],
    ["by a stranger's key", (f) => redirectQuery(logoutXml(f), { key: stranger }), "badSignature"],
    ["with SHA-1", (f) => redirectQuery(logoutXml(f), { hash: "sha1" }), "weakAlgorithm"],
    ["of an algorithm that nobody knows", (f) => swap(signed(f), "SigAlg", "__proto__"), "weakAlgorithm"],
    [
      "with another message's signature",
      (f) => swap(signed(f), "SAMLRequest", messageOf(signed({ ...f, id: "_x" }))),
      "badSignature",
    ],
    ["with a RelayState that was not signed", (f) => `${signed(f)}&RelayState=x`, "badSignature"],
    [
      "whose RelayState was taken away",
      (f) => redirectQuery(logoutXml(f), { relayState: "x" }).replace("&RelayState=x", ""),
      "badSignature",
    ],
    [
      "with two requests (CVE-2025-27773)",
      (f) => `${signed(f)}&SAMLRequest=${messageOf(signed({ ...f, id: "_x" }))}`,
      "unknownShape",
    ],
    ["with two algorithms", (f) => `SigAlg=x&${signed(f)}`, "unknownShape"],
    ["with a request and a response", (f) => `${signed(f)}&SAMLResponse=${messageOf(signed(f))}`, "notForm"],
    [
      "with a name that is percent-encoded",
      (f) => signed(f).replace("SAMLRequest", "%53AMLRequest"),
      "unknownShape",
    ],
    ["with a parameter more", (f) => `${signed(f)}&next=%2F`, "unknownShape"],
    ["as a response", (f) => signed(f).replace("SAMLRequest", "SAMLResponse"), "badSignature"],
    ["signed as a response", (f) => redirectQuery(logoutXml(f), { as: "SAMLResponse" }), "unknownShape"],
    ["with a broken escape", (f) => swap(signed(f), "SAMLRequest", "%E0%A4%A"), "unknownShape"],
    ["that inflates to 10 MB", bomb, "notXml"],
    ["with a signature of its own within", (f) => redirectQuery(signedLogout(f)), "unknownShape"],
  ];
  it.each(queries)("a query %s ends nothing", async (_what, query, reason) => {
    const result = await refused((provider, fields) => provider.redirect(query(fields)));
    expect(result).toEqual(kept(reason));
  });

  const bodies: [string, (honest: string) => string, string][] = [
    ["a header", (honest) => envelope(honest, "<S:Header><x xmlns='urn:x'/></S:Header>"), "unknownShape"],
    ["two messages", (honest) => envelope(honest + honest.replace(/ID="[^"]*"/, 'ID="_x"')), "unknownShape"],
    ["something beside the message", (honest) => envelope(`${honest}<x xmlns="urn:x"/>`), "unknownShape"],
    ["no envelope", (honest) => honest, "unknownShape"],
    [
      "an envelope of SOAP 1.2",
      (honest) =>
        envelope(honest).replace(
          "http://schemas.xmlsoap.org/soap/envelope/",
          "http://www.w3.org/2003/05/soap-envelope",
        ),
      "unknownShape",
    ],
    ["an envelope within", (honest) => envelope(envelope(honest).slice(21)), "unknownShape"],
    ["no XML", () => "logout", "notXml"],
    ["no UTF-8", (honest) => envelope(honest).replace("_name", "_name\uFFFD"), "badSignature"],
  ];
  it.each(bodies)("an envelope with %s ends nothing", async (_what, body, reason) => {
    expect(await refused((provider, fields) => provider.soap(body(signedLogout(fields))))).toEqual(
      kept(reason),
    );
  });

  it("a message that the signed one is not, of twenty copies one counts", async () => {
    const one = await signedIn(world);
    const body = envelope(signedLogout(honestLogout(world, one.name, one.index)));
    const answers = await Promise.all(Array.from({ length: 20 }, () => providerOf(world).soap(body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(403)]);
  });

  it("a form with a request in the place of a response ends nothing", async () => {
    const result = await refused((provider, fields) =>
      provider.post(signedLogout(fields), {}, undefined, "SAMLResponse"),
    );
    expect(result).toEqual(kept("unknownShape"));
  });

  it("a form that comes twice, or holds both, ends nothing", async () => {
    const one = await signedIn(world);
    const document = Buffer.from(signedLogout(honestLogout(world, one.name, one.index))).toString("base64");
    const field = `SAMLRequest=${encodeURIComponent(document)}`;
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    for (const body of [
      `${field}&${field}`,
      `${field}&SAMLResponse=x`,
      `${field}&RelayState=1&RelayState=2`,
    ]) {
      const answer = await one.browser.ask("/gar/saml/logout", { method: "POST", headers, body });
      expect(answer.status).toBe(403);
    }
    const answer = await one.browser.ask("/gar/saml/logout", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ SAMLRequest: document }),
    });
    expect(answer.status).toBe(403);
    expect(await one.browser.session()).toMatchObject({ role: "teacher" });
  });
});

it("a message by the provider's next key ends sessions at once, by another one within the minute", async () => {
  const [next, third] = [makeKey("Next"), makeKey("Third")];
  const changing = await open({ metadata: idpMetadata() });
  const [one, two] = [await signedIn(changing), await signedIn(changing)];
  const publish = (key: typeof next) => writeFileSync(`${changing.folder}/idp.xml`, idpMetadata([key]));
  publish(next);
  const query = redirectQuery(logoutXml(honestLogout(changing, one.name, one.index)), { key: next });
  expect((await providerOf(changing).redirect(query)).status).toBe(303);
  publish(third);
  const soap = () => {
    const logout = honestLogout(changing, two.name, two.index);
    return providerOf(changing).soap(envelope(signedLogout(logout, { key: third })));
  };
  expect((await soap()).status).toBe(403);
  changing.clock.advance(60_000);
  expect((await soap()).status).toBe(200);
  expect([await one.browser.session(), await two.browser.session()]).toEqual([401, 401]);
});

it("a provider whose logouts do not remember the person names the session alone", async () => {
  const one = await signedIn(world);
  await providerOf(world).soap(envelope(signedLogout(honestLogout(world, "@NOT_USED@", one.index))));
  expect(await one.browser.session()).toBe(401);
});

it("another provider ends none of these sessions, though its metadata take this one's name (DD.7)", async () => {
  const folder = makeFolder();
  onTestFinished(() => folder.remove());
  const idpFile = join(folder.path, "ent.xml");
  writeFileSync(idpFile, idpMetadata([stranger]));
  const saml = { idpMetadata: idpFile, keyFile: join(folder.path, "ent.pem") };
  const ent = { id: "ent", protocol: "saml", controller: "school-1", roles: {}, saml };
  const two = await open({ options: { providers: [ent] } });
  const one = await signedIn(two);
  const destination = two.names.logout.replace("/gar/saml/", "/sso/ent/");
  for (const index of [one.index, undefined]) {
    const request = { ...honestLogout(two, one.name, index), destination };
    const answer = await providerOf(two, "/sso/ent/logout").soap(
      envelope(signedLogout(request, { key: stranger })),
    );
    expect(answer.status).toBe(200);
  }
  expect(await one.browser.session()).toMatchObject({ role: "teacher" });
});

it("no message leaves a name, an index or an identifier in the log", async () => {
  const one = await signedIn(world);
  for (const [, send] of bindings) await send(providerOf(world), honestLogout(world, one.name, one.index));
  const logged = world.lines.join("\n");
  for (const secret of [one.name, one.index, ido(one.name)]) expect(logged).not.toContain(secret);
});
