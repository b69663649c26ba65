/** Several replicas, a restart, several controllers: what one has used up is used up for all, and scopes stay apart. */

import { controllerId } from "@preau/kernel";
import { type DatabaseKind, freshDatabase, makeFolder, mariaDbSkipReason } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { base64, ido, signedResponse, teacher } from "./identity-provider.ts";
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

const reason = mariaDbSkipReason();
if (reason !== undefined) process.stderr.write(`skipped: the GAR's replicas on MariaDB: ${reason}\n`);
const kinds: DatabaseKind[] = reason === undefined || process.env["CI"] ? ["sqlite", "mariadb"] : ["sqlite"];

describe.each(kinds)("replay across replicas on %s (SAML profiles §4.1.4.5)", (kind) => {
  it("of twenty copies at two replicas, one makes a session", async () => {
    const [url, folder] = [await freshUrl(kind), sharedFolder()];
    const replicas = [await open({ url, folder }), await open({ url, folder })];
    const browser = replicas[0]!.browser();
    const other = replicas[1]!.browser();
    const { requestId } = await browser.begin();
    for (const [name, value] of browser.cookies) other.cookies.set(name, value);
    const document = base64(signedResponse(browser.fieldsFor(requestId)));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? browser : other).post(document)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array<number>(19).fill(403)]);
    expect(replicas.flatMap(({ emitted }) => emitted)).toHaveLength(1);
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
