/** Standard Webhooks 1.0.0, against the standard's own library. */
import { createHmac } from "node:crypto";
import { instant } from "@preau/kernel";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import type { HookTerms } from "../src/sources/source.ts";
import { standardSource } from "../src/sources/standard.ts";

const OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NEW = "whsec_c2Vjb25kLXNlY3JldC1vZi0zMi1ieXRlcy1sb25nIQ==";
const time = new Date("2026-11-23T08:00:00.000Z");
const terms: HookTerms = {
  ...{ hooks: "signed", secrets: [NEW, OLD], now: instant(time), freshForMs: 300_000, website: "preau" },
};
const event = {
  type: "conversation.message.created",
  timestamp: "2026-11-23T08:00:00Z",
  data: {
    installation: "preau",
    conversation: { id: "cnv_42" },
    message: {
      ...{ id: "m_1", author: "visitor", text: "Bonjour, été", at: "2026-11-23T07:59:59.500Z" },
      files: [{ name: "Zoé.png", type: "image/png" }, {}],
    },
    visitor: {
      id: "v_1",
      name: "Zoé",
      email: "zoe@exemple.example",
      telephone: "+33612345678",
      token: "p1.x",
    },
  },
};
const body = JSON.stringify(event);

function hook(
  given: {
    readonly id?: string;
    readonly at?: Date;
    readonly secrets?: readonly string[];
    readonly text?: string;
    readonly signature?: string;
  } = {},
) {
  const { id = "msg_1", at = time, secrets = [OLD], text = body } = given;
  const signature = given.signature ?? secrets.map((each) => new Webhook(each).sign(id, at, text)).join(" ");
  return {
    body: Buffer.from(text),
    headers: {
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
      "webhook-signature": signature,
    },
    query: {},
  };
}
const verify = (given: Parameters<typeof hook>[0], change: Partial<HookTerms> = {}) =>
  standardSource.verify(hook(given), { ...terms, ...change });
const minutes = (count: number) => new Date(time.getTime() + count * 60_000);

describe("a hook signed by the standard's library (Standard Webhooks 1.0.0)", () => {
  it("verifies under either secret, both at once, among foreign signatures; its id is its key", () => {
    for (const secrets of [[OLD], [NEW], [OLD, NEW]])
      expect(verify({ secrets })).toEqual({ verified: true, key: "msg_1" });
    const [own] = [new Webhook(OLD).sign("msg_1", time, body)];
    expect(verify({ signature: `v1a,AAAA v1,${"A".repeat(43)}= ${own}` }).verified).toBe(true);
  });

  it("verifies within five minutes either way, as the library does", () => {
    for (const at of [minutes(-5), minutes(5)]) expect(verify({ at }).verified).toBe(true);
    for (const at of [minutes(-5.1), minutes(5.1)])
      expect(verify({ at })).toEqual({ verified: false, reason: "stale" });
  });

  it.each([
    [
      "of another secret",
      { secrets: ["whsec_YW5vdGhlci1zZWNyZXQtb2YtMzItYnl0ZXMtbG9uZw=="] },
      "wrongSignature",
    ],
    [
      "with its prefix cut off",
      { signature: new Webhook(OLD).sign("msg_1", time, body).slice(3) },
      "wrongSignature",
    ],
    [
      "of another version alone",
      { signature: new Webhook(OLD).sign("msg_1", time, body).replace("v1,", "v2,") },
      "wrongSignature",
    ],
    ["with an empty signature", { signature: "v1," }, "wrongSignature"],
    ["of another installation", { text: body.replace('"preau"', '"other"') }, "wrongWebsite"],
    ["that is no JSON", { text: "no" }, "malformed"],
  ] as const)("is refused %s", (_what, given, reason) => {
    expect(verify(given)).toEqual({ verified: false, reason });
  });

  it("is signed by no secret that is none: a mask, a placeholder, too short a one", () => {
    for (const secret of [
      "whsec_••••••••••••••••••••••••",
      "whsec_************************",
      "whsec_======",
      "whsec_c2hvcnQ=",
    ]) {
      const key = Buffer.from(secret.slice(6), "base64");
      const signature = createHmac("sha256", key)
        .update(`msg_1.${time.getTime() / 1_000}.${body}`)
        .digest("base64");
      expect(verify({ signature: `v1,${signature}` }, { secrets: [secret] }).verified, secret).toBe(false);
    }
  });

  it("is refused without any of its headers, with none of our secrets, under another id or body", () => {
    for (const name of ["webhook-id", "webhook-timestamp", "webhook-signature"] as const) {
      const { [name]: _gone, ...headers } = hook().headers;
      expect(standardSource.verify({ ...hook(), headers }, terms)).toEqual({
        verified: false,
        reason: "unsigned",
      });
    }
    expect(verify({}, { secrets: [] })).toEqual({ verified: false, reason: "wrongSignature" });
    const signature = new Webhook(OLD).sign("msg_1", time, body);
    expect(verify({ id: "msg_2", signature }).verified).toBe(false);
    expect(verify({ text: `${body} `, signature }).verified).toBe(false);
  });
});

describe("what a neutral desk's event says", () => {
  it("is read as the README documents it, without names of files", () => {
    expect(standardSource.read(Buffer.from(body))).toEqual({
      ...{ kind: "visitorWrote", conversation: "cnv_42", message: "m_1", at: "2026-11-23T07:59:59.500Z" },
      ...{ text: "Bonjour, été", files: [{ type: "image/png" }, {}] },
      visitor: {
        ...{
          token: "p1.x",
          name: "Zoé",
          email: "zoe@exemple.example",
          telephone: "+33612345678",
          person: "v_1",
        },
      },
    });
  });

  it("is nothing to us where it is no event of ours, and refused without its conversation or message", () => {
    const read = (change: object) =>
      standardSource.read(Buffer.from(JSON.stringify({ ...event, ...change })));
    expect(read({ type: "conversation.tagged" })).toBeUndefined();
    expect(read({ type: "constructor" })).toBeUndefined();
    for (const data of [{}, { conversation: { id: "../x" } }, { conversation: { id: "c" } }])
      expect(() => read({ data })).toThrow(expect.objectContaining({ code: "SUPPORT_BAD_HOOK" }));
  });
});
