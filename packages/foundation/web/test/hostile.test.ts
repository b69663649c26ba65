import { describe, expect, it } from "vitest";
import { localPath, webRoutes } from "../src/index.ts";
import { FORM, HTML, startApplication } from "./application.ts";

const routes = webRoutes([
  {
    method: "get",
    path: "/thing/:id",
    who: "anyone",
    handler: (request, response) => response.json({ id: request.params["id"], query: { ...request.query } }),
  },
  {
    method: "post",
    path: "/form",
    who: "anyone",
    csrfExempt: "the test's own",
    handler: (request, response) => response.json([...request.form]),
  },
  {
    method: "post",
    path: "/json",
    who: "anyone",
    csrfExempt: "the test's own",
    body: "json",
    bodyLimit: 1_000,
    handler: (request, response) => response.json(request.json ?? null),
  },
]);

const JSON_TYPE = { "content-type": "application/json" };

describe("hostile requests", () => {
  it("answers 400 to a path that is not UTF-8", async () => {
    const app = await startApplication(routes);
    for (const path of ["/thing/%ff", "/thing/%c0%ae", "/thing/%", "/thing/%e0%80%af"]) {
      const answer = await app.visit(path);
      expect([path, answer.status, JSON.parse(answer.text).code]).toEqual([path, 400, "WEB_BAD_REQUEST"]);
    }
  });

  it("takes no session from a huge, a doubled or a broken cookie", async () => {
    const app = await startApplication(routes);
    for (const cookie of [
      `preau=${"A".repeat(9_000)}`,
      "preau=%00",
      "preau",
      ";;;=;preau=;",
      "preau=__proto__",
    ]) {
      expect((await app.visit("/thing/1", { headers: { cookie } })).status).toBe(200);
    }
    expect((await app.visit("/thing/1", { headers: { cookie: `preau=${"A".repeat(64_000)}` } })).status).toBe(
      431,
    );
  });

  it("reads keys that reach a prototype as plain fields, in forms and queries", async () => {
    const app = await startApplication(routes);
    const body = "__proto__[polluted]=1&constructor.prototype.polluted=1&__proto__=1&toString=1";
    const form = await app.visit("/form", { method: "POST", headers: FORM, body });
    expect(JSON.parse(form.text)).toEqual([
      ["__proto__[polluted]", "1"],
      ["constructor.prototype.polluted", "1"],
      ["__proto__", "1"],
      ["toString", "1"],
    ]);
    expect((await app.visit("/thing/1?__proto__[polluted]=1&__proto__=1")).status).toBe(200);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("refuses such a key in JSON, and JSON that is none", async () => {
    const app = await startApplication(routes);
    for (const body of [
      '{"a":{"__proto__":{"polluted":1}}}',
      "{",
      "\u0000",
      Buffer.from([0x22, 0xff, 0x22]),
    ]) {
      const answer = await app.visit("/json", { method: "POST", headers: JSON_TYPE, body });
      expect([answer.status, JSON.parse(answer.text).code]).toEqual([400, "WEB_BAD_REQUEST"]);
    }
  });

  it("answers 413 above a route's limit, and to more than 500 fields", async () => {
    const app = await startApplication(routes);
    const json = await app.visit("/json", {
      method: "POST",
      headers: JSON_TYPE,
      body: `"${"a".repeat(1_000)}"`,
    });
    expect([json.status, JSON.parse(json.text).code]).toEqual([413, "WEB_TOO_LARGE"]);
    const form = await app.visit("/form", { method: "POST", headers: FORM, body: "a=1&".repeat(501) });
    expect(form.status).toBe(413);
  });

  it("answers 415 to another type, another kind of form, and a compressed body", async () => {
    const app = await startApplication(routes);
    for (const headers of [
      { "content-type": "application/xml" },
      { "content-type": "multipart/form-data; boundary=x" },
      { ...FORM, "content-encoding": "gzip" },
      {},
    ] as Record<string, string>[]) {
      const answer = await app.visit("/form", { method: "POST", headers, body: "a=1" });
      expect([answer.status, JSON.parse(answer.text).code]).toEqual([415, "WEB_MEDIA_TYPE"]);
    }
  });

  it.each([
    "//elsewhere.example",
    "/\\elsewhere.example",
    "https://elsewhere.example",
    "/a\\b",
    "/a\r\nx: y",
    "javascript:1",
  ])("never leads to another site after the language switch: %j", async (back) => {
    expect(localPath(back)).toBe("/");
    const app = await startApplication(routes);
    const answer = await app.visit(`/language/en?back=${encodeURIComponent(back)}`);
    expect([answer.status, answer.headers.location]).toEqual([303, "/"]);
  });

  it("remembers a language of ours, and knows no other", async () => {
    const app = await startApplication(routes);
    const answer = await app.visit("/language/en?back=%2Fthing%2F1");
    expect(answer.headers.location).toBe("/thing/1");
    expect(answer.headers["set-cookie"]?.[0]).toMatch(
      /^preau-language=en; Path=\/; HttpOnly; SameSite=Lax; Max-Age=/,
    );
    expect((await app.visit("/language/__proto__")).status).toBe(404);
    const page = await app.visit("/nowhere", {
      headers: { ...HTML, cookie: "preau-language=en", "accept-language": "fr" },
    });
    expect(page.text).toContain('<html lang="en"');
    const default_ = await app.visit("/nowhere", { headers: { ...HTML, "accept-language": "de" } });
    expect(default_.text).toContain('<html lang="fr"');
  });
});
