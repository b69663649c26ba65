/** Who sees and does what with support cases: pages, API and terminal, each resource behind its roles and its controller. */
import { inUnit } from "@preau/database";
import { type ActorRole, addHours, type ControllerId } from "@preau/kernel";
import type { ApiScope } from "@preau/web";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { preauHere } from "./preau-here.ts";
import { ACACIAS, type SupportHouse, startSupportHouse, TILLEULS } from "./support-house.ts";

let house: SupportHouse;
let own: Awaited<ReturnType<SupportHouse["signIn"]>>;
let ownCase: string;

type Row = Readonly<Record<string, string>>;
const rows = (table: string, where: Row = {}) =>
  house.hub.ports.unitOfWork.transaction(
    async (unit) => (await inUnit(unit)(table).where(where)) as readonly Row[],
  );
const one = async (table: string, where: Row) => {
  const [row] = await rows(table, where);
  if (row === undefined) throw new Error(`no row in ${table}`);
  return row as Row & { readonly id: string };
};
const teacher = (origin: "gar" | "outsideGar", value: string, controller = ACACIAS) =>
  house.signIn({
    ...{ origin, controller },
    identifier: { kind: origin === "gar" ? "gar.ido" : "school.account", value },
  });

beforeAll(async () => {
  house = await startSupportHouse();
  const { ports } = house.hub;
  for (const controller of [ACACIAS, TILLEULS])
    await ports.unitOfWork.transaction((unit) =>
      ports.instructions.record(unit, {
        ...{ controller, kind: "staffAccess", clause: "DB.n", by: { role: "controllerDpo" } },
        scope: { recipients: ["supportTeam"], purposes: ["support"] },
      }),
    );
  own = await teacher("gar", "ido-pages-1");
  await own.post("/support", "/support", { text: "Le tableau des compétences reste vide." });
  ownCase = (await one("spt_case", { subject: own.subject })).id;
}, 60_000);
afterAll(() => house.stop());

/** What a POST without the page's form would send. */
const bare = async (visitor: Awaited<ReturnType<SupportHouse["staff"]>>, action: string, fields: Row = {}) =>
  visitor.send(action, await visitor.fieldsOf("/agreement", "/sign-out", fields));

describe("a client's cases (DD.6, S7)", () => {
  it("exist for that client and our own people alone; nobody but our team reads a word of them", async () => {
    const path = `/support/cases/${ownCase}`;
    const see = async (role: ActorRole, controller?: ControllerId) => {
      const reader = await house.staff(role, controller);
      const [list, page] = [await reader.get("/support/cases"), await reader.get(path)];
      return [list.status, list.html.includes(ownCase), page.status, page.html.includes("compétences")];
    };
    expect(await see("controllerDpo", ACACIAS)).toEqual([200, true, 200, false]);
    expect(await see("controllerAdministrator", ACACIAS)).toEqual([200, true, 200, false]);
    expect(await see("controllerDpo", TILLEULS)).toEqual([200, false, 404, false]);
    // Nothing is shown before a reason is given.
    expect(await see("support")).toEqual([200, true, 200, false]);
    // Operations see clocks: the id, no page.
    expect(await see("operations")).toEqual([200, true, 403, false]);
    expect(await see("auditor")).toEqual([403, false, 403, false]);
    const agent = await house.staff("support");
    for (const [client, shown] of [
      [ACACIAS, true],
      [TILLEULS, false],
    ] as const)
      expect((await agent.get(`/support/cases?controller=${client}`)).html.includes(ownCase)).toBe(shown);
    const others = await house.staff("controllerDpo", TILLEULS);
    expect((await others.get(`/support/cases?controller=${ACACIAS}`)).html).not.toContain(ownCase);
    const list = await (await house.staff("operations")).get("/support/cases");
    expect(list.html).not.toContain(`href="${path}"`);
    const shown = await (await house.agentIn(ownCase)).get(path);
    expect(shown.html).toContain("compétences");
    const person = await teacher("gar", "ido-pages-other");
    expect((await person.get("/support")).html).not.toContain("compétences");
    expect((await person.get(path)).status).toBe(403);
  });

  it("are acted on by our own people alone, who said why before", async () => {
    const { id: words } = await one("spt_words", { case_id: ownCase });
    const path = `/support/cases/${ownCase}`;
    const deeds = [
      [`${path}/proposals/${words}`, { decision: "confirm", "ask-access": "on" }],
      [`${path}/writer`, { kind: "child" }],
      [`${path}/answer`, { text: "Bonjour.", act: "send" }],
      [`${path}/closing`, {}],
      [`${path}/erasure`, { act: "now" }],
    ] as const;
    for (const [role, status] of [
      ["controllerDpo", 403],
      ["operations", 403],
      ["support", 403],
    ] as const) {
      const somebody = await house.staff(role, ACACIAS);
      for (const [action, fields] of [...deeds, [`${path}/opening`, { reason: "for fun" }] as const]) {
        const reply = await bare(somebody, action, fields);
        expect([role, action, reply.status]).toEqual([
          role,
          action,
          action.endsWith("/opening") && role === "support" ? 422 : status,
        ]);
      }
    }
    expect(await one("spt_case", { id: ownCase })).toMatchObject({ state: "open", side: "hub" });
    expect(await rows("spt_words", { case_id: ownCase })).toHaveLength(1);
  });
});

