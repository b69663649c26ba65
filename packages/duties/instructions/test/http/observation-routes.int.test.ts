import { openDatabase } from "@preau/database";
import { addHours, exportWords, type RegisteredSource } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { PUBLISHER } from "@preau/web";
import { expect, it } from "vitest";
import { ACACIAS, HAMEAU } from "../house.ts";
import { linkIn, NOW, openSite } from "./site.ts";

const FORM = {
  ...{ controller: HAMEAU, product: "plume", purpose: "Comprendre la remise des devoirs" },
  ...{ capacity: "ergonome de l’éditeur", startsOn: "2026-11-24", endsOn: "2026-12-18" },
  fields: "assign.duedate\nassign.name",
};
const PAGES = "/instructions/observations";

describeEachDatabase("requests to observe practices, and notices", openDatabase, (fresh) => {
  async function open() {
    const site = await openSite(await fresh());
    const title = { en: "Tasks", fr: "Devoirs" };
    const columns = {
      name: { title: { en: "Name", fr: "Intitulé" } },
      duedate: { title: { en: "Due", fr: "Échéance" } },
    };
    const words = { tables: { assign: { title, columns } }, categories: {} };
    const source = { describe: () => ({ id: "school" }) };
    site.sources.set("school", { source, exports: exportWords(words) } as unknown as RegisteredSource);
    const staff = await site.reader("publisherDpo", PUBLISHER);
    const ask = (more: Readonly<Record<string, string>> = {}) =>
      staff.send(PAGES, `${PAGES}/new?controller=${HAMEAU}`, { ...FORM, ...more });
    const asked = async () => ((await ask()).headers.get("location") ?? "").split("/").at(-1) ?? "";
    return { ...site, staff, ask, asked };
  }

  it("take no field that no store has, no name, no end before its beginning (S14)", async () => {
    const { ask } = await open();
    for (const wrong of [
      { fields: "assign.grade" },
      { fields: "user.password" },
      { fields: "" },
      { capacity: "zoe@marelle.example" },
      { endsOn: "2026-11-23" },
      { purpose: " " },
    ])
      expect((await ask(wrong)).status, JSON.stringify(wrong)).toBe(422);
  });

  it("show exactly the fields behind the link, where looking starts nothing, and become an instruction (S14)", async () => {
    const { asked, work, sent, browser, inUnit, ports, clock, staff } = await open();
    const id = await asked();
    await work();
    expect(sent).toMatchObject([{ template: "instructions.observationAsked" }]);
    const link = linkIn(sent[0]);
    const officer = browser();
    const shown = await officer.ask(link);
    for (const word of [
      "assign.duedate",
      "assign.name",
      "Devoirs · Échéance",
      "ergonome",
      "remise des devoirs",
    ])
      expect(shown.text).toContain(word);
    expect((await staff.ask(`${PAGES}/${id}`)).text).toContain("En attente de réponse");
    const [, hash = ""] = /name="hash" value="([^"]*)"/.exec(shown.text) ?? [];
    expect((await officer.send(link, link, { answer: "approve", hash })).status).toBe(200);
    expect((await officer.send(link, PAGES, { answer: "approve", hash })).status).not.toBe(200);
    const [instruction = "ins_none"] = await inUnit((unit) => ports.instructions.of(unit, HAMEAU, id));
    const standing = (fields: readonly string[]) =>
      inUnit((unit) =>
        ports.instructions.standing(unit, HAMEAU, instruction, {
          ...{ product: "plume", operation: "show", recipient: "staff", fields },
        }),
      );
    expect(await standing(["assign.name"])).toMatchObject({ reason: "INSTRUCTION_NOT_YET" });
    clock.advance(30 * 3_600_000);
    expect(await standing(["assign.name"])).toMatchObject({ inForce: true });
    expect(await standing(["assign.name", "assign.grade"])).toMatchObject({
      reason: "INSTRUCTION_OUTSIDE_SCOPE",
    });
    clock.set(addHours(NOW, 24 * 30));
    expect(await standing(["assign.name"])).toMatchObject({ reason: "INSTRUCTION_ENDED" });
  });

  it("are void once the list has changed: what was shown is not what is asked (S14)", async () => {
    const { asked, work, sent, browser, staff, reader, inUnit, ports } = await open();
    const id = await asked();
    await work();
    const link = linkIn(sent[0]);
    const own = await reader("controllerDpo", HAMEAU);
    const [, hash = ""] = /name="hash" value="([^"]*)"/.exec((await own.ask(`${PAGES}/${id}`)).text) ?? [];
    const changed = await staff.send(PAGES, `${PAGES}/new?change=${id}`, {
      ...FORM,
      ...{ change: id, fields: "assign.name" },
    });
    expect(changed.status).toBe(303);
    expect((await browser().ask(link)).status).toBe(410);
    const late = await own.send(`${PAGES}/${id}/answer`, `${PAGES}/${id}`, { answer: "approve", hash });
    expect(late.status).toBe(409);
    expect(await inUnit((unit) => ports.instructions.of(unit, HAMEAU, id))).toEqual([]);
    await work();
    expect(sent).toHaveLength(2);
    expect((await own.send(`${PAGES}/${id}/answer`, `${PAGES}/${id}`, { answer: "refuse" })).status).toBe(
      303,
    );
    expect((await own.ask(PAGES)).text).toContain("Refusée");
    const other = await reader("controllerDpo", ACACIAS);
    expect((await other.ask(`${PAGES}/${id}`)).status).toBe(404);
    expect((await other.send(`${PAGES}/${id}/answer`, PAGES, { answer: "refuse" })).status).not.toBe(303);
    expect((await other.ask(PAGES)).text).not.toContain(id);
  });

  it("are told each way, read sealed, and acknowledged by the other side alone (D6.1d)", async () => {
    const { staff, reader, work, sent, browser, database, clock, dues, inUnit, ports } = await open();
    const text = "La CNIL nous a écrit.\nElle demande le registre.";
    const told = await staff.send("/notices", `/notices?controller=${HAMEAU}`, {
      ...{ controller: HAMEAU, category: "authority", text, clause: "D10.2c", press: "prs_1" },
    });
    const path = told.headers.get("location") ?? "";
    expect(path).toMatch(/^\/notices\/ntc_/);
    expect(JSON.stringify(await database.knex("ins_notice").select())).not.toContain("CNIL");
    await work();
    expect(sent[0]?.variables).toMatchObject({ category: "authority" });
    expect(JSON.stringify(sent[0])).not.toContain("CNIL");
    const own = await reader("controllerAdministrator", HAMEAU);
    expect((await own.ask(path)).text).toContain("Elle demande le registre.");
    expect((await staff.ask(path)).text).not.toContain("J’en ai pris connaissance");
    expect((await staff.send(`${path}/acknowledgement`, "/instructions/new")).status).toBe(404);
    // Seven working days later nobody has said that they know: reminded once, and due again.
    const [due] = await dues({ controller: HAMEAU, before: addHours(NOW, 24 * 60) });
    expect(due).toMatchObject({ clause: "D6.1d", href: path });
    clock.set(due?.dueAt ?? NOW);
    clock.advance(1_000);
    await work();
    expect(sent.map(({ template }) => template)).toEqual(["instructions.noticed", "instructions.noticed"]);
    const link = linkIn(sent[1]);
    expect((await browser().send(link, link)).status).toBe(200);
    expect((await browser().ask(link)).status).toBe(410);
    expect(await dues({ controller: HAMEAU, before: addHours(NOW, 24 * 60) })).toEqual([]);
    // Sessions have ended meanwhile.
    const back = await (await reader("controllerDpo", HAMEAU)).send("/notices", "/notices", {
      category: "dataSubjectRights",
      text: "Une plainte.",
    });
    const other = await reader("controllerDpo", ACACIAS);
    for (const each of [path, back.headers.get("location") ?? ""])
      expect((await other.ask(each)).status).toBe(404);
    expect((await other.ask("/notices")).text).not.toContain("ntc_");
    const answered = back.headers.get("location") ?? "";
    await work();
    expect(sent.at(-1)?.to.address).toBe("dpo@editions-marelle.example");
    const later = await reader("publisherDpo", PUBLISHER);
    expect((await later.send(`${answered}/acknowledgement`, answered)).status).toBe(303);
    const types = (await inUnit((unit) => ports.journal.entries(unit, { controller: HAMEAU }))).map(
      (e) => e.type,
    );
    expect(types.filter((each) => each === "instructions.noticeAcknowledged")).toHaveLength(2);
  });
});
