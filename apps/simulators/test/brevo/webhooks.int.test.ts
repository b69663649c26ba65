import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrevoWorld, brevoWorld, sender } from "./brevo-world.ts";

let world: BrevoWorld;
beforeAll(async () => {
  world = await brevoWorld();
});
afterAll(() => world.stop());

const EVENTS = ["request", "delivered", "hardBounce", "softBounce", "blocked", "spam", "invalid", "deferred"];
const opened = ["unsubscribed", "opened", "uniqueOpened", "click"];

beforeEach(async () => {
  await world.clear();
  const { body } = await world.call("GET", "/v3/webhooks");
  for (const { id } of body.webhooks as { id: number }[]) await world.call("DELETE", `/v3/webhooks/${id}`);
  for (const { email } of (await world.call("GET", "/v3/smtp/blockedContacts")).body.contacts as {
    email: string;
  }[])
    await world.call("DELETE", `/v3/smtp/blockedContacts/${email}`);
});

const register = async (more: object = {}) =>
  (
    await world.call("POST", "/v3/webhooks", {
      url: world.plainHookUrl,
      events: [...EVENTS, ...opened],
      ...more,
    })
  ).body as { id?: number; code?: string };
const send = (email: string, more: object = {}) =>
  world.call("POST", "/v3/smtp/email", {
    sender,
    to: [{ email }],
    subject: "Notice",
    textContent: "Text",
    ...more,
  });
const told = () => world.heard.map(({ body }) => ("event" in body ? body["event"] : "a batch"));
const attempts = async () =>
  (await world.deliveries()).map(({ state, attempts: made }) => [
    state,
    ...made.map(({ status }) => status ?? "none"),
  ]);