describe("a visitor of whom nobody knows who it is (DC)", () => {
  const write = async (content: string, more: Row = {}) => {
    const known = new Set((await rows("spt_case", { side: "unknown" })).map(({ id }) => id));
    const session = await house.write({ content, ...more });
    const found = (await rows("spt_case", { side: "unknown" })).find(({ id }) => !known.has(id));
    return { session, id: String(found?.["id"]) };
  };

  it("stands first in the list, is not answered, and becomes somebody when a person says so", async () => {
    const { id, session } = await write("Bonjour, je ne peux plus exporter.");
    const agent = await house.agentIn(id);
    const list = (await agent.get("/support/cases")).html;
    expect(list.indexOf(id)).toBeLessThan(list.indexOf(ownCase));
    const [path, answer] = [`/support/cases/${id}`, { text: "Bonjour.", act: "send" }];
    expect((await agent.get(path)).html).toContain("On ne sait pas qui écrit");
    expect((await bare(agent, `${path}/answer`, answer)).status).toBe(409);
    const client = await house.staff("controllerDpo", ACACIAS);
    expect((await client.get(path)).status).toBe(404);

    const writer = await teacher("outsideGar", "pages-2");
    const said = { kind: "person", client: ACACIAS, product: "plume", role: "teacher" };
    expect((await agent.post(path, `${path}/writer`, { ...said, subject: "nobody" })).status).toBe(422);
    const done = await agent.post(path, `${path}/writer`, { ...said, subject: "school.account:pages-2" });
    expect(done.status).toBe(303);
    expect(await one("spt_case", { id })).toMatchObject({
      ...{ side: "desk", controller: ACACIAS, subject: writer.subject, role: "teacher" },
    });
    expect((await client.get(path)).status).toBe(200);
    expect((await agent.get(path)).html).not.toContain(`${path}/writer`);
    expect((await bare(agent, `${path}/writer`, { kind: "child" })).status).toBe(409);
    expect((await agent.post(path, `${path}/answer`, answer)).status).toBe(303);
    await house.work();
    const told = await house.ask<{ messages: readonly { content: string }[] }>(
      "GET",
      `/visitor/${session}/messages`,
    );
    expect(told.messages.at(-1)?.content).toBe("Bonjour.");
  });

  it("is kept from the desk where it is a child, a parent, or somebody whom the directory knows of the GAR", async () => {
    const parent = await write("Bonjour, comment imprimer ?");
    const agent = await house.agentIn(parent.id);
    await agent.post(`/support/cases/${parent.id}`, `/support/cases/${parent.id}/writer`, { kind: "parent" });
    const pretended = await write("Comment changer de classe ?");
    await teacher("gar", "ido-pages-3");
    const path = `/support/cases/${pretended.id}`;
    await agent.post(path, `${path}/writer`, {
      ...{ kind: "person", client: ACACIAS, product: "plume", role: "teacher" },
      subject: "gar.ido:ido-pages-3",
    });
    await house.work();
    for (const { id } of [parent, pretended])
      expect(await one("spt_case", { id })).toMatchObject({ side: "hub", desk: "gone" });
    const held = JSON.stringify(await house.ask("GET", "/_desk"));
    expect(held).not.toMatch(/imprimer|changer de classe/);
  });

  it("may be erased at the desk now; what the desk refuses is a person's to do, and to say", async () => {
    const { id } = await write("Bonjour, une question.");
    await house.ask("POST", "/_faults", { "deletions-refused": "on" });
    const agent = await house.agentIn(id);
    const path = `/support/cases/${id}`;
    await agent.post(path, `${path}/erasure`, { act: "now" });
    await house.work();
    await house.ask("POST", "/_faults", { "deletions-refused": "off" });
    expect(await one("spt_case", { id })).toMatchObject({ desk: "stuck" });
    expect((await agent.get("/support/cases?view=stuck")).html).toContain(id);
    expect((await agent.get(path)).html).toContain("n’a pas effacé cette conversation");
    await agent.post(path, `${path}/erasure`, { act: "byHand" });
    expect(await one("spt_case", { id })).toMatchObject({ desk: "gone" });
  });
});

