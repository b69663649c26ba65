/** What is not ours to say is not searched, whoever is called so; everything else is (DC). */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { instant, manualClock } from "@preau/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { guardedFetch, type Outgoing } from "../src/guarded-fetch.ts";
import { crispClient } from "../src/sources/crisp-client.ts";
import { standardClient } from "../src/sources/standard-client.ts";
import { sessionOf, WEBSITE } from "./support-house.ts";
import { openWall, TRIED } from "./wall-trial.ts";

const KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr";
const VISITOR = "zoe.oustachev@college.example";
let calls = 0;
const server = createServer((request, response) => {
  calls += 1;
  request.resume();
  response.end("{}");
});
let wall: Awaited<ReturnType<typeof openWall>>;
let api = "";
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  wall = await openWall();
  const words = [
    { kind: "givenName", value: "Zoé" },
    { kind: "familyName", value: "Oustachev" },
    { kind: "email", value: VISITOR },
    { kind: "login", value: "conversation" },
    // Of our own moment, of a conversation, of the installation.
    ...["202611", "944444444444", "18036", "523614"].map((value) => ({ kind: "number", value }) as const),
  ] as const;
  await wall.unitOfWork.transaction((unit) =>
    wall.known.note(unit, { controller: TRIED, subject: "sub_1", origin: "gar", role: "pupil", words }),
  );
});
afterAll(async () => {
  server.close();
  await wall.close();
});

it("a pupil called like a route, a reference or a date of ours keeps no conversation at any desk (DC, D12.2)", async () => {
  const fetch = guardedFetch(wall);
  const shared = { fetch, api, recipient: "supportDesk" };
  const crisp = crispClient({ ...shared, website: WEBSITE, identifier: "i", key: "k" });
  const standard = standardClient({
    ...shared,
    clock: manualClock(instant(Date.parse("2026-11-27T08:00:00.000Z"))),
    key: KEY,
  });
  const before = calls;
  await crisp.eraseConversation(sessionOf(1));
  await crisp.erasePerson(sessionOf(1).slice("session_".length));
  await crisp.wasSaid?.(sessionOf(1), "523614");
  await standard.eraseConversation("conversation");
  await standard.erasePerson(VISITOR);
  await standard.isPersonThere("202611");
  expect(calls - before).toBe(6);
});

it.each([
  ["what is said", { body: { content: "voyez Zoé Oustachev" } }],
  ["what only holds a reference", { body: { content: `écrivez à ${VISITOR} !` }, own: [VISITOR] }],
  ["any other member", { body: { data: { nickname: ["x", { deep: "Zoé Oustachev" }] } } }],
  ["the name of a member", { body: { "Zoé Oustachev": 1 } }],
  ["a text that is JSON itself", { body: { content: '{"a":"Zo\\u00e9 Oustachev"}' } }],
  ["what is no reference, called one", { body: { content: "Zoé Oustachev" }, own: ["Zoé Oustachev"] }],
  ["a route", { path: "/people/Zo%C3%A9%20Oustachev" }],
  ["a question", { path: "/conversation?who=Zo%C3%A9+Oustachev" }],
  ["an address beside the configured one", { at: "https://desk.example/v1", path: "/zoe.oustachev" }],
] as const)("searches %s", async (_name, given) => {
  const {
    path = "",
    body,
    own = [],
    at = api,
  }: Partial<Pick<Outgoing, "own" | "at">> & { path?: string; body?: object } = given;
  const outgoing: Outgoing = {
    ...{ method: "POST", url: new URL(`${api}${path}`), at, own },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  const before = calls;
  await expect(guardedFetch(wall)("all", outgoing, {})).rejects.toMatchObject({ code: "SUPPORT_WALL" });
  expect(calls).toBe(before);
});
