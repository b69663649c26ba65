/** A desk of a few conversations, over HTTP: the routes of Crisp's service that the bridge asks, and ways to misbehave. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Held {
  person?: string;
  nickname?: string;
  email?: string;
  phone?: string;
  data?: Record<string, string>;
}

export type Mood = "well" | "refuses" | "silent" | "forgetsToErase";

export type TinyDesk = Awaited<ReturnType<typeof startTinyDesk>>;

export async function startTinyDesk() {
  const conversations = new Map<string, Held>();
  const people = new Set<string>();
  const asked: string[] = [];
  const told: string[] = [];
  const said = new Set<string>();
  let mood: Mood = "well";
  const answer = (method: string, path: string, body: string): { status: number; data?: unknown } => {
    if (mood === "silent") return { status: 503 };
    const [, website] = /^\/v1\/website\/([^/]+)$/.exec(path) ?? [];
    if (website !== undefined) return { status: 200, data: { website_id: website } };
    const [, message] = /\/message(?:\/(\d+))?$/.exec(path) ?? [];
    if (message !== undefined)
      return said.has(message) ? { status: 200, data: { fingerprint: Number(message) } } : { status: 404 };
    if (method === "POST") {
      const { fingerprint } = JSON.parse(body) as { fingerprint: number };
      said.add(String(fingerprint));
    }
    const [, kind = "", id = ""] = /\/(conversation|people\/profile)\/([^/?]+)/.exec(path) ?? [];
    const isThere = kind === "conversation" ? conversations.has(id) : people.has(id);
    if (!isThere) return { status: 404 };
    if (method === "DELETE") {
      if (mood === "refuses") return { status: 403 };
      if (mood === "forgetsToErase") return { status: 200 };
      if (kind === "conversation") conversations.delete(id);
      else people.delete(id);
      return { status: 200 };
    }
    if (kind !== "conversation") return { status: 200, data: { people_id: id } };
    const { person, nickname = "", email = "", phone = "", data = {} } = conversations.get(id) ?? {};
    return {
      status: 200,
      data: { session_id: id, people_id: person, meta: { nickname, email, phone, data } },
    };
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const [method = "", path = ""] = [request.method, request.url];
      // That it is our website is asked once, whenever something is first found to be absent.
      if (/\/(?:conversation|people)\//.test(path)) asked.push(`${method} ${path}`);
      const body = Buffer.concat(chunks).toString();
      told.push(`${path}\n${JSON.stringify(request.headers)}\n${body}`);
      const { status, data = {} } = answer(method, path, body);
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: status >= 400, reason: status === 404 ? "not_found" : "", data }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    conversations,
    people,
    /** Method and path of what it was asked. */
    asked,
    /** All bytes that reached it. */
    told,
    setMood: (next: Mood) => void (mood = next),
    hold: (conversation: string, held: Held) => {
      conversations.set(conversation, held);
      if (held.person !== undefined) people.add(held.person);
    },
    wipe: () => {
      conversations.clear();
      people.clear();
      said.clear();
      asked.length = 0;
      told.length = 0;
      mood = "well";
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
