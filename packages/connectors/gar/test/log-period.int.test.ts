/** What is kept of sign-ins beside the journal goes with the period of the logs. */
import { addHours, controllerId, type Ports } from "@preau/kernel";
import { expect, it, onTestFinished } from "vitest";
import { garPlugin } from "../src/plugin.ts";
import { addRequest } from "../src/store/pending-requests.ts";
import { useAssertion } from "../src/store/used-assertions.ts";
import { makeWorld } from "./world.ts";

it("requests and assertions of before go, of every controller, and later ones stay (DD.8)", async () => {
  const world = await makeWorld();
  onTestFinished(() => world.close());
  const { database, clock, unitOfWork } = world;
  const now = clock.now();
  await unitOfWork.transaction(async (unit) => {
    for (const [name, expiresAt] of [
      ["old", addHours(now, -2)],
      ["young", addHours(now, 2)],
    ] as const) {
      const controller = controllerId(`college-${name}`);
      await addRequest(unit, controller, { id: name, browserHash: name, nextPath: "/", expiresAt });
      await useAssertion(unit, controller, { issuer: "https://idp.example", id: name, expiresAt });
    }
  });
  const lines: string[] = [];
  const log = { info: (event: string) => void lines.push(event) };
  const ended = garPlugin.on({ log } as unknown as Ports)["logs.ended"];
  await unitOfWork.transaction((unit) => ended({ before: now }, unit));
  const left = [await database.knex("gar_request"), await database.knex("gar_assertion")].flat();
  expect(left.map(({ controller }: { controller: string }) => controller)).toEqual([
    "college-young",
    "college-young",
  ]);
  expect(lines).toEqual(["gar.tracesPurged"]);
});
