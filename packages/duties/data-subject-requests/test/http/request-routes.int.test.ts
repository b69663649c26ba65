/** The desk and the controller’s side, over HTTP: who sees what, what a link opens, what an instruction lets be done. */
import type { ActorRole, ControllerId, RequestId } from "@preau/kernel";
import { PUBLISHER } from "@preau/web";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OTHER_SCHOOL, SCHOOL } from "../desk-house.ts";
import { ASKED } from "./asked.ts";
import { KIND, openSite, type Site } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 30_000);
afterAll(() => site.stop());

describe("the desk (D10.1b)", () => {
  it("is walked by each role as far as it goes", async () => {
    const { id } = await site.opened("access", { pupil: "walk", text: "Mes notes du trimestre." });
    const { inquiry } = await site.receive({
      ...{ channel: "page", receivedAt: site.clock.now(), language: "fr", key: "walk" },
      text: "Je veux voir mes données.",
    });
    const paths = ["/requests", `/requests/${id}`, `/requests/inquiries/${inquiry}`, "/requests/entry"];
    const walk: readonly (readonly [ActorRole, ControllerId, ...number[]])[] = [
      ["publisherDpo", PUBLISHER, 200, 200, 200, 200],
      ["support", PUBLISHER, 200, 200, 200, 200],
      ["operations", PUBLISHER, 200, 403, 403, 403],
      ["auditor", SCHOOL, 200, 200, 403, 403],
      ["controllerDpo", SCHOOL, 200, 200, 403, 403],
      ["controllerAdministrator", SCHOOL, 200, 200, 403, 403],
      ["publisherDpo", SCHOOL, 200, 200, 404, 403],
      ["dataSubject", SCHOOL, 403, 403, 403, 403],
    ];
    for (const [role, controller, ...expected] of walk) {
      const one = await site.reader(role, controller);
      const seen: number[] = [];
      for (const path of paths) seen.push((await one.ask(path)).status);
      expect([role, controller, ...seen]).toEqual([role, controller, ...expected]);
    }
    const clocks = await (await site.staff("operations")).ask("/requests");
    expect(clocks.text).toContain(id);
    expect(clocks.text).not.toMatch(/Accès|Effacement|href="\/requests\/rqs_/);
    const desk = await (await site.staff("support")).ask(`/requests/${id}`);
    expect(desk.text).not.toMatch(/Mes notes|Où sont les données|\/execution|\/relay"/);
    for (const path of paths) expect((await site.browser().ask(path)).status).toBe(401);
  });

  it("shows another controller's requests to nobody of this one", async () => {
    const { id } = await site.opened("erasure", { pupil: "theirs", controller: OTHER_SCHOOL });
    for (const role of ["controllerDpo", "controllerAdministrator", "auditor", "publisherDpo"] as const) {
      const one = await site.reader(role);
      expect((await one.ask("/requests?view=toForward")).text).not.toContain(id);
      expect((await one.ask(`/requests/${id}`)).status).toBe(404);
    }
    const dpo = await site.reader("controllerDpo");
    for (const path of [
      "acknowledgement",
      "person",
      "outcome",
      "extension",
      "execution",
      "instruction",
      "lift",
    ])
      expect((await dpo.send(`/requests/${id}/${path}`, "/requests")).status).toBe(404);
    expect((await site.read(id))?.state).toBe("open");
  });

  it("shows the most urgent first, fifty a page, and counts them all", async () => {
    const row = {
      ...{ controller: SCHOOL, inquiry: "inq_none", matter: "portability", language: "fr", role: "teacher" },
      ...{ identity: "unverified", authority: "self", level: 0, bounces: 0, text_held: false },
      ...{ received_at: site.clock.now(), answer_due_at: "2026-12-23T08:00:00.000Z" },
    };
    const rows = Array.from({ length: 130 }, (_, at) => ({
      ...{ ...row, id: `rqs_${String(at).padStart(26, "0")}`, state: at % 2 === 0 ? "open" : "received" },
      forward_due_at: `2026-11-25T${String(23 - (at % 24)).padStart(2, "0")}:00:00.000Z`,
    }));
    await site.database.knex.batchInsert("dsr_request", rows, 50);
    const dpo = await site.staff("publisherDpo");
    const listed = async (page: number) => {
      const { text } = await dpo.ask(`/requests?view=toForward&matter=portability&page=${page}`);
      return [...text.matchAll(/href="\/requests\/(rqs_[0-9]{26})"/g)].map(([, id]) => id);
    };
    const first = await listed(1);
    const half = rows.filter(({ state }) => state === "open");
    const urgent = half.toSorted((a, b) => (a.forward_due_at < b.forward_due_at ? -1 : 1));
    expect(first).toHaveLength(Math.min(50, half.length));
    expect(first[0]).toBe(urgent.find(({ forward_due_at: due }) => due === urgent[0]?.forward_due_at)?.id);
    expect(await listed(2)).toHaveLength(Math.min(50, half.length - first.length));
    await site.database.knex("dsr_request").where({ inquiry: "inq_none" }).delete();
  });

  it("shows what was written on purpose alone, with a trace that names nobody (DD.7)", async () => {
    const { inquiry } = await site.receive({
      ...{ channel: "mail", receivedAt: site.clock.now(), language: "fr", key: "shown" },
      text: `Effacez mon compte. <img src=x onerror="alert(1)">`,
      requester: { name: "Zoé D’Alençon" },
      concerns: { school: "Collège du Hameau" },
    });
    const path = `/requests/inquiries/${inquiry}`;
    const dpo = await site.staff("publisherDpo");
    expect((await dpo.ask(path)).text).not.toMatch(/Alençon|Effacez|<mark/);
    const before = (await site.entries("textShown", PUBLISHER)).length;
    expect((await dpo.send(`${path}/text`, path, { why: "elsewhere" })).status).toBe(400);
    const { text } = await dpo.send(`${path}/text`, path, { why: "assign" });
    expect(text).toContain("Zoé D’Alençon");
    expect(text).toContain("&lt;img src=x");
    expect(text).toMatch(/<mark title="[^"]+">Effacez mon compte/);
    expect(text).not.toContain("<img");
    expect(text).toContain("Collège du Hameau");
    const entries = await site.entries("textShown", PUBLISHER);
    expect(entries.length).toBe(before + 1);
    expect(entries[0]?.log).toBe("activity");
    const support = await site.staff("support");
    expect((await support.send(`${path}/text`, path, { why: "assign" })).status).toBe(403);
    expect(site.lines.join("\n")).not.toMatch(/Alençon|Effacez/);
  });

  it("makes of one message a request a person, right and controller (D10.1b)", async () => {
    const { inquiry } = await site.receive({
      ...{ channel: "page", receivedAt: site.clock.now(), language: "fr", key: "split" },
      text: "Je voudrais voir les données de mon fils.",
      requester: { role: "guardian", name: "Zoé D’Alençon", address: "split@famille.example" },
      concerns: { name: "Ésope D’Alençon", school: "Collège du Hameau" },
    });
    const path = `/requests/inquiries/${inquiry}`;
    const dpo = await site.staff("publisherDpo");
    const block = (at: number, controller: string) => ({
      ...{
        [`p${at}-controller`]: controller,
        [`p${at}-name`]: "Ésope D’Alençon",
        [`p${at}-role`]: "guardian",
      },
      ...{ [`p${at}-passed`]: "none", [`p${at}-ask-access`]: "on" },
    });
    const more = await dpo.send(`${path}/requests`, path, {
      ...{ why: "assign", persons: "1", more: "1", ...block(0, SCHOOL), "p0-ask-erasure": "on" },
    });
    expect(more.status).toBe(200);
    expect(more.text).toContain('name="p1-controller"');
    expect(more.text).toMatch(/name="p0-ask-erasure"[^>]*checked|checked[^>]*name="p0-ask-erasure"/);
    const bad = await dpo.send(`${path}/requests`, path, {
      ...{ why: "assign", persons: "1", ...block(0, "nobody-we-know") },
    });
    expect(bad.status).toBe(404);
    const { status } = await dpo.send(`${path}/requests`, path, {
      ...{
        why: "assign",
        persons: "2",
        ...block(0, SCHOOL),
        "p0-ask-erasure": "on",
        ...block(1, OTHER_SCHOOL),
      },
    });
    expect(status).toBe(303);
    const rows = await site.database.knex("dsr_request").where({ inquiry }).select("controller", "matter");
    expect(rows.map((row) => `${row.controller} ${row.matter}`).toSorted()).toEqual(
      [`${SCHOOL} access`, `${SCHOOL} erasure`, `${OTHER_SCHOOL} access`].toSorted(),
    );
  });

  it("puts aside what is no request, with its reason", async () => {
    const { inquiry } = await site.receive({
      ...{ channel: "mail", receivedAt: site.clock.now(), language: "fr", key: "spam", text: "Achetez !" },
    });
    const path = `/requests/inquiries/${inquiry}`;
    const dpo = await site.staff("publisherDpo");
    const { status } = await dpo.send(`${path}/dismissal`, path, { dismissal: "unsolicited" });
    expect(status).toBe(303);
    const { text } = await dpo.ask(path);
    expect(text).toContain("Pas une demande");
    expect((await dpo.send(`${path}/text`, path, { why: "check" })).status).toBe(409);
  });

  it("writes down what came another way, its clock running since it reached us", async () => {
    const support = await site.staff("support");
    const fields = { ...ASKED, channel: "mail", day: "2026-11-22", time: "18:05" };
    const { status, text } = await support.send("/requests/entry", "/requests/entry", fields);
    expect(status).toBe(200);
    const rows = await site.database
      .knex("dsr_inquiry")
      .where({ channel: "mail", received_at: "2026-11-22T17:05:00.000Z" })
      .pluck<string[]>("forward_due_at");
    expect(rows).toEqual(["2026-11-24T17:05:00.000Z"]);
    expect(text).toContain("Demande enregistrée");
    const tomorrow = await support.send("/requests/entry", "/requests/entry", {
      ...fields,
      day: "2026-11-24",
    });
    expect(tomorrow.status).toBe(422);
    expect(tomorrow.text).toContain("Ésope");
    const foreign = await site.reader("support", SCHOOL);
    expect((await foreign.send("/requests/entry", "/requests/new", fields)).status).toBe(403);
  });
});

describe("the controller's side (D10.1b, D10.1c)", () => {
  it("opens nothing for a scanner, the package once for a person, and says what to do with a dead link", async () => {
    const { id } = await site.opened("access", { pupil: "relayed", text: "Mes notes, s’il vous plaît." });
    const link = await site.linkTo(id);
    const scanner = site.browser();
    for (let time = 0; time < 3; time += 1) {
      const looked = await scanner.ask(link);
      expect(looked.status).toBe(200);
      expect(looked.text).not.toContain("Mes notes");
    }
    expect(await site.read(id)).toMatchObject({ state: "open" });
    const officer = site.browser();
    const opened = await officer.send(link, link);
    expect([opened.status, opened.text.includes("Mes notes")]).toEqual([200, true]);
    expect((await site.read(id))?.openedAt).toBe(site.clock.now());
    const again = await officer.send(link, "/requests/new");
    expect([again.status, again.text.includes("Mes notes")]).toEqual([410, false]);
    expect((await officer.ask(link)).status).toBe(410);
    const guessed = `/requests/relay/${"A".repeat(43)}`;
    const unknown = await officer.ask(guessed);
    expect(unknown.status).toBe(404);
    expect(unknown.text).not.toMatch(/rqs_|sub_|college/);
    expect((await officer.send(guessed, "/requests/new")).text).toContain("Ce lien ne mène à rien");
  });

  it("says that an expired link is over, and that a renewed one replaced it", async () => {
    const { id } = await site.opened("erasure", { pupil: "expired" });
    const first = await site.linkTo(id);
    const dpo = await site.staff("publisherDpo");
    const page = `/requests/${id}`;
    expect((await dpo.send(`${page}/relay`, page, { how: "mail" })).status).toBe(303);
    const second = await site.linkTo(id);
    expect(second).not.toBe(first);
    expect((await site.browser().ask(first)).status).toBe(404);
    const shown = await dpo.send(`${page}/relay`, page, { how: "hand" });
    const [, third = ""] =
      /https:\/\/preau\.example(\/requests\/relay\/[A-Za-z0-9_-]{43})/.exec(shown.text) ?? [];
    expect((await site.browser().ask(third)).status).toBe(200);
    expect((await dpo.ask(page)).text).not.toContain(third);
    site.later(24 * 40);
    expect((await site.browser().ask(third)).text).toContain("Ce lien n’est plus valable");
    site.later(-24 * 40);
  });

  it("is handed over by hand with its evidence, and not in the time to come (D10.1b)", async () => {
    const { id } = await site.opened("restriction", { pupil: "by-hand" });
    const dpo = await site.staff("publisherDpo");
    const page = `/requests/${id}`;
    const hand = { day: "2026-11-23", reference: "appel 118" };
    const early = await dpo.send(`${page}/hand-over`, page, { ...hand, time: "23:00" });
    expect(early.status).toBe(400);
    const named = await dpo.send(`${page}/hand-over`, page, { ...hand, reference: "zoe@famille.example" });
    expect(named.status).toBe(400);
    expect((await dpo.send(`${page}/hand-over`, page, hand)).status).toBe(303);
    expect(await site.read(id)).toMatchObject({ state: "forwarded", forwardedBy: "hand" });
  });

  it("is answered by its controller: acknowledged, waited for, extended once, closed (D10.1c)", async () => {
    const { id } = await site.opened("access", { pupil: "answered" });
    const dpo = await site.reader("controllerDpo");
    const page = `/requests/${id}`;
    const press = async (path: string, fields: Record<string, string> = {}) =>
      (await dpo.send(`${page}/${path}`, page, fields)).status;
    expect(await press("acknowledgement")).toBe(303);
    const { answerDueAt } = (await site.read(id)) ?? {};
    expect(await press("extension", { extensionReason: "complexity" })).toBe(303);
    expect((await site.read(id))?.answerDueAt).not.toBe(answerDueAt);
    expect(await press("extension", { extensionReason: "complexity" })).toBe(409);
    expect(await press("outcome", { outcome: "refused" })).toBe(400);
    expect(await press("outcome", { outcome: "refused", reason: "no_match" })).toBe(303);
    expect(await site.read(id)).toMatchObject({ state: "closed", outcome: "refused", reason: "no_match" });
    expect(await press("acknowledgement")).toBe(409);
  });

  it("lets the publisher's officer write down what the controller wrote, with its reference alone (D10.1c)", async () => {
    const { id } = await site.opened("access", { pupil: "written" });
    const dpo = await site.staff("publisherDpo");
    const page = `/requests/${id}`;
    expect((await dpo.send(`${page}/outcome`, page, { outcome: "answered" })).status).toBe(400);
    const fields = { outcome: "answered", "reference-outcome": "lettre 7" };
    expect((await dpo.send(`${page}/outcome`, page, fields)).status).toBe(303);
    expect(await site.read(id)).toMatchObject({ state: "closed", outcome: "answered" });
  });
});

describe("what is done on instruction (D6.1c, D10.1a)", () => {
  it("is done at once when the controller presses the button, which is the writing", async () => {
    const { id, subject } = await site.opened("restriction", { pupil: "restricted" });
    const dpo = await site.reader("controllerDpo");
    const page = `/requests/${id}`;
    expect((await dpo.send(`${page}/execution`, page)).status).toBe(303);
    const [restriction] = await site.database.knex("dsr_restriction").where({ subject });
    expect(restriction).toMatchObject({ controller: SCHOOL, restricted_by: "controllerDpo" });
    const shown = await dpo.ask(page);
    expect(shown.text).toMatch(/ins_[0-9a-z]{26}/);
    expect((await dpo.send(`${page}/lift`, page)).status).toBe(303);
    const [lifted] = await site.database.knex("dsr_restriction").where({ subject });
    expect(lifted?.lifted_by).toBe("controllerDpo");
  });

  it("is done by the publisher's officer on an instruction of that person and kind, and on no other", async () => {
    const { id, subject } = await site.opened("access", { pupil: "ordered" });
    const dpo = await site.staff("publisherDpo");
    const page = `/requests/${id}`;
    const wrong = await site.ledger.write({ controller: SCHOOL, kind: "erase", scope: { subject } });
    const right = await site.ledger.write({ controller: SCHOOL, kind: "export", scope: { subject } });
    const foreign = await site.ledger.write({ controller: OTHER_SCHOOL, kind: "export" });
    for (const [instruction, status] of [
      ["", 400],
      ["ins_nothing", 400],
      [wrong, 409],
      [foreign, 409],
      [right, 303],
    ] as const)
      expect((await dpo.send(`${page}/execution`, page, { otherInstruction: instruction })).status).toBe(
        status,
      );
    const { text } = await dpo.ask(page);
    expect(text).toContain(
      `/exports/new?what=person&amp;controller=${SCHOOL}&amp;kind=access&amp;about=${id}`,
    );
    const support = await site.staff("support");
    expect((await support.send(`${page}/execution`, page)).status).toBe(403);
  });

  it("cannot be done for somebody whom nobody named, and can once the controller has", async () => {
    const { inquiry } = await site.receive({
      ...{
        channel: "api",
        receivedAt: site.clock.now(),
        language: "fr",
        key: "unnamed",
        matters: ["erasure"],
      },
      requester: { controller: SCHOOL, role: "pupil", name: "Ésope D’Alençon" },
    });
    const [row] = await site.database.knex("dsr_request").where({ inquiry });
    const page = `/requests/${String(row?.id)}`;
    const dpo = await site.reader("controllerAdministrator");
    expect((await dpo.ask(page)).text).toContain("Ésope D’Alençon");
    expect((await dpo.send(`${page}/execution`, page)).status).toBe(409);
    const stranger = await dpo.send(`${page}/person`, page, { person: `${KIND}:9999`, identity: "verified" });
    expect([stranger.status, stranger.text.includes("9999")]).toEqual([400, false]);
    const subject = await site.identify(KIND, "named");
    const said = await dpo.send(`${page}/person`, page, { person: subject, identity: "verified" });
    expect(said.status).toBe(303);
    expect(await site.read(row?.id as RequestId)).toMatchObject({ subject, identity: "verified" });
    expect((await dpo.send(`${page}/execution`, page)).status).toBe(303);
  });
});
