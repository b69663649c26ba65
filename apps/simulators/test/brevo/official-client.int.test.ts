import { BrevoError } from "@getbrevo/brevo";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrevoWorld, brevoWorld, sender } from "./brevo-world.ts";

let world: BrevoWorld;
beforeAll(async () => {
  world = await brevoWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.clear());

async function refusal(promise: Promise<unknown>): Promise<{ status: number | undefined; code: unknown }> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof BrevoError)) throw new Error("it was not refused");
  return { status: error.statusCode, code: (error.body as { code?: unknown }).code };
}

describe("the simulated Brevo, by Brevo's own client", () => {
  it("takes a mail, lists it, shows its preview and its events", async () => {
    const { transactionalEmails } = world.client();
    const { messageId = "" } = await transactionalEmails.sendTransacEmail({
      sender,
      to: [{ email: "lea.martin@ecole.example", name: "Léa Martin" }],
      subject: "Hello {{params.who}}",
      htmlContent: "<p>{{ params.who }}</p>",
      params: { who: "Léa" },
      tags: ["notice"],
    });
    expect(messageId).toMatch(/^<\d{12}\.\d{11}@[\w.-]+>$/);
    await world.advance(1);

    const list = await transactionalEmails.getTransacEmailsList({ messageId });
    expect(list.count).toBe(1);
    const [line] = list.transactionalEmails ?? [];
    expect(line).toMatchObject({
      ...{ email: "lea.martin@ecole.example", from: sender.email },
      ...{ subject: "Hello Léa", messageId, tags: ["notice"] },
    });
    const content = await transactionalEmails.getTransacEmailContent({ uuid: line?.uuid ?? "" });
    expect(content.body).toBe("<p>Léa</p>");
    expect(content.events.map(({ name }) => name)).toEqual(["requests", "delivered"]);
    const report = await transactionalEmails.getEmailEventReport({ messageId, sort: "asc" });
    expect(report.events?.map(({ event }) => event)).toEqual(["requests", "delivered"]);
    expect(
      (await transactionalEmails.getEmailEventReport({ messageId, event: "spam" })).events,
    ).toBeUndefined();
  });

  it("blocks an address that bounces, refuses it the next mail, and unblocks it", async () => {
    const { transactionalEmails } = world.client();
    const email = "bounce.anna@ecole.example";
    const send = async () => {
      const mail = { sender, to: [{ email }], subject: "Notice", textContent: "Text" };
      const { messageId = "" } = await transactionalEmails.sendTransacEmail(mail);
      await world.advance(1);
      const { events } = await transactionalEmails.getEmailEventReport({ messageId, sort: "asc" });
      return events?.map(({ event }) => event);
    };
    expect(await send()).toEqual(["requests", "hardBounces"]);
    expect(await send()).toEqual(["requests", "blocked"]);
    const { contacts } = await transactionalEmails.getTransacBlockedContacts({ senders: [sender.email] });
    expect(contacts?.map((each) => [each.email, each.reason.code])).toEqual([[email, "hardBounce"]]);
    await transactionalEmails.unblockOrResubscribeATransactionalContact({ email });
    expect((await transactionalEmails.getTransacBlockedContacts({})).count).toBe(0);
    expect(await refusal(transactionalEmails.unblockOrResubscribeATransactionalContact({ email }))).toEqual({
      status: 404,
      code: "document_not_found",
    });
    expect(await send()).toEqual(["requests", "hardBounces"]);
    await transactionalEmails.deleteHardbounces({ contactEmail: email });
    expect((await transactionalEmails.getTransacBlockedContacts({})).count).toBe(0);
  });

  it("deletes logs a day or two later, of one mail or of an address, and shows them until then", async () => {
    const { transactionalEmails } = world.client();
    const email = "paul@ecole.example";
    const send = async () => {
      const mail = { sender, to: [{ email }], subject: "Notice", textContent: "Text" };
      return (await transactionalEmails.sendTransacEmail(mail)).messageId ?? "";
    };
    const [one, other] = [await send(), await send()];
    const count = async () => (await transactionalEmails.getTransacEmailsList({ email })).count;
    await transactionalEmails.deleteAnSmtpTransactionalLog({ identifier: one });
    expect(await count()).toBe(2);
    await world.advance(20 * 3_600);
    expect(await count()).toBe(2);
    await world.advance(28 * 3_600);
    expect(
      (await transactionalEmails.getTransacEmailsList({ email })).transactionalEmails?.[0]?.messageId,
    ).toBe(other);
    expect(
      (await refusal(transactionalEmails.deleteAnSmtpTransactionalLog({ identifier: one }))).status,
    ).toBe(404);

    await world.switchOn("log-kept");
    await transactionalEmails.deleteAnSmtpTransactionalLog({ identifier: email });
    await world.advance(50 * 3_600);
    expect(await count()).toBe(1);
    await world.switchOn("log-kept", "off");
    const before = await send();
    const { body } = await world.call("DELETE", `/v3/smtp/log/${email}`);
    const status = async () =>
      (await world.client().process.getProcess({ processId: body.process_id })).status;
    expect(await status()).toBe("queued");
    const after = await send();
    await world.advance(48 * 3_600);
    expect(await status()).toBe("completed");
    const left = (await transactionalEmails.getTransacEmailsList({ email })).transactionalEmails ?? [];
    expect(left.map(({ messageId }) => messageId)).toEqual([after]);
    expect(await world.mails()).toHaveLength(1);
    expect(before).not.toBe(after);
    expect(
      await refusal(transactionalEmails.deleteAnSmtpTransactionalLog({ identifier: "neither" })),
    ).toEqual({
      status: 400,
      code: "invalid_parameter",
    });
  });

  it("lists the past 30 days, also of one message, unless it is told which; the log goes back without limit", async () => {
    const { transactionalEmails } = world.client();
    const mail = { sender, to: [{ email: "ida@ecole.example" }], subject: "Notice", textContent: "Text" };
    const { messageId = "" } = await transactionalEmails.sendTransacEmail(mail);
    const [taken] = await world.mails();
    await world.advance(31 * 86_400);
    expect((await transactionalEmails.getTransacEmailsList({ messageId })).count).toBe(0);
    const day = taken?.takenAt.slice(0, 10) ?? "";
    const then = { messageId, startDate: day, endDate: day };
    expect((await transactionalEmails.getTransacEmailsList(then)).count).toBe(1);
  });

  it("registers a webhook, changes it, calls it, and forgets it", async () => {
    const { webhooks, transactionalEmails } = world.client();
    const { id } = await webhooks.createWebhook({
      url: world.plainHookUrl,
      description: "Préau",
      events: ["delivered"],
      type: "transactional",
      auth: { type: "bearer", token: "a-token" },
      headers: [{ key: "X-Preau", value: "hook" }],
    });
    await webhooks.updateWebhook({ webhookId: id, events: ["sent", "delivered"] });
    const { webhooks: listed } = await webhooks.getWebhooks({ type: "transactional" });
    expect(listed.map((each) => [each.id, each.events])).toEqual([[id, ["sent", "delivered"]]]);
    expect((await webhooks.getWebhook({ webhookId: id })).description).toBe("Préau");
    const mail = { sender, to: [{ email: "zoe@ecole.example" }], subject: "Notice", textContent: "Text" };
    await transactionalEmails.sendTransacEmail(mail);
    await world.advance(1);
    expect(world.heard.map(({ body }) => "event" in body && body["event"])).toEqual(["request", "delivered"]);
    expect(world.heard[0]?.headers).toMatchObject({ authorization: "Bearer a-token", "x-preau": "hook" });
    await webhooks.deleteWebhook({ webhookId: id });
    await transactionalEmails.sendTransacEmail(mail);
    await world.advance(1);
    expect(world.heard).toHaveLength(2);
    expect((await refusal(webhooks.getWebhook({ webhookId: id }))).status).toBe(404);
  });

  it("schedules a mail, tells its state, and takes it back", async () => {
    const { transactionalEmails } = world.client();
    const { body } = await world.call("POST", "/_advance", { seconds: 0 });
    const scheduledAt = new Date(Date.parse(body.now) + 3_600_000).toISOString();
    const mail = {
      sender,
      to: [{ email: "zoe@ecole.example" }],
      subject: "Notice",
      textContent: "Text",
      scheduledAt,
    };
    const sent = await transactionalEmails.sendTransacEmail(mail).withRawResponse();
    expect(sent.rawResponse.status).toBe(202);
    const gone = sent.data.messageId ?? "";
    const kept = (await transactionalEmails.sendTransacEmail(mail)).messageId ?? "";
    expect(await transactionalEmails.getScheduledEmailById({ identifier: gone })).toMatchObject({
      status: "queued",
    });
    await transactionalEmails.deleteScheduledEmailById({ identifier: gone });
    await world.advance(3_601);
    expect((await transactionalEmails.getTransacEmailsList({ messageId: gone })).count).toBe(0);
    expect((await transactionalEmails.getTransacEmailsList({ messageId: kept })).count).toBe(1);
    expect((await refusal(transactionalEmails.deleteScheduledEmailById({ identifier: kept }))).status).toBe(
      404,
    );
  });

  it("keeps contacts, and tells of the account and its domains", async () => {
    const { contacts, account, domains } = world.client();
    const email = "parent@famille.example";
    const created = await contacts.createContact({ email, attributes: { PRENOM: "Ines" } });
    expect(await refusal(contacts.createContact({ email }))).toEqual({
      status: 400,
      code: "duplicate_parameter",
    });
    expect(await contacts.getContactInfo({ identifier: email })).toMatchObject({
      id: created?.id,
      attributes: { PRENOM: "Ines" },
    });
    await contacts.updateContact({ identifier: email, emailBlacklisted: true });
    expect((await contacts.getContacts({})).contacts.map((each) => each.emailBlacklisted)).toEqual([true]);
    await contacts.deleteContact({ identifier: email });
    expect((await refusal(contacts.getContactInfo({ identifier: email }))).code).toBe("document_not_found");
    expect((await account.getAccount()).relay.enabled).toBe(true);
    await world.client().transactionalEmails.sendTransacEmail({
      ...{ sender, to: [{ email }], subject: "Notice", textContent: "Text" },
    });
    expect((await domains.getDomains()).domains.map((each) => each.domain_name)).toEqual(["plume.example"]);
    expect((await contacts.getContacts({})).count).toBe(0);
  });

  it("refuses a wrong key, and a mail without a sender, in the client's own errors", async () => {
    const { transactionalEmails } = world.client();
    expect(await refusal(transactionalEmails.sendTransacEmail({}))).toEqual({
      status: 400,
      code: "missing_parameter",
    });
    await world.switchOn("key-refused");
    expect(await refusal(transactionalEmails.sendTransacEmail({}))).toEqual({
      status: 401,
      code: "unauthorized",
    });
  });
});
