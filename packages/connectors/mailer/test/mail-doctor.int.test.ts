/** What `preau mail doctor` reads, over a real name server and real servers of mail. @clause DC */
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { manualClock } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkRetention } from "../src/check-brevo.ts";
import { checkMailAgreement } from "../src/check-mail-agreement.ts";
import { checkSenderDns, type Sender } from "../src/check-sender-dns.ts";
import { mailDoctor } from "../src/mail-doctor.ts";
import { mailerOptions } from "../src/options.ts";
import { startDnsPeer, type Zone } from "./dns-peer.ts";
import { agreement, makeMailHouse, message, openHouseDatabases } from "./mail-house.ts";
import { startSmtpPeer } from "./smtp-peer.ts";

const DOMAIN = "marelle.example";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const P = publicKey.export({ type: "spki", format: "der" }).toString("base64");
const KEY = `v=DKIM1; k=rsa; p=${P}`;
const ed25519 = `v=DKIM1; k=ed25519; p=${Buffer.from(
  generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" }).x ?? "",
  "base64url",
).toString("base64")}`;
const SPF = "v=spf1 include:spf.brevo.com -all";

const sound: Readonly<Record<string, readonly string[]>> = {
  [DOMAIN]: ["some-verification=1", SPF],
  [`brevo1._domainkey.${DOMAIN}`]: [KEY],
  [`own._domainkey.${DOMAIN}`]: [KEY],
  [`_dmarc.${DOMAIN}`]: ["v=DMARC1; p=quarantine; rua=mailto:rapports@marelle.example"],
};

async function openDns(change: Readonly<Record<string, readonly string[] | "silent" | undefined>> = {}) {
  const zone: Zone = new Map();
  for (const [name, txt] of Object.entries({ ...sound, ...change }))
    if (txt !== undefined) zone.set(name, txt === "silent" ? txt : { txt, mx: [`mx.${DOMAIN}`] });
  const peer = await startDnsPeer(zone);
  onTestFinished(() => peer.close());
  return peer.resolver;
}

