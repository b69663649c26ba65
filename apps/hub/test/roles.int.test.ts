import type { ActorRole, Route } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routeTable } from "../src/route-table.ts";
import { walkRoles } from "./roles-walk.ts";
import { type RunningHouse, startHouse } from "./running-house.ts";
import { cookieOfRole } from "./signed-in.ts";

const folder = makeFolder();
let house: RunningHouse;
let routes: readonly Route[];
beforeAll(async () => {
  house = await startHouse(folder.path);
  routes = routeTable(house.hub);
});
afterAll(async () => {
  await house.stop();
  folder.remove();
});

describe("who may call what, on every route of the hub and its plugins", () => {
  const walker = () => ({ url: house.url, cookieOf: (role: ActorRole) => cookieOfRole(house.hub, role) });

  it("is as the route table says, for nobody and for every role", async () => {
    const { findings, checks } = await walkRoles(routes, walker());
    process.stderr.write(`roles: ${checks} checks on ${routes.length} routes\n`);
    expect(findings).toEqual([]);
    expect(checks).toBeGreaterThan(routes.length);
  }, 120_000);

  it("is found out where a table and the hub do not agree", async () => {
    const dues = routes.filter(({ path }) => path === "/dues");
    const lying = dues.map((route) => ({ ...route, who: ["dataSubject", "support"] as const }));
    const { findings } = await walkRoles(lying, walker());
    expect(findings).toEqual([
      "GET /dues as dataSubject: 403 WEB_FORBIDDEN",
      ...["controllerAdministrator", "controllerDpo", "publisherDpo", "operations", "auditor"].map(
        (role) => `GET /dues as ${role}: 200 `,
      ),
    ]);
    expect((await walkRoles([{ ...lying[0], who: [] } as Route], walker())).findings).toContain(
      "GET /dues does not say who may call it",
    );
  });
});
