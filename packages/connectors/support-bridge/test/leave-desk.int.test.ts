/** A conversation that the desk does not let go: tried again, or a person's to see to (DC, D12.2). */
import { manualClock } from "@preau/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readCase } from "../src/store/cases.ts";
import { freshSupportHouse, nowOf, type SupportHouse, sessionOf, signed, written } from "./support-house.ts";
import { startTinyDesk, type TinyDesk } from "./tiny-desk.ts";

const PERSON = "0f5c9b1e-1111-4222-8333-944444444444";
const clock = manualClock();
let house: SupportHouse;
let desk: TinyDesk;
let remove = async () => {};
beforeAll(async () => {
  desk = await startTinyDesk();
  ({ house, remove } = await freshSupportHouse("sqlite", clock, {
    ...{ api: desk.url, identifier: "e83f6a17", key: "key-of-the-desk" },
  }));
});
afterAll(async () => {
  await remove();
  await desk.close();
});
beforeEach(async () => {
  await house.wipe();
  desk.wipe();
  clock.advance(1_000);
});

const at = () => nowOf(clock);
async function come(body: object): Promise<void> {
  expect((await house.post(signed(body, at()))).status).toBe(200);
  clock.advance(1);
  await house.worker.drain();
}
async function onlyCase() {
  const [row] = await house.cases();
  const stored = await house.inUnit((unit) => readCase(unit, "all", String(row?.["id"])));
  if (stored === undefined) throw new Error("no case");
  return stored;
}

describe("a conversation that the desk does not let go (DC, D12.2)", () => {
  const child = () => written("je suis en CM2", { at: at(), fingerprint: 1 });

  it("is tried again while it is still there, and gone once it is", async () => {
    desk.hold(sessionOf(1), { person: PERSON });
    desk.setMood("forgetsToErase");
    await come(child());
    expect((await onlyCase()).line.desk).toBe("leaving");
    desk.setMood("well");
    clock.advance(60_000);
    await house.worker.drain();
    expect((await onlyCase()).line.desk).toBe("gone");
    expect(desk.people.size).toBe(0);
  });

  it("is a person's to see to where it is refused, and due", async () => {
    desk.hold(sessionOf(1), { person: PERSON });
    desk.setMood("refuses");
    await come(child());
    expect((await onlyCase()).line.desk).toBe("stuck");
  });
});
