/** A signature of our own (RFC 6376), where the server makes none. */
import { createHash, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { manualClock } from "@preau/kernel";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeMailHouse, message, openHouseDatabases } from "./mail-house.ts";
import { headerOf, startSmtpPeer } from "./smtp-peer.ts";

describe("DKIM", () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const keyFile = path.join(mkdtempSync(path.join(tmpdir(), "preau-")), "dkim.pem");
  writeFileSync(keyFile, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  const dkim = { domain: "marelle.example", selector: "preau", keyFile };

  const open = async () => {
    const peer = await startSmtpPeer();
    onTestFinished(() => peer.close());
    const both = await openHouseDatabases("sqlite::memory:");
    onTestFinished(() =>
      Promise.all([both.database.close(), both.keysDatabase.close()]).then(() => undefined),
    );
    const options = { ...peer.options, from: "preau@marelle.example", dkim };
    const house = await makeMailHouse(both, manualClock(), { options });
    onTestFinished(() => house.post.close());
    return { ...house, peer };
  };

  it("signs what leaves: body and headers verify with the public key", async () => {
    const { send, worker, peer } = await open();
    await send(message());
    await worker.drain();
    const [mail] = peer.received;
    const signature = headerOf(mail!, "DKIM-Signature") ?? "";
    const tag = (name: string) =>
      new RegExp(`(?:^|;)\\s*${name}=([^;]*)`).exec(signature)?.[1]?.replaceAll(/\s/g, "") ?? "";
    expect([tag("d"), tag("s"), tag("a"), tag("c")]).toEqual([
      "marelle.example",
      "preau",
      "rsa-sha256",
      "relaxed/relaxed",
    ]);
    expect(tag("h").split(":")).toEqual(expect.arrayContaining(["from", "subject", "message-id", "to"]));
    const raw = mail!.raw;
    const body = raw
      .slice(raw.indexOf("\r\n\r\n") + 4)
      .replaceAll(/[ \t]+/g, " ")
      .replaceAll(/ \r\n/g, "\r\n")
      .replace(/(?:\r\n)*$/, "\r\n");
    expect(createHash("sha256").update(body).digest("base64")).toBe(tag("bh"));
    const relaxed = (name: string, value: string) => `${name}:${value.replaceAll(/\s+/g, " ").trim()}`;
    const signed = tag("h")
      .split(":")
      .flatMap((name) => {
        const value = headerOf(mail!, name);
        return value === undefined ? [] : [relaxed(name.toLowerCase(), value)];
      });
    const own = relaxed("dkim-signature", signature.replace(/([;\s]b=)[^;]*/, "$1"));
    const text = [...signed, own].join("\r\n");
    expect(
      verify("sha256", Buffer.from(text), createPublicKey(privateKey), Buffer.from(tag("b"), "base64")),
    ).toBe(true);
  });

  it("sends nothing unsigned when others may read the key", async () => {
    const { send, worker, peer, row } = await open();
    chmodSync(keyFile, 0o644);
    onTestFinished(() => chmodSync(keyFile, 0o600));
    const id = await send(message());
    await worker.drain();
    expect(peer.received).toEqual([]);
    expect(await row(id)).toMatchObject({ state: "queued", reason: "MAIL_BAD_OPTIONS" });
  });
});
