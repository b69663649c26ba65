import { type ActorRole, actorRoles, type Who } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { mayEnter, webRoutes } from "../src/index.ts";
import { cookiesOf, dataOf, HTML, signInAs, startApplication } from "./application.ts";

const ok = (path: string, who: Who) =>
  ({
    method: "get",
    path,
    who,
    handler: (_request, response) => response.send("ok"),
  }) as const satisfies ReturnType<typeof webRoutes>[number];

const routes = webRoutes([
  ok("/open", "anyone"),
  ok("/signed", "signedIn"),
  ok("/desk", ["support", "publisherDpo"]),
  ok("/thing/:id", "anyone"),
  {
    method: "post",
    path: "/thing/:id",
    who: "anyone",
    csrfExempt: "the test's own",
    handler: (request, response) => response.json([...request.form]),
  },
]);

const roles = Object.keys(actorRoles) as ActorRole[];

describe("who may call a route", () => {
  it.each(roles)("opens to %s exactly what its role opens", async (role) => {
    const app = await startApplication(routes);
    const headers = { cookie: await signInAs(app, role) };
    expect((await app.visit("/open", { headers })).status).toBe(200);
    expect((await app.visit("/signed", { headers })).status).toBe(200);
    const desk = await app.visit("/desk", { headers });
    expect(desk.status).toBe(role === "support" || role === "publisherDpo" ? 200 : 403);
    if (desk.status === 403) expect(JSON.parse(desk.text).code).toBe("WEB_FORBIDDEN");
  });

  it("opens to a visitor what is for anyone, and nothing to a role that no route names", async () => {
    const app = await startApplication(routes);
    expect((await app.visit("/open")).status).toBe(200);
    for (const path of ["/signed", "/desk"]) {
      const answer = await app.visit(path);
      expect([answer.status, JSON.parse(answer.text).code]).toEqual([401, "WEB_SIGN_IN"]);
    }
    expect(mayEnter([], undefined)).toBe(false);
  });

  it("sends a person without a session to the sign-in, and back to the path, not to another site", async () => {
    const app = await startApplication(routes, { signIn: "/gar/saml/login" });
    const answer = await app.visit("/desk?person=210", { headers: HTML });
    expect([answer.status, answer.headers.location]).toEqual([303, "/gar/saml/login?next=%2Fdesk"]);
    expect((await app.visit("/desk")).status).toBe(401);
  });

  it("answers 401 on a machine's route, in a browser too", async () => {
    const table = webRoutes([
      {
        method: "get",
        path: "/me.json",
        handler: (_request, response) => response.json({}),
        who: "signedIn",
        forMachines: true,
      },
    ]);
    const app = await startApplication(table, { signIn: "/gar/saml/login" });
    expect((await app.visit("/me.json", { headers: HTML })).status).toBe(401);
  });

  it("lets staff in from the configured networks alone (DD.6)", async () => {
    const inside = await startApplication(routes);
    const outside = await startApplication(routes, { staffNetworks: ["10.1.0.0/16"] });
    for (const role of ["support", "operations", "publisherDpo"] as const) {
      expect(
        (await inside.visit("/open", { headers: { cookie: await signInAs(inside, role) } })).status,
      ).toBe(200);
      const refused = await outside.visit("/open", { headers: { cookie: await signInAs(outside, role) } });
      expect(JSON.parse(refused.text)).toMatchObject({
        status: 403,
        code: "WEB_OUTSIDE_NETWORK",
        clause: "DD.6",
      });
    }
    const pupil = await signInAs(outside, "dataSubject");
    expect((await outside.visit("/open", { headers: { cookie: pupil } })).status).toBe(200);
  });

  it("believes X-Forwarded-For only from a configured proxy (DD.6)", async () => {
    const staffNetworks = ["10.1.0.0/16"];
    const headers = { "x-forwarded-for": "10.1.2.3" };
    const alone = await startApplication(routes, { staffNetworks });
    const behind = await startApplication(routes, { staffNetworks, trustProxy: "loopback" });
    const visit = async (app: typeof alone) =>
      (await app.visit("/open", { headers: { ...headers, cookie: await signInAs(app, "support") } })).status;
    expect([await visit(alone), await visit(behind)]).toEqual([403, 200]);
  });
});

