/** The connector where there is no hub: in a bare Express application, and as a passport strategy. */

import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { millisOf } from "@preau/kernel";
import express, { type ErrorRequestHandler } from "express";
import passport from "passport";
import { describe, expect, it, onTestFinished } from "vitest";
import { GarStrategy, type GarUser } from "../src/http/gar-strategy.ts";
import { samlService } from "../src/saml/gar-saml-service.ts";
import { base64, honest, ido, signedResponse, teacher } from "./identity-provider.ts";
import { mountInExpress } from "./mount-in-express.ts";
import { makeWorld, requestIdOf } from "./world.ts";

async function open() {
  const world = await makeWorld();
  onTestFinished(() => world.close());
  return world;
}

async function serve(application: RequestListener): Promise<string> {
  const server = createServer(application);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Login and consumer of an application at these two paths, with one browser. */
function visitor(base: string, world: Awaited<ReturnType<typeof open>>) {
  let cookie = "";
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(base + path, {
      ...init,
      redirect: "manual",
      headers: { ...(init.headers as Record<string, string> | undefined), cookie },
    });
    const set = answer.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
    if (set.length > 0) cookie = [cookie, ...set].filter(Boolean).join("; ");
    return answer;
  };
  return {
    ask,
    signIn: async (attributes: Record<string, readonly string[]>) => {
      const requestId = requestIdOf((await ask("/gar/saml/login")).headers.get("location") ?? "");
      const { consumer, entityId: audience } = world.names;
      const fields = honest({ requestId, now: millisOf(world.clock.now()), consumer, audience });
      const body = new URLSearchParams({ SAMLResponse: base64(signedResponse({ ...fields, attributes })) });
      return ask("/gar/saml/acs", { method: "POST", body });
    },
  };
}

describe("mounted in an Express application without the hub (D4.1)", () => {
  it("signs in, and leaves the application's own routes alone", async () => {
    const world = await open();
    const app = await mountInExpress(world, world.database.url, { ...world.options });
    app.get("/", (_request, response) => void response.send("mine"));
    const { ask, signIn } = visitor(await serve(app), world);
    expect(await (await ask("/me")).json()).toBeNull();
    const answer = await signIn(teacher);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/me"]);
    expect(await (await ask("/me")).json()).toMatchObject({
      role: "teacher",
      dropped: ["CIV", "P_MEL", "P_MS4", "P_MAT"],
    });
    expect(await (await ask("/session")).json()).toMatchObject({ origin: "gar", role: "teacher" });
    const mine = await ask("/");
    expect(await mine.text()).toBe("mine");
    expect(mine.headers.get("content-security-policy")).toBeNull();
    expect((await ask("/nowhere")).status).toBe(404);
  });

  it("refuses as problem details (RFC 9457)", async () => {
    const world = await open();
    const app = await mountInExpress(world, world.database.url, { ...world.options });
    const answer = await visitor(await serve(app), world).signIn({ IDO: [ido("p")], PRO: ["National_elv"] });
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(await answer.json()).toMatchObject({
      status: 403,
      code: "GAR_ROLE_REFUSED",
      clause: "DB.K.gar-pupil",
    });
  });

  it.each(["../README.md", "../../../../README.md"])("is mounted as %s says", (readme) => {
    const code = readFileSync(new URL("./mount-in-express.ts", import.meta.url), "utf8").trim();
    expect(readFileSync(new URL(readme, import.meta.url), "utf8")).toContain(code);
  });
});

describe("as a passport strategy (D4.1)", () => {
  it("gives request.user what may be known, and refuses by the application's own error handler", async () => {
    const world = await open();
    const strategy = new GarStrategy(samlService(world, world.options));
    const authenticator = new passport.Passport();
    authenticator.use(strategy as unknown as passport.Strategy);
    const guard = authenticator.authenticate("gar", { session: false }) as express.RequestHandler;
    const app = express();
    app.get("/gar/saml/login", guard);
    app.post(
      "/gar/saml/acs",
      express.urlencoded({ extended: false, limit: "128kb" }),
      guard,
      (request, response) => {
        const { identity } = (request as unknown as { user: GarUser }).user;
        response.json({
          role: identity.role,
          name: identity.attributes.lastName,
          mail: identity.attributes.workEmail ?? null,
        });
      },
    );
    const onError: ErrorRequestHandler = (
      error: { status?: number; code?: string },
      _request,
      response,
      _next,
    ) => {
      response.status(error.status ?? 500).json({ code: error.code });
    };
    app.use(onError);
    const { ask, signIn } = visitor(await serve(app), world);
    expect(await (await signIn(teacher)).json()).toEqual({ role: "teacher", name: "ZÉPHYRINOT", mail: null });
    const forged = await ask("/gar/saml/acs", {
      method: "POST",
      body: new URLSearchParams({ SAMLResponse: "AAAA" }),
    });
    expect([forged.status, await forged.json()]).toEqual([403, { code: "GAR_SIGN_IN_REFUSED" }]);
    const array = await ask("/gar/saml/acs", {
      method: "POST",
      body: "SAMLResponse=a&SAMLResponse=b",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(array.status).toBe(403);
    expect(await world.entries("gar.signInRefused")).toHaveLength(2);
  });

  it("tells a failure of its own from a bad signature", async () => {
    const world = await open();
    const failing = {
      ...world,
      subjects: { ...world.subjects, find: () => Promise.reject(new Error("disk")) },
    };
    const app = await mountInExpress(failing, world.database.url, { ...world.options });
    const answer = await visitor(await serve(app), world).signIn(teacher);
    expect(answer.status).toBe(500);
    expect(await world.entries("gar.signInRefused")).toHaveLength(0);
  });
});