describe("a right that seems to be exercised (D10.1b)", () => {
  it("is put aside and taken up again; one that was not recognised may be passed on too", async () => {
    const writer = await teacher("gar", "ido-pages-4");
    await writer.post("/support", "/support", {
      text: "Je souhaite recevoir une copie de mes données. Amandine Corvisier",
    });
    const { id } = await one("spt_case", { subject: writer.subject });
    const { id: words } = await one("spt_words", { case_id: id });
    const agent = await house.agentIn(id);
    const [path, action] = [`/support/cases/${id}`, `/support/cases/${id}/proposals/${words}`];
    expect((await agent.post(path, action, { decision: "confirm" })).status).toBe(422);
    expect((await agent.post(path, action, { decision: "reject" })).status).toBe(303);
    expect(await one("spt_words", { id: words })).toMatchObject({ proposal: "rejected" });
    expect((await agent.post(path, action, { decision: "confirm", "ask-access": "on" })).status).toBe(303);
    const passed = await one("spt_words", { id: words });
    expect(passed).toMatchObject({ proposal: "confirmed", matters: "access" });
    const inquiry = await one("dsr_inquiry", { id: String(passed["inquiry"]) });
    expect(inquiry["received_at"]).toBe(passed["received_at"]);
    expect((await writer.get("/support")).html).toContain("/requests/mine");
    expect((await agent.get(path)).html).toContain(`/requests/inquiries/${inquiry.id}`);
  });

  it("holds an answer that waits, once its person has asked for a right: the gate is asked when it is shown", async () => {
    const writer = await teacher("gar", "ido-pages-8");
    await writer.post("/support", "/support", { text: "Où imprimer le bilan ?" });
    const { id } = await one("spt_case", { subject: writer.subject });
    const agent = await house.agentIn(id);
    const path = `/support/cases/${id}`;
    await agent.post(path, `${path}/answer`, { text: "Sous Bilans, en haut.", act: "send" });
    const { ports } = house.hub;
    const { controller, subject } = writer;
    await ports.unitOfWork.transaction((unit) =>
      ports.rightsDesk.receive(unit, {
        ...{ channel: "page", receivedAt: ports.clock.now(), language: "fr", key: "pages-8" },
        ...{ matters: ["access"], requester: { controller, subject, origin: "gar", role: "teacher" } },
      }),
    );
    const page = (await writer.get("/support")).html;
    expect(page).not.toContain("Sous Bilans");
    expect(page).toContain("votre établissement répond d’abord");
    expect(await one("spt_words", { case_id: id, author: "agent" })).toMatchObject({ state: "waits" });
  });
});

