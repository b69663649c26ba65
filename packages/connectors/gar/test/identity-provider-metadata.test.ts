import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { addHours, instant, isFault, type Log, manualClock, silentLog } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseIdentityProvider } from "../src/saml/identity-provider-metadata.ts";
import { identityProviderSource } from "../src/saml/identity-provider-source.ts";
import { idpEntityId, idpKey, idpMetadata, makeKey, signOnUrl } from "./identity-provider.ts";
import { logoutServices } from "./logout-messages.ts";

const now = instant("2026-11-23T08:00:00.000Z");
const parse = (text: string, entityId?: string) =>
  parseIdentityProvider(text, { place: "idp.xml", now, entityId });

function refusal(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return isFault(error, "GAR_METADATA_UNREADABLE") ? error.place : "another error";
  }
}

describe("metadata of the identity provider (SAML metadata §2.4.3)", () => {
  it("gives entity, address and every signing certificate", () => {
    const second = makeKey("Second");
    const provider = parse(`<?xml version="1.0"?><!-- a comment -->${idpMetadata([idpKey, second])}`);
    expect(provider).toMatchObject({ entityId: idpEntityId, signOnUrl, validUntil: undefined });
    expect(provider.certificates.map((pem) => pem.trim())).toEqual(
      [idpKey, second].map(({ certificate }) => certificate.trim()),
    );
  });

  it("takes the one that is named among several", () => {
    const both = `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${idpMetadata()}${idpMetadata([idpKey], { entityId: "https://two.example" })}</md:EntitiesDescriptor>`;
    expect(parse(both, "https://two.example").entityId).toBe("https://two.example");
    expect(refusal(() => parse(both))).toContain("several");
    expect(refusal(() => parse(both, "https://three.example"))).toContain("no identity provider");
  });

  it("takes http where it stays on this machine, and no part in a logout that does not (DD.9)", () => {
    const here = signOnUrl.replace("https://idp.example", "http://127.0.0.1:8701");
    expect(parse(idpMetadata().replace(signOnUrl, here)).signOnUrl).toBe(here);
    const logoutAt = (logout: string) => parse(idpMetadata([idpKey], { logout })).logout;
    const { redirect, post } = logoutServices;
    expect(logoutAt(redirect + post.replaceAll("https:", "http:"))).toMatchObject({
      redirect: { requests: expect.stringMatching(/^https:/) },
      post: undefined,
    });
  });

  const weak = idpMetadata().replace(/<ds:X509Certificate>[^<]*/, "<ds:X509Certificate>AAAA");
  const bad: [string, string][] = [
    ["a document type", `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${idpMetadata()}`],
    ["5 MB", idpMetadata() + " ".repeat(5_000_000)],
    [
      "30,000 elements",
      idpMetadata().replace("</md:EntityDescriptor>", `${"<x/>".repeat(30_000)}</md:EntityDescriptor>`),
    ],
    ["no XML", "Not found"],
    ["metadata of a service provider", idpMetadata().replaceAll("IDPSSODescriptor", "SPSSODescriptor")],
    ["validUntil passed", idpMetadata([idpKey], { validUntil: "2026-11-22T08:00:00Z" })],
    ["validUntil unreadable", idpMetadata([idpKey], { validUntil: "soon" })],
    ["no certificate", idpMetadata([])],
    ["a certificate that is none", weak],
    ["no address", idpMetadata().replace(/<md:SingleSignOnService[^>]*>/, "")],
    ["an address without TLS", idpMetadata().replace(signOnUrl, signOnUrl.replace("https:", "http:"))],
    ["an address of another scheme", idpMetadata().replace(signOnUrl, "javascript:alert(1)")],
  ];
  it.each(bad)("refuses %s", (_name, text) => {
    expect(refusal(() => parse(text))).toMatch(/^idp\.xml: /);
  });
});

