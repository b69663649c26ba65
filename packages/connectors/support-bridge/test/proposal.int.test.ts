/** Messages that seem to ask for a right: decided by a person, or passed on in time; and how cases and keys end (D10.1b, DD.7). */

import { PUBLISHER } from "@preau/contracts";
import { addHours, manualClock } from "@preau/kernel";
import { type DatabaseKind, describeOnMariaDb } from "@preau/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { assignWriter } from "../src/assign-writer.ts";
import { closeCase } from "../src/case-close.ts";
import { openOriginal, openWords, originalScope } from "../src/case-seal.ts";
import { confirmProposal, rejectProposal } from "../src/proposal.ts";
import { eventScope } from "../src/receive-event.ts";
import { readCase } from "../src/store/cases.ts";
import { lockWords } from "../src/store/words.ts";
import type { WordsId } from "../src/support-case.ts";
import { supportDues } from "../src/support-dues.ts";
import {
  freshSupportHouse,
  nowOf,
  type openHouseDatabases,
  SCHOOL,
  type SupportHouse,
  sessionOf,
  signed,
  written,
} from "./support-house.ts";
import { startTinyDesk, type TinyDesk } from "./tiny-desk.ts";

const TEXT =
  "Bonjour, Nadia Berthelot, nadia@exemple.example. Veuillez supprimer toutes mes données personnelles.";
