import { openDatabase } from "@preau/database";
import { type ActorRole, addHours, type ControllerId, instant } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { PUBLISHER } from "@preau/web";
import { expect, it } from "vitest";
import { placeHold } from "../../src/place-hold.ts";
import { surveyStore } from "../../src/survey.ts";
import { OTHER_SCHOOL, SCHOOL } from "../house.ts";
import { account, memoryLifecycle, WHERE } from "../retention-house.ts";
import { openSite } from "./site.ts";

const LONG_AGO = instant("2024-03-01T09:00:00.000Z");
const PATHS = ["/retention", "/retention/holds", "/retention/receipts"] as const;
const READERS: readonly ActorRole[] = ["controllerAdministrator", "controllerDpo", "publisherDpo", "auditor"];

describeEachDatabase("pages of periods and purges", openDatabase, (fresh) => {
  async function open() {
    const site = await openSite(await fresh());
    const memory = memoryLifecycle([
      account(1, { lastActivity: LONG_AGO }),
      account(2, { lastActivity: instant("2026-11-01T09:00:00.000Z") }),
    ]);
    const school = site.sources.get("school");
    if (school !== undefined) site.sources.set("school", { ...school, lifecycle: memory.lifecycle });
    const survey = () => surveyStore(site.ports, site.options, WHERE);
    const [id] = (await survey()).proposed;
    const reader = async (role: ActorRole, controller: ControllerId = SCHOOL, language = "fr") => {
      const browser = site.browser(language);
      await browser.signIn(role, undefined, controller);
      return browser;
    };
    return { ...site, memory, survey, reader, purge: `/retention/purges/${id}` };
  }

  it("show what is due, why, when and on whose instruction, in both languages (D12.4)", async () => {
    const { reader, purge } = await open();
    for (const language of ["fr", "en"]) {
      const dpo = await reader("controllerDpo", SCHOOL, language);
      for (const path of [...PATHS, purge]) {
        const page = await dpo.ask(path);
        expect(page.status, path).toBe(200);
        expect(page.text, path).not.toMatch(/undefined|\[object|NaN/);
      }
    }
    const dpo = await reader("controllerDpo");
    const page = (await dpo.ask("/retention")).text;
    expect(page).toContain("2\u00a0ans après la dernière activité");
    expect(page).toContain("<svg");
    expect(page).toContain(purge);
    const text = (await dpo.ask(purge)).text;
    expect(text).toMatch(/sub_[0-9a-z]+/);
    expect(text).toContain("Partirait");
    expect(text).toContain("École du hameau · result");
    expect(text).not.toMatch(/eleve\.tilleul|Tilleul-Brumeux/);
  });

  it("are for the controller's own people, the publisher's officer and an auditor alone; only the first three decide", async () => {
    const { reader, purge, browser } = await open();
    for (const role of ["dataSubject", "support", "operations"] as const)
      for (const path of [...PATHS, purge])
        expect((await (await reader(role)).ask(path)).status, role).toBe(403);
    for (const path of [...PATHS, purge]) expect((await browser().ask(path)).status).toBe(401);
    const auditor = await reader("auditor");
    for (const path of [...PATHS, purge]) expect((await auditor.ask(path)).status).toBe(200);
    expect((await auditor.ask("/retention/holds")).text).not.toContain('action="/retention/holds"');
    for (const path of [
      `${purge}/approval`,
      `${purge}/cancellation`,
      "/retention/holds",
      "/retention/survey",
    ])
      expect((await auditor.send(path, "/retention")).status, path).toBe(403);
  });

  it("of another controller do not exist, nor can anything be decided there", async () => {
    const { reader, purge, ports, identify } = await open();
    const subject = await identify(1);
    const hold = await ports.unitOfWork.transaction((unit) =>
      placeHold(unit, ports, {
        ...{ controller: SCHOOL, covers: "controller", lawful: true, basis: "Archives à trier" },
        by: { role: "controllerDpo" },
      }),
    );
    for (const role of READERS) {
      const other = await reader(role, OTHER_SCHOOL);
      expect((await other.ask(purge)).status, role).toBe(404);
      for (const path of ["/retention", "/retention/holds", `/retention/subjects/${subject}`]) {
        // An address that names a controller names nothing to somebody of another one.
        const page = await other.ask(`${path}?controller=${SCHOOL}`);
        expect(page.text, `${role} ${path}`).not.toMatch(/Archives à trier|prg_|college-du-hameau/);
      }
      if (role === "auditor") continue;
      const lifted = await other.send(`/retention/holds/${hold}/lift`, "/retention/holds", {
        controller: SCHOOL,
        reference: "lettre 7",
      });
      expect(lifted.status, role).toBe(404);
      expect((await other.send(`${purge}/cancellation`, "/retention/holds")).status, role).toBe(404);
    }
    expect(
      await ports.unitOfWork.transaction((unit) => ports.subjects.identifiers(unit, SCHOOL, subject)),
    ).toHaveLength(1);
  });

  it("let a hold be placed and lifted, and say what is wrong with one (D6.2c)", async () => {
    const { reader, survey, database } = await open();
    const dpo = await reader("controllerDpo");
    const bad = await dpo.send("/retention/holds", "/retention/holds", { covers: "controller", basis: " " });
    expect(bad.status).toBe(400);
    expect(bad.text).toContain("Un champ de la conservation manque");
    const basis = "Contentieux, référence 2026-114";
    const placed = await dpo.send("/retention/holds", "/retention/holds", {
      covers: "controller",
      basis,
      lawful: "yes",
    });
    expect(placed.status).toBe(303);
    expect((await dpo.ask("/retention/holds")).text).toContain(basis);
    expect((await survey()).held).toBe(2);
    const [row] = await database.knex("ret_hold").select<{ id: string }[]>("id");
    await dpo.send(`/retention/holds/${row?.id}/lift`, "/retention/holds");
    expect((await survey()).held).toBe(0);
    const publisher = await reader("publisherDpo");
    const without = await publisher.send("/retention/holds", "/retention/holds", {
      covers: "controller",
      basis,
    });
    expect(without.status).toBe(400);
  });

  it("follow a purge from its approval to its receipt, and the person in it until it is forgotten (D12.1)", async () => {
    const { reader, purge, clock, worker, sequencer, identify } = await open();
    const dpo = await reader("controllerDpo");
    const subject = await identify(1);
    const before = (await dpo.ask(`/retention/subjects/${subject}`)).text;
    expect(before).toContain("Dans une purge");
    expect(before).toContain(purge);
    clock.set(addHours(clock.now(), 25));
    await worker.drain();
    await sequencer.runOnce();
    const later = await reader("controllerDpo");
    const done = (await later.ask(purge)).text;
    expect(done).toContain("Terminée");
    const [, receipt = ""] = /(\/retention\/receipts\/ers_[0-9a-z]+)/.exec(done) ?? [];
    const file = await later.ask(receipt);
    expect(JSON.parse(file.text)).toMatchObject({ ground: "retention", clause: "D12.4", verdict: "PASS" });
    expect((await later.ask("/retention/receipts")).text).toContain(receipt);
    expect((await later.ask(`/retention/subjects/${subject}`)).text).toContain(
      "Rien n’est su de cet identifiant",
    );
  });

  it("show the publisher's own officer every controller, who names the instruction behind a decision (D6.1c)", async () => {
    const { reader, purge, database } = await open();
    const publisher = await reader("publisherDpo", PUBLISHER);
    const overview = (await publisher.ask("/retention")).text;
    expect(overview).toContain(`/retention?controller=${SCHOOL}`);
    expect((await publisher.ask(`/retention?controller=${SCHOOL}`)).text).toContain(purge);
    expect((await publisher.ask(purge)).text).toContain(`/retention?controller=${SCHOOL}`);
    expect((await publisher.ask("/retention?controller=%2E%2E")).text).toContain(
      "Responsables de traitement",
    );
    await database.knex("ret_purge").update({ needs: "controller", ceiling_at: null });
    const approve = (reference: string) =>
      publisher.send(`${purge}/approval`, purge, { controller: SCHOOL, reference });
    expect((await approve(" ")).status).toBe(400);
    expect((await approve("lettre 12 du 20 novembre 2026")).status).toBe(303);
    expect((await publisher.ask(purge)).text).toContain("Délégué à la protection des données de l’éditeur");
    const [row] = await database.knex("ret_purge").select<{ state: string; approved_by: string }[]>();
    expect(row).toMatchObject({ state: "approved", approved_by: "publisherDpo" });
    const takenBack = await publisher.send(`${purge}/approval/withdrawal`, purge, { reference: "lettre 13" });
    expect(takenBack.status).toBe(303);
    expect((await publisher.send(`${purge}/cancellation`, purge, { reference: "lettre 14" })).status).toBe(
      303,
    );
    expect((await publisher.ask(purge)).text).toContain("Annulée");
  });
});
