import { addMillis, instant } from "@preau/kernel";
import { codeOf } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { MOST_MAIL_BYTES, parseMail } from "../src/parse-mail.ts";
import { textOfHtml } from "../src/parse-mail-html.ts";

const NOW = instant("2026-11-23T08:00:00.000Z");
const DELIVERED = addMillis(NOW, -600_000);

const mail = (headers: readonly string[], body: string | Uint8Array = "Bonjour, effacez mes données.") =>
  Buffer.concat([Buffer.from(`${headers.join("\r\n")}\r\n\r\n`), Buffer.from(body)]);
const FROM = "From: =?utf-8?Q?Zo=C3=A9_D=27Alen=C3=A7on?= <zoe@exemple.example>";
const HEADERS = [
  FROM,
  "Message-ID: <abc@exemple.example>",
  "Subject: Mes données",
  "Date: Tue, 1 Jan 2030 00:00:00 +0000",
];
const parse = (raw: Uint8Array, change: Partial<Parameters<typeof parseMail>[1]> = {}) =>
  parseMail(raw, { deliveredAt: DELIVERED, now: NOW, messageIdDomain: "preau.example", ...change });

describe("a mail becomes a request (D10.1b)", () => {
  it("whose clock runs from its delivery, whatever date its sender wrote on it", async () => {
    const parsed = await parse(mail(HEADERS));
    expect(parsed).toMatchObject({
      kind: "request",
      attachments: 0,
      request: {
        ...{ channel: "mail", receivedAt: DELIVERED, language: "fr", key: "mail:<abc@exemple.example>" },
        text: "Mes données\n\nBonjour, effacez mes données.",
        requester: { name: "Zoé D'Alençon", address: "zoe@exemple.example" },
      },
    });
  });

  it("never from the future: a delivery later than now counts from now", async () => {
    const parsed = await parse(mail(HEADERS), { deliveredAt: addMillis(NOW, 5_000) });
    expect(parsed).toMatchObject({ request: { receivedAt: NOW } });
  });

  it("is the same twice without a Message-ID too", async () => {
    const [one, two] = [await parse(mail([FROM])), await parse(mail([FROM]))];
    expect(one).toEqual(two);
    expect(one).toMatchObject({ request: { key: expect.stringMatching(/^mail:sha256:[0-9a-f]{64}$/) } });
  });

  it("counts attachments and keeps none", async () => {
    const body = [
      ...["--b", "Content-Type: text/plain; charset=utf-8", "", "Please delete my data, thank you.", "--b"],
      ...[
        'Content-Type: application/pdf; name="carte.pdf"',
        "Content-Disposition: attachment",
        "",
        "CARTE",
        "--b--",
      ],
    ].join("\r\n");
    const parsed = await parse(mail([...HEADERS, "Content-Type: multipart/mixed; boundary=b"], body));
    expect(parsed).toMatchObject({ kind: "request", attachments: 1, request: { language: "en" } });
    expect(JSON.stringify(parsed)).not.toMatch(/CARTE|carte\.pdf/);
  });

  it("reads HTML as a reader sees it, where there is no plain text", async () => {
    const html =
      "<html><head><title>x</title><style>p{}</style></head><body><p>Je m&rsquo;oppose &agrave; <b>tout</b></p><script>alert(1)</script><!-- <p>non</p> --><div>Zo&#233;</div></body></html>";
    const parsed = await parse(mail([...HEADERS, "Content-Type: text/html; charset=utf-8"], html));
    expect(parsed).toMatchObject({ request: { text: "Mes données\n\nJe m’oppose à tout\n\nZoé" } });
  });

  it("reads other alphabets of bytes", async () => {
    const latin = Buffer.from("Effacez Zo\u00e9", "latin1");
    const parsed = await parse(mail([FROM, "Content-Type: text/plain; charset=iso-8859-1"], latin));
    expect(parsed).toMatchObject({ request: { text: "Effacez Zoé" } });
  });
});

