import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrevoWorld, brevoWorld, sender } from "./brevo-world.ts";

let world: BrevoWorld;
beforeAll(async () => {
  world = await brevoWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.clear());

const to = [{ email: "lea@ecole.example" }];
const honest = { sender, to, subject: "Notice", textContent: "Text" };
const send = (body: unknown) => world.call("POST", "/v3/smtp/email", body);
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ email: `p${index}@ecole.example` }));
const without = (name: keyof typeof honest) =>
  Object.fromEntries(Object.entries(honest).filter(([each]) => each !== name));
const versions = (count: number, each: (index: number) => object) => ({
  ...without("to"),
  messageVersions: Array.from({ length: count }, (_, index) => each(index)),
});

describe("a mail that Brevo refuses", () => {
  const huge = { text: "x".repeat(100_000) };
  const refused: readonly (readonly [what: string, body: unknown, code: string, says: string])[] = [
    ["no JSON", "{", "bad_request", ""],
    ["a list", [], "bad_request", ""],
    ["no sender", without("sender"), "missing_parameter", "sender is missing"],
    [
      "a sender without an address",
      { ...honest, sender: { name: "Plume" } },
      "missing_parameter",
      "email is missing in sender",
    ],
    ["no recipient", without("to"), "missing_parameter", "to is missing"],
    ["an empty list of recipients", { ...honest, to: [] }, "missing_parameter", "to is missing"],
    ["a recipient as text", { ...honest, to: ["lea@ecole.example"] }, "invalid_parameter", "to is not valid"],
    ["no address", { ...honest, to: [{ email: "lea" }] }, "invalid_parameter", "email is not valid in to"],
    [
      "two addresses in one",
      { ...honest, to: [{ email: "a@b.example, c@d.example" }] },
      "invalid_parameter",
      "email is not valid in to",
    ],
    [
      "a line break in an address",
      { ...honest, to: [{ email: "a@b.example\r\nBcc: c@d.example" }] },
      "invalid_parameter",
      "email is not valid in to",
    ],
    [
      "a name of 71 characters",
      { ...honest, to: [{ ...to[0], name: "n".repeat(71) }] },
      "invalid_parameter",
      "name is not valid in to",
    ],
    ["no subject", without("subject"), "missing_parameter", "subject is missing"],
    ["no content", without("textContent"), "missing_parameter", "htmlContent is missing"],
    [
      "a template that is not there",
      { ...honest, templateId: 7 },
      "invalid_parameter",
      "templateId is not valid",
    ],
    [
      "100 recipients",
      { ...honest, to: many(100) },
      "invalid_parameter",
      "more than 99 recipients in to, cc and bcc",
    ],
    ["params of 100 KB", { ...honest, params: huge }, "invalid_parameter", "params exceed 100 KB"],
    ["a tag that is no text", { ...honest, tags: [1] }, "invalid_parameter", "tags is not valid"],
    [
      "a header with a line break",
      { ...honest, headers: { "X-A": "a\r\nb" } },
      "invalid_parameter",
      "headers is not valid",
    ],
    [
      "an attachment without a name",
      { ...honest, attachment: [{ content: "QQ==" }] },
      "missing_parameter",
      "name is missing in attachment",
    ],
    [
      "an attachment that is a program",
      { ...honest, attachment: [{ content: "QQ==", name: "a.exe" }] },
      "invalid_parameter",
      "Unsupported file format in attachment",
    ],
    [
      "an attachment by a path",
      { ...honest, attachment: [{ url: "/etc/passwd", name: "a.txt" }] },
      "invalid_parameter",
      "url is not valid in attachment",
    ],
    [
      "yesterday's schedule",
      { ...honest, scheduledAt: "2020-01-01T00:00:00.000Z" },
      "invalid_parameter",
      "scheduledAt is not valid",
    ],
    [
      "a schedule four days ahead",
      { ...honest, scheduledAt: "2999-01-01T00:00:00.000Z" },
      "out_of_range",
      "scheduledAt is more than 72 hours ahead",
    ],
    ["a batch that has no UUID", { ...honest, batchId: "one" }, "invalid_parameter", "batchId is not valid"],
    [
      "100 recipients in a version",
      versions(1, () => ({ to: many(100) })),
      "invalid_parameter",
      "more than 99 recipients in messageVersions",
    ],
    [
      "2,001 recipients in all",
      versions(23, (index) => ({ to: many(index === 0 ? 21 : 90) })),
      "invalid_parameter",
      "more than 2000 recipients in request",
    ],
    [
      "params of 1,000 KB in all",
      versions(11, () => ({ to, params: { text: "x".repeat(95_000) } })),
      "invalid_parameter",
      "params of all messageVersions exceed 1000 KB",
    ],
    [
      "a version that has content of its own alone",
      { sender, subject: "Notice", messageVersions: [{ to, textContent: "Text" }] },
      "missing_parameter",
      "htmlContent is missing",
    ],
  ];

  it("names the field and none of what was in it, and takes nothing", async () => {
    for (const [what, body, code, says] of refused) {
      const answer = await send(body);
      expect([what, answer.status, answer.body.code], what).toEqual([what, 400, code]);
      if (says !== "") expect(answer.body.message, what).toBe(says);
    }
    expect(await world.mails()).toEqual([]);
  });

  it("is taken at the very limits", async () => {
    const name = "n".repeat(70);
    expect((await send({ ...honest, to: [{ ...to[0], name }] })).status).toBe(201);
    expect(
      (await send({ ...honest, to: many(97), cc: [{ email: "c@ecole.example" }], bcc: to })).status,
    ).toBe(201);
    const answer = await send(
      versions(22, (index) => ({ to: many(index === 0 ? 20 : 94), subject: `Notice ${index}` })),
    );
    expect([answer.status, answer.body.messageIds.length]).toEqual([201, 22]);
    const [first, second] = await world.mails();
    expect(first?.recipients[0]?.events[0]).toBe("request");
    expect(second?.recipients).toHaveLength(99);
  });
});

