import { openDatabase } from "@preau/database";
import { type ActorRole, type ControllerId } from "@preau/kernel";
import { describeEachDatabase, temporaryFolder } from "@preau/testing";
import { PUBLISHER } from "@preau/web";
import { expect, it } from "vitest";
import { listObjections, listReleases } from "../../src/index.ts";
import { type Computed, runRelease } from "../../src/release-run.ts";
import { ACACIAS, HAMEAU, PUBLISHER_DPO, planOf } from "../house.ts";
import { NOW, openSite } from "./site.ts";

const OWN_PEOPLE = ["controllerAdministrator", "controllerDpo"] as const;
const CONFIRM = ["/releases/objection", "/releases/objection/withdrawal"] as const;
const FORM = {
  ...{ controller: HAMEAU, deed: "objection", day: "2026-11-20", time: "14:05" },
  ...{ means: "email", writer: "dpo", reference: "courriel 118" },
};

describeEachDatabase("pages of anonymised releases", openDatabase, (fresh) => {
  async function open() {
    const site = await openSite(await fresh());
    const { ports, inUnit } = site;
    const release = (controllers: readonly ControllerId[], verdict: Computed["verdict"] = "anonymised") =>
      runRelease(
        ports,
        {
          plan: planOf("results"),
          ...{ controllers, by: PUBLISHER_DPO, out: temporaryFolder() },
        },
        (parties) => {
          const judged = {
            ...{
              rowsIn: 77 * parties.length,
              rowsOut: 60,
              k: 5,
              figures: { answers: [], leftOutColumns: [] },
            },
            rowsOf: new Map(parties.map(({ controller }) => [controller, 77])),
          };
          const content = { columns: ["age"], rows: [{ age: 12 }], report: {}, html: "" };
          return Promise.resolve(
            verdict === "anonymised" ? { ...judged, verdict, content } : { ...judged, verdict },
          );
        },
      );
    const objections = (controller: ControllerId) => inUnit((unit) => listObjections(unit, controller));
    return { ...site, release, objections };
  }

  it("say what was released and where the controller stands, in both languages (D13.1)", async () => {
    const { reader, release } = await open();
    const empty = await (await reader("controllerDpo", HAMEAU)).ask("/releases");
    expect(empty.text).toContain("Aucun jeu n’a été tiré de vos données");
    expect(empty.text).toContain("Vous ne vous êtes pas opposé");
    const { id } = await release([HAMEAU]);
    const refused = await release([HAMEAU, ACACIAS], "pseudonymised");
    for (const language of ["fr", "en"])
      for (const [role, controller] of [
        ["controllerDpo", HAMEAU],
        ["publisherDpo", PUBLISHER],
      ] as const) {
        const dpo = await reader(role, controller, language);
        for (const path of ["/releases", `/releases/${id}`, `/releases/${refused.id}`]) {
          const page = await dpo.ask(path);
          expect(page.status, path).toBe(200);
          expect(page.text, path).not.toMatch(/undefined|\[object|NaN/);
        }
      }
    const page = (await (await reader("controllerDpo", HAMEAU)).ask("/releases")).text;
    expect(page).toContain("Usages de results");
    expect(page).toContain("pseudonymisé seulement");
    expect(page).toContain("au moins 5 personnes par groupe");
  });

  it("let the controller’s own people object and take it back by pressing a button, and a look changes nothing (D13.3)", async () => {
    const { reader, objections, clock } = await open();
    for (const role of OWN_PEOPLE) {
      const own = await reader(role, HAMEAU);
      const before = await objections(HAMEAU);
      for (const path of CONFIRM) expect((await own.ask(path)).status).toBe(200);
      expect(await objections(HAMEAU)).toEqual(before);
      expect((await own.send("/releases/objection", "/releases/objection")).status).toBe(303);
      expect((await own.ask("/releases")).text).toContain("Vous êtes opposé depuis le");
      const [objection] = await objections(HAMEAU);
      expect(objection).toMatchObject({ means: "page", recordedBy: role, receivedAt: clock.now() });
      clock.advance(60_000);
      const back = await own.send("/releases/objection/withdrawal", "/releases/objection/withdrawal");
      expect(back.status).toBe(303);
      expect((await own.ask("/releases")).text).toContain("Vous ne vous êtes pas opposé");
      clock.advance(60_000);
    }
    expect((await objections(HAMEAU)).map(({ withdrawn }) => withdrawn?.recordedBy)).toEqual(
      [...OWN_PEOPLE].reverse(),
    );
  });

  it("let the publisher’s officer record what was received by e-mail, and say which field is wrong (D13.3)", async () => {
    const { reader, release, objections } = await open();
    const made = await release([HAMEAU, ACACIAS]);
    const dpo = await reader("publisherDpo", PUBLISHER);
    for (const wrong of [
      { day: "2027-01-01" },
      { day: "hier" },
      { time: "25:00" },
      { reference: "odile@hameau.example" },
      { writer: "" },
      { means: "page" },
    ]) {
      const page = await dpo.send("/releases/objections", "/releases", { ...FORM, ...wrong });
      expect(page.status, JSON.stringify(wrong)).toBe(400);
      expect(page.text).toContain("Un élément de l’opposition manque");
      expect(page.text).toContain(wrong.reference ?? FORM.reference); // nothing has to be written again
    }
    expect(await objections(HAMEAU)).toEqual([]);
    const unknown = await dpo.send("/releases/objections", "/releases", { ...FORM, controller: "nobody" });
    expect(unknown.status).toBe(404);
    expect((await dpo.send("/releases/objections", "/releases", FORM)).status).toBe(303);
    // 14:05 in Paris, in winter.
    expect(await objections(HAMEAU)).toMatchObject([
      { receivedAt: "2026-11-20T13:05:00.000Z", recordedAt: NOW, writer: "dpo", reference: "courriel 118" },
    ]);
    const page = (await dpo.ask(`/releases/${made.id}`)).text;
    expect(page).toContain("Fait après une opposition déjà reçue");
    expect(page).toContain("La copie est à détruire");
    const own = (await (await reader("controllerDpo", HAMEAU)).ask("/releases")).text;
    expect(own).toContain("Des jeux ont été faits entre la réception");
    expect(own).not.toContain("Aucun jeu enregistré depuis cet instant");
    // The other controller in it is told nothing of that.
    const other = (await (await reader("controllerDpo", ACACIAS)).ask(`/releases/${made.id}`)).text;
    expect(other).not.toContain("Fait après une opposition déjà reçue");
    expect((await dpo.send(`/releases/${made.id}/destruction`, `/releases/${made.id}`)).status).toBe(303);
    expect((await dpo.ask(`/releases/${made.id}`)).text).toContain("La copie a été détruite");
    const taken = { ...FORM, deed: "withdrawal", day: "2026-11-23", time: "8:30" };
    expect((await dpo.send("/releases/objections", "/releases", taken)).status).toBe(303);
    expect((await objections(HAMEAU))[0]?.withdrawn?.receivedAt).toBe("2026-11-23T07:30:00.000Z");
  });

  it("let a release be handed over once every controller in it instructed that (S11)", async () => {
    const { reader, release } = await open();
    const { id } = await release([HAMEAU, ACACIAS]);
    const dpo = await reader("publisherDpo", PUBLISHER);
    const at = `/releases/${id}`;
    const hand = () => dpo.send(`${at}/hand-overs`, at, { recipient: "Université de l’Ouest" });
    for (const controller of [HAMEAU, ACACIAS]) {
      const refused = await hand();
      expect([refused.status, refused.text.includes("S11")]).toEqual([403, true]);
      const told = {
        controller,
        recipient: "Université de l’Ouest",
        day: "2026-11-20",
        reference: "lettre 4",
      };
      expect((await dpo.send(`${at}/instructions`, at, told)).status).toBe(303);
    }
    expect((await hand()).status).toBe(303);
    const own = await reader("controllerDpo", HAMEAU);
    expect((await own.ask(at)).text).toContain("Université de l’Ouest");
    for (const path of [`${at}/hand-overs`, `${at}/instructions`])
      expect((await own.send(path, "/releases/objection")).status, path).toBe(403);
  });

  it("count a writing without a time from the start of its day, and its time on the client’s clock (D13.3)", async () => {
    const { reader, objections } = await open();
    const dpo = await reader("publisherDpo", PUBLISHER);
    const send = (more: Record<string, string>) =>
      dpo.send("/releases/objections", "/releases", { ...FORM, ...more });
    await send({ time: "" });
    expect((await objections(HAMEAU))[0]?.receivedAt).toBe("2026-11-19T23:00:00.000Z");
    // The clocks went back on that night.
    await send({ controller: ACACIAS, day: "2026-10-25", time: "10:00" });
    expect((await objections(ACACIAS))[0]?.receivedAt).toBe("2026-10-25T09:00:00.000Z");
  });

  it("of another controller do not exist, nor are the others in one told (D13.3)", async () => {
    const { reader, release, objections } = await open();
    const alone = await release([HAMEAU]);
    const both = await release([HAMEAU, ACACIAS]);
    const own = await reader("controllerDpo", HAMEAU);
    await own.send("/releases/objection", "/releases/objection");
    for (const role of ["controllerDpo", "controllerAdministrator", "auditor"] as const) {
      const other = await reader(role, ACACIAS);
      expect((await other.ask(`/releases/${alone.id}`)).status, role).toBe(404);
      for (const path of ["/releases", `/releases/${both.id}`]) {
        const page = await other.ask(`${path}?controller=${HAMEAU}`);
        expect(page.status, role).toBe(200);
        expect(page.text, `${role} ${path}`).not.toContain(HAMEAU);
        expect(page.text, `${role} ${path}`).not.toContain(alone.id);
        // The rows of both less one's own are the other's.
        expect(page.text, `${role} ${path}`).not.toMatch(/\b(154|94)\b/);
      }
      // Objects for itself, whoever the form names.
      if (role === "auditor") continue;
      await other.send("/releases/objection", "/releases/objection", { controller: HAMEAU });
      await other.send("/releases/objection/withdrawal", "/releases/objection", { controller: HAMEAU });
    }
    expect((await objections(HAMEAU)).map(({ withdrawn }) => withdrawn)).toEqual([undefined]);
    const publisherThere = await reader("publisherDpo", ACACIAS);
    expect((await publisherThere.ask(`/releases/${alone.id}`)).status).toBe(404);
    for (const path of ["/releases/objections", `/releases/${both.id}/destruction`])
      expect((await publisherThere.send(path, "/releases/objection", FORM)).status, path).not.toBe(303);
  });

  it("are for the controller’s own people, the publisher’s officer and an auditor; each does only what is theirs", async () => {
    const { browser, reader, release, inUnit } = await open();
    const { id } = await release([HAMEAU]);
    const pages = ["/releases", `/releases/${id}`];
    for (const role of ["dataSubject", "support", "operations"] as const satisfies readonly ActorRole[])
      for (const path of [...pages, ...CONFIRM])
        expect((await (await reader(role, HAMEAU)).ask(path)).status, `${role} ${path}`).toBe(403);
    for (const path of [...pages, ...CONFIRM]) expect((await browser().ask(path)).status).toBe(401);
    const auditor = await reader("auditor", HAMEAU);
    for (const path of pages) expect((await auditor.ask(path)).status).toBe(200);
    expect((await auditor.ask("/releases")).text).not.toContain('href="/releases/objection"');
    for (const path of [...CONFIRM, "/releases/objections", `/releases/${id}/destruction`])
      expect((await auditor.send(path, "/releases", FORM)).status, path).toBe(403);
    const own = await reader("controllerDpo", HAMEAU);
    for (const path of ["/releases/objections", `/releases/${id}/destruction`])
      expect((await own.send(path, "/releases/objection", FORM)).status, path).toBe(403);
    const publisher = await reader("publisherDpo", PUBLISHER);
    for (const path of CONFIRM) expect((await publisher.send(path, "/releases")).status, path).toBe(403);
    expect(await inUnit((unit) => listObjections(unit, "all"))).toEqual([]);
    expect((await inUnit((unit) => listReleases(unit, "all")))[0]?.state).toBe("released");
    // Without the token of a form, nothing is pressed.
    const plain = await own.ask("/releases/objection", {
      method: "POST",
      headers: { origin: "http://127.0.0.1" },
    });
    expect(plain.status).toBe(403);
  });
});
