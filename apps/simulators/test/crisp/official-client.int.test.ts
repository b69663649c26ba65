import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type DeskWorld, startDesk } from "./desk-world.ts";

let desk: DeskWorld;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());
beforeEach(() => desk.reset());

const rejected = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "it was not refused",
    (error: unknown) => {
      const { code, message } = error as { code: number; message: string };
      return message === "internal_error" ? (error as { data: unknown }).data : [code, message];
    },
  );

describe("the official client crisp-api against the simulated desk", () => {
  it("lists, reads, answers, edits and deletes a conversation", async () => {
    const { website } = desk.client();
    const { session_id, fingerprints } = await desk.visit({
      ...{ nickname: "Maëlle Kerjean", email: "maelle@ecole.example", content: "Bonjour", token: "t-1" },
      data: { product: "plume" },
      page: { url: "https://plume.example/aide", title: "Aide" },
    });
    const [listed] = await website.listConversations(desk.website, 1);
    expect(listed).toMatchObject({
      session_id,
      state: "unresolved",
      last_message: "Bonjour",
      unread: { operator: 1 },
    });
    expect(await website.listConversations(desk.website, 2)).toEqual([]);
    const searches = [
      { search_type: "text", search_query: "kerjean" },
      { search_type: "text", search_query: "nobody" },
      { filter_resolved: 1 },
    ] as const;
    const found = await Promise.all(searches.map((each) => website.listConversations(desk.website, 1, each)));
    expect(found.map(({ length }) => length)).toEqual([1, 0, 0]);

    expect(await website.checkConversationExists(desk.website, session_id)).toEqual({});
    expect(await website.getConversation(desk.website, session_id)).toMatchObject({
      session_id,
      meta: { nickname: "Maëlle Kerjean", email: "maelle@ecole.example", data: { product: "plume" } },
    });
    expect(await website.listConversationPages(desk.website, session_id)).toMatchObject([
      { page_url: "https://plume.example/aide" },
    ]);

    const sent = await website.sendMessageInConversation(desk.website, session_id, {
      ...{ type: "text", from: "operator", origin: "urn:preau", content: "Nous regardons.", fingerprint: 7 },
      user: { type: "participant", nickname: "Assistance" },
    });
    expect(sent).toEqual({ fingerprint: 7 });
    await website.sendMessageInConversation(desk.website, session_id, {
      ...{ type: "text", from: "operator", origin: "urn:preau", content: "Encore.", fingerprint: 7 },
    });
    await website.sendMessageInConversation(desk.website, session_id, {
      ...{ type: "note", from: "operator", origin: "urn:preau", content: "Dossier ouvert." },
    });
    const messages = await website.getMessagesInConversation(desk.website, session_id);
    expect(messages.map(({ type, from, content }) => [type, from, content])).toEqual([
      ["text", "user", "Bonjour"],
      ["text", "operator", "Nous regardons."],
      ["note", "operator", "Dossier ouvert."],
    ]);
    const before = messages[2]?.timestamp ?? 0;
    const older = await website.getMessagesInConversation(desk.website, session_id, before);
    expect(older.every(({ timestamp }) => (timestamp ?? 0) < before)).toBe(true);

    await website.updateMessageInConversation(desk.website, session_id, 7, "Nous avons regardé.");
    expect(await website.getMessageInConversation(desk.website, session_id, 7)).toMatchObject({
      content: "Nous avons regardé.",
      edited: true,
    });
    await website.removeMessageInConversation(desk.website, session_id, fingerprints[0] ?? 0);
    expect(
      await rejected(website.getMessageInConversation(desk.website, session_id, fingerprints[0] ?? 0)),
    ).toEqual([404, "not_found"]);

    await website.updateConversationMetas(desk.website, session_id, { nickname: "M.", segments: ["case"] });
    expect(await website.getConversationMetas(desk.website, session_id)).toMatchObject({
      ...{ nickname: "M.", email: "maelle@ecole.example", segments: ["case"] },
    });
    await website.changeConversationState(desk.website, session_id, "resolved");
    expect(await website.getConversationState(desk.website, session_id)).toEqual({ state: "resolved" });
    await website.blockIncomingMessagesForConversation(desk.website, session_id, true);
    expect(await website.getBlockStatusForConversation(desk.website, session_id)).toEqual({ blocked: true });
    await website.assignConversationRouting(desk.website, session_id, { assigned: { user_id: "op" } });
    expect(await website.getConversationRoutingAssign(desk.website, session_id)).toEqual({
      assigned: { user_id: "op" },
    });

    await website.removeConversation(desk.website, session_id);
    expect(await rejected(website.getConversation(desk.website, session_id))).toEqual([404, "not_found"]);
    expect(await rejected(website.checkConversationExists(desk.website, session_id))).toEqual([
      404,
      "route_error",
    ]);
    expect(await website.listConversations(desk.website, 1)).toEqual([]);
  });

  it("finds people by e-mail, reads their data and conversations, and deletes them", async () => {
    const { website } = desk.client();
    const { session_id } = await desk.visit({ email: "yann@ecole.example", nickname: "Yann", content: "?" });
    const added = await website.addNewPeopleProfile(desk.website, { email: "odile@ecole.example" });
    const filter = JSON.stringify([{ criterion: "email", operator: "eq", query: ["yann@ecole.example"] }]);
    const [yann, ...others] = await website.listPeopleProfiles(
      ...([desk.website, 1, undefined, undefined, undefined, filter] as const),
    );
    expect([yann?.email, yann?.person?.nickname, others]).toEqual(["yann@ecole.example", "Yann", []]);
    const people = yann?.people_id ?? "";
    expect(await website.listPeopleConversations(desk.website, people)).toEqual([session_id]);
    await website.savePeopleData(desk.website, people, { data: { school: "0570000A" } } as never);
    expect(await website.getPeopleData(desk.website, people)).toEqual({ data: { school: "0570000A" } });
    await website.updatePeopleProfile(desk.website, people, { notepad: "appeler" });
    expect(await website.getPeopleProfile(desk.website, people)).toMatchObject({
      ...{ email: "yann@ecole.example", notepad: "appeler", person: { nickname: "Yann" } },
    });
    await website.savePeopleProfile(desk.website, people, { email: "yann@ecole.example" });
    expect((await website.getPeopleProfile(desk.website, people)).person).toEqual({});
    await website.removePeopleProfile(desk.website, people);
    expect(await rejected(website.getPeopleProfile(desk.website, people))).toEqual([404, "not_found"]);
    const left = await website.listPeopleProfiles(desk.website, 1);
    expect(left.map(({ people_id }) => people_id)).toEqual([added.people_id]);
  });

  it("is refused by token, tier, website, route, quota and body, in the service's words", async () => {
    const { session_id } = await desk.visit({ content: "?" });
    const stranger = desk.client();
    stranger.authenticate(desk.at["identifier"] ?? "", "0".repeat(64));
    expect(await rejected(stranger.website.listConversations(desk.website))).toEqual([
      401,
      "invalid_session",
    ]);
    const user = desk.client();
    user.setTier("user");
    expect(await rejected(user.website.listConversations(desk.website))).toEqual([403, "not_allowed"]);
    const client = desk.client();
    const { website } = client;
    const other = "00000000-0000-4000-8000-000000000000";
    expect(await rejected(website.listConversations(other))).toEqual([404, "not_subscribed"]);
    expect(await rejected(client.get(`${desk.url}/v1/website/${desk.website}/moon`))).toEqual([
      404,
      "not_found",
    ]);
    const wrong = { type: "text", from: "operator", origin: "chat", content: { text: "x" } } as never;
    expect(await rejected(website.sendMessageInConversation(desk.website, session_id, wrong))).toEqual([
      400,
      "invalid_data",
    ]);
    await desk.faults({ quota: 1 });
    await desk.faults({ quota: "off", calm: "on" });
    expect(await rejected(website.listConversations(desk.website))).toEqual([420, "rate_limited"]);
    await desk.faults({ quota: 2, calm: "off" });
    const answers = [];
    for (let asked = 0; asked < 12 && answers.at(-1) !== 429; asked += 1) {
      answers.push(
        await website.listConversations(desk.website).then(
          () => 200,
          (error: unknown) => (error as { code: number }).code,
        ),
      );
    }
    expect(answers.at(-1)).toBe(429);
    await desk.faults({ quota: "off", status: 503 });
    expect(await rejected(website.listConversations(desk.website))).toEqual([503, "switched"]);
    await desk.faults({ status: "off", "cut-off": "on" });
    expect(await rejected(website.removeConversation(desk.website, session_id))).toMatchObject({
      message: "Got request error: TypeError",
    });
    await desk.faults({ "cut-off": "off" });
    expect(await rejected(website.getConversation(desk.website, session_id))).toEqual([404, "not_found"]);
  });
});
