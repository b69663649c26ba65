/** Brevo's API as it is documented, and what becomes of a message for each of its answers. */
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { manualClock, NotYet } from "@preau/kernel";
import { describe, expect, it, onTestFinished } from "vitest";
import { requeueMessage } from "../src/index.ts";
import { mailerOptions } from "../src/options.ts";
import { brevoTransport } from "../src/transports/brevo.ts";
import type { OutgoingMail } from "../src/transports/transport.ts";
import { startBrevoPeer } from "./brevo-peer.ts";
import { makeMailHouse, message, openHouseDatabases } from "./mail-house.ts";

const from = "preau@marelle.example";

async function openHouse(options: object = {}) {
  const peer = await startBrevoPeer();
  onTestFinished(() => peer.close());
  const both = await openHouseDatabases("sqlite::memory:");
  onTestFinished(() => Promise.all([both.database.close(), both.keysDatabase.close()]).then(() => undefined));
  const clock = manualClock();
  const house = await makeMailHouse(both, clock, { options: { ...peer.options, from, ...options } });
  onTestFinished(() => house.post.close());
  return { ...house, clock, peer };
}

describe("a message that Brevo carries (DC)", () => {
  it("has the documented fields and no others, and the name that Brevo gave it is kept", async () => {
    const { send, worker, row, peer, settled } = await openHouse();
    const id = await send(message());
    await worker.drain();
    const [mail] = peer.received;
    expect(mail?.key).toBe("xkeysib-invented");
    expect(mail?.body).toEqual({
      sender: { name: expect.any(String), email: from },
      to: [{ email: "dpo@acacias.example", name: "Solveig Amaury-Kern" }],
      subject: "Une demande vous est transmise",
      htmlContent: expect.stringContaining("https://preau.example/desk/abcdefgh"),
      textContent: expect.stringContaining("https://preau.example/desk/abcdefgh"),
      headers: {
        idempotencyKey: expect.stringMatching(
          /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        ),
        "X-Mailin-custom": id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": "fr",
      },
      tags: ["desk.relay"],
    });
    expect(await row(id)).toMatchObject({
      ...{ state: "accepted", transport: "brevo", reason: null },
      provider_id: "<2026112716.1@smtp-relay.brevo.example>",
    });
    expect(settled.map(({ outcome }) => outcome)).toEqual(["accepted"]);
  });

  it("is dropped by Brevo in its sandbox", async () => {
    const { send, worker, peer } = await openHouse({ sandbox: true });
    await send(message());
    await worker.drain();
    expect(peer.received[0]?.body.headers["X-Sib-Sandbox"]).toBe("drop");
  });

  it.each([
    [400, "invalid_parameter", "email is not valid in to", "bounced", "BREVO_INVALID_PARAMETER"],
    [400, "invalid_parameter", "sender email is not valid", "queued", "BREVO_INVALID_PARAMETER"],
    [400, "duplicate_request", "idempotencyKey was used already", "accepted", null],
    [400, "duplicate_parameter", "idempotencyKey was used already", "accepted", null],
    [401, "unauthorized", "Key not found", "queued", "BREVO_UNAUTHORIZED"],
    [402, "not_enough_credits", "no credit", "queued", "BREVO_NOT_ENOUGH_CREDITS"],
    [403, "permission_denied", "no", "queued", "BREVO_PERMISSION_DENIED"],
    [403, "account_under_validation", "no", "queued", "BREVO_ACCOUNT_UNDER_VALIDATION"],
    [429, "too_many_requests", "slow down", "queued", "BREVO_TOO_MANY_REQUESTS"],
    [500, "Dpo@acacias.example", "dpo@acacias.example", "queued", "BREVO_500"],
  ] as const)("%i %s (%s): %s", async (status, code, words, state, reason) => {
    const { send, worker, row, peer } = await openHouse();
    peer.setMood([status, code, words]);
    const id = await send(message());
    await worker.drain();
    expect(await row(id)).toMatchObject({ state, reason });
  });

  it.each(["noJson", "huge"] as const)(
    "has left when Brevo says 201 and nothing that can be read (%s)",
    async (mood) => {
      const { send, worker, row, peer } = await openHouse();
      peer.setMood(mood);
      const id = await send(message());
      await worker.drain();
      expect(await row(id)).toMatchObject({ state: "accepted", provider_id: null });
    },
  );

  it.each(["silent", "hangUp"] as const)(
    "is tried again under the same key for want of an answer (%s), and its line says that it may be there twice",
    async (mood) => {
      const { send, worker, row, clock, peer } = await openHouse({ apiSeconds: 1 });
      peer.setMood(mood);
      const id = await send(message());
      await worker.drain();
      expect(await row(id)).toMatchObject({ state: "queued", reason: "NO_ANSWER", attempts: 1 });
      peer.setMood("take");
      clock.advance(60_000);
      await worker.drain();
      expect(await row(id)).toMatchObject({ state: "accepted", reason: "NO_ANSWER" });
      const keys = peer.received.map(({ body }) => body.headers["idempotencyKey"]);
      expect(keys).toHaveLength(2);
      expect(new Set(keys).size).toBe(1);
    },
  );

  it("follows no redirect: the key goes nowhere else", async () => {
    const { send, worker, row, peer } = await openHouse();
    peer.setMood("redirect");
    const id = await send(message());
    await worker.drain();
    expect(await row(id)).toMatchObject({ state: "queued" });
    expect(peer.received).toEqual([]);
  });

  it("has another key when a person sends it anew after it had left", async () => {
    const { send, worker, peer, database, unitOfWork, jobs } = await openHouse();
    const id = await send(message());
    await worker.drain();
    await database.knex("mlr_message").where({ id }).update({ state: "bounced" });
    await unitOfWork.transaction((unit) => requeueMessage(unit, { jobs }, "all", id));
    await worker.drain();
    expect(new Set(peer.received.map(({ body }) => body.headers["idempotencyKey"])).size).toBe(2);
  });
});

