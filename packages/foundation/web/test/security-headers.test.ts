import { describe, expect, it } from "vitest";
import { webRoutes } from "../src/index.ts";
import { FORM, signInAs, startApplication } from "./application.ts";

const routes = webRoutes([
  { method: "get", path: "/plain", who: "anyone", handler: (_request, response) => response.send("ok") },
  {
    method: "get",
    path: "/sign-in",
    who: "anyone",
    formAction: ["https://idp.example", "http://localhost:8701"],
    handler: (_request, response) => response.send("ok"),
  },
]);

const POLICY =
  "default-src 'none';style-src 'self';script-src 'self';img-src 'self' data:;form-action 'self';frame-ancestors 'none';base-uri 'none'";

describe("security headers", () => {
  it("sends exactly this policy (CSP 3), and a route's further form targets where it names them", async () => {
    const app = await startApplication(routes);
    expect((await app.visit("/plain")).headers["content-security-policy"]).toBe(POLICY);
    expect((await app.visit("/nowhere")).headers["content-security-policy"]).toBe(POLICY);
    expect((await app.visit("/sign-in")).headers["content-security-policy"]).toBe(
      POLICY.replace("form-action 'self'", "form-action 'self' https://idp.example http://localhost:8701"),
    );
  });

  it("keeps addresses, frames, storage and the server's name to itself", async () => {
    const app = await startApplication(routes);
    const { headers } = await app.visit("/plain");
    expect(headers).toMatchObject({
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
      "permissions-policy": expect.stringContaining("camera=()"),
    });
    expect(headers["x-powered-by"]).toBeUndefined();
    expect(headers["etag"]).toBeUndefined();
  });

  it("promises https only under https (RFC 6797), with cookies that no subdomain can plant", async () => {
    const plain = await startApplication(routes);
    expect((await plain.visit("/plain")).headers["strict-transport-security"]).toBeUndefined();
    const app = await startApplication(routes, { publicUrl: "https://preau.example" });
    const { headers } = await app.visit("/plain");
    expect(headers["strict-transport-security"]).toBe("max-age=63072000; includeSubDomains");
    const answer = await app.visit("/test/sign-in/auditor", { method: "POST", headers: FORM });
    expect(answer.headers["set-cookie"]).toEqual([
      expect.stringMatching(/^__Host-preau=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/),
    ]);
    expect(await signInAs(plain, "auditor")).toMatch(/^preau=/);
  });

  it.each([
    "https://a.example; script-src *",
    "'unsafe-inline'",
    "https://a.example/path",
    "*",
    "javascript:",
  ])("refuses the form target %s when routes are mounted", async (source) => {
    const route = { ...routes[1], path: "/other", formAction: [source] };
    await expect(startApplication([route])).rejects.toMatchObject({ code: "WEB_BAD_OPTIONS" });
  });

  it("serves its own style sheet for ever, under a name that holds its hash", async () => {
    const app = await startApplication(routes);
    const page = await app.visit("/nowhere", { headers: { accept: "text/html" } });
    const style = /href="(\/assets\/preau\.[0-9a-f]{12}\.css)"/.exec(page.text)?.[1] ?? "";
    const { status, headers } = await app.visit(style);
    expect([status, headers["cache-control"], headers["content-type"]]).toEqual([
      200,
      "public, max-age=31536000, immutable",
      "text/css; charset=utf-8",
    ]);
    expect((await app.visit("/assets/preau.000000000000.css")).status).toBe(404);
    expect((await app.visit("/assets/..%2fpackage.json")).status).toBe(404);
    expect(page.text).not.toMatch(/https?:\/\/|style=|<script|onload/);
  });
});

describe("health", () => {
  it("says 503 until it is ready, and answers nothing else meanwhile", async () => {
    let ready = false;
    const app = await startApplication(routes, { ready: () => ready });
    expect((await app.visit("/health")).status).toBe(503);
    expect(JSON.parse((await app.visit("/plain")).text)).toMatchObject({
      code: "WEB_NOT_READY",
      status: 503,
    });
    ready = true;
    const answer = await app.visit("/health");
    expect([answer.status, answer.text]).toEqual([200, '{"status":"pass","version":"1.2.3"}']);
    expect((await app.visit("/plain")).status).toBe(200);
  });
});
