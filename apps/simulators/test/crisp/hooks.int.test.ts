import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type DeskWorld, type ReceivedHook, startDesk } from "./desk-world.ts";

let desk: DeskWorld;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());
beforeEach(() => desk.reset());

/** Of the bytes received, by code that is not the simulator's. */
function isSigned({ headers, body }: ReceivedHook, secret = desk.secret): boolean {
  const text = `[${String(headers["x-crisp-request-timestamp"])};${body}]`;
  return headers["x-crisp-signature"] === createHmac("sha256", secret).update(text).digest("hex");
}
interface Payload {
  readonly event: string;
  readonly timestamp: number;
  readonly data: Readonly<Record<string, unknown>>;
}
const payloadOf = (body: string) => JSON.parse(body) as Payload;
const eventsOf = (hooks: readonly ReceivedHook[]) => hooks.map(({ body }) => payloadOf(body).event);
const counts = (hooks: readonly ReceivedHook[]) =>
  hooks.map(({ headers }) => headers["x-delivery-attempt-count"]);
const ageOf = ({ headers, body }: ReceivedHook) =>
  payloadOf(body).timestamp - Number(headers["x-crisp-request-timestamp"]);
const ACCENTED = "Où en est l'élève ? https://plume.example/a";

/** A session in which only what happens next is told. */
async function silentSession(): Promise<string> {
  const { session_id } = await desk.visit({ nickname: "Odile" });
  await desk.settled();
  return session_id;
}

