/** Events become cases: on which side, with which words, in whatever order and however often they come. */
import { manualClock } from "@preau/kernel";
import { type DatabaseKind, describeOnMariaDb } from "@preau/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openReferences } from "../src/case-seal.ts";
import { fingerprintOf, wordsHash } from "../src/desk-keys.ts";
import { insertWords } from "../src/store/words.ts";
import type { CaseId } from "../src/support-case.ts";
import { onlyCaseOf, textsOfCase } from "./house-cases.ts";
import {
  crispBody,
  freshSupportHouse,
  nowOf,
  type openHouseDatabases,
  openSupportHouse,
  SCHOOL,
  type SupportHouse,
  sessionOf,
  signed,
  written,
} from "./support-house.ts";
import { startTinyDesk, type TinyDesk } from "./tiny-desk.ts";

const PERSON = "0f5c9b1e-1111-4222-8333-944444444444";
const clock = manualClock();
let house: SupportHouse;
let desk: TinyDesk;
let both: Awaited<ReturnType<typeof openHouseDatabases>>;
const open = (kind: DatabaseKind) => {
  let remove = async () => {};
  beforeAll(async () => {
    desk = await startTinyDesk();
    ({ house, both, remove } = await freshSupportHouse(kind, clock, {
      ...{ api: desk.url, identifier: "e83f6a17", key: "key-of-the-desk" },
    }));
  });
  afterAll(async () => {
    await remove();
    await desk.close();
  });
};
beforeEach(async () => {
  await house.wipe();
  desk.wipe();
  clock.advance(1_000);
});

const at = () => nowOf(clock);
async function come(...bodies: readonly object[]): Promise<void> {
  for (const body of bodies) {
    const reply = await house.post(signed(body, at()));
    expect(reply.status).toBe(200);
    clock.advance(1);
  }
  await house.worker.drain();
}
const onlyCase = () => onlyCaseOf(house);
const textsOf = (id: CaseId) => textsOfCase(house, id);