describe("a mail that no person wrote", () => {
  it.each<[header: string, why: string]>([
    ["Auto-Submitted: auto-replied", "automatic"],
    ["Auto-Submitted: auto-notified; x=y", "automatic"],
    ["Precedence: auto_reply", "automatic"],
    ["Return-Path: <>", "automatic"],
    ["Message-ID: <msg_01kat2v6m0x3w8r5n9c4f7h1q2@PREAU.example>", "echo"],
  ])("is dropped: %s", async (header, why) => {
    expect(await parse(mail([FROM, header]))).toEqual({ kind: "dropped", why });
  });

  it("is dropped when it is the postmaster's, or says nothing", async () => {
    expect(await parse(mail(["From: MAILER-DAEMON@exemple.example"]))).toEqual({
      kind: "dropped",
      why: "automatic",
    });
    expect(await parse(mail([FROM], "  \r\n "))).toEqual({ kind: "dropped", why: "empty" });
  });

  it("whose text stands in an attachment alone is taken in, for a person to read in the mailbox", async () => {
    const forwarded = [
      ...["--b", "Content-Type: message/rfc822", "Content-Disposition: attachment", ""],
      ...["From: zoe@famille.example", "Subject: Mes droits", "", "Effacez tout.", "--b--", ""],
    ].join("\r\n");
    const parsed = await parse(mail([FROM, "Content-Type: multipart/mixed; boundary=b"], forwarded));
    expect(parsed).toMatchObject({ kind: "request", attachments: 1, request: { text: "[…]" } });
  });

  it.each([
    "Auto-Submitted: auto-generated",
    "Message-ID: <m1@preau.example>",
    "Auto-Submitted: no",
    "Precedence: list",
    "List-Id: <dpo.exemple.example>",
    "Precedence: bulk",
  ])("is none where a person may have written it: %s", async (header) => {
    expect(await parse(mail([FROM, header]))).toMatchObject({ kind: "request" });
  });
});

describe("a hostile mail", () => {
  const REFUSED = "REQUEST_MAIL_UNREADABLE";

  it("of 100 MiB is refused unread", async () => {
    const started = performance.now();
    expect(await codeOf(parse(new Uint8Array(100 * 1_048_576)))).toBe(REFUSED);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(MOST_MAIL_BYTES).toBeLessThan(100 * 1_048_576);
  });

  it("nested a thousand deep is refused", async () => {
    let body = "fin";
    for (let depth = 0; depth < 1_000; depth += 1)
      body = `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n${body}\r\n--b${depth}--`;
    expect(await codeOf(parse(Buffer.from(`${FROM}\r\n${body}`)))).toBe(REFUSED);
  });

  it("with endless headers is refused, and one that is no mail too", async () => {
    expect(await codeOf(parse(mail([`${FROM}\r\nX-A: ${"x".repeat(1_000_000)}`])))).toBe(REFUSED);
    expect(await codeOf(parse(new Uint8Array(0)))).toBe(REFUSED);
  });

  it("with an alphabet that nobody knows is read as far as it can be", async () => {
    const parsed = await parse(mail([FROM, "Content-Type: text/plain; charset=klingon-8"], "Effacez tout"));
    expect(parsed).toMatchObject({ request: { text: "Effacez tout" } });
  });

  it("that says too much is cut within what the desk takes, and says so", async () => {
    const parsed = await parse(mail([FROM], "é🙂".repeat(30_000)));
    const text = parsed.kind === "request" ? (parsed.request.text ?? "") : "";
    expect(text.length).toBeLessThanOrEqual(20_000);
    expect(text.endsWith("[…]")).toBe(true);
    expect(() => encodeURIComponent(text)).not.toThrow();
  });

  it("turns nobody's words round, and forges no line of its headers", async () => {
    const forged = "Subject: =?utf-8?Q?a=0D=0ABcc:_x@y.example?=";
    const parsed = await parse(mail([FROM, forged], "Effacez \u202ectuot\u0000\u0007"));
    expect(parsed).toMatchObject({ request: { text: "a Bcc: x@y.example\n\nEffacez ctuot" } });
  });

  it("of tags that never end is read in one pass", () => {
    expect(textOfHtml("<".repeat(500_000))).toBe("");
    expect(textOfHtml(`a<!--${"-".repeat(500_000)}`)).toBe("a");
    expect(textOfHtml("<script>".repeat(100_000))).toBe("");
    expect(textOfHtml(`a${"&nbsp;".repeat(160_000)}b`)).toHaveLength(160_002);
    expect(textOfHtml(`a${"&nbsp;<br>".repeat(90_000)}b`)).toBe("a\n\nb");
    expect(textOfHtml(`${"&#9;".repeat(200_000)}<p>b`)).toBe("b");
    expect(textOfHtml("&#xffffff;&#0;&#55296;&eacute;&nichts;")).toBe("é&nichts;");
  });
});
