/** A Brevo account on this machine: log, contacts and list of blocked addresses, with the limits of an hour that it is given. */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface LogLine {
  readonly email: string;
  readonly messageId: string;
  readonly subject: string;
  readonly date: string;
}

/** `now` gives the day against which Brevo's own thirty days are counted where no days are asked for. */
export async function startBrevoAccount({
  now,
  limits = {},
}: {
  readonly now: () => string;
  /** Calls an hour, by method and the fixed part of the path: `DELETE smtp/log`. */
  readonly limits?: Readonly<Record<string, number>>;
}) {
  const log: LogLine[] = [];
  const contacts = new Set<string>();
  const blocked = new Set<string>();
  const calls = new Map<string, number>();
  /** Whether a deletion finds nothing, as for a name that it does not know. */
  const moods = { logIsDeaf: false };

  const answer = (response: ServerResponse, status: number, body: object = {}, headers = {}) =>
    response
      .writeHead(status, { "content-type": "application/json", ...headers })
      .end(status === 204 ? "" : JSON.stringify(body));

  const inLog = (query: URLSearchParams): readonly LogLine[] => {
    const today = Date.parse(now());
    const from = query.get("startDate") ?? new Date(today - 30 * 86_400_000).toISOString().slice(0, 10);
    const until = query.get("endDate") ?? now().slice(0, 10);
    return log.filter(
      ({ email, messageId, date }) =>
        (query.get("email") ?? email) === email &&
        (query.get("messageId") ?? messageId) === messageId &&
        date.slice(0, 10) >= from &&
        date.slice(0, 10) <= until,
    );
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://brevo.example");
    const [area = "", kind = "", name = ""] = url.pathname.replace(/^\/v3\//, "").split("/");
    const method = request.method ?? "";
    const key = area === "contacts" ? `${method} contacts` : `${method} ${area}/${kind}`;
    const used = calls.get(key) ?? 0;
    if (used >= (limits[key] ?? Number.POSITIVE_INFINITY)) {
      answer(response, 429, {}, { "x-sib-ratelimit-reset": "1800" });
      return;
    }
    calls.set(key, used + 1);
    const what = decodeURIComponent(area === "contacts" ? kind : name);
    if (key === "GET smtp/emails") {
      const offset = Number(url.searchParams.get("offset"));
      answer(response, 200, { transactionalEmails: inLog(url.searchParams).slice(offset) });
    } else if (key === "GET smtp/blockedContacts")
      answer(response, 200, {
        contacts: [...blocked].map((email) => ({ email, reason: { code: "hardBounce" } })),
      });
    else if (key === "DELETE smtp/log") answer(response, moods.logIsDeaf ? 404 : 204);
    else if (key === "DELETE smtp/blockedContacts") answer(response, blocked.delete(what) ? 204 : 404);
    else if (key === "DELETE contacts") answer(response, contacts.delete(what) ? 204 : 404);
    else if (key === "GET contacts" && contacts.has(what))
      answer(response, 200, { email: what, listIds: [7], attributes: { FIRSTNAME: "Odile" } });
    else answer(response, 404, { code: "document_not_found" });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    ...{ log, contacts, blocked, calls, moods },
    options: { apiUrl: `http://127.0.0.1:${port}/v3`, apiKey: "xkeysib-invented" },
    nextHour: () => calls.clear(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