describe("where the metadata come from", () => {
  async function served(answer: () => { status: number; body: string }) {
    const server = createServer((_request, response) => {
      const { status, body } = answer();
      response.writeHead(status, status === 302 ? { location: "http://127.0.0.1:1/" } : {}).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metadata`;
  }
  const source = (location: string, clock = manualClock(now), log: Log = silentLog) =>
    identityProviderSource({ location, provider: "gar.saml", clock, log });

  it("reads them once an hour, and keeps the last good ones while the source is down", async () => {
    let asked = 0;
    let status = 200;
    const clock = manualClock(now);
    const from = source(await served(() => ({ status, body: (asked++, idpMetadata()) })), clock);
    await Promise.all([from.current(), from.current()]);
    await from.current();
    expect(asked).toBe(1);
    clock.set(addHours(now, 30)); // a date that jumps makes nothing old, nor anything old new again
    await from.current();
    expect(asked).toBe(1);
    clock.set(now);
    clock.advance(3_600_000);
    status = 503;
    expect((await from.current()).entityId).toBe(idpEntityId);
    expect(asked).toBe(2);
  });

  it("asks a source that is down once a minute, and serves what it has, or nothing, at once meanwhile", async () => {
    let asked = 0;
    let status = 503;
    const clock = manualClock(now);
    const from = source(await served(() => ({ status, body: (asked++, idpMetadata()) })), clock);
    const ask = async () => from.current().then(({ entityId }) => entityId, isFault);
    expect([await ask(), await ask(), asked]).toEqual([true, true, 1]);
    status = 200;
    clock.advance(60_000);
    expect([await ask(), asked]).toEqual([idpEntityId, 2]);
    status = 503;
    clock.advance(3_600_000);
    expect([await ask(), await ask(), asked]).toEqual([idpEntityId, idpEntityId, 3]);
    await Promise.all([from.refreshed(), from.refreshed()]); // an unknown key is asked about at once
    await from.refreshed();
    expect(asked).toBe(4);
    clock.advance(60_000);
    expect([await ask(), await ask(), asked]).toEqual([idpEntityId, idpEntityId, 5]);
  });

  it("reads them again when a key is unknown, once a minute at most", async () => {
    let asked = 0;
    const clock = manualClock(now);
    const from = source(await served(() => ({ status: 200, body: (asked++, idpMetadata()) })), clock);
    await from.current();
    await Promise.all([from.refreshed(), from.refreshed(), from.current()]);
    await from.refreshed();
    expect(asked).toBe(2);
    clock.advance(60_000);
    await from.refreshed();
    await from.refreshed();
    expect(asked).toBe(3);
  });

  it("gives up within the hour when they end within it (validUntil)", async () => {
    let status = 200;
    const clock = manualClock(now);
    const body = idpMetadata([idpKey], { validUntil: "2026-11-23T08:10:00Z" });
    const from = source(await served(() => ({ status, body })), clock);
    await from.current();
    status = 500;
    clock.advance(9 * 60_000);
    expect((await from.current()).entityId).toBe(idpEntityId);
    clock.advance(60_000);
    await expect(from.current()).rejects.toMatchObject({ code: "GAR_METADATA_UNREADABLE" });
  });

  it("stops reading a file without an end", async () => {
    const cpu = process.cpuUsage();
    await expect(source("/dev/zero").current()).rejects.toMatchObject({
      code: "GAR_METADATA_UNREADABLE",
      place: expect.stringContaining("larger than 1 MiB"),
    });
    expect(process.cpuUsage(cpu).user / 1_000).toBeLessThan(500);
  });

  it("gives up once they are no longer valid", async () => {
    let status = 200;
    const clock = manualClock(now);
    const body = idpMetadata([idpKey], { validUntil: "2026-11-23T10:00:00Z" });
    const from = source(await served(() => ({ status, body })), clock);
    await from.current();
    status = 500;
    clock.set(addHours(now, 3));
    await expect(from.current()).rejects.toMatchObject({ code: "GAR_METADATA_UNREADABLE" });
  });

  it("believes no http beyond this machine, no redirect, no endless body, no missing file", async () => {
    const bad = [
      "http://metadata.example/idp",
      await served(() => ({ status: 302, body: "" })),
      await served(() => ({ status: 200, body: "x".repeat(2_000_000) })),
      "/nonexistent/idp.xml",
    ];
    for (const location of bad) {
      await expect(source(location).current()).rejects.toMatchObject({ code: "GAR_METADATA_UNREADABLE" });
    }
  });

  it("reads a file, and warns a month before its last certificate ends", async () => {
    const folder = makeFolder();
    onTestFinished(() => folder.remove());
    const file = join(folder.path, "idp.xml");
    writeFileSync(file, idpMetadata());
    const lines: unknown[] = [];
    const log: Log = { ...silentLog, warn: (event, fields) => void lines.push([event, fields]) };
    await source(file, manualClock(now), log).current();
    expect(lines).toEqual([]);
    const clock = manualClock(instant("2035-12-20T08:00:00.000Z"));
    const late = source(file, clock, log);
    const line = { whose: "theirs", provider: "gar.saml", endsAt: "2035-12-30T00:00:00.000Z" };
    for (const hours of [0, 2, 2]) {
      clock.advance(hours * 3_600_000);
      await late.current();
    }
    expect(lines).toEqual([["gar.certificateEnds", line]]); // `at` is the time of every line
    clock.advance(24 * 3_600_000);
    await late.current();
    expect(lines).toHaveLength(2);
  });
});
