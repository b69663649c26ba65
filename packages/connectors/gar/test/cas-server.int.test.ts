import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { garOptions } from "../src/options.ts";
import {
  type Behaviour,
  type CasServer,
  casNs,
  casSignIn,
  flatXml,
  openBoth,
  openCas,
  startCasServer,
  successXml,
  tlsCertificate,
} from "./cas-server.ts";
import { ido, teacher } from "./identity-provider.ts";
import type { World } from "./world.ts";

describe("the server is asked over verified TLS, and believed within limits (D4.1)", () => {
  async function refusedBy(world: World, cas: CasServer, why: string) {
    const { answer, browser } = await casSignIn(world, cas);
    expect([answer.status, await browser.session()]).toEqual([403, 401]);
    expect((await world.entries("gar.signInRefused"))[0]?.payload).toMatchObject({
      reason: "untrustedAnswer",
    });
    expect(world.lines.join("\n")).toContain(`gar.casAnswer {"provider":"gar.cas","why":"${why}"}`);
    expect(world.emitted).toEqual([]);
  }

  it("believes a server that the authorities of `caFile` vouch for", async () => {
    const certificate = tlsCertificate();
    const cas = await startCasServer({ certificate });
    const caFile = fileWith(certificate);
    const world = await openCas({ server: cas.url, caFile });
    expect((await casSignIn(world, cas)).answer.status).toBe(303);
  });

  it.each([
    ["nobody vouches for it", () => undefined, tlsCertificate, "DEPTH_ZERO_SELF_SIGNED_CERT"],
    [
      "another authority is trusted",
      () => tlsCertificate("2021-01-01T00:00:00.000Z", 36_500, ["other.test"]),
      tlsCertificate,
      "DEPTH_ZERO_SELF_SIGNED_CERT",
    ],
    [
      "its certificate has expired",
      (own: string) => own,
      () => tlsCertificate("2001-01-01T00:00:00.000Z", 30),
      "CERT_HAS_EXPIRED",
    ],
    [
      "its certificate names another host",
      (own: string) => own,
      () => tlsCertificate("2020-01-01T00:00:00.000Z", 36_500, ["cas.example"]),
      "ERR_TLS_CERT_ALTNAME_INVALID",
    ],
  ])("refuses when %s", async (_name, trusted, made, why) => {
    const certificate = made();
    const cas = await startCasServer({ certificate });
    const authority = trusted(certificate);
    const world = await openCas({
      server: cas.url,
      ...(authority === undefined ? {} : { caFile: fileWith(authority) }),
    });
    await refusedBy(world, cas, why);
    expect(cas.asked).toEqual([]);
  });

  it("verifies whatever the environment says", async () => {
    const before = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    onTestFinished(() => {
      if (before === undefined) delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
      else process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = before;
    });
    const cas = await startCasServer({ certificate: tlsCertificate() });
    await refusedBy(await openCas({ server: cas.url }), cas, "DEPTH_ZERO_SELF_SIGNED_CERT");
  });

  it.each(["", "not a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])(
    "says so when the file of authorities holds %j, and reads it again",
    async (text) => {
      const certificate = tlsCertificate();
      const cas = await startCasServer({ certificate });
      const caFile = fileWith(text);
      const world = await openCas({ server: cas.url, caFile });
      await refusedBy(world, cas, "CA_FILE_UNREADABLE");
      writeFileSync(caFile, certificate);
      expect((await casSignIn(world, cas)).answer.status).toBe(303);
      writeFileSync(caFile, tlsCertificate("2021-01-01T00:00:00.000Z", 36_500, ["other.test"]));
      expect((await casSignIn(world, cas)).answer.status).toBe(403);
    },
  );

  it("says so when the file of authorities is missing", async () => {
    const cas = await startCasServer({ certificate: tlsCertificate() });
    const world = await openCas({ server: cas.url, caFile: "/nowhere/authority.pem" });
    await refusedBy(world, cas, "CA_FILE_UNREADABLE");
  });

  const disbelieved: readonly [string, string, Behaviour][] = [
    [
      "redirects",
      "STATUS_302",
      (_t, response) => void response.writeHead(302, { location: "/elsewhere" }).end(),
    ],
    [
      "refuses",
      "STATUS_403",
      (_t, response) => void response.writeHead(403).end(successXml(flatXml(teacher))),
    ],
    ["sends too much", "TOO_LARGE", (_t, response) => void response.end("x".repeat(70_000))],
    ["sends no UTF-8", "NOT_UTF8", (_t, response) => void response.end(Buffer.from([0xff, 0xfe, 0x3c]))],
  ];
  it.each(disbelieved)("refuses when it %s", async (_name, why, behaviour) => {
    const { cas, world } = await openBoth();
    cas.behave(behaviour);
    await refusedBy(world, cas, why);
  });

  const silent: readonly [string, string, Behaviour][] = [
    ["fails", "STATUS_500", (_t, response) => void response.writeHead(500).end(successXml(flatXml(teacher)))],
    ["never ends", "TIMEOUT", (_t, response) => void response.write("<")],
    ["never begins", "TIMEOUT", () => undefined],
    ["hangs up", "ECONNRESET", (_t, response) => void response.destroy()],
  ];
  it.each(silent)(
    "says that it does not answer when it %s, and burns nothing",
    async (_name, why, behaviour) => {
      const { cas, world } = await openBoth({ timeoutSeconds: 0.2 });
      const browser = world.browser();
      const location = (await browser.ask("/gar/cas/login")).headers.get("location") ?? "";
      cas.behave(behaviour);
      const answer = await browser.ask(cas.issue(location).path);
      expect([answer.status, await browser.session()]).toEqual([503, 401]);
      expect(JSON.parse(answer.text)).toMatchObject({ code: "GAR_PROVIDER_SILENT" });
      expect(world.lines.join("\n")).toContain(`gar.casAnswer {"provider":"gar.cas","why":"${why}"}`);
      cas.behave(undefined);
      expect((await browser.ask(cas.issue(location).path)).status).toBe(303);
    },
  );

  it.each([
    ["http beyond this machine", "http://cas.example"],
    ["a query", "https://cas.example/?x=1"],
    ["a password", "https://user:secret@cas.example/"],
    ["another protocol", "ftp://cas.example/"],
  ])("takes no address with %s", (_name, server) => {
    expect(garOptions.safeParse({ cas: { server } }).success).toBe(false);
  });
});

describe("an answer of the server in the wrong shape (CAS 3.0 §2.5)", () => {
  const honest = flatXml(teacher);
  const inner = `<cas:authenticationSuccess><cas:user>u</cas:user>${honest}</cas:authenticationSuccess>`;
  const failure = `<cas:authenticationFailure code="INVALID_TICKET">no</cas:authenticationFailure>`;
  const wrap = (inside: string) => `<cas:serviceResponse ${casNs}>${inside}</cas:serviceResponse>`;
  it.each([
    ["two successes", wrap(inner + inner), "unknownShape"],
    ["a success and a failure", wrap(inner + failure), "unknownShape"],
    ["a failure", wrap(failure), "ticketRefused"],
    [
      "a failure with a success in it",
      wrap(`<cas:authenticationFailure>${inner}</cas:authenticationFailure>`),
      "ticketRefused",
    ],
    ["nothing", wrap(""), "unknownShape"],
    [
      "a success of another namespace",
      successXml(honest).replace("yale.edu/tp/cas", "yale.edu/tp/other"),
      "unknownShape",
    ],
    [
      "an envelope of another namespace",
      `<x:serviceResponse xmlns:x="urn:x:y" ${casNs}>${inner}</x:serviceResponse>`,
      "unknownShape",
    ],
    [
      "a success in an envelope of another namespace",
      wrap(inner.replaceAll("cas:authenticationSuccess", "x:authenticationSuccess")).replace(
        "<cas:serviceResponse",
        '<cas:serviceResponse xmlns:x="urn:x:y"',
      ),
      "unknownShape",
    ],
    [
      "a user of another namespace",
      wrap(inner.replaceAll("cas:user", "x:user")).replace(
        "<cas:serviceResponse",
        '<cas:serviceResponse xmlns:x="urn:x:y"',
      ),
      "unknownShape",
    ],
    ["no namespace", successXml(honest).replace(` ${casNs}`, "").replaceAll("cas:", ""), "unknownShape"],
    [
      "an attribute of another namespace",
      successXml(honest.replace("<cas:IDO>", '<x:IDO xmlns:x="urn:x:y">x</x:IDO><cas:IDO>')),
      "unknownShape",
    ],
    [
      "another root",
      inner.replace("<cas:authenticationSuccess", `<cas:authenticationSuccess ${casNs}`),
      "unknownShape",
    ],
    ["two users", successXml(`<cas:user>v</cas:user>${honest}`), "unknownShape"],
    ["no user", wrap(inner.replace("<cas:user>u</cas:user>", "")), "unknownShape"],
    ["a comment in the user", successXml(honest, "adm<!-- -->in"), "notXml"],
    ["an element in the user", successXml(honest, "adm<cas:x/>"), "notXml"],
    ["CDATA in the user", successXml(honest, "<![CDATA[admin]]>"), "notXml"],
    ["a document type", `<!DOCTYPE x [<!ENTITY e "e">]>${successXml(honest, "&e;")}`, "notXml"],
    ["a processing instruction", successXml(`<?x y?>${honest}`), "notXml"],
    [
      "a ticket for proxies",
      successXml(`<cas:proxyGrantingTicket>PGTIOU-1</cas:proxyGrantingTicket>${honest}`),
      "unknownShape",
    ],
    [
      "proxies",
      successXml(`${honest}<cas:proxies><cas:proxy>https://p.test</cas:proxy></cas:proxies>`),
      "unknownShape",
    ],
    [
      "two identifiers",
      successXml(honest.replace("<cas:IDO>", `<cas:IDO>${ido("x")}</cas:IDO><cas:IDO>`)),
      "malformedIdentifier",
    ],
    ["JSON", '{"serviceResponse":{"authenticationSuccess":{"user":"u"}}}', "notXml"],
    ["elements without end", successXml("<cas:a>".repeat(4_000)), "notXml"],
  ])("refuses %s", async (_name, body, reason) => {
    const { cas, world } = await openBoth();
    const { answer, browser } = await casSignIn(world, cas, { body });
    expect([answer.status, await browser.session()]).toEqual([403, 401]);
    expect((await world.entries("gar.signInRefused"))[0]?.payload).toMatchObject({ reason });
  });
});

function fileWith(text: string): string {
  const folder = makeFolder();
  onTestFinished(() => folder.remove());
  const file = join(folder.path, "authority.pem");
  writeFileSync(file, text);
  return file;
}