describe("the desk's web hooks", () => {
  it("tell the plugin what a visitor wrote, in the documented shape, signed over the bytes", async () => {
    const session_id = await silentSession();
    const { fingerprints } = await desk.visit({
      session_id,
      content: ACCENTED,
      timestamp: 1_506_985_696_616,
    });
    const [state, hook, ...others] = await desk.settled();
    expect(payloadOf(state!.body)).toMatchObject({
      event: "session:set_state",
      data: { state: "unresolved" },
    });
    expect(others).toEqual([]);
    const payload = payloadOf(hook!.body);
    expect(payload).toMatchObject({
      website_id: desk.website,
      event: "message:send",
      timestamp: expect.any(Number),
    });
    expect(payload.data).toMatchObject({
      website_id: desk.website,
      session_id,
      ...{ type: "text", content: ACCENTED, from: "user", origin: "chat", stamped: true },
      timestamp: 1_506_985_696_616,
      fingerprint: fingerprints[0],
      user: { nickname: "Odile", user_id: session_id },
    });
    expect(hook!.headers).toMatchObject({
      "content-type": "application/json",
      "x-crisp-hook-origin": expect.stringMatching(/^plugin\/rtm [0-9a-f]{16} production$/),
      "x-crisp-request-timestamp": expect.stringMatching(/^\d{13}$/),
      ...{ "x-delivery-attempt-count": "1", "x-delivery-attempt-limit": "4" },
    });
    expect([isSigned(hook!), isSigned(hook!, desk.nextSecret)]).toEqual([true, false]);
  });

  it("come in eight spellings, all signed, of which the official client knows its own alone", async () => {
    const client = desk.client();
    client.setRtmMode("webhooks");
    await client.on("message:send", () => undefined);
    const verify = ({ headers, body }: ReceivedHook) =>
      client.verifyHook(
        desk.secret,
        payloadOf(body),
        Number(headers["x-crisp-request-timestamp"]),
        String(headers["x-crisp-signature"]),
      );
    const session_id = await silentSession();
    await desk.faults({ "no-plugin-hooks": "on" });
    await desk.visit({ session_id, content: "state" });
    await desk.faults({ "no-plugin-hooks": "off" });
    await desk.visit({ session_id, content: ACCENTED });
    await desk.faults({ "every-spelling": "on" });
    await desk.visit({ session_id, content: ACCENTED });
    const [plain, ...spelled] = await desk.settled();
    expect(verify(plain!)).toBe(true);
    expect(client.verifyHook(desk.secret, payloadOf(plain!.body), 1, "0")).toBe(false);
    expect(new Set(spelled.map(({ body }) => body)).size).toBe(8);
    expect(spelled.map((each) => isSigned(each))).toEqual(Array(8).fill(true));
    // The eighth, keys in another order, survives being read and written again.
    expect(spelled.map(verify)).toEqual([...Array(7).fill(false), true]);
    for (const { body } of spelled)
      expect(payloadOf(body).data).toMatchObject({ content: ACCENTED, session_id });
    await desk.faults({ "every-spelling": "off", spelling: 3 });
    await desk.visit({ session_id, content: ACCENTED });
    const [escaped] = await desk.settled();
    expect(escaped!.body).toContain(String.raw`https:\/\/plume.example\/a`);
  });

  it("tell what happens to conversations and people, and the plugin's own messages back to it", async () => {
    const { website } = desk.client();
    const { session_id } = await desk.visit({
      nickname: "Yann",
      email: "yann@ecole.example",
      data: { a: 1 },
    });
    const operator = { type: "text", from: "operator", origin: "urn:preau", content: "Oui." } as const;
    await website.sendMessageInConversation(desk.website, session_id, { ...operator, fingerprint: 11 });
    const opened = await desk.settled();
    expect(eventsOf(opened)).toEqual([
      "session:request:initiated",
      "session:set_nickname",
      "session:set_email",
      "session:set_data",
      "people:profile:created",
      "people:bind:session",
      "message:received",
    ]);
    expect(payloadOf(opened.at(-1)!.body).data).toMatchObject({ fingerprint: 11, origin: "urn:preau" });

    await desk.faults({ "no-echoes": "on" });
    await website.sendMessageInConversation(desk.website, session_id, { ...operator, fingerprint: 12 });
    await website.updateMessageInConversation(desk.website, session_id, 11, "Non.");
    await website.removeMessageInConversation(desk.website, session_id, 11);
    await website.changeConversationState(desk.website, session_id, "resolved");
    await website.updateConversationMetas(desk.website, session_id, { phone: "+33 1 99 00 00 00" });
    const { people_id = "" } = await website.getConversation(desk.website, session_id);
    await website.updatePeopleProfile(desk.website, people_id, { notepad: "x" });
    await website.removePeopleProfile(desk.website, people_id);
    await website.removeConversation(desk.website, session_id);
    expect(eventsOf(await desk.settled())).toEqual([
      "message:updated",
      "message:removed",
      "session:set_state",
      "session:set_phone",
      "people:profile:updated",
      "people:profile:removed",
      "session:removed",
    ]);
  });

  it("are repeated until they are received, four times at most, stamped and signed anew unless told otherwise", async () => {
    const session_id = await silentSession();
    await desk.faults({ "retry-ms": 2 });
    const { website } = desk.client();
    const touch = (phone: string) => website.updateConversationMetas(desk.website, session_id, { phone });
    desk.answers.push(500, 429, 200);
    await touch("1");
    const received = await desk.settled();
    expect(counts(received)).toEqual(["1", "2", "3"]);
    const stamps = received.map(({ headers }) => headers["x-crisp-request-timestamp"]);
    expect(new Set(stamps).size).toBeGreaterThan(1);
    expect(received.every((each) => isSigned(each))).toBe(true);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);

    desk.answers.push(500, 500, 500, 500, 500);
    await desk.faults({ "retries-keep-timestamp": "on" });
    await touch("2");
    const refused = await desk.settled();
    expect(counts(refused)).toEqual(["1", "2", "3", "4"]);
    expect(new Set(refused.map(({ headers }) => headers["x-crisp-signature"])).size).toBe(1);
    const { deliveries } = await desk.json("/_hooks");
    expect(deliveries.at(-1)).toMatchObject({ attempt: 4, state: "refused", status: 500 });
  });

  it("come twice, in another order, late, or not at all, on demand", async () => {
    const session_id = await silentSession();
    const { website } = desk.client();
    const touch = async (...phones: string[]) => {
      for (const phone of phones) await website.updateConversationMetas(desk.website, session_id, { phone });
      return (await desk.settled()).map(({ body }) => payloadOf(body).data["phone"]);
    };
    await desk.faults({ duplicates: 2 });
    expect(await touch("1")).toEqual(["1", "1", "1"]);
    await desk.faults({ duplicates: "off", reordered: 3 });
    expect(await touch("2", "3", "4")).toEqual(["4", "3", "2"]);
    await desk.faults({ reordered: "off", drops: 1 });
    expect(await touch("5")).toEqual([]);
    await desk.faults({ drops: "off", "delay-ms": 30 });
    await website.updateConversationMetas(desk.website, session_id, { phone: "6" });
    expect(ageOf((await desk.settled())[0]!)).toBe(0);
  });

  it("lie about time and signature on demand", async () => {
    const session_id = await silentSession();
    const { website } = desk.client();
    let phone = 0;
    const told = async (faults: Record<string, string | number>): Promise<ReceivedHook> => {
      await desk.json("/_faults", { method: "DELETE" });
      await desk.faults(faults);
      phone += 1;
      await website.updateConversationMetas(desk.website, session_id, { phone: String(phone) });
      const [hook] = await desk.settled();
      return hook!;
    };
    const stale = await told({ stale: 3_600 });
    expect([ageOf(stale), isSigned(stale)]).toEqual([3_600_000, true]);
    const future = await told({ future: 60 });
    expect([ageOf(future), isSigned(future)]).toEqual([-60_000, true]);
    expect(isSigned(await told({ "wrong-key": "on" }))).toBe(false);
    expect((await told({ unsigned: "on" })).headers["x-crisp-signature"]).toBeUndefined();
    expect(isSigned(await told({ tampered: "on" }))).toBe(false);
    const moved = await told({ "timestamp-tampered": "on" });
    expect([ageOf(moved), isSigned(moved)]).toEqual([0, false]);
    const next = await told({ "signs-with-next": "on" });
    expect([isSigned(next), isSigned(next, desk.nextSecret)]).toEqual([false, true]);
  });

  it("tell a website's hook unsigned, with the key in its address, and repeat a delivery to the byte", async () => {
    const session_id = await silentSession();
    await desk.faults({ "website-hooks": "on", "no-plugin-hooks": "on" });
    await desk.visit({ session_id, phone: "1" });
    const [hook] = await desk.settled();
    expect([hook!.url, hook!.headers["x-crisp-signature"]]).toEqual(["/hooks?key=of-the-url", undefined]);
    await desk.faults({ "wrong-key": "on" });
    await desk.visit({ session_id, phone: "2" });
    expect((await desk.settled())[0]!.url).toMatch(/^\/hooks\?key=[0-9a-f]{64}$/);
    await desk.json("/_faults", { method: "DELETE" });

    await desk.visit({ session_id, phone: "3" });
    const [first] = await desk.settled();
    const { deliveries } = await desk.json("/_hooks");
    const again = await desk.json(`/_hooks/${deliveries.at(-1)?.id ?? ""}/again`, { method: "POST" });
    const [second] = await desk.settled();
    expect([second!.body, second!.headers]).toEqual([first!.body, first!.headers]);
    expect(again).toMatchObject({ state: "received", status: 200 });
    await desk.json("/_hooks", { method: "PUT", body: JSON.stringify({ plugin: null }) });
    await desk.visit({ session_id, phone: "4" });
    expect(await desk.settled()).toEqual([]);
  });
});
