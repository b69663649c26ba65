/** CAS where there is no hub: a passport strategy in an Express application of one's own. */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type ErrorRequestHandler } from "express";
import passport from "passport";
import { describe, expect, it, onTestFinished } from "vitest";
import { casService, GarCasStrategy, type SignedIn } from "../src/index.ts";
import { flatXml, startCasServer, successXml } from "./cas-server.ts";
import { makeWorld } from "./world.ts";

async function serve(application: RequestListener): Promise<string> {
  const server = createServer(application);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const onError: ErrorRequestHandler = (
  error: { status?: number; code?: string },
  _request,
  response,
  _next,
) => {
  response.status(error.status ?? 500).json({ code: error.code });
};

async function open() {
  const cas = await startCasServer();
  const world = await makeWorld({ options: { cas: { server: cas.url } } });
  onTestFinished(() => world.close());
  const started: string[] = [];
  const strategy = new GarCasStrategy(casService(world, world.options), {
    onSignedIn: async (_request, { subject }) => void started.push(subject),
  });
  const authenticator = new passport.Passport();
  authenticator.use(strategy as unknown as passport.Strategy);
  const guard = authenticator.authenticate("gar.cas", { session: false }) as express.RequestHandler;
  const app = express();
  app.get("/gar/cas/login", guard, (request, response) => {
    const { identity, nextPath } = (request as unknown as { user: SignedIn }).user;
    response.json({ role: identity.role, name: identity.attributes.lastName, nextPath });
  });
  app.use(onError);
  return { cas, world, started, base: await serve(app) };
}

describe("CAS as a passport strategy (D4.1)", () => {
  it("gives request.user what may be known, and refuses by the application's own error handler", async () => {
    const { cas, world, started, base } = await open();
    const begun = await fetch(`${base}/gar/cas/login?next=/classes`, { redirect: "manual" });
    expect(begun.status).toBe(302);
    const cookie = begun.headers.getSetCookie().map((line) => line.split(";")[0]);
    const { path } = cas.issue(begun.headers.get("location") ?? "");
    const ask = () => fetch(base + path, { redirect: "manual", headers: { cookie: cookie.join("; ") } });
    const answer = await ask();
    expect(await answer.json()).toEqual({ role: "teacher", name: "ZÉPHYRINOT", nextPath: "/classes" });
    expect(started).toEqual(world.emitted.map(({ subject }) => subject));
    const again = await ask();
    expect([again.status, await again.json()]).toEqual([403, { code: "GAR_SIGN_IN_REFUSED" }]);
    expect(await world.entries("gar.signInRefused")).toHaveLength(1);
  });

  it("passes another refusal on as it is", async () => {
    const { cas, world, base } = await open();
    const begun = await fetch(`${base}/gar/cas/login`, { redirect: "manual" });
    const cookie = begun.headers.getSetCookie().map((line) => line.split(";")[0]);
    const body = successXml(flatXml({ IDO: ["0123456789abcdef"], PRO: ["National_dir"] }));
    const { path } = cas.issue(begun.headers.get("location") ?? "", body);
    const answer = await fetch(base + path, { headers: { cookie: cookie.join("; ") } });
    expect([answer.status, await answer.json()]).toEqual([403, { code: "GAR_ROLE_REFUSED" }]);
    expect(await world.entries("gar.signInRefused")).toHaveLength(1);
  });

  it("says which provider is missing", async () => {
    const world = await makeWorld();
    onTestFinished(() => world.close());
    expect(() => casService(world, world.options)).toThrow(TypeError);
  });
});
