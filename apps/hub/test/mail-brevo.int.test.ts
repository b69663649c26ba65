/** The hub with Brevo behind it: a message that bounces there is told here by a web hook, and its address is left in peace. @clause DC */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  controllerId,
  type Message,
  type MessageId,
  type MessageTemplate,
  silentLog,
  systemClock,
} from "@preau/kernel";
import { mailDoctor, readMessage } from "@preau/mailer";
import { brevoSimulator } from "@preau/simulators";
import { freePort, makeFolder } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { mailOptionsOf } from "../src/cli/mail-options.ts";
import { readConfig } from "../src/config.ts";
import { type Hub, openHub } from "../src/hub.ts";
import { serve } from "../src/serve.ts";
import { preauHere } from "./preau-here.ts";
import { message, relay } from "./relay-message.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const MINISTRY = controllerId("ministry");
const [KEY, SECRET] = ["xkeysib-simulated-0123456789", "hook-secret-0123456789abcdef"];
const EVENTS = ["hardBounce", "softBounce", "blocked", "spam", "invalid", "unsubscribed"];

describe("the hub with Brevo (DC)", () => {
  const folder = makeFolder();
  let hub: Hub;
  let brevo: Awaited<ReturnType<typeof brevoSimulator.start>>;
  let env: Readonly<Record<string, string>>;
  const closing: (() => Promise<unknown>)[] = [];
  const ask = async (method: string, where: string, body: unknown) => {
    const answer = await fetch(`${brevo.url}${where}`, {
      ...{ method, body: JSON.stringify(body) },
      headers: { "api-key": KEY, "content-type": "application/json" },
    });
    return answer.text();
  };
  const preau = (args: string, input = "") => preauHere(args.split(" "), { cwd: folder.path, env, input });
  const state = async (id: MessageId) => {
    const found = await hub.ports.unitOfWork.transaction((unit) => readMessage(unit, "all", id));
    return found?.line;
  };
  const send = (each: Message) => {
    const sent = hub.ports.unitOfWork.transaction((unit) => hub.ports.mailer.send(unit, each));
    hub.worker.wake();
    return sent;
  };
  const ended = (id: MessageId, end: string) =>
    vi.waitUntil(async () => (await state(id))?.state === end, { timeout: 20_000, interval: 100 });

  beforeAll(async () => {
    const port = await freePort();
    brevo = await brevoSimulator.start({
      ...{ port: await freePort(), dataFolder: folder.path },
      environment: { PREAU_SIM_MAIL_API_KEY: KEY },
    });
    closing.push(() => brevo.stop());
    writeFileSync(path.join(folder.path, "hook.secret"), `${SECRET}\n`, { mode: 0o600 });
    writeFileSync(
      path.join(folder.path, "preau.yaml"),
      `${readFileSync(path.join(ROOT, "preau.yaml"), "utf8").replace(/^lms:[^]*/m, "")}\nplugins: { mailer: { apiUrl: "${brevo.url}/v3", from: preau@marelle.example, hookSecretFile: hook.secret } }\n`,
    );
    env = {
      PREAU_DATA: path.join(folder.path, "data"),
      PREAU_REPLAY_LIST: path.join(folder.path, "replay"),
      PREAU_PORT: String(port),
      PREAU_BREVO_API_KEY: KEY,
      PREAU_DNS: "127.0.0.1:9", // nobody answers there
    };
    hub = await openHub(readConfig(env, folder.path), { clock: systemClock, log: silentLog });
    (hub.ports.post.templates as Map<string, MessageTemplate>).set(relay.name, relay);
    const serving = await serve(hub);
    closing.unshift(() => serving.stop());
    await ask("POST", "/v3/webhooks", {
      ...{ url: `${serving.url}/mail/hooks/brevo`, type: "transactional", events: EVENTS },
      auth: { type: "bearer", token: SECRET },
    });
  }, 60_000);
  afterAll(async () => {
    for (const close of closing) await close();
    folder.remove();
  });

  it("hears of a bounce, tells whoever waits, and does not write there again until a person says so", async () => {
    const to = { address: "bounce.marceau@ministere.example" };
    const first = await send(message(MINISTRY, "m/1", { to }));
    await ended(first, "bounced");
    expect(await state(first)).toMatchObject({ reason: "HOOK_HARD_BOUNCE" });
    const second = await send(message(MINISTRY, "m/2", { to }));
    await ended(second, "refused");
    expect(await state(second)).toMatchObject({ reason: "SUPPRESSED_HARD_BOUNCE" });

    const list = JSON.parse((await preau("mail suppressed list --json")).out) as {
      readonly suppressed: readonly { readonly id: string; readonly kind: string }[];
    };
    expect(list.suppressed).toMatchObject([{ kind: "hardBounce", controller: "ministry", strikes: 1 }]);
    expect(JSON.stringify(list)).not.toContain("@");
    const [entry] = list.suppressed;
    expect(
      (await preau(`mail suppressed remove ${entry?.id} --controller ecole-des-mirabelliers`)).code,
    ).toBe(2);
    expect((await preau(`mail suppressed remove ${entry?.id}`)).code).toBe(0);
    expect(await preau("mail suppressed list")).toMatchObject({ code: 0, out: "nobody is on the list\n" });
  });

  it("counts once what Brevo tells twice, out of order, and without brackets; believes no stranger", async () => {
    const switches = { "hooks-twice": "on", "hooks-reordered": "on", "hooks-bare-message-id": "on" };
    await ask("POST", "/_faults", switches);
    const soft = await send(message(MINISTRY, "s/1", { to: { address: "soft.marceau@ministere.example" } }));
    await ended(soft, "bounced");
    const listed = async () =>
      JSON.parse((await preau("mail suppressed list --json")).out) as { suppressed: [] };
    await ask("POST", "/_advance", { seconds: 5 });
    expect((await listed()).suppressed).toMatchObject([{ kind: "softBounces", strikes: 1 }]);
    await ask("POST", "/_faults", { "hooks-wrong-token": "on" });
    const bounce = await send(message(MINISTRY, "s/2", { to: { address: "bounce.x@ministere.example" } }));
    await ended(bounce, "accepted");
    await ask("POST", "/_advance", { seconds: 5 });
    const told = await (await fetch(`${brevo.url}/_deliveries`)).text();
    expect(told).toContain("401");
    expect(await state(bounce)).toMatchObject({ state: "accepted" });
    expect((await listed()).suppressed).toHaveLength(1);
    for (const name of [...Object.keys(switches), "hooks-wrong-token"])
      await ask("POST", "/_faults", { [name]: "off" });
  });

  it("takes addresses from a file or a pipe, all of them or none, and names a wrong one by its line", async () => {
    const add = (input: string, more = "--controller ministry") =>
      preau(`mail suppressed add - --json ${more}`, input);
    const wrong = await add("a@ministere.example\nnone\n");
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain("line 2");
    expect(wrong.err).not.toContain("none\n");
    expect((await add("a@ministere.example\n", "")).code).toBe(2);
    const made = await add("a@ministere.example\r\n\n b@ministere.example");
    expect((JSON.parse(made.out) as { readonly suppressed: string[] }).suppressed).toHaveLength(2);
    expect((await preau("mail suppressed list")).out.match(/manual/g)).toHaveLength(2);
  });

  it("has a doctor that says FAIL for what Brevo cannot reach, UNKNOWN for what nobody has read, and how to mend each", async () => {
    const told = await preau("mail doctor --json");
    expect(told.code).toBe(1);
    const { findings } = JSON.parse(told.out) as {
      readonly findings: readonly { readonly check: string; readonly result: string }[];
    };
    expect(Object.fromEntries(findings.map(({ check, result }) => [check, result]))).toMatchObject({
      ...{ "mail.leaves": "PASS", "brevo.api": "PASS", "hook.secret": "PASS", "brevo.hook": "FAIL" },
      ...{ "brevo.retention": "UNKNOWN", "dns.spf": "UNKNOWN", "agreement.deletionDelay": "PASS" },
    });
    for (const secret of [KEY, SECRET]) expect(told.out).not.toContain(secret);
    const french = await preauHere(["mail", "doctor"], {
      cwd: folder.path,
      env: { ...env, LANG: "fr_FR.UTF-8" },
    });
    expect(french.out).toContain("Règles de conservation");
    const general = await preau("doctor --json");
    expect(general.out).toMatch(/"check":"mail leaves","result":"PASS","evidence":"Brevo;/);
  });

  it("looks at the web hook that is registered: where it leads, what it tells, what it bears", async () => {
    const publicUrl = "https://preau.marelle.example";
    const dns = { resolveTxt: () => Promise.resolve([]), resolveMx: () => Promise.resolve([]) };
    const look = async () => {
      const options = { ...mailOptionsOf(hub), publicUrl };
      const found = await mailDoctor(hub.ports, options, dns);
      const hook = found.find(({ check }) => check === "brevo.hook");
      return `${hook?.result} ${hook?.remedy?.en ?? ""}`;
    };
    expect(await look()).toMatch(/^FAIL Make a transactional web hook/);
    const url = `${publicUrl}/mail/hooks/brevo`;
    const made = await ask("POST", "/v3/webhooks", {
      url,
      type: "transactional",
      events: ["hardBounce", "opened"],
    });
    const { id } = JSON.parse(made) as { readonly id: number };
    expect(await look()).toBe("FAIL Add to its events: softBounce, blocked, spam, invalid, unsubscribed.");
    const change = (fields: object) => ask("PUT", `/v3/webhooks/${id}`, fields);
    await change({ events: EVENTS });
    expect(await look()).toMatch(/^FAIL Give it the bearer token/);
    await change({ headers: [{ key: "X-Team", value: "ops" }] });
    expect(await look()).toMatch(/^FAIL Give it the bearer token/);
    await change({ url: `${url}?key=x` });
    expect(await look()).toMatch(/^FAIL It bears another secret/);
    await change({ url: `${url}?key=${SECRET}` });
    expect(await look()).toMatch(/^WARN .*a key in an address/);
    await change({ url, auth: { type: "bearer", token: `${SECRET}-of-another` } });
    expect(await look()).toMatch(/^FAIL It bears another secret/);
    // As an account that hides it would show it.
    await change({ auth: { type: "bearer", token: "********" } });
    expect(await look()).toMatch(/^UNKNOWN Brevo does not show its token/);
    await change({ auth: { type: "bearer", token: SECRET }, batched: true });
    expect(await look()).toMatch(/^WARN Switch batched off/);
    await change({ batched: false, auth: { type: "bearer", token: SECRET }, events: [...EVENTS, "opened"] });
    expect(await look()).toMatch(/^WARN Take opened away/);
    await change({ events: EVENTS });
    expect(await look()).toBe("PASS ");
    await ask("POST", "/_faults", { "key-refused": "on" });
    expect(await look()).toMatch(/^UNKNOWN/);
    await ask("POST", "/_faults", { "key-refused": "off" });
  });
});
