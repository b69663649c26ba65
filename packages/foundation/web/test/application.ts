/** An application on a free port of the loopback interface, with a clock that stands still and a log that is kept. */
import { once } from "node:events";
import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type ActorRole,
  controllerId,
  type Log,
  type LogFields,
  type ManualClock,
  makeIds,
  manualClock,
  type Route,
  type SubjectId,
} from "@preau/kernel";
import { onTestFinished } from "vitest";
import {
  type AppOptions,
  makeApp,
  makeSessions,
  memorySessionRows,
  mountRoutes,
  type SessionData,
  type Sessions,
  webRoutes,
} from "../src/index.ts";

interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly event: string;
  readonly fields: LogFields;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Visit extends Pick<RequestOptions, "method"> {
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

export interface Application {
  readonly url: string;
  readonly lines: LogLine[];
  readonly clock: ManualClock;
  readonly sessions: Sessions;
  /** One request exactly as written: no redirect followed, no cookie kept. */
  visit(path: string, visit?: Visit): Promise<Answer>;
}

export const SCHOOL = controllerId("lycee-des-tilleuls");
export const OTHER_SCHOOL = controllerId("college-des-acacias");
export const ZOE = "sub_0000000000000000000000000z" as SubjectId;

/** Session data of an invented person of that role. */
export function dataOf(actorRole: ActorRole, more: Partial<SessionData> = {}): SessionData {
  return { controller: SCHOOL, actorRole, subject: ZOE, categories: [], dropped: [], refusals: [], ...more };
}

/** Starts an application with these routes and `POST /test/sign-in?role=`; it stops when the running test has finished. */
export async function startApplication(
  routes: readonly Route[],
  options: Partial<AppOptions> & { readonly sessions?: Sessions } = {},
): Promise<Application> {
  const clock = manualClock();
  const ids = makeIds(clock);
  const lines: LogLine[] = [];
  const write =
    (level: LogLine["level"]) =>
    (event: string, fields: LogFields = {}) => {
      lines.push({ level, event, fields });
    };
  const log: Log = { info: write("info"), warn: write("warn"), error: write("error") };
  const sessions = options.sessions ?? makeSessions({ rows: memorySessionRows(), clock, ids });
  const app = makeApp({
    log,
    clock,
    ids,
    publicUrl: "http://127.0.0.1:8700",
    title: "Préau",
    menu: [],
    version: "1.2.3",
    ...options,
    sessions,
  });
  mountRoutes(app, routes);
  mountRoutes(app, signInRoute);
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    lines,
    clock,
    sessions,
    visit: (path, visit) => send(port, path, visit),
  };
}

const signInRoute = webRoutes([
  {
    method: "post",
    path: "/test/sign-in/:role",
    who: "anyone",
    csrfExempt: "the test's own identity provider",
    body: "none",
    handler: async (request, response) => {
      await request.signIn({ data: dataOf(request.params["role"] as ActorRole) });
      response.status(204).end();
    },
  },
]);

function send(
  port: number,
  path: string,
  { method = "GET", headers = {}, body }: Visit = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const outgoing = httpRequest(
      { host: "127.0.0.1", port, path, method, headers: { ...length, ...headers }, agent: false },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("end", () => {
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text: Buffer.concat(chunks).toString("utf8"),
          });
        });
        incoming.on("error", reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** The cookies that an answer sets, as the next request sends them. */
export function cookiesOf(answer: Answer): string {
  return (answer.headers["set-cookie"] ?? []).map((line) => line.split(";")[0]).join("; ");
}

/** Signs in as that role; returns the cookie. */
export async function signInAs(application: Application, role: ActorRole, cookie?: string): Promise<string> {
  const headers = cookie === undefined ? {} : { cookie };
  return cookiesOf(await application.visit(`/test/sign-in/${role}`, { method: "POST", headers }));
}

/** The token in a page's form. */
export function tokenIn(html: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? "";
}

export const FORM = { "content-type": "application/x-www-form-urlencoded" };
export const HTML = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