describe("requests to Brevo", () => {
  it("count with a key alone", async () => {
    const keyless = await fetch(`${world.url()}/v3/account`);
    expect([keyless.status, ((await keyless.json()) as { code: string }).code]).toEqual([
      401,
      "unauthorized",
    ]);
    expect((await world.call("GET", "/v3/account", undefined, { "api-key": "xkeysib-another" })).status).toBe(
      401,
    );
    expect((await world.call("GET", "/v3/nothing")).body.code).toBe("document_not_found");
  });

  it("with an idempotency key are done once in 30 minutes, whatever they say", async () => {
    const keyed = { ...honest, headers: { idempotencyKey: "0d9f6f4e-8f0f-4b8e-9a49-6f1a0a8b7f11" } };
    expect((await send(keyed)).status).toBe(201);
    await world.advance(29 * 60);
    const again = await send({ ...keyed, subject: "Another" });
    expect([again.status, again.body.code]).toEqual([400, "duplicate_request"]);
    await world.switchOn("duplicate-parameter");
    expect((await send(keyed)).body.code).toBe("duplicate_parameter");
    await world.advance(2 * 60);
    expect((await send(keyed)).status).toBe(201);
    await world.switchOn("key-ignored");
    expect((await send(keyed)).status).toBe(201);
    expect(await world.mails()).toHaveLength(3);
  });

  it("to the sandbox are checked and answered, and leave no mail and no log", async () => {
    const answer = await send({ ...honest, headers: { "X-Sib-Sandbox": "drop" } });
    expect([answer.status, typeof answer.body.messageId]).toEqual([201, "string"]);
    expect((await send({ ...without("to"), headers: { "X-Sib-Sandbox": "drop" } })).status).toBe(400);
    expect(await world.mails()).toEqual([]);
    expect((await world.call("GET", `/v3/smtp/emails?email=${to[0]?.email}`)).body.count).toBe(0);
  });

  it("beyond the limit are refused without Retry-After, and Brevo's own headers say when to come back", async () => {
    await world.switchOn("unlimited", "off");
    const ask = () => world.call("GET", "/v3/account");
    const first = await ask();
    for (let count = 1; count < 100; count++) await ask();
    const beyond = await ask();
    expect([first.status, beyond.status, beyond.body.code]).toEqual([200, 429, "too_many_requests"]);
    const own = (name: string) => beyond.headers.get(`x-sib-ratelimit-${name}`);
    expect([own("limit"), own("remaining")]).toEqual(["100", "0"]);
    expect(Number(own("reset"))).toBeGreaterThan(3_000);
    expect(beyond.headers.get("retry-after")).toBeNull();
    await world.advance(3_600);
    expect((await ask()).headers.get("x-sib-ratelimit-remaining")).toBe("99");
  });

  it("are answered wrongly as often as was asked, and the mail is taken or not as the switch says", async () => {
    const outcome = async (name: string, abort = false) => {
      await world.switchOn(name, 1);
      const signal = abort ? AbortSignal.timeout(150) : null;
      const request = {
        method: "POST",
        headers: { "api-key": world.apiKey },
        body: JSON.stringify(honest),
        signal,
      };
      const status = await fetch(`${world.url()}/v3/smtp/email`, request).then(
        (response) => response.status,
        () => "none",
      );
      const taken = (await world.mails()).length;
      await world.call("DELETE", "/_mails");
      expect((await send(honest)).status, `after ${name}`).toBe(201);
      await world.call("DELETE", "/_mails");
      return [status, taken];
    };
    expect(await outcome("server-error")).toEqual([500, 0]);
    expect(await outcome("html-answer")).toEqual([502, 0]);
    expect(await outcome("no-answer", true)).toEqual(["none", 0]);
    expect(await outcome("answer-lost")).toEqual(["none", 1]);
    expect(await outcome("answer-late", true)).toEqual(["none", 1]);
    expect(await outcome("taken-but-500")).toEqual([500, 1]);
    await world.switchOn("unlimited", "off");
    expect(await outcome("rate-limited")).toEqual([429, 0]);
    for (const [name, status] of [
      ["no-credits", 402],
      ["under-validation", 403],
      ["address-unknown", 401],
    ] as const) {
      await world.switchOn(name);
      expect((await send(honest)).status).toBe(status);
      await world.switchOn(name, "off");
    }
  });

  it("about the log and the statistics are refused where a question is not complete", async () => {
    const asked = async (path: string) => (await world.call("GET", `/v3/smtp/${path}`)).body.code as string;
    expect(await asked("emails")).toBe("missing_parameter");
    expect(await asked("emails?email=a@b.example&startDate=2026-01-01")).toBe("missing_parameter");
    expect(await asked("emails?email=a@b.example&startDate=2026-01-01&endDate=2026-03-01")).toBe(
      "invalid_parameter",
    );
    expect(await asked("emails?email=a@b.example&limit=1001")).toBe("out_of_range");
    expect(await asked("statistics/events?days=91")).toBe("out_of_range");
    expect(await asked("statistics/events?event=sent")).toBe("invalid_parameter");
    expect(await asked("emails/nothing")).toBe("document_not_found");
    expect(await asked("blockedContacts?limit=101")).toBe("out_of_range");
  });
});

