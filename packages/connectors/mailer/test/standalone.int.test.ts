/** The mailer in an application of Express, without a hub: the README's lines as they stand there. */
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { MessageId } from "@preau/kernel";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openMailer } from "../src/index.ts";
import { toOfficer } from "./programs/express-mails.ts";
import { startSmtpPeer } from "./smtp-peer.ts";

type Program = typeof import("./programs/express-app.ts");

describe("the mailer alone in an application (DC, D4.1)", () => {
  let program: Program;
  let url: string;

  beforeAll(async () => {
    vi.stubEnv("MAIL_FOLDER", mkdtempSync(path.join(tmpdir(), "preau-alone-")));
    vi.stubEnv("PORT", "0");
    program = await import("./programs/express-app.ts");
    if (!program.server.listening) await once(program.server, "listening");
    url = `http://127.0.0.1:${(program.server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    program.server.closeAllConnections();
    program.server.close();
    await program.mail.close();
    vi.unstubAllEnvs();
  });

  const invite = async (school: string) => {
    const response = await fetch(`${url}/invite/${school}`, { method: "POST" });
    return { status: response.status, ...((await response.json()) as { readonly id: MessageId }) };
  };

  it("is ten lines, and they are the README's", () => {
    const here = import.meta.dirname;
    const lines = readFileSync(path.join(here, "programs/express-app.ts"), "utf8");
    expect(
      lines
        .trim()
        .split("\n")
        .filter((line) => line !== "").length,
    ).toBeLessThanOrEqual(11);
    const readme = readFileSync(path.join(here, "../README.md"), "utf8");
    expect(readme).toContain(lines.trim());
    expect(readme).toContain(readFileSync(path.join(here, "programs/express-mails.ts"), "utf8").trim());
  });

  it("queues, asks the agreement, catches, and shows what would have gone out", async () => {
    const { status, id } = await invite("lycee-des-acacias");
    expect(status).toBe(202);
    await vi.waitFor(async () =>
      expect(await program.mail.messages()).toMatchObject([{ id, state: "accepted", transport: "catcher" }]),
    );
    expect(await program.mail.read(id)).toMatchObject({
      to: { address: "dpo@acacias.example" },
      subject: "Votre espace est ouvert",
      text: expect.stringContaining("https://app.marelle.example/"),
    });
    expect((await invite("lycee-des-acacias")).id).toBe(id); // one a key
  });

  it("lets nothing out that the agreement does not name", async () => {
    const message = toOfficer("lycee-des-acacias");
    const id = await program.mail.send({
      ...message,
      key: "other",
      flow: { ...message.flow, purpose: "advertising" },
    });
    await vi.waitFor(async () =>
      expect((await program.mail.messages()).find((line) => line.id === id)).toMatchObject({
        state: "refused",
      }),
    );
  });

  it("sends by SMTP what was queued before, from the same folder", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "preau-alone-"));
    const { invitation } = await import("./programs/express-mails.ts");
    const first = await openMailer({ folder, templates: [invitation], mailer: { transport: "none" } });
    const id = await first.send(toOfficer("lycee-des-acacias"));
    await first.close();
    const peer = await startSmtpPeer();
    const settled: string[] = [];
    const second = await openMailer({
      ...{ folder, templates: [invitation], mailer: peer.options },
      on: { "mail.settled": async ({ outcome }) => void settled.push(outcome) },
    });
    await vi.waitFor(() => expect(settled).toEqual(["accepted"]));
    expect(peer.received).toHaveLength(1);
    expect(await second.read(id)).toBeUndefined(); // what left is its addressee's
    await second.close();
    await peer.close();
  });
});
