/** Support from end to end, with the real hub and the simulated desk: who is offered what, what reaches the desk, who answers whom. */
import { inUnit } from "@preau/database";
import { addHours, type Instant } from "@preau/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACACIAS, hiddenIn, type SupportHouse, startSupportHouse } from "./support-house.ts";

let house: SupportHouse;
beforeAll(async () => {
  house = await startSupportHouse();
}, 60_000);
afterAll(() => house.stop());

interface Captured {
  readonly captured: readonly { readonly path: string; readonly text: string; readonly headers: unknown }[];
}
interface DeskMessages {
  readonly messages: readonly { readonly from: string; readonly content: string }[];
}

const rows = (table: string, where: Readonly<Record<string, string>> = {}) =>
  house.hub.ports.unitOfWork.transaction(
    async (unit) => (await inUnit(unit)(table).where(where)) as readonly Record<string, string>[],
  );
const teacherOutside = (value: string) =>
  house.signIn({ origin: "outsideGar", identifier: { kind: "school.account", value } });
const teacherOfGar = (value: string) =>
  house.signIn({ origin: "gar", identifier: { kind: "gar.ido", value } });
/** Our team may see the client's support requests. */
const giveAccess = () =>
  house.hub.ports.unitOfWork.transaction((unit) =>
    house.hub.ports.instructions.record(unit, {
      ...{ controller: ACACIAS, kind: "staffAccess", clause: "DB.n", by: { role: "controllerDpo" } },
      scope: { recipients: ["supportTeam"], purposes: ["support"] },
      key: "support",
    }),
  );

describe("a teacher outside the GAR (DC)", () => {
  it("is offered the desk, writes there, and is answered there; the answer's echo is dropped", async () => {
    const teacher = await teacherOutside("walk-1");
    const page = await teacher.get("/support");
    expect(page.html).toContain("/chat/embed/");
    expect(page.html).not.toMatch(/<script|<iframe|action="\/support"/);
    const offer = JSON.parse((await teacher.get("/support/offer")).html) as { token: string; crisp: unknown };
    expect(offer).toMatchObject({ channel: "desk", desk: "crisp" });
    expect(offer.crisp).toEqual([["set", "session:data", [[["preau", offer.token]]]]]);

    const session = await house.write({
      data: { preau: offer.token },
      content: "Bonjour, le bouton d’export ne répond plus. Léopoldine Vasseur",
    });
    const [opened] = await rows("spt_case", { subject: teacher.subject });
    expect(opened).toMatchObject({ side: "desk", desk: "there", state: "open", controller: ACACIAS });
    const id = String(opened?.["id"]);

    const agent = await house.staff("support");
    const list = await agent.get("/support/cases");
    expect(list.html).toContain(`/support/cases/${id}`);
    const before = await agent.get(`/support/cases/${id}`);
    expect(before.html).toContain("Pourquoi ouvrez-vous");
    expect(before.html).not.toContain("bouton d’export");
    await agent.post(`/support/cases/${id}`, `/support/cases/${id}/opening`, { reason: "answer" });

    // Nobody of ours reads it without the client's instruction.
    const withheld = await agent.get(`/support/cases/${id}`);
    expect(withheld.html).toContain("Les textes ne sont pas montrés");
    expect(withheld.html).toContain("--kind staffAccess");
    expect(withheld.html).not.toContain("bouton d’export");
    const instruction = await giveAccess();
    const shown = await agent.get(`/support/cases/${id}`);
    expect(shown.html).toContain("bouton d’export");
    expect(shown.html).toContain(instruction);

    const where = `/support/cases/${id}/answer`;
    const preview = await agent.post(`/support/cases/${id}`, where, {
      text: "Rechargez la page, puis écrivez à aide@plume.example.",
      act: "preview",
    });
    expect(preview.status).toBe(200);
    expect(preview.html).toContain("[adresse électronique]");
    const body = new URLSearchParams({ ...hiddenIn(preview.html, where), act: "send" });
    expect((await agent.send(where, body)).status).toBe(303);
    // Twice the same press is one answer.
    expect((await agent.send(where, body)).status).toBe(303);
    await house.work();
    await house.ask("GET", "/_hooks/settled");
    await house.work();

    const { messages } = await house.ask<DeskMessages>("GET", `/visitor/${session}/messages`);
    expect(messages.map(({ from }) => from)).toEqual(["user", "operator"]);
    expect(messages[1]?.content).toContain("Rechargez la page");
    expect(messages[1]?.content).not.toContain("aide@plume.example");
    const words = await rows("spt_words", { case_id: id });
    expect(
      words
        .map(({ author, state }) => [author, state])
        .toSorted()
        .toReversed(),
    ).toEqual([
      ["person", "kept"],
      ["agent", "sent"],
    ]);
    const accessed = (await rows("jrn_entry")).filter(({ type }) => type === "support-bridge.accessed");
    expect(accessed).toHaveLength(1);
  });
});

