import { describe, expect, it } from "vitest";
import { readBounce } from "../src/read-bounce.ts";

const id = "msg_01kat2v6m0x3w8r5n9c4f7h1q2";

interface Report {
  readonly action?: string;
  readonly status?: string;
  readonly to?: string;
  readonly messageId?: string;
  readonly returned?: string;
}

/** As Postfix writes it. */
function report({ action = "failed", status = "5.1.1", to, messageId, returned }: Report = {}): Buffer {
  return Buffer.from(
    [
      "From: MAILER-DAEMON@mx.acacias.example (Mail Delivery System)",
      `To: ${to ?? `retours+${id}@marelle.example`}`,
      "Subject: Undelivered Mail Returned to Sender",
      "Auto-Submitted: auto-replied",
      "MIME-Version: 1.0",
      "Content-Type: multipart/report; report-type=delivery-status;",
      '\tboundary="B"',
      "Message-Id: <20261127101500.A1B2C@mx.acacias.example>",
      "",
      "--B",
      "Content-Type: text/plain; charset=us-ascii",
      "",
      "I'm sorry to have to inform you that your message could not be delivered.",
      "",
      "--B",
      "Content-Type: message/delivery-status",
      "",
      "Reporting-MTA: dns; mx.acacias.example",
      "Arrival-Date: Fri, 27 Nov 2026 10:15:00 +0100 (CET)",
      "",
      "Final-Recipient: rfc822; dpo@acacias.example",
      `Action: ${action}`,
      `Status: ${status}`,
      "Diagnostic-Code: smtp; 550 5.1.1 <dpo@acacias.example>: Recipient address",
      "    rejected: User unknown",
      "",
      "--B",
      `Content-Type: ${returned ?? "text/rfc822-headers"}`,
      "",
      "Subject: Une demande",
      `Message-ID: ${messageId ?? `<${id}@marelle.example>`}`,
      "",
      "--B--",
      "",
    ].join("\r\n"),
  );
}

const code = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error as { readonly code?: string }).code,
  );

describe("a report that a message came back", () => {
  it("names the message by the address it came to, and why without anybody's address", async () => {
    const bounce = await readBounce(report({ messageId: "<x@y.example>" }));
    expect(bounce).toEqual({ message: id, reason: "DSN_5.1.1" });
  });

  it.each(["text/rfc822-headers", "message/rfc822"])(
    "names it by what is left of it (%s)",
    async (returned) => {
      const bounce = await readBounce(report({ to: "retours@marelle.example", returned }));
      expect(bounce).toEqual({ message: id, reason: "DSN_5.1.1" });
    },
  );

  it("counts where a server has given up, whatever the class of its status", async () => {
    expect(await readBounce(report({ status: "4.4.7" }))).toEqual({ message: id, reason: "DSN_4.4.7" });
  });

  it.each(["delayed", "delivered", "relayed", "expanded"])("is none where it says %s", async (action) => {
    expect(await readBounce(report({ action, status: "4.0.0" }))).toBeUndefined();
  });

  it("is none of ours without an id of ours", async () => {
    const foreign = report({ to: "retours@marelle.example", messageId: "<x@y.example>" });
    expect(await code(readBounce(foreign))).toBe("MAIL_NO_BOUNCE");
  });

  it("is no automatic answer, no words, no bytes", async () => {
    const answer = `To: retours+${id}@marelle.example\r\nAuto-Submitted: auto-replied\r\nSubject: Absence\r\n\r\nAction: failed\r\nStatus: 5.0.0\r\n`;
    for (const raw of [answer, "", "\0\0\0", "x".repeat(5_000_001)])
      expect(await code(readBounce(Buffer.from(raw)))).toBe("MAIL_NO_BOUNCE");
  });
});