describe("an LMS asks what to offer (DC, DD.5)", () => {
  const machine = async (scopes: readonly ApiScope[], controller = ACACIAS) => {
    const { ports } = house.hub;
    const { token } = await ports.unitOfWork.transaction((unit) =>
      ports.apiTokens.make(unit, {
        ...{ controller, use: "lms", scopes, expiresAt: addHours(ports.clock.now(), 24) },
        by: { role: "controllerDpo", controller },
      }),
    );
    return async (path: string, body: object) => {
      const reply = await fetch(`${house.url}/api/v1/support/${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return { status: reply.status, said: (await reply.json()) as Record<string, unknown> };
    };
  };
  const about = (kind: string, value: string, more: Row = {}) => ({
    ...{ person: { kind, value }, product: "plume", origin: "outsideGar", role: "teacher", ...more },
  });

  const find = (value: string) =>
    house.hub.ports.unitOfWork.transaction((unit) =>
      house.hub.ports.subjects.find(unit, ACACIAS, { kind: "lms.user", value }),
    );

  it("the desk for a teacher outside the GAR, with a token that opens a case of that person", async () => {
    const ask = await machine(["support:offer"]);
    const { status, said } = await ask("offer", about("lms.user", "41"));
    expect(status).toBe(200);
    expect(said).toMatchObject({ schema: "preau.supportOffer/1", channel: "desk", desk: "crisp" });
    expect(said["crisp"]).toEqual([["set", "session:data", [[["preau", said["token"]]]]]]);
    await house.write({ data: { preau: said["token"] }, content: "Bonjour, le menu a disparu." });
    const subject = await find("41");
    expect(await one("spt_case", { subject: String(subject) })).toMatchObject({
      ...{ side: "desk", desk: "there", controller: ACACIAS, product: "plume" },
    });
  });

  it("the form for whoever came through the GAR, whatever the LMS claims; neither for a pupil, who is not written down", async () => {
    const ask = await machine(["support:offer"]);
    await teacher("gar", "ido-pages-5");
    const claimed = await ask("offer", about("gar.ido", "ido-pages-5"));
    expect(claimed.said).toMatchObject({ channel: "form", reason: "OUTSIDE_GAR_ONLY", page: "/support" });
    expect(claimed.said).not.toHaveProperty("token");
    // Known to the LMS by a number of its own, and to the directory by both.
    const both = await teacher("outsideGar", "pages-5");
    await house.hub.ports.unitOfWork.transaction((unit) =>
      house.hub.ports.subjects.link(unit, ACACIAS, both.subject, { kind: "gar.ido", value: "ido-pages-9" }),
    );
    const linked = await ask("offer", about("school.account", "pages-5"));
    expect(linked.said).toMatchObject({ channel: "form", reason: "OUTSIDE_GAR_ONLY" });
    const pupil = await ask("offer", about("lms.user", "a-pupil", { role: "pupil" }));
    expect(pupil.said).toMatchObject({ channel: "none", page: "/requests/new" });
    expect(await find("a-pupil")).toBeUndefined();
  });

  it("refuses what it does not know by the field's name, and whoever has no such scope", async () => {
    const ask = await machine(["support:offer"]);
    for (const [body, field] of [
      [about("lms.user", "x", { origin: "moon" }), "origin"],
      [{ ...about("lms.user", "x"), controller: TILLEULS }, "controller"],
      [{ ...about("lms.user", "x"), person: { kind: "lms.user" } }, "person.value"],
    ] as const) {
      const { status, said } = await ask("offer", body);
      expect([status, said["code"], said["field"]]).toEqual([422, "SUPPORT_FIELD_BAD", field]);
    }
    expect((await ask("messages", { ...about("lms.user", "x"), key: "1", text: "Bonjour" })).status).toBe(
      403,
    );
  });

  it("takes a person's message once a key, into the form's way and the own controller", async () => {
    const ask = await machine(["support:write"], TILLEULS);
    const body = { ...about("gar.ido", "ido-pages-6", { origin: "gar" }), key: "lms-1", text: "Bonjour." };
    const [first, again] = [await ask("messages", body), await ask("messages", body)];
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(again.said["case"]).toBe(first.said["case"]);
    const id = String(first.said["case"]);
    expect(await one("spt_case", { id })).toMatchObject({ controller: TILLEULS, side: "hub", desk: "none" });
    expect(await rows("spt_words", { case_id: id })).toHaveLength(1);
  });
});

describe("preau support (DC, D10.1b, D10.1c)", () => {
  const preau = async (words: readonly string[], input?: string) => {
    const answer = await preauHere(["support", ...words, "--json"], {
      ...{ cwd: house.folder, env: house.environment },
      ...(input === undefined ? {} : { input }),
    });
    return { ...answer, said: (answer.out === "" ? {} : JSON.parse(answer.out)) as Record<string, unknown> };
  };

  it("lists, shows on purpose, answers from the input, ends; what is refused writes nothing", async () => {
    const writer = await teacher("gar", "ido-pages-7");
    await writer.post("/support", "/support", { text: "Où est le cahier de textes ? Jocelyn Prévaut" });
    const { id } = await one("spt_case", { subject: writer.subject });
    const listed = await preau(["list"]);
    expect(listed.code).toBe(0);
    expect(listed.out).toContain(id);
    expect(listed.out).not.toContain("cahier");
    const lines = await preau(["show", id]);
    expect([lines.code, lines.out.includes("cahier")]).toEqual([0, false]);
    expect((await preau(["show", id, "--words"])).code).toBe(2);
    const shown = await preau(["show", id, "--words", "--why", "answer"]);
    expect(shown.out).toContain("cahier de textes");
    expect(shown.out).not.toContain("Prévaut");
    expect((await preau(["answer", id], "  ")).code).toBe(2);
    const told = await preau(["answer", id, "--key", "cli-1"], "Sous Agenda. Ou appelez le 06 12 34 56 78.");
    expect(told).toMatchObject({ code: 0, said: { state: "waits", masked: { telephone: 1 } } });
    const twice = await preau(["answer", id, "--key", "cli-1"], "Sous Agenda.");
    expect(twice.said["message"]).toBe(told.said["message"]);
    expect((await preau(["close", id])).code).toBe(0);
    expect(await one("spt_case", { id })).toMatchObject({ state: "closed" });
    const offer = [
      "offer",
      "--controller",
      ACACIAS,
      "--subject",
      "gar.ido:ido-pages-7",
      "--product",
      "plume",
    ];
    const form = await preau([...offer, "--origin", "outsideGar", "--role", "teacher"]);
    expect(form).toMatchObject({ code: 0, said: { channel: "form", reason: "OUTSIDE_GAR_ONLY" } });
    expect((await preau(["confirm", "spw_none"])).code).toBe(2);
  });
});
