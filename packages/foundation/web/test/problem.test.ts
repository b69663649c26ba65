import { describe, expect, it, onTestFinished, vi } from "vitest";
import { webRoutes } from "../src/index.ts";
import { HTML, startApplication } from "./application.ts";

const routes = webRoutes([
  {
    method: "get",
    path: "/broken/:id",
    who: "anyone",
    handler: () => {
      throw new Error("Zoé Tilleul, zoe@lycee.example");
    },
  },
  {
    method: "get",
    path: "/half",
    who: "anyone",
    handler: async (_request, response) => {
      response.write("the first half");
      await Promise.reject(new Error("zoe@lycee.example"));
    },
  },
]);

describe("problem details (RFC 9457)", () => {
  it("answers an unknown path in the reader's language", async () => {
    const app = await startApplication(routes);
    const answer = await app.visit("/nowhere", { headers: { "accept-language": "en" } });
    expect(answer.status).toBe(404);
    expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    expect(JSON.parse(answer.text)).toMatchObject({
      type: "urn:preau:error:WEB_NOT_FOUND",
      title: "There is no such page.",
      status: 404,
      code: "WEB_NOT_FOUND",
      instance: `urn:preau:request:${String(answer.headers["x-request-id"])}`,
    });
  });

  it("tells nothing of an unexpected error but the request's id", async () => {
    const app = await startApplication(routes);
    for (const headers of [{}, HTML]) {
      const answer = await app.visit("/broken/210", { headers });
      expect(answer.status).toBe(500);
      expect(answer.text).not.toMatch(/Zo|lycee|at |\.ts/);
      expect(answer.text).toContain(String(answer.headers["x-request-id"]));
    }
    expect(JSON.stringify(app.lines)).not.toMatch(/Zo|lycee|210/);
  });

  it("leaves the fields of a log's own line, its time above all, to the log", async () => {
    const app = await startApplication(routes);
    await app.visit("/broken/210");
    const own = app.lines.flatMap(({ fields }) => Object.keys(fields));
    for (const name of ["at", "level", "event"]) expect(own).not.toContain(name);
    expect(own).toContain("thrownAt");
  });

  it("breaks off an answer that has begun, and prints nothing about it", async () => {
    const app = await startApplication(routes);
    const printed = vi.spyOn(console, "error").mockImplementation(() => undefined);
    onTestFinished(() => printed.mockRestore());
    await expect(app.visit("/half")).rejects.toThrow();
    expect(printed).not.toHaveBeenCalled();
    expect(app.lines.map(({ event }) => event)).toContain("http.failed");
    expect(JSON.stringify(app.lines)).not.toContain("lycee");
  });

  it("falls back to problem+json when not even the error's page can be drawn", async () => {
    const footer = {
      fr: "",
      get en(): string {
        throw new Error("zoe@lycee.example");
      },
    };
    const app = await startApplication(routes, { footer });
    const answer = await app.visit("/nowhere", { headers: { ...HTML, "accept-language": "en" } });
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([404, "WEB_NOT_FOUND"]);
  });
});
