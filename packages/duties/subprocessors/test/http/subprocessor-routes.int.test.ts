import type { ControllerId } from "@preau/kernel";
import { PUBLISHER } from "@preau/web";
import { describe, expect, it } from "vitest";
import { ACACIAS, HAMEAU, storing, tokenIn } from "../subprocessor-house.ts";
import { openSite } from "./site.ts";

type Site = Awaited<ReturnType<typeof openSite>>;

const DAY_MS = 86_400_000;
const CHANGE = {
  ...{
    kind: "add",
    replaces: "",
    recipient: "spareHost",
    name: "Nuage <b>Exemple</b>",
    siret: "",
    register: "HRB 1",
  },
  ...{ activityFr: "Hébergement de secours", activityEn: "Spare hosting", origins: "everyOrigin" },
  ...{ "operation.store": "yes", transferCountry: "", mechanism: "", deletionDelay: "hours(24)" },
  ...{ storage: "fr", processing: "FR DE", purposeFr: "Garder une copie.", purposeEn: "Keep a copy." },
  ...{ retentionFr: "La durée du contrat.", retentionEn: "As long as the contract.", startsOn: "2026-01-01" },
  ...{ guaranteesFr: "Mesures examinées.", guaranteesEn: "Measures reviewed." },
};
const WRITING = {
  means: "letter",
  writer: "representative",
  reference: "LRAR 2026-77",
  sha256: "a".repeat(64),
  receivedAt: "2026-03-27T10:30",
};

/** Drafted and announced on the pages: where the change stands. */
async function announceOnPages(site: Site): Promise<string> {
  const officer = await site.reader("publisherDpo", PUBLISHER);
  const drafted = await officer.send("/subprocessors/changes", "/subprocessors/changes/new", CHANGE);
  expect(drafted.status, drafted.text).toBe(303);
  const path = drafted.headers.get("location") ?? "";
  expect((await officer.ask(path)).text).toContain("Brouillon");
  expect((await site.browser().ask("/subprocessors")).text).not.toContain("Nuage");
  expect((await officer.send(`${path}/announcement`, path)).status).toBe(303);
  await site.work();
  return path;
}

const linkOf = (site: Site, controller: ControllerId) =>
  `/subprocessors/notice/${tokenIn(site.outbox, controller)}`;

/** The own notice of a client, as its page links to it. */
async function ownNotice(site: Site, controller: ControllerId): Promise<string> {
  const own = await site.reader("controllerDpo", controller);
  const [path] = /\/subprocessors\/notices\/spn_\w+/.exec((await own.ask("/subprocessors")).text) ?? [];
  if (path === undefined) throw new Error("no notice");
  return path;
}