describe("the sender's domain in the DNS", () => {
  const brevo: Sender = { domain: DOMAIN, returns: DOMAIN, transport: "brevo" };
  const results = async (change: Parameters<typeof openDns>[0], sender: Sender = brevo) => {
    const found = await checkSenderDns(await openDns(change), sender);
    for (const { result, remedy, check } of found)
      if (result !== "PASS") expect(remedy?.fr, check).toBeDefined();
    return Object.fromEntries(found.map(({ check, result }) => [check, result]));
  };

  it("passes where everything is published", async () => {
    expect(await results({})).toEqual({
      ...{ "dns.spf": "PASS", "dns.dkim": "PASS", "dns.dmarc": "PASS", "dns.mx": "PASS" },
    });
  });

  const dmarc = `_dmarc.${DOMAIN}`;
  const selector = `brevo1._domainkey.${DOMAIN}`;
  const smtp: Sender = { ...brevo, transport: "smtp" };
  const signing: Sender = { ...smtp, dkim: { domain: DOMAIN, selector: "own", key: privateKey } };
  it.each<readonly [string, Parameters<typeof openDns>[0], Sender, string, string]>([
    ["two SPF records count for none", { [DOMAIN]: [SPF, "v=spf1 -all"] }, brevo, "dns.spf", "FAIL"],
    [
      "an SPF that lets anybody send",
      { [DOMAIN]: ["v=spf1 include:spf.brevo.com +all"] },
      brevo,
      "dns.spf",
      "WARN",
    ],
    ["an SPF without Brevo", { [DOMAIN]: ["v=spf1 a -all"] }, brevo, "dns.spf", "WARN"],
    ["an SPF without an end", { [DOMAIN]: ["v=spf1 include:spf.brevo.com"] }, brevo, "dns.spf", "WARN"],
    [
      "an SPF with somebody who only looks like Brevo",
      { [DOMAIN]: ["v=spf1 include:spf.brevo.com.thief.example -all"] },
      brevo,
      "dns.spf",
      "WARN",
    ],
    [
      "an SPF that redirects",
      { [DOMAIN]: ["v=spf1 redirect=_spf.brevo.example"] },
      brevo,
      "dns.spf",
      "UNKNOWN",
    ],
    [
      "another provider, with a server of our own",
      { [DOMAIN]: ["v=spf1 include:another-provider.example -all"] },
      { ...smtp, host: "mx.marelle.example" },
      "dns.spf",
      "UNKNOWN",
    ],
    [
      "our own server by its name",
      { [DOMAIN]: ["v=spf1 a:mx.marelle.example -all"] },
      { ...smtp, host: "mx.marelle.example" },
      "dns.spf",
      "PASS",
    ],
    ["no SPF, with a server of our own", { [DOMAIN]: ["v=spf10 a"] }, smtp, "dns.spf", "FAIL"],
    ["a domain that is not there", { [DOMAIN]: undefined }, smtp, "dns.spf", "FAIL"],
    ["a name server that says nothing is no answer", { [DOMAIN]: "silent" }, brevo, "dns.spf", "UNKNOWN"],
    ["no key", { [selector]: undefined }, brevo, "dns.dkim", "FAIL"],
    [
      "a key under the name of before",
      { [selector]: undefined, [`mail._domainkey.${DOMAIN}`]: [KEY] },
      brevo,
      "dns.dkim",
      "PASS",
    ],
    ["a key that cannot be read", { [selector]: ["v=DKIM1; p=thisisnokeyatall"] }, brevo, "dns.dkim", "FAIL"],
    ["a key of half a line", { [selector]: [KEY.slice(0, -90)] }, brevo, "dns.dkim", "FAIL"],
    ["an Ed25519 key", { [selector]: [ed25519] }, brevo, "dns.dkim", "PASS"],
    ["a key that is revoked", { [selector]: ["v=DKIM1; p="] }, brevo, "dns.dkim", "FAIL"],
    ["a server that may sign, or not", {}, smtp, "dns.dkim", "UNKNOWN"],
    ["our own key", {}, signing, "dns.dkim", "PASS"],
    [
      "a key that is not the one that signs",
      { [`own._domainkey.${DOMAIN}`]: [otherKey()] },
      signing,
      "dns.dkim",
      "FAIL",
    ],
    ["no policy", { [dmarc]: undefined }, brevo, "dns.dmarc", "FAIL"],
    ["a policy of none", { [dmarc]: ["v=DMARC1; p=none"] }, brevo, "dns.dmarc", "WARN"],
    ["a policy for no message", { [dmarc]: ["v=DMARC1; p=reject; pct=0"] }, brevo, "dns.dmarc", "WARN"],
    ["a policy on trial", { [dmarc]: ["v=DMARC1; p=reject; t=y"] }, brevo, "dns.dmarc", "WARN"],
    ["a policy without a word", { [dmarc]: ["v=DMARC1"] }, brevo, "dns.dmarc", "FAIL"],
    ["the policy of the domain above", {}, { ...brevo, domain: `news.${DOMAIN}` }, "dns.dmarc", "PASS"],
    [
      "that policy's own word for what stands below",
      { [dmarc]: ["v=DMARC1; p=reject; sp=none"] },
      { ...brevo, domain: `news.${DOMAIN}` },
      "dns.dmarc",
      "WARN",
    ],
    ["nobody who takes returns", {}, { ...brevo, returns: "elsewhere.example" }, "dns.mx", "WARN"],
  ])("%s", async (_claim, change, sender, check, result) => {
    expect((await results(change, sender))[check]).toBe(result);
  });

  function otherKey(): string {
    const other = generateKeyPairSync("rsa", { modulusLength: 2_048 }).publicKey;
    return `v=DKIM1; p=${other.export({ type: "spki", format: "der" }).toString("base64")}`;
  }
});