describe("a teacher of the GAR (DC, DB.n)", () => {
  it("has the form and no desk; the answer waits in the hub, and is read at the next sign-in", async () => {
    await house.ask("DELETE", "/_captured");
    const teacher = await teacherOfGar("ido-walk-2");
    const page = await teacher.get("/support");
    expect(page.html).toContain('action="/support"');
    expect(page.html).not.toContain("/chat/embed/");
    expect(page.headers.get("content-security-policy")).toMatch(/default-src 'none'|default-src 'self'/);
    expect(JSON.parse((await teacher.get("/support/offer")).html)).toMatchObject({
      ...{ channel: "form", reason: "OUTSIDE_GAR_ONLY", clause: "DC", page: "/support" },
    });
    const text = "Bonjour, Ménélas Duquesnoy de la 5e B ne voit plus son cours. Merci, Philippine Aubry";
    const fields = await teacher.fieldsOf("/support", "/support", { text });
    const [one, two] = await Promise.all([
      teacher.send("/support", fields),
      teacher.send("/support", fields),
    ]);
    expect([one.status, two.status]).toEqual([303, 303]);
    const cases = await rows("spt_case", { subject: teacher.subject });
    expect(cases).toHaveLength(1);
    const id = String(cases[0]?.["id"]);
    expect(await rows("spt_words", { case_id: id })).toHaveLength(1);
    expect((await teacher.get("/support")).html).toContain("ne voit plus son cours");

    await giveAccess();
    const agent = await house.agentIn(id);
    const answer = { text: "Le cours est rouvert.", act: "send" };
    expect((await agent.post(`/support/cases/${id}`, `/support/cases/${id}/answer`, answer)).status).toBe(
      303,
    );
    await house.work();

    const again = await teacherOfGar("ido-walk-2");
    expect((await again.get("/me")).html).toContain("/support");
    expect((await again.get("/support", { "sec-purpose": "prefetch" })).html).toContain(
      "Une réponse vous attend",
    );
    const read = await again.get("/support");
    expect(read.html).toContain("Une réponse vous attend");
    expect(read.html).toContain("Le cours est rouvert.");
    expect((await again.get("/support")).html).not.toContain("Une réponse vous attend");
    expect((await rows("spt_words", { case_id: id, author: "agent" }))[0]?.["state"]).toBe("read");

    const { captured } = await house.ask<Captured>("GET", "/_captured");
    expect(captured).toEqual([]);
  });

  it("who writes at the desk all the same is answered in the hub, and the conversation leaves the desk", async () => {
    const teacher = await teacherOfGar("ido-walk-3");
    // As if a token had been made for that person before the GAR knew them.
    const token = await house.hub.ports.support.tokens.make({
      ...{ controller: ACACIAS, subject: teacher.subject },
      ...{ product: "plume", origin: "outsideGar", role: "teacher" },
    });
    await house.write({ data: { preau: token }, content: "Je ne retrouve pas ma classe." });
    await house.work();
    const [line] = await rows("spt_case", { subject: teacher.subject });
    expect(line).toMatchObject({ side: "hub", desk: "gone" });
    const { conversations } = await house.ask<{ conversations: readonly unknown[] }>("GET", "/_desk");
    expect(JSON.stringify(conversations)).not.toContain("ma classe");
    expect((await teacher.get("/support")).html).toContain("Je ne retrouve pas ma classe.");
  });
});

describe("a message that exercises a right (D10.1b, D10.1c)", () => {
  it("is proposed, confirmed, runs from the hook's receipt, and is answered on an instruction alone", async () => {
    const teacher = await teacherOutside("walk-4");
    const { ports } = house.hub;
    const offer = JSON.parse((await teacher.get("/support/offer")).html) as { token: string };
    const session = await house.write({
      data: { preau: offer.token },
      content: "Bonjour. Je demande l’effacement de toutes mes données personnelles.",
    });
    const [line] = await rows("spt_case", { subject: teacher.subject });
    const id = String(line?.["id"]);
    const [words] = await rows("spt_words", { case_id: id });
    expect(words).toMatchObject({ proposal: "open" });
    expect(String(words?.["matters"]).split(" ")).toContain("erasure");
    await giveAccess();
    const agent = await house.agentIn(id);
    const page = await agent.get(`/support/cases/${id}`);
    expect(page.html).toMatch(/<mark>[^<]*effacement/);
    expect(page.html).toContain("Dites d’abord si un droit est exercé");

    const early = await agent.send(
      `/support/cases/${id}/answer`,
      await agent.fieldsOf(`/support/cases/${id}`, `/support/cases/${id}/closing`, {
        text: "Non.",
        act: "send",
      }),
    );
    expect(early.status).toBe(409);
    const decided = await agent.post(
      `/support/cases/${id}`,
      `/support/cases/${id}/proposals/${String(words?.["id"])}`,
      { decision: "confirm", "ask-erasure": "on" },
    );
    expect(decided.status).toBe(303);
    const [confirmed] = await rows("spt_words", { case_id: id });
    expect(confirmed).toMatchObject({ proposal: "confirmed" });
    const [inquiry] = await rows("dsr_inquiry", { id: String(confirmed?.["inquiry"]) });
    expect(inquiry?.["received_at"]).toBe(words?.["received_at"]);
    expect(inquiry?.["forward_due_at"]).toBe(addHours(String(words?.["received_at"]) as Instant, 48));

    const refused = await agent.get(`/support/cases/${id}`);
    expect(refused.html).toContain("C’est au responsable de traitement de répondre");
    expect(refused.html).toContain("D10.1c");
    expect(refused.html).toContain("Au guichet des droits");
    const where = `/support/cases/${id}/answer`;
    const answer = { text: "Votre demande est bien arrivée.", act: "send" };
    const without = await agent.post(`/support/cases/${id}`, where, answer);
    expect(without.status).toBe(403);
    expect(without.html).toContain("D10.1c");

    const instruction = await ports.unitOfWork.transaction((unit) =>
      ports.instructions.record(unit, {
        ...{
          controller: ACACIAS,
          kind: "answerDataSubject",
          clause: "D10.1c",
          by: { role: "controllerDpo" },
        },
        scope: { subject: teacher.subject },
      }),
    );
    const told = await agent.post(`/support/cases/${id}`, where, { ...answer, instruction });
    expect(told.status).toBe(303);
    await house.work();
    const { messages } = await house.ask<DeskMessages>("GET", `/visitor/${session}/messages`);
    expect(messages.at(-1)?.content).toBe("Votre demande est bien arrivée.");
  });
});
