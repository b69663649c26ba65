/**
 * Preloaded into a process (`node --import`): writes every request that it gets or sends, and every answer, to the file that
 * PREAU_TEST_REQUESTS names, one JSON line each: address and headers, never a body.
 */
import { subscribe } from "node:diagnostics_channel";
import { appendFileSync } from "node:fs";
import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";

const file = process.env["PREAU_TEST_REQUESTS"] ?? "";

type Way = "got" | "sent";

function write(way: Way, part: "request" | "answer", url: string, headers: readonly string[]): void {
  appendFileSync(file, `${JSON.stringify({ way, part, url, headers })}\n`);
}

function pairs(raw: readonly string[]): string[] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${raw[at + 1] ?? ""}`] : []));
}

function lines(headers: OutgoingHttpHeaders): string[] {
  return Object.entries(headers).flatMap(([name, value]) => [value].flat().map((each) => `${name}: ${each}`));
}

// The server.
const addressOf = ({ headers, url = "" }: IncomingMessage) => `http://${headers.host ?? ""}${url}`;
subscribe("http.server.request.start", (message) => {
  const { request } = message as { request: IncomingMessage };
  write("got", "request", addressOf(request), pairs(request.rawHeaders));
});
subscribe("http.server.response.finish", (message) => {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
  write("got", "answer", addressOf(request), lines(response.getHeaders()));
});

// `node:http` and `node:https` as clients.
const askedOf = ({ protocol, host, path }: ClientRequest) => `${protocol}//${host}${path}`;
subscribe("http.client.request.start", (message) => {
  const { request } = message as { request: ClientRequest };
  write("sent", "request", askedOf(request), lines(request.getHeaders()));
});
subscribe("http.client.response.finish", (message) => {
  const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
  write("sent", "answer", askedOf(request), pairs(response.rawHeaders));
});

// `fetch`.
interface Fetched {
  readonly request: { readonly origin: string; readonly path: string };
}
const fetchedFrom = ({ request }: Fetched) => `${request.origin}${request.path}`;
subscribe("undici:client:sendHeaders", (message) => {
  const sent = message as Fetched & { headers: string };
  write("sent", "request", fetchedFrom(sent), sent.headers.split("\r\n"));
});
subscribe("undici:request:headers", (message) => {
  const got = message as Fetched & { response: { headers: readonly Uint8Array[] } };
  const raw = got.response.headers.map((each) => Buffer.from(each).toString("latin1"));
  write("sent", "answer", fetchedFrom(got), pairs(raw));
});