const suite = () => {
  describe("who writes, and on which side it stands (DC)", () => {
    it("a teacher outside the GAR, by our token: the desk has it, the case is their school's", async () => {
      const person = await house.person();
      const token = await house.ports.support.tokens.make(person);
      desk.hold(sessionOf(1), { person: PERSON, data: { preau: token } });
      await come(written("Bonjour, comment ajouter une classe ?", { at: at(), fingerprint: 1 }));
      const { line, sealed } = await onlyCase();
      expect(line).toMatchObject({
        ...{ controller: SCHOOL, subject: person.subject, side: "desk", desk: "there", state: "open" },
        ...{ role: "teacher", origin: "outsideGar", product: "plume", language: "fr", channel: "desk" },
      });
      expect(await openReferences(house.ports, line, sealed)).toEqual({
        conversation: sessionOf(1),
        person: PERSON,
      });
      expect((await textsOf(line.id)).map(({ text }) => text)).toEqual([
        "Bonjour, comment ajouter une classe ?",
      ]);
      expect(desk.asked).toEqual([
        `GET /v1/website/${house.options.website ?? ""}/conversation/${sessionOf(1)}`,
      ]);
      expect(await house.events()).toMatchObject([{ state: "done", sealed: null }]);
    });

    it("nobody known: the publisher's own scope, and nothing leaves for the desk", async () => {
      desk.hold(sessionOf(1), {});
      await come(written("Bonjour, comment ajouter une classe ?", { at: at(), fingerprint: 1 }));
      const { line } = await onlyCase();
      expect(line).toMatchObject({
        controller: "publisher",
        side: "unknown",
        desk: "there",
        reason: "NOBODY_KNOWN",
      });
      expect(line.subject).toBeUndefined();
      expect(desk.asked.filter((each) => !each.startsWith("GET"))).toEqual([]);
    });

    it.each([
      ["a teacher of the GAR", { origin: "gar", role: "teacher" }],
      ["a pupil outside the GAR", { origin: "outsideGar", role: "pupil" }],
      ["one whose token says outside, and whom the directory knows by the GAR", { kind: "gar.ido" }],
    ] as const)("%s, by our token: the hub alone, and everything leaves the desk", async (_who, given) => {
      const person = await house.person(given);
      const token = await house.ports.support.tokens.make(person);
      desk.hold(sessionOf(1), { person: PERSON, nickname: "Zoé", data: { preau: token } });
      await come(written("Bonjour, je ne peux plus me connecter.", { at: at(), fingerprint: 1 }));
      const { line } = await onlyCase();
      expect(line).toMatchObject({ controller: SCHOOL, subject: person.subject, side: "hub", desk: "gone" });
      expect(desk.conversations.size + desk.people.size).toBe(0);
      expect((await textsOf(line.id)).map(({ text }) => text)).toEqual([
        "Bonjour, je ne peux plus me connecter.",
      ]);
      const types = (
        await house.inUnit((unit) =>
          house.ports.journal.entries(unit, { controller: SCHOOL, subject: person.subject }),
        )
      ).map(({ type }) => type);
      expect(types.toReversed()).toEqual([
        "support-bridge.opened",
        "support-bridge.walled",
        "support-bridge.received",
        "support-bridge.left",
      ]);
    });

    it.each([
      ["je suis en CM2 et je n'arrive pas à faire mes devoirs", "CHILD"],
      ["Mon fils est en 6e et ne voit plus ses notes", "PARENT"],
      ["hi, I'm in year 4 and my teacher said to ask", "CHILD"],
      ["My daughter cannot log in any more", "PARENT"],
    ])("%s: a child's or a parent's words, whoever's token it is", async (text, reason) => {
      const token = await house.ports.support.tokens.make(await house.person());
      desk.hold(sessionOf(1), { person: PERSON, data: { preau: token } });
      await come(written(text, { at: at(), fingerprint: 1 }));
      expect((await onlyCase()).line).toMatchObject({ side: "hub", reason, desk: "gone" });
      expect(desk.conversations.size + desk.people.size).toBe(0);
    });

    it("a conversation that the desk had leaves it with the first words that are not for it", async () => {
      const token = await house.ports.support.tokens.make(await house.person());
      desk.hold(sessionOf(1), { person: PERSON, data: { preau: token } });
      await come(written("Bonjour", { at: at(), fingerprint: 1 }));
      expect((await onlyCase()).line).toMatchObject({ side: "desk", desk: "there" });
      await come(written("Ma fille est en CE1, supprimez ses données", { at: at(), fingerprint: 2 }));
      expect((await onlyCase()).line).toMatchObject({ side: "hub", desk: "gone" });
      desk.hold(sessionOf(1), { data: { preau: token } });
      await come(written("Merci", { at: at(), fingerprint: 3 }));
      expect((await onlyCase()).line).toMatchObject({ side: "hub", desk: "gone" });
      expect(desk.conversations.size).toBe(0);
    });

    it("a visitor who says to be somebody walled: nothing is answered to the desk, which has it as long as anybody unknown's", async () => {
      desk.hold(sessionOf(1), {});
      await come(written("Bonjour", { at: at(), fingerprint: 1 }));
      expect((await onlyCase()).line.side).toBe("unknown");
      await house.inUnit((unit) =>
        house.ports.support.known.note(unit, {
          ...{
            controller: SCHOOL,
            subject: "sub_0000000000000000000000000z",
            origin: "outsideGar",
            role: "pupil",
          },
          words: [{ kind: "email", value: "lilou.perrin@eleves.example" }],
        }),
      );
      await come(crispBody("session:set_email", { email: "lilou.perrin@eleves.example" }, { at: at() }));
      const said = { side: "hub", reason: "SAYS_WALLED" };
      expect((await onlyCase()).line).toMatchObject({ ...said, desk: "there" });
      clock.advance(house.options.unknownHours * 3_600_000 + 1_000);
      await house.worker.drain();
      expect((await onlyCase()).line).toMatchObject({ ...said, desk: "gone" });
      expect(desk.conversations.size).toBe(0);
      expect(desk.told.join()).not.toContain("lilou");
    });

    it("a walled person's identity, without a word, leaves the desk too", async () => {
      const person = await house.person({ origin: "gar" });
      const token = await house.ports.support.tokens.make(person);
      desk.hold(sessionOf(1), { person: PERSON, data: { preau: token } });
      await come(crispBody("session:set_data", { data: { preau: token } }, { at: at() }));
      expect((await onlyCase()).line).toMatchObject({ side: "hub", desk: "gone", state: "closed" });
      expect(desk.conversations.size + desk.people.size).toBe(0);
      clock.advance(31 * 24 * 3_600_000);
      await house.worker.drain();
      expect((await onlyCase()).sealed).toBeUndefined();
    });

    it("two persons at one browser have a case each, and the conversation with the words of both leaves", async () => {
      const [one, two] = [await house.person(), await house.person()];
      const { tokens } = house.ports.support;
      desk.hold(sessionOf(1), { person: PERSON, data: { preau: await tokens.make(one) } });
      await come(written("Bonjour", { at: at(), fingerprint: 1 }));
      desk.hold(sessionOf(1), { person: PERSON, data: { preau: await tokens.make(two) } });
      await come(written("Rebonjour", { at: at(), fingerprint: 2 }));
      const several = { side: "hub", desk: "gone", reason: "SEVERAL_PERSONS", controller: SCHOOL };
      const [first, second] = await house.cases();
      expect([first, second]).toMatchObject([
        { ...several, subject: one.subject, ref_hash: null },
        { ...several, subject: two.subject },
      ]);
      expect(await textsOf(String(first?.["id"]) as CaseId)).toMatchObject([{ text: "Bonjour" }]);
      expect(await textsOf(String(second?.["id"]) as CaseId)).toMatchObject([{ text: "Rebonjour" }]);
      expect(desk.conversations.size + desk.people.size).toBe(0);
      // What one of them changes or takes back is still theirs.
      const edit = { fingerprint: 1, content: "Bonsoir", timestamp: at() + 5 };
      await come(crispBody("message:updated", edit, { at: at() + 5 }));
      expect(await textsOf(String(first?.["id"]) as CaseId)).toMatchObject([{ text: "Bonsoir" }]);
      await come(crispBody("message:removed", { fingerprint: 1 }, { at: at() + 6 }));
      expect(await textsOf(String(first?.["id"]) as CaseId)).toEqual([]);
      expect(await house.cases()).toHaveLength(2);
    });

    it("a token that is over, changed or another's says nothing", async () => {
      const token = await house.ports.support.tokens.make(await house.person());
      clock.advance(13 * 3_600_000);
      const read = (given: string) => house.ports.support.tokens.read(given);
      expect(await read(token)).toBeUndefined();
      const fresh = await house.ports.support.tokens.make(await house.person());
      expect(await read(fresh)).toBeDefined();
      expect(
        await read(`${fresh.slice(0, 50)}${fresh[50] === "A" ? "B" : "A"}${fresh.slice(51)}`),
      ).toBeUndefined();
      expect(await read("p1.")).toBeUndefined();
    });
  });

  describe("words, however they come (support-bridge 1)", () => {
    const message = (text: string, fingerprint: number) =>
      written(text, { at: 1_000 + fingerprint, fingerprint });
    const changed = (content: string, fingerprint: number, when: number) =>
      crispBody("message:updated", { fingerprint, content, timestamp: when }, { at: when });
    const removed = (fingerprint: number) => crispBody("message:removed", { fingerprint }, { at: 9_000 });

    it.each([
      ["the message, its change, an older change", [0, 2, 1]],
      ["the older change, the newer one, the message", [1, 2, 0]],
      ["the newer change, the message, the older change", [2, 0, 1]],
      ["each of them twice", [0, 1, 0, 2, 1, 2]],
    ])("%s: the newest words stand, once", async (_order, order) => {
      desk.hold(sessionOf(1), {});
      const events = [message("un", 7), changed("deux", 7, 2_000), changed("trois", 7, 3_000)];
      await come(...order.map((index) => events[index] ?? {}));
      const { line } = await onlyCase();
      expect((await textsOf(line.id)).map(({ text }) => text)).toEqual(["trois"]);
      expect(await house.words()).toMatchObject([{ author: "person", state: "kept", reason: null }]);
    });

    it("a removal before its message, or after it: nothing of it stands", async () => {
      desk.hold(sessionOf(1), {});
      await come(removed(7), message("oups", 7), message("bonjour", 8));
      const { line } = await onlyCase();
      expect((await textsOf(line.id)).map(({ text }) => text)).toEqual(["bonjour"]);
      await come(removed(8));
      expect(await textsOf(line.id)).toEqual([]);
      expect(await house.words()).toMatchObject([{ state: "removed", sealed: null }]);
    });

    it("an answer given at the desk is kept, and the case answered", async () => {
      desk.hold(sessionOf(1), {});
      const answer = crispBody(
        "message:received",
        { type: "text", from: "operator", content: "Bonjour, voici", fingerprint: 99, timestamp: 5_000 },
        { at: 5_000 },
      );
      await come(answer, message("Bonjour", 7));
      expect((await onlyCase()).line.state).toBe("answered");
      expect((await house.words()).map(({ author }) => author).sort()).toEqual(["agent", "person"]);
    });

    it("our own echo is known by its fingerprint, and dropped", async () => {
      desk.hold(sessionOf(1), {});
      await come(message("Bonjour", 7));
      const { line } = await onlyCase();
      const id = house.ports.ids.next("spw");
      const fingerprint = fingerprintOf(id);
      const keyHash = await wordsHash(house.ports, line.id, fingerprint);
      await house.inUnit((unit) =>
        insertWords(unit, {
          ...{
            id,
            controller: line.controller,
            case: line.id,
            from: "agent",
            receivedAt: clock.now(),
            keyHash,
          },
          ...{ state: "sent", masked: {}, files: 0, proposal: "none", matters: [] },
        }),
      );
      const echo = { type: "text", from: "operator", content: "Voici", fingerprint: Number(fingerprint) };
      await come(crispBody("message:received", { ...echo, timestamp: 5_000 }, { at: 5_000 }));
      expect(await house.words()).toHaveLength(2);
      expect((await house.events()).at(-1)).toMatchObject({ state: "dropped", reason: "REPEATED" });
    });

    it("files are counted and never fetched", async () => {
      desk.hold(sessionOf(1), {});
      const content = { name: "Zoé Perrin 6eB.png", url: `${desk.url}/files/1.png`, type: "image/png" };
      await come(
        crispBody(
          "message:send",
          { type: "file", from: "user", content, fingerprint: 3, timestamp: 3 },
          { at: 3 },
        ),
      );
      expect(await house.words()).toMatchObject([{ files: 1 }]);
      expect(desk.asked.join()).not.toContain("files");
      expect(await house.resting()).not.toContain("Perrin");
    });

    it("rest masked and sealed; their bytes are gone from the events", async () => {
      desk.hold(sessionOf(1), {});
      await come(message("Écrivez-moi à nadia.roux@exemple.example ou au 06 12 34 56 78", 7));
      const { line } = await onlyCase();
      const [words] = await textsOf(line.id);
      expect(words?.text).not.toMatch(/nadia|roux|exemple|12 34/);
      expect(words?.text).toMatch(/^Écrivez-moi à \[/);
      expect(JSON.parse(String((await house.words())[0]?.["masked"]))).toMatchObject({
        email: 1,
        telephone: 1,
      });
      expect(await house.events()).toMatchObject([{ sealed: null }]);
      expect(`${await house.resting()}${house.lines.join()}`).not.toMatch(/nadia|06 12/);
    });

    it("a conversation that was removed at the desk: its profile goes with the case", async () => {
      desk.hold(sessionOf(1), { person: PERSON });
      await come(message("Bonjour", 7));
      desk.conversations.clear();
      await come(crispBody("session:removed", {}, { at: 9 }), message("je suis en CM2", 8));
      expect((await onlyCase()).line.desk).toBe("gone");
      expect(desk.people.size).toBe(0);
    });

    it("messages without an id of their own are each one; a removal of none takes none away", async () => {
      desk.hold(sessionOf(1), {});
      const bare = (content: string) => {
        const { data, ...rest } = written(content, { at: 1_000 });
        const { fingerprint: _none, ...said } = data as Record<string, unknown>;
        return { ...rest, data: said };
      };
      await come(bare("un"), crispBody("message:removed", {}, { at: 9 }), bare("deux"));
      const { line } = await onlyCase();
      expect((await textsOf(line.id)).map(({ text }) => text).sort()).toEqual(["deux", "un"]);
    });

    it("the desk that does not answer keeps nobody waiting: until it says more, it is nobody known", async () => {
      desk.setMood("silent");
      await come(message("Bonjour", 7));
      expect((await onlyCase()).line).toMatchObject({ side: "unknown" });
      const person = await house.person({ origin: "gar" });
      desk.hold(sessionOf(1), {
        person: PERSON,
        data: { preau: await house.ports.support.tokens.make(person) },
      });
      desk.setMood("well");
      clock.advance(60_000);
      await house.worker.drain();
      expect((await onlyCase()).line).toMatchObject({ controller: SCHOOL, side: "hub", desk: "gone" });
      expect((await textsOf((await onlyCase()).line.id)).map(({ text }) => text)).toEqual(["Bonjour"]);
    });
  });

  describe("two workers of one database", () => {
    it("deal with each event of a conversation once, whichever takes which", async () => {
      desk.hold(sessionOf(1), {});
      const other = await openSupportHouse(both, clock, { api: desk.url, identifier: "e83f6a17", key: "k" });
      const events = Array.from({ length: 12 }, (_, index) => [
        written(`mot ${index}`, { at: 1_000 + index, fingerprint: 100 + index }),
        crispBody(
          "message:updated",
          { fingerprint: 100 + index, content: `mot ${index} bis`, timestamp: 5_000 },
          { at: 5_000 + index },
        ),
      ]).flat();
      for (const event of events) expect((await house.post(signed(event, at()))).status).toBe(200);
      await Promise.all([house.worker.drain(), other.worker.drain()]);
      clock.advance(60_000);
      await house.worker.drain();
      await other.close();
      const { line } = await onlyCase();
      const texts = (await textsOf(line.id)).map(({ text }) => text).sort();
      expect(texts).toEqual(Array.from({ length: 12 }, (_, index) => `mot ${index} bis`).sort());
      expect((await house.events()).filter(({ state }) => state === "stored")).toEqual([]);
    });
  });
};

describe("events on SQLite", () => {
  open("sqlite");
  suite();
});
describeOnMariaDb("events on MariaDB", () => {
  open("mariadb");
  suite();
});
