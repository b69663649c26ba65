import { openDatabase } from "@preau/database";
import { type ActorRole, actorRoles } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { OTHER_SCHOOL, SCHOOL } from "../house.ts";
import { leftOf } from "../school.ts";
import { openSite } from "./site.ts";

const STAFF: readonly ActorRole[] = ["controllerAdministrator", "controllerDpo", "publisherDpo", "auditor"];

describeEachDatabase("routes of retention", openDatabase, (fresh) => {
  /** A person who has asked for the deletion of their account, and the address to follow it. */
  async function open() {
    const site = await openSite(await fresh());
    const subject = await site.identify(1);
    const person = site.browser();
    await person.signIn("dataSubject", subject);
    const ask = async () => (await person.press("/account/deletion")).headers.get("location") ?? "";
    return { ...site, subject, person, ask };
  }

  describe("ask for the deletion of one's account (D12.1)", () => {
    it("shows what will go, in both languages, and writes nothing", async () => {
      const { person, browser, subject, database, schoolDatabase } = await open();
      const page = await person.ask("/account/deletion");
      expect(page.status).toBe(200);
      expect(page.text).toContain("Supprimer mon compte");
      expect(page.text).toMatch(/École du hameau · result/);
      const other = browser("en");
      await other.signIn("dataSubject", subject);
      const english = await other.ask("/account/deletion");
      expect(english.text).toContain("Delete my account");
      expect(english.text).toMatch(/Hamlet school · result/);
      expect(english.text).not.toMatch(/undefined|\[object/);
      expect(await database.knex("ret_erasure")).toEqual([]);
      expect(await leftOf(schoolDatabase, 1)).toMatchObject({ pupil: 1 });
    });

    it("warns a restricted person that nothing would be erased (D10.1a)", async () => {
      const { person, schoolDatabase } = await open();
      expect((await person.ask("/account/deletion")).text).not.toContain("D10.1a");
      await schoolDatabase.knex("pupil").where({ id: 1 }).update({ frozen: 1 });
      expect((await person.ask("/account/deletion")).text).toContain("D10.1a");
    });

    it("takes the order, once, and leads to where it is followed (D12.2)", async () => {
      const { person, ask, database } = await open();
      const location = await ask();
      expect(location).toMatch(/^\/erasures\/era_/);
      expect((await person.ask(location)).status).toBe(200);
      expect(await database.knex("ret_erasure")).toHaveLength(1);
    });

    it("is for data subjects alone, with a session and with the token of the form", async () => {
      const { browser, person, database } = await open();
      for (const role of Object.keys(actorRoles) as ActorRole[]) {
        if (role === "dataSubject") continue;
        const staff = browser();
        await staff.signIn(role);
        expect((await staff.ask("/account/deletion")).status, role).toBe(403);
        expect((await staff.press("/account/deletion")).status, role).toBe(403);
      }
      expect((await browser().ask("/account/deletion")).status).toBe(401);
      expect((await browser().press("/account/deletion")).status).toBe(401);
      expect((await person.ask("/account/deletion", { method: "POST" })).status).toBe(403);
      const nobody = browser();
      await nobody.signIn("dataSubject"); // a session that is about nobody: one that follows an erasure
      expect((await nobody.ask("/account/deletion")).status).toBe(404);
      expect(await database.knex("ret_erasure")).toEqual([]);
    });
  });

  describe("follow an erasure (D12.2)", () => {
    it("shows the receipt that was PENDING, when somebody will look again, and the receipt that follows it", async () => {
      const { person, ask, worker, browser, sequencer, clock, sources } = await open();
      const school = sources.get("school");
      if (school === undefined) throw new Error("no school");
      const { source } = school;
      sources.set("school", {
        ...school,
        source: { ...source, describe: () => ({ ...source.describe(), documentedDelayHours: 48 }) },
      });
      const location = await ask();
      await worker.drain();
      await sequencer.runOnce();
      const waiting = await person.ask(location);
      expect(waiting.text).toContain("2026-11-25T08:00:00.000Z");
      expect(waiting.text).toContain("la durée de l’accord");
      expect((await person.ask(`${location}/later-receipt`)).status).toBe(409);
      clock.advance(48 * 3_600_000);
      await worker.drain();
      await sequencer.runOnce();
      const staff = browser("en");
      await staff.signIn("controllerDpo");
      const page = await staff.ask(location);
      expect(page.text).toContain("Looked at again");
      expect(page.text).not.toMatch(/undefined|\[object/);
      const first = JSON.parse((await staff.ask(`${location}/receipt`)).text) as {
        id: string;
        verdict: string;
      };
      const second = JSON.parse((await staff.ask(`${location}/later-receipt`)).text) as { follows: string };
      expect(first.verdict).toBe("PENDING");
      expect(second).toMatchObject({ follows: first.id, verdict: "PASS" });
      const other = browser();
      await other.signIn("controllerDpo", undefined, OTHER_SCHOOL);
      expect((await other.ask(`${location}/later-receipt`)).status).toBe(404);
    });

    it("shows its clock, then its stores and its receipt, in both languages, and names nobody", async () => {
      const { person, ask, worker, browser, sequencer } = await open();
      const location = await ask();
      const before = await person.ask(location);
      expect(before.text).toContain("Demandé, pas encore commencé");
      expect(before.text).toContain("2026-11-24T08:00:00.000Z");
      expect(before.headers.get("refresh")).toBe("2");
      expect(await worker.drain()).toMatchObject({ dead: 0 });
      await sequencer.runOnce();
      const after = await person.ask(location);
      expect(after.text).toContain("PASS");
      expect(after.text).toMatch(/École du hameau · result/);
      expect(after.headers.get("refresh")).toBeNull();
      const dpo = browser("en");
      await dpo.signIn("controllerDpo");
      const english = await dpo.ask(location);
      expect(english.text).toContain("Store by store");
      expect(english.text).toMatch(/Hamlet school · result/);
      for (const { text } of [before, after, english]) {
        expect(text).not.toMatch(/undefined|\[object|tilleul|Zoé|sub_/i);
      }
    });

    it("says which store failed, by its title", async () => {
      const { person, ask, sources, worker } = await open();
      const location = await ask();
      const school = sources.get("school");
      if (school === undefined) throw new Error("no school");
      const failing = {
        ...school.source,
        erase: async function* () {
          throw new Error("down");
        },
      };
      sources.set("school", { ...school, source: failing });
      await worker.drain();
      expect((await person.ask(location)).text).toMatch(/«\sÉcole du hameau\s» a échoué/);
    });

    it("hands out the receipt once it is filed, and says so before", async () => {
      const { person, ask, worker, sequencer } = await open();
      const location = await ask();
      const early = await person.ask(`${location}/receipt`, { headers: { accept: "application/json" } });
      expect([early.status, early.text]).toEqual([
        409,
        expect.stringContaining("RETENTION_RECEIPT_NOT_READY"),
      ]);
      await worker.drain();
      await sequencer.runOnce();
      const file = await person.ask(`${location}/receipt`);
      expect(file.status).toBe(200);
      expect(file.headers.get("content-disposition")).toMatch(
        /^attachment; filename="receipt-ers_[0-9a-z]+\.json"$/,
      );
      expect(JSON.parse(file.text)).toMatchObject({ schema: "preau.receipt/1", verdict: "PASS" });
    });

    it("lets the session of the person who asked see that one, before and after, and nothing else", async () => {
      const { person, ask, worker, order, sequencer } = await open();
      const mine = await ask();
      const another = `/erasures/${await order([2], { by: "caller" })}`;
      expect((await person.ask(mine)).status).toBe(200);
      expect((await person.ask(another)).status).toBe(404);
      await worker.drain();
      await sequencer.runOnce();
      expect((await person.ask(mine)).status).toBe(200);
      for (const path of [another, `${another}/receipt`, "/account/deletion"])
        expect((await person.ask(path)).status, path).toBe(404);
    });

    it("ends the person's other sessions", async () => {
      const { browser, subject, ask, worker } = await open();
      const telephone = browser();
      await telephone.signIn("dataSubject", subject);
      const location = await ask();
      expect((await telephone.ask(location)).status).toBe(200); // the same person, still signed in
      await worker.drain();
      expect((await telephone.ask(location)).status).toBe(401);
    });

    it.each(["", "/receipt"])("answers by role at /erasures/:id%s", async (end) => {
      const { browser, ask, worker, sequencer } = await open();
      const location = (await ask()) + end;
      await worker.drain();
      await sequencer.runOnce();
      for (const role of Object.keys(actorRoles) as ActorRole[]) {
        const one = browser();
        await one.signIn(role);
        expect((await one.ask(location)).status, role).toBe(STAFF.includes(role) ? 200 : 404);
      }
      expect((await browser().ask(location)).status).toBe(401);
    });

    it.each(["", "/receipt"])(
      "does not exist for another controller or another person at /erasures/:id%s",
      async (end) => {
        const { browser, ask, worker, sequencer, identify } = await open();
        const location = (await ask()) + end;
        const strangers = async () => {
          for (const role of STAFF) {
            const one = browser();
            await one.signIn(role, undefined, OTHER_SCHOOL);
            expect((await one.ask(location)).status, role).toBe(404);
          }
          const neighbour = browser();
          await neighbour.signIn("dataSubject", await identify(2), SCHOOL);
          expect((await neighbour.ask(location)).status).toBe(404);
          const namesake = browser();
          await namesake.signIn("dataSubject", await identify(1, OTHER_SCHOOL), OTHER_SCHOOL);
          expect((await namesake.ask(location)).status).toBe(404);
        };
        await strangers();
        await worker.drain();
        await sequencer.runOnce();
        await strangers();
      },
    );
  });
});
