/** Messages at the hub: who sees which, what a page shows of them, and what the command line does. */
import { controllerId, type MessageId, type MessageTemplate, silentLog, systemClock } from "@preau/kernel";
import { makeFolder, temporaryFolder } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readConfig } from "../src/config.ts";
import { openHub } from "../src/hub.ts";
import { preauHere } from "./preau-here.ts";
import { message, relay } from "./relay-message.ts";
import { type RunningHouse, startHouse } from "./running-house.ts";
import { cookieOfRole } from "./signed-in.ts";

const [MINISTRY, AJONCS] = [controllerId("ministry"), controllerId("college-des-ajoncs")];

describe("messages in the demonstration (DC)", () => {
  const folder = makeFolder();
  let house: RunningHouse;
  const sent = new Map<string, MessageId>();
  const get = async (path: string, cookie: string, init: RequestInit = {}) =>
    fetch(house.url + path, { ...init, redirect: "manual", headers: { cookie, "accept-language": "fr" } });
  const text = async (path: string, cookie: string) => (await get(path, cookie)).text();

  beforeAll(async () => {
    house = await startHouse(folder.path, { school: false });
    const { post, unitOfWork, mailer } = house.hub.ports;
    (post.templates as Map<string, MessageTemplate>).set(relay.name, relay);
    const wrong = { to: { address: "no address" } };
    for (const each of [message(MINISTRY, "m/1"), message(AJONCS, "a/1"), message(MINISTRY, "m/2", wrong)])
      sent.set(each.key, await unitOfWork.transaction((unit) => mailer.send(unit, each)));
    house.hub.worker.wake();
    const operations = await cookieOfRole(house.hub, "operations");
    await vi.waitUntil(async () => !(await text("/mail?state=queued", operations)).includes("/mail/msg_"), {
      timeout: 20_000,
    });
  }, 60_000);
  afterAll(async () => {
    await house.stop();
    folder.remove();
  });

  it("are caught: nothing leaves, and who runs the service reads what would have left", async () => {
    const cookie = await cookieOfRole(house.hub, "operations");
    const list = await text("/mail", cookie);
    expect(list).toContain("Rien ne sort de cette machine");
    expect(list).toContain("Un message n’est pas arrivé");
    const page = await get(`/mail/${sent.get("m/1")}`, cookie);
    expect(page.headers.get("content-security-policy")).toContain("frame-src 'self'");
    const shown = await page.text();
    expect(shown).toContain("dpo@ministere.example");
    expect(shown).toContain(`href="${house.hub.config.publicUrl}/agreement"`);
    const frame = await get(`/mail/${sent.get("m/1")}/html`, cookie);
    expect(frame.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox/);
    expect(await frame.text()).toContain("Ouvrir la demande");
  });

  it("are to a client's own people their own alone (S7)", async () => {
    const cookie = await cookieOfRole(house.hub, "controllerDpo", AJONCS);
    const list = await text("/mail", cookie);
    expect(list).toContain(sent.get("a/1"));
    expect(list).not.toContain(sent.get("m/1"));
    expect((await get(`/mail/${sent.get("a/1")}`, cookie)).status).toBe(200);
    for (const path of [`/mail/${sent.get("m/1")}`, `/mail/${sent.get("m/1")}/html`, "/mail/msg_nobody"])
      expect((await get(path, cookie)).status, path).toBe(404);
  });

  it("are decided about by the publisher's people alone", async () => {
    const cookie = await cookieOfRole(house.hub, "controllerDpo", AJONCS);
    for (const deed of ["again", "return"])
      expect((await get(`/mail/${sent.get("a/1")}/${deed}`, cookie, { method: "POST" })).status).toBe(403);
    expect(await text(`/mail/${sent.get("a/1")}`, cookie)).not.toContain(`/mail/${sent.get("a/1")}/return`);
  });
});

describe("preau mail (DC)", () => {
  it("lists, shows and queues again what waits, takes a report, and says that nothing leaves", async () => {
    const folder = temporaryFolder();
    const env = { PREAU_DATA: folder, PREAU_REPLAY_LIST: `${folder}-replay` };
    const hub = await openHub(readConfig(env, folder), { clock: systemClock, log: silentLog });
    const id = await hub.ports.unitOfWork.transaction((unit) =>
      hub.ports.mailer.send(unit, message(MINISTRY, "m/1")),
    );
    await hub.close();
    const preau = (args: string, input = "") => preauHere(args.split(" "), { cwd: folder, env, input });

    const { findings } = JSON.parse((await preau("doctor --json")).out) as {
      readonly findings: readonly {
        readonly check: string;
        readonly result: string;
        readonly evidence: string;
      }[];
    };
    expect(findings.find(({ check }) => check === "mail leaves")).toMatchObject({
      result: "WARN",
      evidence: "nothing leaves: no transport; 1 waiting",
    });

    const list = await preau("mail list --json");
    expect(list).toMatchObject({ code: 0, err: expect.stringContaining("no transport") });
    expect(JSON.parse(list.out)).toMatchObject({
      messages: [{ id, state: "queued", controller: "ministry" }],
    });
    expect(list.out).not.toContain("dpo@");
    expect(JSON.parse((await preau("mail list --state bounced --json")).out)).toEqual({ messages: [] });
    expect((await preau(`mail show ${id}`)).out).toMatch(/state +queued/);
    expect((await preau(`mail show ${id} --controller college-des-ajoncs`)).code).toBe(2);
    expect((await preau(`mail retry ${id}`)).code).toBe(0);

    const report = (action: string) =>
      `To: preau+${id}@localhost\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; boundary=B\r\n\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nAction: ${action}\r\nStatus: 5.1.1\r\n\r\n--B--\r\n`;
    expect(await preau("mail bounce - --json", report("delayed"))).toMatchObject({ code: 1 });
    const noted = await preau("mail bounce - --json", report("failed"));
    expect(JSON.parse(noted.out)).toEqual({ message: id, controller: "ministry", outcome: "noted" });
    expect(JSON.parse((await preau("mail bounce - --json", report("failed"))).out)).toMatchObject({
      outcome: "already",
    });
    const listed = JSON.parse((await preau("mail suppressed list --json")).out) as object;
    expect(listed).toMatchObject({
      suppressed: [{ kind: "hardBounce", controller: "ministry", strikes: 1 }],
    });
    expect((await preau("mail bounce -", "Subject: x\r\n\r\nhello")).code).toBe(2);
  });
});
