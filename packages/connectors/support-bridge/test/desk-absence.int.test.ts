/** Only the desk's own word makes something absent: a wrong address, website or proxy erases nothing (DC, D12.2). */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { instant, manualClock } from "@preau/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkReach } from "../src/check-desk.ts";
import { guardedFetch } from "../src/guarded-fetch.ts";
import { crispClient } from "../src/sources/crisp-client.ts";
import { standardClient } from "../src/sources/standard-client.ts";
import { sessionOf, WEBSITE } from "./support-house.ts";

const [SESSION, PERSON] = [sessionOf(1), "0f5c9b1e-1111-4222-8333-944444444444"];
const REFUSED = { code: "SUPPORT_DESK_REFUSED" };
interface Told {
  readonly status: number;
  readonly body: string;
}
const told = (status: number, body: unknown): Told => ({ status, body: JSON.stringify(body) });
const absent = told(404, { error: true, reason: "not_found", data: {} });
const website = told(200, { error: false, reason: "resolved", data: { website_id: WEBSITE } });
let ours: Told = website;
let other: Told = absent;
let asked: string[] = [];
const server = createServer((request, response) => {
  request.resume();
  asked.push(request.url ?? "");
  const { status, body } = request.url?.endsWith(WEBSITE) ? ours : other;
  response.writeHead(status).end(body);
});
let api = "";
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => void server.close());
beforeEach(() => {
  ours = website;
  other = absent;
  asked = [];
});

const fetch = guardedFetch({
  wall: { search: () => Promise.resolve([]) },
  unitOfWork: { transaction: (work) => work({} as never) },
});
const crisp = () =>
  crispClient({ fetch, api, website: WEBSITE, identifier: "i", key: "k", recipient: "supportDesk" });
const standard = () =>
  standardClient({
    ...{ fetch, api, recipient: "supportDesk", key: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr" },
    clock: manualClock(instant(Date.parse("2026-11-27T08:00:00.000Z"))),
  });

const refusals: readonly (readonly [name: string, answer: Told, site?: Told])[] = [
  ["a route that is not Crisp's", told(404, { error: true, reason: "route_not_found", data: {} })],
  ["a website that has not our plugin", told(404, { error: true, reason: "not_subscribed", data: {} })],
  ["a proxy's page", { status: 404, body: "<h1>Not Found</h1>" }],
  ["nothing", { status: 404, body: "" }],
  ["no error", told(404, { error: false, reason: "not_found" })],
  ["something gone", told(410, { error: true, reason: "not_found" })],
  ["Crisp's word under an address where our website is not", absent, absent],
  ["Crisp's word beside another website", absent, told(200, { error: false, data: { website_id: PERSON } })],
  ["Crisp's word where anything is answered with 200", absent, told(200, {})],
  ["Crisp's word where our key is refused", absent, told(403, { error: true, reason: "not_allowed" })],
];
const strange = refusals.map(([name, answer, site]) => ({ name, answer, site }));

describe("Crisp (DC, D12.2)", () => {
  it.each(strange)("takes $name for a refusal, and erases nothing by it", async ({ answer, site }) => {
    ours = site ?? website;
    other = answer;
    const client = crisp();
    await expect(client.eraseConversation(SESSION)).rejects.toMatchObject(REFUSED);
    await expect(client.erasePerson(PERSON)).rejects.toMatchObject(REFUSED);
    await expect(client.isConversationThere(SESSION)).rejects.toMatchObject(REFUSED);
    await expect(client.isPersonThere(PERSON)).rejects.toMatchObject(REFUSED);
    await expect(client.visitor(SESSION)).rejects.toMatchObject(REFUSED);
  });

  it("takes its own word, and asks once whether it is our website's", async () => {
    const client = crisp();
    expect(await client.eraseConversation(SESSION)).toEqual({ outcome: "absent" });
    expect(await client.isConversationThere(SESSION)).toBe(false);
    expect(await client.isPersonThere(PERSON)).toBe(false);
    expect(await client.visitor(SESSION)).toBeUndefined();
    expect(asked.filter((path) => path.endsWith(WEBSITE))).toHaveLength(1);
  });

  it("the doctor passes where our website answers to our key, and fails everywhere else", async () => {
    expect(await checkReach(crisp())).toMatchObject({ result: "PASS" });
    for (const { answer, site } of strange) {
      ours = site ?? answer;
      expect(await checkReach(crisp())).toMatchObject({ result: "FAIL" });
    }
  });
});

describe("any desk (Standard Webhooks 1.0.0, D12.2)", () => {
  const of = (what: string, id: string, status = 404) =>
    told(status, { error: "not_found", data: { [what]: { id } } });

  it.each([
    ["a 404 of a wrong address", absent],
    ["an empty one", { status: 404, body: "" }],
    ["one of something else", of("conversation", "cnv_43")],
    ["one of another kind", of("visitor", "cnv_42")],
    ["what is not there, said with 400", of("conversation", "cnv_42", 400)],
  ])("takes %s for a refusal", async (_name, answer) => {
    other = answer;
    await expect(standard().eraseConversation("cnv_42")).rejects.toMatchObject(REFUSED);
    await expect(standard().isConversationThere("cnv_42")).rejects.toMatchObject(REFUSED);
    await expect(standard().visitor("cnv_42")).rejects.toMatchObject(REFUSED);
    expect(await checkReach(standard())).toMatchObject({ result: "FAIL" });
  });

  it("takes its own word of what is asked for, and the doctor with it", async () => {
    other = of("conversation", "cnv_42", 410);
    expect(await standard().eraseConversation("cnv_42")).toEqual({ outcome: "absent" });
    expect(await standard().isConversationThere("cnv_42")).toBe(false);
    other = of("visitor", "v_1");
    expect(await standard().erasePerson("v_1")).toEqual({ outcome: "absent" });
    other = of("conversation", "preau-doctor");
    expect(await checkReach(standard())).toMatchObject({ result: "PASS" });
    // Whatever takes everything proves nothing.
    other = told(200, {});
    expect(await checkReach(standard())).toMatchObject({ result: "FAIL" });
    other = told(501, {});
    expect(await checkReach(standard())).toMatchObject({ result: "WARN" });
  });
});