describe("events that Brevo tells", () => {
  it("follow from the local part of the address", async () => {
    await register();
    const expected: Readonly<Record<string, readonly string[]>> = {
      "lea@ecole.example": ["request", "delivered"],
      "bounce.lea@ecole.example": ["request", "hard_bounce"],
      "soft-lea@ecole.example": ["request", "soft_bounce"],
      "blocked@ecole.example": ["request", "blocked"],
      "spam+lea@ecole.example": ["request", "delivered", "complaint"],
      "invalid.lea@ecole.example": ["request", "invalid_email"],
      "deferred.lea@ecole.example": ["request", "deferred", "delivered"],
      "unsub.lea@ecole.example": ["request", "delivered", "unsubscribed"],
      "open.lea@ecole.example": ["request", "delivered", "unique_opened", "opened"],
      "click.lea@ecole.example": ["request", "delivered", "unique_opened", "click"],
      "error.lea@ecole.example": ["request"],
      "lost.lea@ecole.example": ["request"],
      "bouncer@ecole.example": ["request", "delivered"],
    };
    for (const [email, events] of Object.entries(expected)) {
      world.heard.length = 0;
      await send(email);
      await world.advance(700);
      expect(told(), email).toEqual(events);
    }
    const { contacts } = (await world.call("GET", "/v3/smtp/blockedContacts?sort=asc")).body;
    expect((contacts as { reason: { code: string } }[]).map((each) => each.reason.code)).toEqual([
      "hardBounce",
      "adminBlocked",
      "contactFlaggedAsSpam",
      "unsubscribedViaEmail",
    ]);
  });

  it("carry the documented fields, times of three kinds, and no signature", async () => {
    const { id } = await register();
    const headers = { "X-Mailin-custom": "ref:42" };
    const { body } = await send("soft.lea@ecole.example", { tags: ["notice", "d8"], headers });
    await world.advance(1);
    const [request, bounce] = world.heard.map((each) => each.body as Record<string, unknown>);
    expect(request).toMatchObject({
      ...{
        event: "request",
        email: "soft.lea@ecole.example",
        id,
        "message-id": body.messageId,
        subject: "Notice",
      },
      ...{ tags: ["notice", "d8"], tag: '["notice","d8"]', "X-Mailin-custom": "ref:42" },
    });
    expect(bounce?.["reason"]).toContain("mailbox full");
    const { ts, ts_event: event, date } = request ?? {};
    const epoch = Number(request?.["ts_epoch"]);
    expect([ts, event]).toEqual([Math.floor(epoch / 1_000), Math.floor(epoch / 1_000)]);
    const paris = new Intl.DateTimeFormat("sv-SE", {
      dateStyle: "short",
      timeStyle: "medium",
      timeZone: "Europe/Paris",
    });
    expect(date).toBe(paris.format(epoch));
    const names = Object.keys(world.heard[0]?.headers ?? {}).filter((name) => /sign|auth/i.test(name));
    expect(names).toEqual([]);
  });

  it("come with a name and a password out of the address", async () => {
    await register({ url: world.hookUrl });
    await send("lea@ecole.example");
    await world.advance(1);
    const pair = Buffer.from("hub:pass word").toString("base64");
    expect(world.heard[0]?.headers.authorization).toBe(`Basic ${pair}`);
  });

  it("are told again after 10 minutes, 1, 2 and 8 hours, where no answer or a 429 comes", async () => {
    await register({ events: ["sent"] });
    world.answers.push("none", 429, "none", 429, "none");
    await send("lea@ecole.example");
    await world.advance(0);
    for (const [seconds, calls] of [
      [500, 1],
      [110, 2],
      [3_500, 2],
      [110, 3],
      [7_210, 4],
      [28_700, 4],
      [110, 5],
      [86_400, 5],
    ] as const) {
      await world.advance(seconds);
      expect(world.heard.length).toBe(calls);
    }
    expect(await attempts()).toEqual([["given up", "none", 429, "none", 429, "none"]]);
    expect(new Set(world.heard.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it("are told no more after a 500 or a 404", async () => {
    await register({ events: ["sent"] });
    world.answers.push(500, 404, "none", 204);
    for (const name of ["a", "b", "c"]) {
      await send(`${name}@ecole.example`);
      await world.advance(0);
    }
    await world.advance(86_400);
    expect(await attempts()).toEqual([
      ["given up", 500],
      ["given up", 404],
      ["delivered", "none", 204],
    ]);
  });

  it("come in batches of 500 at the end of five minutes", async () => {
    await register({ events: ["request"], batched: true });
    const version = (from: number) => ({
      to: Array.from({ length: 99 }, (_, index) => ({ email: `p${from + index}@ecole.example` })),
    });
    const messageVersions = Array.from({ length: 6 }, (_, index) => version(index * 99));
    await world.call("POST", "/v3/smtp/email", {
      sender,
      subject: "Notice",
      textContent: "Text",
      messageVersions,
    });
    await world.advance(200);
    expect(world.heard).toEqual([]);
    await world.advance(110);
    expect(world.heard.map(({ body }) => (body as unknown[]).length).sort()).toEqual([500, 94]);
  });

  it("are twice, late, in another order, lost, nameless or a stranger's, on demand", async () => {
    await register({ events: ["sent", "delivered", "spam"], auth: { type: "bearer", token: "a-token" } });
    const under = async (
      name: string,
      value: string | number,
      email = "lea@ecole.example",
      seconds = 130,
    ) => {
      await world.switchOn(name, value);
      world.heard.length = 0;
      await send(email, { tags: ["notice"] });
      await world.advance(seconds);
      await world.switchOn(name, "off");
      return told();
    };
    expect(await under("hooks-twice", "on")).toEqual(["request", "request", "delivered", "delivered"]);
    expect(await under("hooks-reordered", "on")).toEqual(["delivered", "request"]);
    expect(await under("hooks-dropped", 1)).toEqual([]);
    expect(await under("hooks-delayed", 200)).toEqual([]);
    await world.advance(200);
    expect(told()).toEqual(["request", "delivered"]);
    expect(await under("hooks-unknown-event", "on")).toEqual(["teleported", "teleported"]);
    expect(await under("hooks-say-spam", "on", "spam@ecole.example")).toEqual([
      "request",
      "delivered",
      "spam",
    ]);
    await under("hooks-wrong-token", "on");
    expect(world.heard[0]?.headers.authorization).toBe("Bearer wrong");
    await under("hooks-without-token", "on");
    expect(world.heard[0]?.headers.authorization).toBeUndefined();
    await under("hooks-bare-message-id", "on");
    expect((world.heard[0]?.body as Record<string, string>)["message-id"]).toMatch(/^\d.*[a-z]$/);
    await under("hooks-without-tags", "on");
    expect(world.heard[0]?.body).not.toHaveProperty("tags");
  });

  it("survive a webhook that nobody can call", async () => {
    const at = world.plainHookUrl.replace("http://", "http://%E0:x@");
    await register({ url: at, events: ["sent"] });
    await register({ events: ["sent"], headers: [{ key: "X-Name", value: "\u20ac" }] });
    await send("lea@ecole.example");
    await world.advance(0);
    expect(await attempts()).toEqual([
      ["waiting", "none"],
      ["waiting", "none"],
    ]);
    expect((await world.call("DELETE", "/v3/smtp/log/%E0")).body.code).toBe("bad_request");
    expect((await world.call("POST", "/v3/smtp/email", `"${"x".repeat(21_000_000)}"`)).status).toBe(413);
    expect((await fetch(`${world.url()}/mails/%E0`)).status).toBe(400);
  });

  it("end at forty webhooks, and names that Brevo has not are refused", async () => {
    expect((await register({ events: ["hard_bounce"] })).code).toBe("invalid_parameter");
    expect((await register({ events: undefined })).code).toBe("missing_parameter");
    expect((await register({ url: "file:///etc/passwd" })).code).toBe("invalid_parameter");
    for (let count = 0; count < 40; count++) await register();
    expect((await register()).code).toBe("invalid_parameter");
  });
});
