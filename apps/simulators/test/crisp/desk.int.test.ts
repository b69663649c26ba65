import { connect } from "node:net";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { crispSimulator } from "../../src/crisp/crisp-simulator.ts";
import { type DeskWorld, startDesk } from "./desk-world.ts";

let desk: DeskWorld;
beforeAll(async () => {
  desk = await startDesk({ PREAU_SIM_DESK_HOOK: "off" });
});
afterAll(() => desk.stop());
beforeEach(() => desk.reset());

const text = { name: "bulletin.txt", type: "text/plain", base64: Buffer.from("7,5").toString("base64") };

async function statusOf(work: Promise<unknown>): Promise<number> {
  return work.then(
    () => 200,
    (error: unknown) => (error as { code: number }).code,
  );
}

describe("deletions at the desk", () => {
  it("take a conversation with its files, and a profile apart from its conversations", async () => {
    const { website } = desk.client();
    const { session_id } = await desk.visit({ email: "odile@ecole.example", content: "Voici", file: text });
    const [file] = await website.listConversationFiles(desk.website, session_id);
    const read = async () => (await fetch(file?.url ?? "")).status;
    expect(file).toMatchObject({ name: "bulletin.txt", type: "text/plain" });
    expect(await (await fetch(file?.url ?? "")).text()).toBe("7,5");
    const { people_id = "" } = await website.getConversation(desk.website, session_id);
    await website.removePeopleProfile(desk.website, people_id);
    expect([await statusOf(website.getConversation(desk.website, session_id)), await read()]).toEqual([
      200, 200,
    ]);
    await website.removeConversation(desk.website, session_id);
    expect(await read()).toBe(404);
    expect(await desk.json("/_desk")).toEqual({ conversations: [], people: [], files: [] });
  });

  it("take what was uploaded to an address that the desk gave", async () => {
    const client = desk.client();
    const { session_id } = await desk.visit({ content: "?" });
    await desk.json("/_hooks", { method: "PUT", body: JSON.stringify({ plugin: "http://127.0.0.1:9/" }) });
    await client.bucket.generateBucketURL({
      ...{ namespace: "upload", id: "1", file: { name: "é.pdf", type: "application/pdf" } },
      resource: { type: "session", id: session_id },
    });
    await desk.json("/_hooks", { method: "PUT", body: JSON.stringify({ plugin: null }) });
    const [told] = (await desk.json("/_hooks")).deliveries;
    const { event, data } = JSON.parse(told?.body ?? "") as {
      event: string;
      data: { policy: object; url: { signed: string; resource: string } };
    };
    expect([event, data.policy]).toEqual(["bucket:url:upload:generated", { size_limit: 10_000_000 }]);
    const put = () => fetch(data.url.signed, { method: "PUT", body: "%PDF" });
    expect([(await put()).status, (await put()).status]).toEqual([200, 403]);
    const content = { name: "é.pdf", url: data.url.resource, type: "application/pdf" };
    const message = { type: "file", from: "operator", origin: "chat", content } as const;
    await client.website.sendMessageInConversation(desk.website, session_id, message);
    expect(await (await fetch(data.url.resource)).text()).toBe("%PDF");
    await client.website.removeConversation(desk.website, session_id);
    expect((await fetch(data.url.resource)).status).toBe(404);
  });

  it("are late, partial or refused on demand", async () => {
    const { website } = desk.client();
    const visit = { email: "odile@ecole.example", nickname: "Odile", content: "Voici", file: text };
    const { session_id } = await desk.visit(visit);
    const remove = () => website.removeConversation(desk.website, session_id);
    const held = () => statusOf(website.getConversation(desk.website, session_id));
    await desk.faults({ "deletions-refused": "on" });
    expect([await statusOf(remove()), await held()]).toEqual([403, 200]);
    await desk.faults({ "deletions-refused": "off", "deletions-late": 1_000 });
    expect([await statusOf(remove()), await held()]).toEqual([200, 200]);
    await desk.faults({ "deletions-late": "off", "deletions-partial": "on" });
    const [person] = await website.listPeopleProfiles(desk.website, 1);
    await website.removePeopleProfile(desk.website, person?.people_id ?? "");
    expect([await statusOf(remove()), await held()]).toEqual([200, 404]);
    expect(await desk.json("/_desk")).toMatchObject({
      ...{ conversations: [], files: [{ name: "bulletin.txt" }] },
      people: [{ email: "", person: { nickname: "Odile" } }],
    });
    await desk.faults({ "deletions-partial": "off", "deletions-late": 1 });
    await website.removePeopleProfile(desk.website, person?.people_id ?? "");
    await expect.poll(async () => (await desk.json("/_desk")).people, { timeout: 10_000 }).toEqual([]);
  });
});

