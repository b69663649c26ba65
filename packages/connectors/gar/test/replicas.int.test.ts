/** Several replicas, a restart, several controllers: what one has used up is used up for all, and scopes stay apart. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { controllerId } from "@preau/kernel";
import { type DatabaseKind, freshDatabase, makeFolder, mariaDbSkipReason } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { stranger } from "./attempt.ts";
import {
  assertionXml,
  base64,
  ido,
  idpMetadata,
  responseXml,
  signedResponse,
  teacher,
} from "./identity-provider.ts";
import { makeWorld, type WorldOptions } from "./world.ts";

async function open(options: WorldOptions) {
  const world = await makeWorld(options);
  onTestFinished(() => world.close());
  return world;
}

async function freshUrl(kind: DatabaseKind) {
  const database = await freshDatabase(kind);
  onTestFinished(() => database.remove());
  return database.url;
}

function sharedFolder() {
  const folder = makeFolder();
  onTestFinished(() => folder.remove());
  return folder.path;
}

const PROGRAM = join(import.meta.dirname, "programs", "serve-connector.ts");

/** A second connector over the same database, in a process of its own; its address. */
async function startProcess(url: string, folder: string) {
  const metadata = join(folder, "provider.xml");
  writeFileSync(metadata, idpMetadata());
  const child = spawn(process.execPath, ["--conditions=@preau/source", PROGRAM, url, folder, metadata], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(async () => {
    child.stdin.end();
    if (child.exitCode === null) await once(child, "exit");
  });
  const spoken = once(child.stdout, "data") as Promise<[Buffer]>;
  const ended = once(child, "exit").then(() => Promise.reject(new Error("the program has ended")));
  const [line] = await Promise.race([spoken, ended]);
  return line.toString().trim();
}

const reason = mariaDbSkipReason();
if (reason !== undefined) process.stderr.write(`skipped: the GAR's replicas on MariaDB: ${reason}\n`);
const kinds: DatabaseKind[] = reason === undefined || process.env["CI"] ? ["sqlite", "mariadb"] : ["sqlite"];

describe.each(kinds)("replay across replicas on %s (SAML profiles §4.1.4.5)", (kind) => {
  it("of twenty copies at two processes, one makes a session, and junk before them burns nothing", async () => {
    const [url, folder] = [await freshUrl(kind), sharedFolder()];
    const world = await open({ url, folder });
    const other = await startProcess(url, folder);
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const fields = browser.fieldsFor(requestId);
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const post = async (at: string, document: string) => {
      const body = new URLSearchParams({ SAMLResponse: base64(document) });
      const headers = { cookie, origin: "https://idp.example" };
      const answer = await fetch(`${at}/gar/saml/acs`, { method: "POST", headers, body, redirect: "manual" });
      await answer.arrayBuffer();
      return answer.status;
    };
    const atBoth = (document: string) =>
      Promise.all(Array.from({ length: 20 }, (_, n) => post(n % 2 === 0 ? world.base : other, document)));

    const refused = Array<number>(20).fill(403);
    expect(await atBoth(responseXml(fields, assertionXml(fields)))).toEqual(refused);
    expect(await atBoth(signedResponse(fields, { key: stranger }))).toEqual(refused);
    expect(await atBoth(signedResponse({ ...fields, nameId: "x" }).replace("<saml:NameID>x", "$&y"))).toEqual(
      refused,
    );
    const honest = signedResponse(fields);
    expect((await atBoth(honest)).sort()).toEqual([303, ...refused.slice(1)]);
    expect(await world.entries("gar.signedIn")).toHaveLength(1);

    const fresh = await browser.begin();
    const again = { ...fields, inResponseTo: fresh.requestId, responseInResponseTo: fresh.requestId };
    expect(await atBoth(signedResponse(again))).toEqual(refused);
    expect(await world.entries("gar.signedIn")).toHaveLength(1);
  });

  it("after a restart the first copy still counts, and what was begun can be finished", async () => {
    const [url, folder] = [await freshUrl(kind), sharedFolder()];
    const before = await makeWorld({ url, folder });
    const browser = before.browser();
    const used = await browser.begin();
    const document = base64(signedResponse(browser.fieldsFor(used.requestId)));
    expect((await browser.post(document)).status).toBe(303);
    const begun = await browser.begin();
    await before.close();

    const after = await open({ url, folder });
    const again = after.browser();
    for (const [name, value] of browser.cookies) again.cookies.set(name, value);
    expect((await again.post(document)).status).toBe(403);
    expect((await again.post(base64(signedResponse(again.fieldsFor(begun.requestId))))).status).toBe(303);
  });

  it("a request that is too old is no request, and is swept", async () => {
    const [url, folder] = [await freshUrl(kind), sharedFolder()];
    const world = await open({ url, folder });
    const browser = world.browser();
    const { requestId } = await browser.begin();
    world.clock.advance(30 * 60_000);
    expect((await browser.post(base64(signedResponse(browser.fieldsFor(requestId))))).status).toBe(403);
    await world.browser().begin();
    const left = await world.database.knex("gar_request").select<{ id: string }[]>("id");
    expect(left.map(({ id }) => id)).not.toContain(requestId);
    expect(left).toHaveLength(1);
  });

  it("as many requests as one address may begin in a minute, and more, are swept at once", async () => {
    const world = await open({ url: await freshUrl(kind) });
    await world.browser().begin();
    const row = await world.database.knex("gar_request").first<Record<string, string>>();
    for (let part = 0; part < 13; part += 1) {
      const rows = Array.from({ length: 100 }, (_, n) => ({ ...row, id: `_${part}-${n}` }));
      await world.database.knex("gar_request").insert(rows);
    }
    world.clock.advance(30 * 60_000);
    await world.browser().begin();
    expect(await world.database.knex("gar_request").select("id")).toHaveLength(1);
  });
});

describe("two controllers on one database (tenant isolation)", () => {
  it("neither finishes what the other began, and a person is another subject for each", async () => {
    const [url, folder] = [await freshUrl("sqlite"), sharedFolder()];
    const one = await open({ url, folder, options: { controller: "ministry" } });
    const two = await open({ url, folder, options: { controller: "school-1" } });
    const [a, b] = [one.browser(), two.browser()];
    const begun = await a.begin();
    for (const [name, value] of a.cookies) b.cookies.set(name, value);
    expect((await b.post(base64(signedResponse(b.fieldsFor(begun.requestId))))).status).toBe(403);
    expect((await a.post(base64(signedResponse(a.fieldsFor(begun.requestId))))).status).toBe(303);
    const second = await b.begin();
    expect((await b.post(base64(signedResponse(b.fieldsFor(second.requestId))))).status).toBe(303);
    const [here, there] = [one.emitted[0], two.emitted[0]];
    expect([here?.controller, there?.controller]).toEqual(["ministry", "school-1"]);
    expect(here?.subject).not.toBe(there?.subject);
    const found = await one.unitOfWork.transaction((unit) =>
      one.subjects.identifiers(unit, controllerId("school-1"), here!.subject),
    );
    expect(found).toEqual([]);
    expect((await one.entries("gar.signedIn")).map(({ controller }) => controller)).toEqual(["ministry"]);
  });
});

describe("roles at the connector's routes", () => {
  const routes: [string, string, number][] = [
    ["GET", "/gar/saml/login", 302],
    ["POST", "/gar/saml/acs", 403],
    ["GET", "/gar/saml/metadata", 200],
    ["POST", "/gar/saml/logout", 401],
    ["GET", "/session", 401],
    ["GET", "/gar/saml/logout", 403],
    ["GET", "/gar/saml/acs", 405],
  ];
  it.each(routes)("%s %s without a session answers %d", async (method, path, status) => {
    const world = await open({});
    expect((await world.browser().ask(path, { method })).status).toBe(status);
  });

  it("a moving check of the gate refuses a sign-in with its own clause (D4.1)", async () => {
    const restricted = {
      id: "restricted",
      clause: "D10.1",
      concerns: (flow: { subject?: string }) => flow.subject !== undefined,
      check: async () => ({ allowed: false, clause: "D10.1", reason: "RESTRICTED" }) as const,
    };
    const world = await open({ checks: [restricted] });
    const browser = world.browser();
    const attempt = async () => {
      const { requestId } = await browser.begin();
      const attributes = { ...teacher, IDO: [ido("restricted")] };
      return browser.post(base64(signedResponse({ ...browser.fieldsFor(requestId), attributes })));
    };
    expect((await attempt()).status).toBe(303); // nobody knew her yet, so nothing could be restricted
    const answer = await attempt();
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text)).toMatchObject({ code: "GATE_REFUSED", clause: "D10.1" });
    const [entry] = await world.entries("gar.signInRefused");
    expect(entry?.payload).toEqual({ code: "GATE_REFUSED", reason: "RESTRICTED", under: "D10.1", count: 1 });
  });
});
