/** A conversation that the desk does not let go: tried again, or a person's to see to (DC, D12.2). */
import { manualClock } from "@preau/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { leaveDesk } from "../src/case-leave.ts";
import { openReferences } from "../src/case-seal.ts";
import { deskPersonalData } from "../src/desk-personal-data.ts";
import { fault } from "../src/errors.ts";
import { readCase } from "../src/store/cases.ts";
import { supportDues } from "../src/support-dues.ts";
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

  it("is a person's to see to at once where our own guard lets nothing out", async () => {
    desk.hold(sessionOf(1), { person: PERSON });
    desk.setMood("silent");
    await come(child());
    const { line } = await onlyCase();
    expect(line.desk).toBe("leaving");
    desk.setMood("well");
    const { client } = house.ports.support;
    if (client === undefined) throw new TypeError("no client");
    const walled = { ...client, eraseConversation: () => Promise.reject(fault("SUPPORT_WALL")) };
    const ports = { ...house.ports, support: { ...house.ports.support, client: walled } };
    await leaveDesk(ports, { controller: line.controller, id: line.id, attempt: 1 });
    expect((await onlyCase()).line.desk).toBe("stuck");
    expect(house.lines.join("\n")).toContain('"code":"SUPPORT_WALL"');
    const dues = await supportDues(house.ports)({ controller: "all", before: clock.now() });
    expect(dues.map(({ id }) => id)).toContain(`stuck.${line.id}`);
  });
});

describe("whose profile it is (D12.2)", () => {
  it("is learnt with the first words, though a token says already who writes: a conversation that goes leads there no more", async () => {
    const person = await house.person();
    const data = { preau: await house.ports.support.tokens.make(person) };
    const word = (fingerprint: number) =>
      written("Bonjour, comment ajouter une classe ?", { at: at(), fingerprint, data });
    desk.hold(sessionOf(1), { person: PERSON, email: "a@school.example" });
    await come(word(1));
    const { line, sealed } = await onlyCase();
    expect(line).toMatchObject({ subject: person.subject, side: "desk" });
    expect(await openReferences(house.ports, line, sealed)).toMatchObject({ person: PERSON });
    const asked = desk.asked.length;
    await come(word(2));
    expect(desk.asked).toHaveLength(asked);
    desk.conversations.delete(sessionOf(1));
    const { client } = house.ports.support;
    if (client === undefined) throw new TypeError("no client");
    const { source } = deskPersonalData(house.ports, client, { ...house.options, hours: 0 });
    const plan = await source.plan({
      ...{ controller: line.controller, ground: "retention" },
      subjects: [{ subject: person.subject, identifiers: [] }],
    });
    expect([plan.tables.map(({ erased }) => erased), plan.notCovered]).toEqual([[0, 1], []]);
    for await (const { erased } of source.erase(plan)) expect(erased).toBe(1);
    expect(desk.people.size).toBe(0);
  });

  it("waits for no desk that is silent, and is learnt with later words", async () => {
    const person = await house.person();
    const data = { preau: await house.ports.support.tokens.make(person) };
    desk.hold(sessionOf(1), { person: PERSON });
    desk.setMood("silent");
    await come(written("Bonjour, comment ajouter une classe ?", { at: at(), fingerprint: 1, data }));
    expect((await onlyCase()).line).toMatchObject({ subject: person.subject, side: "desk" });
    desk.setMood("well");
    await come(written("Et comment la fermer ?", { at: at(), fingerprint: 2, data }));
    const { line, sealed } = await onlyCase();
    expect(await openReferences(house.ports, line, sealed)).toMatchObject({ person: PERSON });
  });
});