describe("pages of subprocessors", () => {
  it("show the list and its history to anybody, in both languages, without a draft (DC)", async () => {
    const site = await openSite();
    for (const language of ["fr", "en"]) {
      const page = await site.browser(language).ask("/subprocessors");
      expect(page.status).toBe(200);
      for (const name of ["OVH", "Crisp", "Brevo"]) expect(page.text).toContain(name);
      expect(page.text).not.toMatch(/undefined|\[object|NaN/);
    }
    await announceOnPages(site);
    const after = await site.browser("en").ask("/subprocessors");
    expect(after.text).toContain("Nuage &lt;b>Exemple&lt;/b>");
    expect(after.text).not.toContain("<b>Exemple");
    const json = await (await site.browser().raw("/api/v1/subprocessors")).json();
    expect(json).toMatchObject({
      schema: "preau.subprocessors/1",
      changes: [{ kind: "add", state: "announced" }],
    });
  });

  it("say which field of a change is wrong, and give back what was written (D8.2)", async () => {
    const site = await openSite();
    const officer = await site.reader("publisherDpo", PUBLISHER);
    for (const [field, value] of [
      ["recipient", "product"],
      ["register", ""],
      ["startsOn", "demain"],
      ["storage", "France"],
      ["deletionDelay", "bientôt"],
    ] as const) {
      const page = await officer.send("/subprocessors/changes", "/subprocessors/changes/new", {
        ...CHANGE,
        [field]: value,
      });
      expect(page.status, field).toBeGreaterThanOrEqual(400);
      expect(page.text, field).toContain("Garder une copie.");
    }
    expect((await officer.ask("/subprocessors")).text).not.toContain("Nuage");
  });

  it("start nothing when a link is fetched, count one press, and open after the window (D8.3)", async () => {
    const site = await openSite();
    await announceOnPages(site);
    const link = linkOf(site, HAMEAU);
    for (let scanner = 0; scanner < 3; scanner += 1) {
      const look = await site.browser().ask(link);
      expect(look.status).toBe(200);
      expect(look.text).toContain("J’ai reçu cette annonce");
      expect(look.headers.get("cache-control")).toContain("no-store");
      expect(look.headers.get("referrer-policy")).toBe("no-referrer");
    }
    site.clock.advance(30 * DAY_MS);
    expect(await site.ask(storing(HAMEAU))).toMatch(/D8\.[23]/);
    const person = site.browser();
    const pressed = await person.send(link, link, { capacity: "dpo", press: "receipt" });
    expect(pressed.status).toBe(200);
    expect(pressed.text).toContain("Votre réception est attestée");
    const objection = /\/subprocessors\/objection\/[\w-]{43}/.exec(pressed.text)?.[0];
    expect(objection).toBeDefined();
    for (const again of [
      await person.ask(link),
      await person.send(link, objection ?? "", { capacity: "dpo" }),
    ]) {
      expect(again.status).toBe(410);
      expect(again.text).toContain("Ce lien a déjà servi");
    }
    site.clock.advance(5 * DAY_MS);
    expect(await site.ask(storing(HAMEAU))).toMatch(/D8\.3/);
    site.clock.advance(30 * DAY_MS);
    expect(await site.ask(storing(HAMEAU))).toBe("open");
    expect(await site.ask(storing(ACACIAS))).not.toBe("open");
    const guessed = await person.ask(`/subprocessors/notice/${"A".repeat(43)}`);
    expect(guessed.status).toBe(404);
  });

  it("keep it shut for who objects behind the link, and for nobody else (D8.3)", async () => {
    const site = await openSite();
    await announceOnPages(site);
    for (const controller of [HAMEAU, ACACIAS]) {
      const person = site.browser();
      const link = linkOf(site, controller);
      const page = await person.send(link, link, { capacity: "representative", press: "receipt" });
      if (controller === ACACIAS) continue;
      const objection = /\/subprocessors\/objection\/[\w-]{43}/.exec(page.text)?.[0] ?? "";
      const objected = await person.send(objection, objection, { capacity: "dpo", press: "objection" });
      expect(objected.text).toContain("Votre opposition est inscrite");
      expect((await person.ask(objection)).status).toBe(404); // taken back with the act
    }
    site.clock.advance(60 * DAY_MS);
    expect(await site.ask(storing(HAMEAU))).toMatch(/^D8\.3/);
    expect(await site.ask(storing(ACACIAS))).toBe("open");
  });

  it("take an objection that is pressed before any receipt, and the receipt with it (D8.3)", async () => {
    const site = await openSite();
    await announceOnPages(site);
    const link = linkOf(site, HAMEAU);
    const page = await site.browser().send(link, link, { capacity: "dpo", press: "objection" });
    expect(page.text).toContain("Votre opposition est inscrite");
    site.clock.advance(60 * DAY_MS);
    expect(await site.ask(storing(HAMEAU))).toMatch(/^D8\.3/);
  });

  it("let the client’s own people answer on their page; another client’s does not exist (D8.3)", async () => {
    const site = await openSite();
    const change = await announceOnPages(site);
    const path = await ownNotice(site, HAMEAU);
    const other = await site.reader("controllerDpo", ACACIAS);
    expect((await other.ask(path)).status).toBe(404);
    expect(
      (await other.send(`${path}/answer`, "/subprocessors/notices/x", { press: "receipt" })).status,
    ).not.toBe(303);
    expect((await other.ask(change)).status).toBe(403);
    const own = await site.reader("controllerAdministrator", HAMEAU);
    expect((await own.send(`${path}/answer`, path, { press: "receipt" })).status).toBe(303);
    expect((await own.ask(path)).text).toContain("Vous pouvez vous y opposer jusqu’au 8 avril 2026 inclus");
    expect((await own.send(`${path}/answer`, path, { press: "objection" })).status).toBe(303);
    expect((await own.ask(path)).text).toContain("Votre opposition est inscrite");
    expect((await own.send(`${path}/objection/withdrawal`, path)).status).toBe(303);
    expect((await own.ask(path)).text).toContain("sans opposition, le changement s’ouvre".replace("s", "S"));
  });

  it("record what was received on paper, whatever the day it arrives, and correct it (D8.3)", async () => {
    const site = await openSite();
    await announceOnPages(site);
    const path = await ownNotice(site, HAMEAU);
    let officer = await site.reader("publisherDpo", PUBLISHER);
    const handed = await officer.send(`${path}/link`, path);
    expect(handed.text).toMatch(/\/subprocessors\/notice\/[\w-]{43}/);
    site.clock.advance(DAY_MS);
    officer = await site.reader("publisherDpo", PUBLISHER);
    for (const wrong of [
      { reference: "odile@hameau.example" },
      { receivedAt: "2026-06-01" },
      { means: "" },
    ]) {
      const page = await officer.send(`${path}/receipt`, path, {
        ...WRITING,
        form: "receipt",
        sha256: "b".repeat(64),
        ...wrong,
      });
      expect([page.status, page.text.includes("b".repeat(64))]).toEqual([400, true]);
    }
    expect((await officer.send(`${path}/receipt`, path, WRITING)).status).toBe(303);
    site.clock.advance(20 * DAY_MS);
    officer = await site.reader("publisherDpo", PUBLISHER);
    expect(await site.ask(storing(HAMEAU))).toBe("open");
    const late = { ...WRITING, reference: "LRAR 2026-91", receivedAt: "2026-04-15", datedAt: "2026-04-08" };
    expect((await officer.send(`${path}/objection`, path, late)).status).toBe(303);
    expect(await site.ask(storing(HAMEAU))).toMatch(/^D8\.3/);
    const page = await officer.ask(path);
    expect(page.text).toContain("Fin du contrat après une opposition");
    const [, contract = ""] = /<option value="(ctr_\w+)"/.exec(page.text) ?? [];
    const letter = await officer.send(`${path}/termination`, path, {
      contract,
      endsOn: "2026-08-31",
      press: "read",
    });
    expect(letter.text).toContain("31 août 2026");
    expect(
      (await officer.send(`${path}/objection/taken-back`, path, { ...late, receivedAt: "2026-04-16" }))
        .status,
    ).toBe(303);
    expect(await site.ask(storing(HAMEAU))).toBe("open");
    const corrected = { ...WRITING, correctedAt: "", reason: "Accusé d’un autre établissement" };
    expect((await officer.send(`${path}/receipt/correction`, path, corrected)).status).toBe(303);
    expect(await site.ask(storing(HAMEAU))).not.toBe("open");
  });

  it("put on file what is known of one, and say what is missing (D8.5)", async () => {
    const site = await openSite();
    const officer = await site.reader("publisherDpo", PUBLISHER);
    expect((await officer.ask("/subprocessors/host")).text).toContain("Aucun contrat");
    const path = "/subprocessors/host/facts";
    const facts = {
      ...{
        version: "0",
        storage: "FR",
        processing: "FR",
        contractReference: "OVH-2024-1",
        contractSha256: "a".repeat(64),
      },
      ...{
        signedOn: "2024-01-01",
        validFrom: "2024-01-01",
        validUntil: "",
        reviewReference: "R-7",
        "measure.backups": "yes",
      },
      ...{
        reviewedOn: "2026-01-10",
        nextReviewBy: "2027-01-10",
        contact: "",
        tree: "Câbles SA; FR; réseau\n- Tuyaux; DE",
      },
    };
    const wrong = await officer.send(path, path, { ...facts, contractSha256: "court" });
    expect([wrong.status, wrong.text.includes("OVH-2024-1")]).toEqual([400, true]);
    expect((await officer.send(path, path, facts)).status).toBe(303);
    const seen = await site.browser("en").ask("/subprocessors/host");
    for (const word of ["Câbles SA · France", "Tuyaux · Germany", "reviewed on 10 January 2026"])
      expect(seen.text).toContain(word);
    expect(seen.text).not.toContain("OVH-2024-1");
    expect((await officer.send(path, path, facts)).status).toBe(409);
  });
});