describe("Brevo's own limits", () => {
  const spent = (seconds: number) => ({
    "x-sib-ratelimit-limit": "1000",
    "x-sib-ratelimit-remaining": "0",
    "x-sib-ratelimit-reset": String(seconds),
  });

  it("put the next messages off until there is room, without a try", async () => {
    const { send, worker, row, clock, peer } = await openHouse();
    peer.setMood([429, "too_many_requests", "slow down"], spent(600));
    await send(message());
    await worker.drain();
    peer.setMood("take");
    const second = await send(message({ key: "relay/rqs_2" }));
    await worker.drain();
    expect(peer.received).toEqual([]);
    expect(await row(second)).toMatchObject({
      state: "queued",
      attempts: 0,
      reason: "RATE_LIMITED",
      left_at: null,
    });
    clock.advance(601_000);
    await worker.drain();
    expect(await row(second)).toMatchObject({ state: "accepted" });
  });

  it("hold the next call back when the last room was taken", async () => {
    const peer = await startBrevoPeer();
    onTestFinished(() => peer.close());
    const { ports } = await openHouse();
    const clock = manualClock();
    const transport = brevoTransport(mailerOptions.parse({ ...peer.options, from }), clock);
    onTestFinished(() => transport.close());
    peer.setMood("take", spent(3_000));
    const { flow, to } = message();
    const mail: OutgoingMail = {
      ...{ id: ports.ids.next("msg"), to, categories: flow.categories, sender: "Marelle" },
      ...{ language: "fr", template: "desk.relay", subject: "s", text: "t", html: "h" },
    };
    const permit = () => ports.unitOfWork.transaction((unit) => ports.gate.permit(flow, unit));
    await transport.send(mail, await permit());
    const error: unknown = await transport.send(mail, await permit()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotYet);
    expect(peer.received).toHaveLength(1);
  });
});

describe("the key of Brevo's API", () => {
  it("stands in a file of its owner's alone, and is read when a message leaves", async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), "preau-")), "key");
    writeFileSync(file, "xkeysib-of-a-file\n", { mode: 0o600 });
    const { send, worker, row, clock, peer } = await openHouse({ apiKey: undefined, apiKeyFile: file });
    chmodSync(file, 0o644);
    const id = await send(message());
    await worker.drain();
    expect(await row(id)).toMatchObject({ state: "queued", reason: "MAIL_BAD_OPTIONS", left_at: null });
    chmodSync(file, 0o600);
    clock.advance(60_000);
    await worker.drain();
    expect(peer.received[0]?.key).toBe("xkeysib-of-a-file");
  });

  it("is asked for, and goes over HTTPS, or over HTTP on this machine alone", () => {
    expect(() => brevoTransport(mailerOptions.parse({ transport: "brevo" }), manualClock())).toThrow(
      expect.objectContaining({ code: "MAIL_BAD_OPTIONS" }),
    );
    for (const apiUrl of [
      "http://api.brevo.example/v3",
      "ftp://127.0.0.1/",
      "https://u:p@api.example/v3",
      "https://api.example/?k=1",
    ])
      expect(mailerOptions.safeParse({ apiUrl }).success, apiUrl).toBe(false);
    expect(mailerOptions.safeParse({ apiUrl: "http://localhost:8703/v3" }).success).toBe(true);
  });
});
