import { describe, expect, it } from "vitest";
import { refuseForgedForm, webRoutes } from "../src/index.ts";
import {
  type Application,
  cookiesOf,
  FORM,
  signInAs,
  startApplication,
  tokenIn,
  type Visit,
} from "./application.ts";
import { sampleRoutes } from "./sample-pages.tsx";

const routes = webRoutes([
  ...sampleRoutes,
  {
    method: "post",
    path: "/hook",
    who: "anyone",
    csrfExempt: "signed by the desk",
    body: "raw",
    handler: (request, response) => {
      response.json({ bytes: request.bytes.length });
    },
  },
  {
    method: "post",
    path: "/shared",
    who: "anyone",
    csrfExempt: "a provider posts its messages here too",
    handler: (request, response) => {
      if (!request.form.has("message")) refuseForgedForm(request);
      response.status(204).end();
    },
  },
  {
    method: "post",
    path: "/machine",
    who: "anyone",
    body: "json",
    handler: (request, response) => {
      response.json(request.json);
    },
  },
]);

const post = (token: string | undefined, cookie?: string, headers: Record<string, string> = {}): Visit => ({
  method: "POST",
  headers: { ...FORM, ...(cookie !== undefined && { cookie }), ...headers },
  body: new URLSearchParams({ reason: "fin", ...(token !== undefined && { _csrf: token }) }).toString(),
});

async function formOf(app: Application, cookie?: string) {
  const answer = await app.visit("/erasure", cookie === undefined ? {} : { headers: { cookie } });
  return { answer, token: tokenIn(answer.text), cookie: cookie ?? cookiesOf(answer) };
}

const refused = (text: string) => JSON.parse(text).code === "WEB_FORM_EXPIRED";

describe("cross-site request forgery", () => {
  it("takes the form of a person signed in, with the token of that session", async () => {
    const app = await startApplication(routes);
    const { token, cookie } = await formOf(app, await signInAs(app, "dataSubject"));
    const answer = await app.visit("/erasure", post(token, cookie));
    expect([answer.status, answer.text]).toEqual([201, '{"reason":"fin"}']);
  });

  it("takes the form of a visitor, with the token of that visitor's cookie", async () => {
    const app = await startApplication(routes);
    const { answer, token, cookie } = await formOf(app);
    expect(answer.headers["set-cookie"]).toEqual([
      expect.stringMatching(/^preau-form=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    expect((await app.visit("/erasure", post(token, cookie))).status).toBe(201);
  });

  it("sets a visitor's cookie once, and none where no form is drawn", async () => {
    const app = await startApplication(routes);
    const { cookie } = await formOf(app);
    expect((await app.visit("/erasure", { headers: { cookie } })).headers["set-cookie"]).toBeUndefined();
    expect(
      (await app.visit("/nowhere", { headers: { accept: "text/html" } })).headers["set-cookie"],
    ).toBeUndefined();
  });

  it("refuses a missing, an empty and a changed token", async () => {
    const app = await startApplication(routes);
    const { token, cookie } = await formOf(app, await signInAs(app, "dataSubject"));
    for (const wrong of [undefined, "", `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`]) {
      const answer = await app.visit("/erasure", post(wrong, cookie));
      expect([answer.status, refused(answer.text)]).toEqual([403, true]);
    }
  });

  it("refuses another session's token, and one of before the sign-in", async () => {
    const app = await startApplication(routes);
    const before = await formOf(app);
    const mine = await signInAs(app, "dataSubject");
    const theirs = await formOf(app, await signInAs(app, "dataSubject"));
    expect((await app.visit("/erasure", post(theirs.token, mine))).status).toBe(403);
    expect((await app.visit("/erasure", post(before.token, `${mine}; ${before.cookie}`))).status).toBe(403);
  });

  it("refuses a visitor's cookie that was planted with a token of the planter's own making", async () => {
    const app = await startApplication(routes);
    const planted = "A".repeat(43);
    expect((await app.visit("/erasure", post(planted, `preau-form=${planted}`))).status).toBe(403);
    expect((await app.visit("/erasure", post("", "preau-form="))).status).toBe(403);
  });

  it.each([
    ["cross-site", { "sec-fetch-site": "cross-site" }],
    ["same-site", { "sec-fetch-site": "same-site" }],
    ["none", { "sec-fetch-site": "none" }],
    ["a foreign Origin", { origin: "https://elsewhere.example" }],
    ["an Origin that begins like ours", { origin: "http://127.0.0.1:8700.elsewhere.example" }],
    ["another port's Origin", { origin: "http://127.0.0.1:8702" }],
  ])("refuses a right token that comes from %s", async (_title, headers) => {
    const app = await startApplication(routes);
    const { token, cookie } = await formOf(app, await signInAs(app, "dataSubject"));
    expect((await app.visit("/erasure", post(token, cookie, headers))).status).toBe(403);
  });

  it.each([
    [
      "same-origin, Origin null as no-referrer pages send it",
      { "sec-fetch-site": "same-origin", origin: "null" },
    ],
    ["our Origin, from a browser without Fetch Metadata", { origin: "http://127.0.0.1:8700" }],
    ["no header at all, from a client that is no browser", {}],
  ])("takes a right token from %s", async (_title, headers) => {
    const app = await startApplication(routes);
    const { token, cookie } = await formOf(app, await signInAs(app, "dataSubject"));
    expect((await app.visit("/erasure", post(token, cookie, headers))).status).toBe(201);
  });

  it("takes the token of a JSON request from its header", async () => {
    const app = await startApplication(routes);
    const { token, cookie } = await formOf(app, await signInAs(app, "dataSubject"));
    const headers = { "content-type": "application/json", cookie };
    const visit = { method: "POST", body: '{"a":1}' };
    expect((await app.visit("/machine", { ...visit, headers })).status).toBe(403);
    const answer = await app.visit("/machine", { ...visit, headers: { ...headers, "x-csrf-token": token } });
    expect([answer.status, answer.text]).toEqual([200, '{"a":1}']);
  });

  it("asks a form of our own at an address where others post too, and a session", async () => {
    const app = await startApplication(routes);
    const { token, cookie } = await formOf(app, await signInAs(app, "dataSubject"));
    const statusOf = async (visit: Visit) => (await app.visit("/shared", visit)).status;
    expect(await statusOf(post(token, cookie))).toBe(204);
    expect(await statusOf(post(undefined, cookie))).toBe(403);
    expect(await statusOf(post(token, cookie, { "sec-fetch-site": "cross-site" }))).toBe(403);
    expect(await statusOf(post(token))).toBe(401);
    expect(await statusOf({ method: "POST", headers: FORM, body: "message=x" })).toBe(204);
  });

  it("asks none of a route that says why it is exempt, and none of GET", async () => {
    const app = await startApplication(routes);
    const hook = await app.visit("/hook", {
      method: "POST",
      body: "abc",
      headers: { "sec-fetch-site": "cross-site" },
    });
    expect([hook.status, hook.text]).toEqual([200, '{"bytes":3}']);
    const page = await app.visit("/erasure", { headers: { "sec-fetch-site": "cross-site" } });
    expect(page.status).toBe(200);
    expect(page.text.match(/name="_csrf"/g)).toHaveLength(1);
  });
});