describe("what was sent to the desk", () => {
  it("is kept as bytes, with path and headers, whether it was understood or not, until it is cleared", async () => {
    await fetch(`${desk.url}/v1/moon?name=Ma%C3%ABlle`, {
      method: "PUT",
      body: "Maëlle\u0000\n",
      headers: { "X-Odd": "Kerjean" },
    });
    await fetch(`${desk.url}/chat`, { headers: { referer: "http://127.0.0.1:8700/gar" } });
    const { captured, requests, bytes, lost } = await desk.json("/_captured");
    expect([requests, bytes, lost]).toEqual([2, 9, 0]);
    expect(captured).toMatchObject([
      { side: "api", method: "PUT", path: "/v1/moon?name=Ma%C3%ABlle", text: "Maëlle\u0000\n" },
      { side: "visitor", method: "GET", path: "/chat", text: "" },
    ]);
    expect(Buffer.from(captured[0]!.body, "base64").toString("utf8")).toBe("Maëlle\u0000\n");
    expect(captured[0]!.headers).toContainEqual(["X-Odd", "Kerjean"]);
    expect(captured[1]!.headers).toContainEqual(["referer", "http://127.0.0.1:8700/gar"]);
    expect((await desk.json("/_captured?side=api")).requests).toBe(1);
    // What was cut off in the middle has reached the desk, too.
    const socket = connect(Number(new URL(desk.url).port), "127.0.0.1");
    socket.write("POST /v1/website HTTP/1.1\r\nHost: desk\r\nContent-Length: 99\r\n\r\nKerjean");
    const cut = () => desk.json("/_captured?side=api").then((held) => held.captured[1]?.text);
    await expect.poll(cut, { timeout: 10_000 }).toBe("Kerjean");
    socket.destroy();
    expect((await fetch(`${desk.url}/conversations/%E0%A4%A`)).status).toBe(400);
    await desk.json("/_captured", { method: "DELETE" });
    expect((await desk.json("/_captured")).requests).toBe(0);
  });
});

