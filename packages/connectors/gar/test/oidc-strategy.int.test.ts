/** OpenID Connect where there is no hub: as a passport strategy in a bare Express application, and for any other issuer. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type ErrorRequestHandler, type Express } from "express";
import passport from "passport";
import { describe, expect, it, onTestFinished } from "vitest";
import { GarOidcStrategy, type GarUser, oidcService } from "../src/index.ts";
import { CLIENT_ID } from "./oidc/fake-issuer.ts";
import { oidcBrowser, type Stage, secretFile, stage } from "./oidc/oidc-world.ts";

async function serve(app: Express): Promise<string> {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** One address for both, as many applications have it. */
function application({ world }: Stage, strategy: GarOidcStrategy): Express {
  const authenticator = new passport.Passport();
  authenticator.use(strategy as unknown as passport.Strategy);
  const guard = authenticator.authenticate(strategy.name, { session: false }) as express.RequestHandler;
  const app = express();
  app.get("/gar/oidc/:step", guard, (request, response) => {
    const { identity, nextPath } = (request as unknown as { user: GarUser }).user;
    const { attributes, role } = identity;
    response.json({ role, name: attributes.lastName, mail: attributes.workEmail ?? null, nextPath });
  });
  const onError: ErrorRequestHandler = (
    error: { status?: number; code?: string },
    _request,
    response,
    _next,
  ) => {
    response.status(error.status ?? 500).json({ code: error.code ?? world.base });
  };
  app.use(onError);
  return app;
}

function visitor(base: string) {
  const cookies = new Map<string, string>();
  return async (path: string) => {
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    const answer = await fetch(base + path, { redirect: "manual", headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return answer;
  };
}

describe("as a passport strategy (D4.1)", () => {
  it("gives request.user what may be known, once, and starts the application's session in the same unit", async () => {
    const at = await stage();
    const started: string[] = [];
    const strategy = new GarOidcStrategy(oidcService(at.world, at.world.options), {
      onSignedIn: async (request, identity) => void started.push(`${request.path} ${identity.role}`),
    });
    expect(strategy.name).toBe("gar-oidc");
    const ask = visitor(await serve(application(at, strategy)));
    const begun = await ask("/gar/oidc/login?next=/ici");
    expect(begun.status).toBe(302);
    const callback = `/gar/oidc/callback${at.issuer.agree(begun.headers.get("location") ?? "")}`;
    const answer = await ask(callback);
    expect(await answer.json()).toEqual({
      role: "teacher",
      name: "ZÉPHYRINOT",
      mail: null,
      nextPath: "/ici",
    });
    expect(started).toEqual(["/gar/oidc/callback teacher"]);
    const again = await ask(callback);
    expect([again.status, await again.json()]).toEqual([403, { code: "GAR_SIGN_IN_REFUSED" }]);
    const denied = await ask("/gar/oidc/callback?error=access_denied&state=x");
    expect(denied.status).toBe(403);
    expect(await at.world.entries("gar.signInRefused")).toHaveLength(2);
  });

  it("tells a failure of its own from a refusal", async () => {
    const at = await stage();
    const failing = {
      ...at.world,
      subjects: { ...at.world.subjects, find: () => Promise.reject(new Error("disk")) },
    };
    const ask = visitor(
      await serve(application(at, new GarOidcStrategy(oidcService(failing, at.world.options)))),
    );
    const begun = await ask("/gar/oidc/login");
    const answer = await ask(`/gar/oidc/callback${at.issuer.agree(begun.headers.get("location") ?? "")}`);
    expect(answer.status).toBe(500);
    expect(await at.world.entries("gar.signInRefused")).toEqual([]);
  });

  it("is made for a provider that the options name, and for no other", async () => {
    const { world } = await stage();
    expect(() => oidcService(world, world.options, "lycee")).toThrow(TypeError);
    expect(() => oidcService(world, { ...world.options, oidc: undefined })).toThrow(TypeError);
  });
});

describe("any other issuer, by configuration alone (D4.1)", () => {
  it("its people come from outside the GAR, under its own names of attributes", async () => {
    const secret = secretFile();
    onTestFinished(secret.remove);
    const first = await stage();
    const lycee = {
      id: "lycee",
      protocol: "oidc",
      controller: "school-1",
      roles: { staff: "teacher" },
      attributes: { IDO: "sub", PRO: "kind", NOM: "family_name", PRE: "given_name" },
      declared: ["IDO", "PRO", "NOM", "PRE"],
      oidc: { issuer: first.issuer.issuer, clientId: CLIENT_ID, clientSecretFile: secret.file },
    };
    const { world } = await stage({ options: { providers: [lycee] } });
    const at = { issuer: first.issuer, world };
    at.issuer.state.person = {
      kind: "staff",
      family_name: "LANTERNIER",
      given_name: "Max",
      address: { city: "X" },
    };
    const browser = oidcBrowser(at, "/sso/lycee");
    const { location } = await browser.begin();
    const query = new URL(location).searchParams;
    expect([query.get("scope"), query.get("redirect_uri"), query.has("idRessource")]).toEqual([
      "openid profile",
      "http://127.0.0.1:8700/sso/lycee/callback",
      false,
    ]);
    const answer = await browser.back(at.issuer.agree(location));
    expect([answer.status, await browser.session()]).toEqual([
      303,
      expect.objectContaining({ origin: "outsideGar", role: "teacher", dropped: ["address"] }),
    ]);
    expect(world.emitted.map(({ controller, origin }) => [controller, origin])).toEqual([
      ["school-1", "outsideGar"],
    ]);
  });
});

describe("roles at the connector's routes of OpenID Connect", () => {
  it.each<[string, string, number]>([
    ["GET", "/gar/oidc/login", 302],
    ["GET", "/gar/oidc/callback", 403],
    ["POST", "/gar/oidc/callback", 405],
    ["POST", "/gar/oidc/logout", 401],
    ["GET", "/gar/oidc/logout", 405],
    ["GET", "/sso/lycee/login", 404],
  ])("%s %s without a session answers %d", async (method, path, status) => {
    const { world } = await stage();
    expect((await world.browser().ask(path, { method })).status).toBe(status);
  });
});
