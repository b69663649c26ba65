/** A hub for all tests of a describe; each test has schools of its own. */
import { type ControllerId, controllerId, instant, manualClock, type Writing } from "@preau/kernel";
import { type DatabaseKind } from "@preau/testing";
import type { ChangeId } from "../src/change.ts";
import { viewNotice } from "../src/notice-view.ts";
import { recordObjection, withdrawObjection } from "../src/object.ts";
import { recordReceipt } from "../src/record-receipt.ts";
import { beforeTests } from "./shared-databases.ts";
import {
  addition,
  DPO,
  type House,
  type HouseGiven,
  MOSELLE,
  makeHouse,
  OFFICER,
} from "./subprocessor-house.ts";

export const ANNOUNCED = instant("2026-03-27T08:00:00.000Z");
export const RECEIVED = instant("2026-03-27T09:00:00.000Z");
/** The first instant after the seventh working day, in Paris and in Moselle. */
export const OPENS = instant("2026-04-08T22:00:00.000Z");
export const OPENS_IN_MOSELLE = instant("2026-04-09T22:00:00.000Z");

export const writing = (receivedAt: Writing["receivedAt"], datedAt?: Writing["receivedAt"]): Writing => ({
  ...{ receivedAt, means: "email", writer: "dpo", reference: "courriel 2026-118", sha256: "b".repeat(64) },
  ...(datedAt === undefined ? {} : { datedAt }),
});

export function sharedHouse(kind: DatabaseKind) {
  const clock = manualClock(ANNOUNCED);
  const shared: { house?: House; databases?: HouseGiven; schools: number } = { schools: 0 };
  beforeTests(kind, async (databases) => {
    shared.databases = databases;
    shared.house = await makeHouse(databases, clock);
  });
  /** Two schools, the second in Moselle, on the morning of the announcement. */
  return async () => {
    const { house, databases } = shared;
    if (house === undefined || databases === undefined) throw new Error("the house is not open");
    clock.set(ANNOUNCED);
    house.outbox.length = 0;
    const { ports, options, inUnit, register } = house;
    const newSchool = () => controllerId(`college-${(shared.schools += 1)}`);
    const [paris, moselle] = [newSchool(), newSchool()];
    await register(paris);
    await register(moselle, { place: MOSELLE });
    const saying = (given: Writing | undefined) =>
      given === undefined ? { by: DPO } : { by: OFFICER, writing: given };
    return {
      ...{ ...house, house, clock, databases, paris, moselle, newSchool },
      announce: (change = addition, to: readonly ControllerId[] = [paris, moselle]) =>
        house.announce(change, to),
      receive: (change: ChangeId, controller = paris, given?: Writing) =>
        inUnit((unit) => recordReceipt(unit, ports, options, { controller, change, ...saying(given) })),
      object: (change: ChangeId, given?: Writing, controller = paris) =>
        inUnit((unit) => recordObjection(unit, ports, options, { controller, change, ...saying(given) })),
      view: (change: ChangeId, controller = paris) =>
        inUnit((unit) => viewNotice(unit, ports, controller, change)),
      withdraw: (change: ChangeId, given?: Writing) =>
        inUnit((unit) =>
          withdrawObjection(unit, ports, options, { controller: paris, change, ...saying(given) }),
        ),
      mailsTo: (controller: ControllerId) =>
        house.outbox.filter(({ flow }) => flow.controller === controller).map(({ template }) => template),
    };
  };
}