describe("the desk's pages", () => {
  const form = (path: string, fields: Record<string, string>, init: RequestInit = {}) =>
    fetch(desk.url + path, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams(fields),
      ...init,
    });
  const htmlOf = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(desk.url + path, { headers: { accept: "text/html", ...headers } });
    return { status: response.status, text: await response.text() };
  };

  it("let a visitor write and an operator answer, note, resolve and delete, in French and English", async () => {
    const sheet = new FormData();
    for (const [name, value] of Object.entries({ nickname: "Yann", email: "", content: "<b>Bonjour</b>" }))
      sheet.set(name, value);
    sheet.set("file", new File(["abc"], "photo.png", { type: "image/png" }));
    const written = await fetch(`${desk.url}/chat`, { method: "POST", redirect: "manual", body: sheet });
    const cookie = (written.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    expect([written.status, cookie]).toEqual([303, expect.stringMatching(/^desk-visitor=session_/)]);
    const session = cookie.replace("desk-visitor=", "");
    const at = `/conversations/${session}`;
    await form(`${at}/messages`, { content: "On regarde.", type: "text" });
    await form(`${at}/messages`, { content: "Entre nous", type: "note" });
    const chat = await htmlOf("/chat", { cookie });
    expect(chat.text).toContain("&lt;b&gt;Bonjour&lt;/b&gt;");
    expect(chat.text).toMatch(/photo\.png[\s\S]*On regarde\./);
    expect(chat.text).not.toContain("Entre nous");
    const { messages } = await desk.json(`/visitor/${session}/messages`);
    expect(messages.map(({ type }) => type)).toEqual(["text", "file", "text"]);
    await form(`${at}/state`, { state: "resolved" });
    const french = await htmlOf("/", { "accept-language": "fr" });
    expect(french.text).toMatch(/<html lang="fr">[\s\S]*Yann[\s\S]*résolue/);
    const english = await htmlOf(at, { "accept-language": "en" });
    expect(english.text).toMatch(/<html lang="en">[\s\S]*Entre nous[\s\S]*Delete the conversation/);
    const turned = await fetch(`${desk.url}/?lang=en`, { redirect: "manual" });
    expect(turned.headers.get("set-cookie")).toContain("desk-language=en");
    await form(`${at}/remove`, {});
    expect((await htmlOf(at)).status).toBe(404);
  });

  it("are reached from the publisher's page: its widget tells who looks at what, its link opens the chat box", async () => {
    const script = await (await fetch(`${desk.url}/l.js`)).text();
    const anchor = { href: "", setAttribute: () => undefined };
    const window: Record<string, unknown> = { CRISP_WEBSITE_ID: desk.website, CRISP_TOKEN_ID: "of-the-hub" };
    window["$crisp"] = [
      ["set", "user:email", ["odile@ecole.example"]],
      ["set", "session:data", [[["preau", "tok_1"]]]],
    ];
    const document = {
      title: "Aide",
      referrer: "",
      createElement: () => anchor,
      body: { append: () => undefined },
    };
    const location = { href: "http://127.0.0.1:8700/help" };
    runInNewContext(script, { window, document, location, fetch, URLSearchParams });
    await (window["$crisp"] as { push(command: unknown): Promise<void> }).push([
      "do",
      "message:send",
      ["text", "Allô ?"],
    ]);
    const held = () => desk.json("/_desk").then(({ conversations }) => conversations);
    expect(await held()).toMatchObject([
      {
        ...{ token: "of-the-hub", pages: [{ page_url: "http://127.0.0.1:8700/help" }] },
        meta: { email: "odile@ecole.example", data: { preau: "tok_1" } },
        messages: [{ from: "user", content: "Allô ?" }],
      },
    ]);
    const query = `website_id=${desk.website}&token_id=of-the-hub`;
    expect(anchor.href).toBe(`${desk.url}/chat/embed/?${query}`);
    const opened = await fetch(`${anchor.href}&user_nickname=Odile`, { redirect: "manual" });
    expect([opened.status, opened.headers.get("location")]).toEqual([303, "/chat"]);
    expect(await held()).toMatchObject([{ meta: { nickname: "Odile" }, messages: [{ content: "Allô ?" }] }]);
    expect((await fetch(anchor.href.replace(desk.website, "x"), { redirect: "manual" })).status).toBe(404);
  });

  it("show every switch in both languages, and take no form of another site", async () => {
    for (const language of ["fr", "en"]) {
      const { text } = await htmlOf("/_faults", { "accept-language": language });
      for (const { name, says } of (await desk.json("/_faults")).faults) {
        expect(text).toContain(`fault-${name}"`);
        if (language === "en") expect(text).toContain(says.replaceAll("'", "&#39;"));
      }
    }
    const foreign = await form("/chat", { content: "x" }, { headers: { origin: "http://evil.example" } });
    expect(foreign.status).toBe(403);
    expect((await desk.json("/_desk")).conversations).toEqual([]);
  });
});

describe("the desk's configuration", () => {
  it("keeps its secrets, and tells the hub by default", async () => {
    const again = await crispSimulator.start({
      port: 0,
      dataFolder: desk.at["key"]!.replace(/\/desk\/plugin-key$/, ""),
      environment: { PREAU_PORT: "8799" },
    });
    const { targets } = (await (await fetch(`${again.url}/_hooks`)).json()) as { targets: unknown };
    await again.stop();
    const hub = "http://127.0.0.1:8799/support/hooks/crisp";
    expect(targets).toEqual({ plugin: hub, website: `${hub}?key=${desk.urlKey}` });
    expect(desk.secret).toMatch(/^[0-9a-f]{64}$/);
  });
});