describe("the account between two starts of the simulator", () => {
  it("keeps its key, mails, blocklist, webhooks and what was still to come", async () => {
    await send({ ...honest, to: [{ email: "bounce.jo@ecole.example" }] });
    await world.advance(1);
    await world.call("POST", "/v3/webhooks", { url: world.plainHookUrl, events: ["spam"] });
    await send({ ...honest, to: [{ email: "spam.jo@ecole.example" }] });
    await world.restart();
    const [bounced, taken] = await world.mails();
    expect(bounced?.recipients[0]?.events).toEqual(["request", "hard_bounce"]);
    expect(taken?.recipients[0]?.events).not.toContain("complaint");
    expect((await world.call("GET", "/v3/smtp/blockedContacts")).body.count).toBe(1);
    await world.advance(120);
    expect(world.heard.map(({ body }) => "event" in body && body["event"])).toEqual(["complaint"]);
  });

  it("has the webhook of its environment once, and its seconds pass as fast as was asked", async () => {
    const environment = {
      PREAU_SIM_MAIL_HOOK: `${world.plainHookUrl}?key=a-key`,
      PREAU_SIM_MAIL_HOOK_TOKEN: "a-token",
      PREAU_SIM_MAIL_SPEED: "3600",
    };
    await world.restart(environment);
    await world.restart(environment);
    const { webhooks } = (await world.call("GET", "/v3/webhooks")).body;
    expect(webhooks[0]).toMatchObject({ url: environment.PREAU_SIM_MAIL_HOOK, auth: { token: "a-token" } });
    await send({ ...honest, to: [{ email: "deferred.jo@ecole.example" }] });
    const told = () => world.heard.map(({ body }) => "event" in body && body["event"]).sort();
    await expect.poll(told, { timeout: 5_000 }).toEqual(["deferred", "delivered", "request"]);
    await world.restart();
  });
});