describe("the whole of it", () => {
  it("reaches the server of mail, reads the key's file, counts what did not arrive, and sends nothing", async () => {
    const peer = await startSmtpPeer();
    onTestFinished(() => peer.close());
    const keyFile = path.join(temporaryFolder(), "dkim.pem");
    writeFileSync(keyFile, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    const house = await makeMailHouse(await openHouseDatabases("sqlite::memory:"), manualClock(), {
      options: {
        ...peer.options,
        ...{ from: `preau@${DOMAIN}`, dkim: { domain: DOMAIN, selector: "own", keyFile } },
      },
    });
    await house.suppress({ address: "a@acacias.example", kind: "hardBounce" });
    await house.send(message({ to: { address: "none" } }));
    await house.worker.drain();
    const look = async (options = house.options) => {
      const found = await mailDoctor(house.ports, options, await openDns());
      return Object.fromEntries(
        found.map(({ check, result, evidence }) => [check, `${result} ${evidence.en}`]),
      );
    };
    expect(await look()).toEqual({
      "mail.leaves": "PASS smtp",
      "smtp.reach": expect.stringMatching(/^PASS 127\.0\.0\.1:\d+ loopback/),
      "dns.spf": `UNKNOWN ${DOMAIN}: ${SPF}`,
      "dns.dkim": `PASS own._domainkey.${DOMAIN}: RSA 2048`,
      "dns.dmarc": expect.stringMatching(/^PASS/),
      "dns.mx": expect.stringMatching(/^PASS/),
      "smtp.log": expect.stringMatching(/^WARN/),
      "agreement.chains": expect.stringMatching(/^PASS/),
      "mail.arrived": "WARN 0 waiting, 1 came back, 0 given up",
      "mail.suppressed": "PASS 1 entries on the list of addresses not written to",
    });
    expect(peer.received).toEqual([]);
    // Another account carried before: what it has, no erasure asks for any more.
    await house.database.knex("mlr_message").update({ transport: "brevo" });
    expect((await look())["brevo.before"]).toMatch(/^WARN Brevo carried 1 /);
    const away = await look({ ...house.options, port: 1 });
    expect(away["smtp.reach"]).toMatch(/^FAIL 127\.0\.0\.1:1 E/);
    expect((await look({ ...house.options, from: "preau@localhost" }))["mail.from"]).toBe(
      "FAIL preau@localhost",
    );
  });
});

describe("what no interface tells", () => {
  const now = manualClock().now();
  const attested = { on: "2026-11-01", by: "Odile Carmentel", logMonths: 6, previews: "off" } as const;
  it.each([
    ["nobody has said", undefined, "UNKNOWN"],
    ["somebody read it lately", attested, "PASS"],
    ["a word that is older than half a year", { ...attested, on: "2026-05-01" }, "UNKNOWN"],
    ["a word from a day to come", { ...attested, on: "2026-12-24" }, "UNKNOWN"],
    ["previews are kept", { ...attested, previews: "on" } as const, "FAIL"],
    ["a log kept longer than the agreement's (DD.8)", { ...attested, logMonths: 12 }, "FAIL"],
  ])("%s", (_claim, given, result) => {
    const options = mailerOptions.parse({ ...(given === undefined ? {} : { attested: given }) });
    expect(checkRetention(options, agreement, now).result).toBe(result);
  });
});

describe("the agreement's figures for whoever carries our mail (D12.2, DC)", () => {
  const look = (change: object, recipient = "mailer") => {
    const annexC = agreement.annexC.map((each) =>
      each.recipient === "mailer" ? { ...each, ...change } : each,
    );
    const found = checkMailAgreement({ ...agreement, annexC }, { recipient, transport: "brevo" });
    return Object.fromEntries(found.map(({ check, result }) => [check, result]));
  };
  const hours = (amount: number) => ({ deletionDelay: { unit: "hours", amount } });

  it("pass where the clause concedes what Brevo documents, and fail where either promises less", () => {
    expect(look({})).toEqual({ "agreement.deletionDelay": "PASS", "agreement.chains": "PASS" });
    expect(look(hours(24))).toMatchObject({ "agreement.deletionDelay": "FAIL" });
    expect(look({ deletionDelay: "unknown" })).toEqual({
      ...{ "agreement.deletionDelay": "UNKNOWN", "agreement.chains": "UNKNOWN" },
    });
    expect(look({ deletionBatch: { unit: "days", amount: 7 } })).toMatchObject({
      "agreement.chains": "FAIL",
    });
    expect(look({}, "nobody")).toEqual({ "agreement.carrier": "FAIL" });
  });
});