describe("methods (RFC 9110 §9)", () => {
  it("answers HEAD as GET without its body", async () => {
    const app = await startApplication(routes);
    const answer = await app.visit("/open", { method: "HEAD" });
    expect([answer.status, answer.text]).toEqual([200, ""]);
    expect((await app.visit("/signed", { method: "HEAD" })).status).toBe(401);
  });

  it("tells by OPTIONS, and by 405, what a path answers", async () => {
    const app = await startApplication(routes);
    const options = await app.visit("/thing/1", { method: "OPTIONS" });
    expect([options.status, options.headers.allow]).toEqual([204, "GET, HEAD, POST, OPTIONS"]);
    const refused = await app.visit("/thing/1", { method: "DELETE" });
    expect([refused.status, refused.headers.allow]).toEqual([405, "GET, HEAD, POST, OPTIONS"]);
    expect(JSON.parse(refused.text).code).toBe("WEB_METHOD_NOT_ALLOWED");
    expect((await app.visit("/nowhere", { method: "OPTIONS" })).status).toBe(404);
  });

  it("refuses a method and path that are mounted already", async () => {
    await expect(startApplication([...routes, ok("/open", "signedIn")])).rejects.toMatchObject({
      code: "WEB_BAD_OPTIONS",
    });
  });
});

describe("access log", () => {
  it("keeps the pattern of the route, never the address", async () => {
    const app = await startApplication(routes);
    await app.visit("/thing/zoe@lycee.example?name=Tilleul");
    await app.visit("/nowhere/zoe@lycee.example");
    const answered = app.lines.filter(({ event }) => event === "http.answered");
    expect(answered.map(({ fields }) => [fields["method"], fields["route"], fields["status"]])).toEqual([
      ["GET", "/thing/:id", 200],
      ["GET", "(none)", 404],
    ]);
    expect(JSON.stringify(app.lines)).not.toMatch(/zoe|lycee|Tilleul/);
  });
});

describe("brake on attempts", () => {
  it("answers 429 with Retry-After once the window is used up", async () => {
    const app = await startApplication(
      webRoutes([{ ...ok("/login", "anyone"), rateLimit: { attempts: 2, seconds: 60 } }]),
    );
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await app.visit("/login")).status);
    expect(statuses).toEqual([200, 200, 429]);
    const answer = await app.visit("/login");
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    expect(JSON.stringify(app.lines)).not.toContain("127.0.0.1");
  });
});

describe("sign-in, sign-out (session fixation)", () => {
  it("gives a new secret at each sign-in, and ends the session of before", async () => {
    const app = await startApplication(routes);
    const first = await signInAs(app, "dataSubject");
    const second = await signInAs(app, "dataSubject", first);
    expect(second).not.toBe(first);
    expect((await app.visit("/signed", { headers: { cookie: first } })).status).toBe(401);
    expect((await app.visit("/signed", { headers: { cookie: second } })).status).toBe(200);
  });

  it("sends one cookie when a unit of work signs in twice, because it was tried again", async () => {
    const app = await startApplication(
      webRoutes([
        {
          method: "get",
          path: "/twice",
          who: "anyone",
          handler: async (request, response) => {
            await request.signIn({ data: dataOf("dataSubject") });
            await request.signIn({ data: dataOf("dataSubject") });
            response.status(204).end();
          },
        },
        ...routes,
      ]),
    );
    const answer = await app.visit("/twice");
    expect(answer.headers["set-cookie"]).toHaveLength(1);
    expect((await app.visit("/signed", { headers: { cookie: cookiesOf(answer) } })).status).toBe(200);
  });

  it("never takes over a secret that the visitor brought", async () => {
    const app = await startApplication(routes);
    const planted = `preau=${"B".repeat(43)}`;
    expect(await signInAs(app, "dataSubject", planted)).not.toBe(planted);
    expect((await app.visit("/signed", { headers: { cookie: planted } })).status).toBe(401);
  });

  it("takes the cookie back at sign-out, and the old one is worth nothing", async () => {
    const app = await startApplication(routes);
    const { session, secret } = await app.sessions.start({ data: dataOf("dataSubject") });
    const cookie = `preau=${secret}`;
    const headers = { cookie, "x-csrf-token": session.csrfToken };
    const answer = await app.visit("/sign-out", { method: "POST", headers });
    expect([answer.status, answer.headers.location, cookiesOf(answer)]).toEqual([303, "/", "preau="]);
    expect(answer.headers["set-cookie"]?.[0]).toContain("Max-Age=0");
    expect((await app.visit("/signed", { headers: { cookie } })).status).toBe(401);
  });
});
