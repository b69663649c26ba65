/** A server on this machine that answers POST /v3/smtp/email as Brevo documents it, in the ways that it may. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

interface BrevoMail {
  readonly key: string | undefined;
  readonly body: {
    readonly sender: { readonly name: string; readonly email: string };
    readonly to: readonly { readonly email: string; readonly name?: string }[];
    readonly subject: string;
    readonly htmlContent: string;
    readonly textContent: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly tags: readonly string[];
  };
}

/** `[status, code, message]` of an error model, or another way to answer. */
export type BrevoMood =
  | "take"
  | "silent"
  | "hangUp"
  | "huge"
  | "redirect"
  | "noJson"
  | readonly [status: number, code: string, message: string];

export async function startBrevoPeer() {
  const received: BrevoMail[] = [];
  let mood: BrevoMood = "take";
  let headers: Readonly<Record<string, string>> = {};
  let arrived: (() => void) | undefined;

  const answer = (response: ServerResponse, status: number, body: string) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    if (request.method !== "POST" || request.url !== "/v3/smtp/email") {
      answer(response, 404, '{"code":"document_not_found","message":"no"}');
      return;
    }
    const isKept = mood !== "redirect" && typeof mood === "string";
    if (isKept)
      received.push({
        key: request.headers["api-key"]?.toString(),
        body: JSON.parse(body) as BrevoMail["body"],
      });
    arrived?.();
    const messageId = `<2026112716.${received.length}@smtp-relay.brevo.example>`;
    if (mood === "silent") return;
    if (mood === "hangUp") request.socket.destroy();
    else if (mood === "huge") answer(response, 201, `{"messageId":"${"x".repeat(200_000)}"}`);
    else if (mood === "noJson") answer(response, 201, "created");
    else if (mood === "redirect") response.writeHead(307, { location: "/v3/elsewhere" }).end();
    else if (mood === "take") answer(response, 201, JSON.stringify({ messageId }));
    else answer(response, mood[0], JSON.stringify({ code: mood[1], message: mood[2] }));
  };

  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    received,
    options: { apiUrl: `http://127.0.0.1:${port}/v3`, apiKey: "xkeysib-invented" },
    setMood: (next: BrevoMood, more: Readonly<Record<string, string>> = {}) => {
      [mood, headers] = [next, more];
    },
    onArrival: (call: () => void) => {
      arrived = call;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