const BY = { role: "support", id: "act_0000000000000000000000000a" } as const;
const clock = manualClock();
let house: SupportHouse;
let desk: TinyDesk;
let both: Awaited<ReturnType<typeof openHouseDatabases>>;
let fingerprint = 0;
const open = (kind: DatabaseKind) => {
  let remove = async () => {};
  beforeAll(async () => {
    desk = await startTinyDesk();
    ({ house, both, remove } = await freshSupportHouse(kind, clock, {
      ...{ api: desk.url, identifier: "e83f6a17", key: "desk-key" },
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

/** The words of one message of a teacher outside the GAR. */
async function write(text = TEXT, token?: string): Promise<WordsId> {
  const person = await house.person();
  const data = { preau: token ?? (await house.ports.support.tokens.make(person)) };
  desk.hold(sessionOf(1), { person: "0f5c9b1e-1111-4222-8333-944444444444", data });
  fingerprint += 1;
  expect(
    (await house.post(signed(written(text, { at: nowOf(clock), fingerprint }), nowOf(clock)))).status,
  ).toBe(200);
  await house.worker.drain();
  return String((await house.words()).at(-1)?.["id"]) as WordsId;
}
const stored = async (id: WordsId) => {
  const found = await house.inUnit((unit) => lockWords(unit, "all", id));
  if (found === undefined) throw new Error("no words");
  const open = await openWords(house.ports, found.line, found.sealed);
  return { ...found, open, original: open && (await openOriginal(house.ports, found.line, open)) };
};
const inquiries = () => both.database.knex("dsr_inquiry");

const suite = () => {
  describe("a message that seems to ask for a right (D10.1a, D10.1b)", () => {
    it("waits for a person a quarter of the agreement's time, masked, with its passage; the original is sealed apart", async () => {
      const id = await write();
      const { line, open, original } = await stored(id);
      expect(line).toMatchObject({ proposal: "open", matters: ["erasure"] });
      expect(line.proposalDueAt).toBe(addHours(line.receivedAt, 12));
      expect(open?.text).not.toMatch(/Nadia|nadia|Berthelot/);
      const passages = (open?.passages ?? []).map(({ start, end, matter }) => [
        matter,
        open?.text.slice(start, end),
      ]);
      expect(passages).toEqual([["erasure", expect.stringMatching(/supprimer|données/)]]);
      expect(original).toBe(TEXT);
      expect(await inquiries()).toEqual([]);
      const dues = await supportDues(house.ports)({ controller: "all", before: addHours(clock.now(), 24) });
      expect(dues).toMatchObject([{ clause: "D10.1b", dueAt: line.proposalDueAt, controller: SCHOOL }]);
      expect(
        await supportDues(house.ports)({ controller: SCHOOL, before: addHours(clock.now(), 24) }),
      ).toEqual([]);
    });

    it("confirmed: the rights desk has it as it was written, from its receipt; the original goes", async () => {
      const id = await write();
      const { line: before } = await stored(id);
      clock.advance(3 * 3_600_000);
      await house.inUnit((unit) =>
        confirmProposal(unit, house.ports, {
          scope: "all",
          words: id,
          by: BY,
          matters: ["erasure", "access"],
        }),
      );
      await house.worker.drain();
      const { line, open, original } = await stored(id);
      expect(line).toMatchObject({ proposal: "confirmed", matters: ["erasure", "access"] });
      expect([open?.original, original]).toEqual([undefined, undefined]);
      expect(open?.text).toContain("supprimer");
      expect(await inquiries()).toMatchObject([
        {
          ...{ id: line.inquiry, channel: "support", received_at: before.receivedAt, state: "assigned" },
          ...{ requester_controller: SCHOOL, matters: "erasure access" },
        },
      ]);
      expect(await house.ports.vault.destruction(originalScope(line))).toBeDefined();
      const [entry] = await house.inUnit((unit) =>
        house.ports.journal.entries(unit, { controller: SCHOOL, type: "support-bridge.proposalConfirmed" }),
      );
      expect(entry).toMatchObject({ log: "evidence", clause: "D10.1b", actorRole: "support" });
      expect(JSON.stringify(entry)).not.toMatch(/Nadia|supprimer/);
      const again = house.inUnit((unit) =>
        rejectProposal(unit, house.ports, { scope: "all", words: id, by: BY }),
      );
      await expect(again).rejects.toMatchObject({ code: "SUPPORT_NO_PROPOSAL" });
    });

    it("rejected: nothing reaches the rights desk, and the original goes", async () => {
      const id = await write();
      await house.inUnit((unit) => rejectProposal(unit, house.ports, { scope: SCHOOL, words: id, by: BY }));
      clock.advance(13 * 3_600_000);
      await house.worker.drain();
      expect(await inquiries()).toEqual([]);
      expect((await stored(id)).line).toMatchObject({ proposal: "rejected" });
      expect((await stored(id)).open?.original).toBeUndefined();
    });

    it("decided by nobody: it goes to the rights desk by itself, when its quarter is over and no sooner", async () => {
      const id = await write();
      const { receivedAt } = (await stored(id)).line;
      clock.advance(12 * 3_600_000 - 1);
      await house.worker.drain();
      expect(await inquiries()).toEqual([]);
      clock.advance(1);
      await house.worker.drain();
      const { line, open } = await stored(id);
      expect(line).toMatchObject({ proposal: "passedOn" });
      expect(open?.original).toBeUndefined();
      expect(await inquiries()).toMatchObject([{ id: line.inquiry, received_at: receivedAt, state: "new" }]);
    });

    it("of nobody known goes there too, without a requester", async () => {
      const id = await write(TEXT, "none of ours");
      expect((await stored(id)).line).toMatchObject({ controller: "publisher", proposal: "open" });
      clock.advance(12 * 3_600_000);
      await house.worker.drain();
      expect(await inquiries()).toMatchObject([{ requester_controller: null, state: "new" }]);
    });

    it("of a parent at a teacher's browser is not the teacher's", async () => {
      await write("Je suis la maman de Lou, effacez ses données");
      clock.advance(12 * 3_600_000);
      await house.worker.drain();
      expect(await inquiries()).toMatchObject([
        { requester_controller: null, requester_subject: null, state: "new" },
      ]);
    });

    it("of another controller is nobody's to decide for this one", async () => {
      const id = await write();
      const foreign = house.inUnit((unit) =>
        confirmProposal(unit, house.ports, { scope: "lycee-x" as typeof SCHOOL, words: id, by: BY }),
      );
      await expect(foreign).rejects.toMatchObject({ code: "SUPPORT_NO_CASE" });
    });
  });

  describe("a case that is over (DD.7, D12.2)", () => {
    const close = async () => {
      const found = await only();
      if (found === undefined) throw new Error("no case");
      await house.inUnit((unit) => closeCase(unit, house.ports, house.options, { ...found.line, by: BY }));
    };
    const only = async () => {
      const [row] = await house.cases();
      return house.inUnit((unit) => readCase(unit, "all", String(row?.["id"])));
    };

    it("keeps its words for their days, then loses them with their key, here and at the desk", async () => {
      const id = await write("Bonjour, merci");
      await close();
      clock.advance(30 * 24 * 3_600_000 - 1);
      await house.worker.drain();
      expect((await stored(id)).open?.text).toBe("Bonjour, merci");
      clock.advance(1);
      await house.worker.drain();
      expect(desk.conversations.size + desk.people.size).toBe(0);
      clock.advance(6 * 3_600_000);
      await house.worker.drain();
      const found = await only();
      expect(found?.line).toMatchObject({ state: "closed", desk: "gone", textGoneAt: expect.any(String) });
      expect(found?.sealed).toBeUndefined();
      expect((await stored(id)).sealed).toBeUndefined();
      const scope = { controller: SCHOOL, kind: "controller", id: String(found?.line.id) } as const;
      expect(await house.ports.vault.destruction(scope)).toBeDefined();
      const [row] = await house.cases();
      expect(row?.["ref_hash"]).toBeNull();
      await write("Rebonjour");
      expect(await house.cases()).toHaveLength(2);
    });

    it("ends as well where somebody said whose it is after it was closed", async () => {
      await write("Bonjour", "none of ours");
      await close();
      const { line } = (await only()) ?? {};
      const writer = await house.person();
      await house.inUnit((unit) =>
        assignWriter(unit, house.ports, { scope: "all", case: line?.id ?? "", writer, by: BY }),
      );
      for (let days = 0; days < 32; days += 1) {
        clock.advance(24 * 3_600_000);
        await house.worker.drain();
      }
      expect((await only())?.line).toMatchObject({ controller: SCHOOL, textGoneAt: expect.any(String) });
      for (const controller of [SCHOOL, PUBLISHER]) {
        const scope = { controller, kind: "controller", id: line?.id ?? "" } as const;
        expect(await house.ports.vault.destruction(scope)).toBeDefined();
      }
    });

    it("is open again with the next words, and keeps what it had", async () => {
      await write("Bonjour");
      await close();
      clock.advance(24 * 3_600_000);
      const [row] = await house.cases();
      await write("Et encore", desk.conversations.get(sessionOf(1))?.data?.["preau"] ?? "");
      expect((await house.cases()).map(({ id, state }) => [id, state])).toEqual([[row?.["id"], "open"]]);
      clock.advance(30 * 24 * 3_600_000);
      await house.worker.drain();
      expect((await only())?.line.textGoneAt).toBeUndefined();
    });
  });

  describe("events that are dealt with (D12.2)", () => {
    it("lose their day's key with the next sweeps, and their lines after a fortnight", async () => {
      await write("Bonjour");
      const day = clock.now().slice(0, 10);
      clock.advance(3 * 24 * 3_600_000);
      await house.worker.drain();
      expect(await house.ports.vault.destruction(eventScope(day))).toBeDefined();
      expect(await house.events()).toHaveLength(1);
      for (let days = 0; days < 13; days += 1) {
        clock.advance(24 * 3_600_000);
        await house.worker.drain();
      }
      expect(await house.events()).toEqual([]);
    });
  });
};

describe("proposals and ends on SQLite", () => {
  open("sqlite");
  suite();
});
describeOnMariaDb("proposals and ends on MariaDB", () => {
  open("mariadb");
  suite();
});
