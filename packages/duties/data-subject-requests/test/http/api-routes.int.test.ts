/** Requests from a controller's machines, and reports of inaccurate data, over HTTP. */
import { addHours, type ControllerId } from "@preau/kernel";
import { type ApiScope, PUBLISHER } from "@preau/web";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OTHER_SCHOOL, SCHOOL } from "../desk-house.ts";
import { KIND, openSite, type Site } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 30_000);
afterAll(() => site.stop());

async function machine(scopes: readonly ApiScope[], controller: ControllerId = SCHOOL) {
  const { token } = await site.inUnit((unit) =>
    site.apiTokens.make(unit, {
      ...{ controller, use: "lms", scopes, expiresAt: addHours(site.clock.now(), 24) },
      by: { role: "controllerDpo", controller },
    }),
  );
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${site.base}/api/v1/requests${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const said = (await answer.json()) as Record<string, unknown>;
    return { status: answer.status, type: answer.headers.get("content-type") ?? "", said };
  };
  return { post: (body: unknown) => call("POST", "", body), get: (path: string) => call("GET", path) };
}

const first = ({ said }: { readonly said: Record<string, unknown> }, matter?: string) =>
  (said["requests"] as readonly { readonly id: string; readonly matter: string }[]).find(
    (each) => matter === undefined || each.matter === matter,
  )?.id ?? "";

describe("requests by machine (D10.1a)", () => {
  it("are taken once a key, for the token's own controller, with their clock", async () => {
    const subject = await site.identify(KIND, "by-machine");
    const lms = await machine(["requests:write", "requests:read"]);
    const body = {
      ...{ key: "lms-1", matters: ["access", "erasure"], role: "pupil", language: "fr" },
      ...{ subject: { kind: KIND, value: "by-machine" }, receivedAt: "2026-11-23T08:30:00+01:00" },
    };
    const one = await lms.post(body);
    expect(one.status).toBe(201);
    expect(one.said).toMatchObject({ status: "open", forwardDueAt: "2026-11-25T07:30:00.000Z" });
    expect(one.said["requests"]).toHaveLength(2);
    const again = await lms.post(body);
    expect(again.status).toBe(200);
    expect(again.said).toEqual(one.said);
    const rows = await site.database.knex("dsr_request").where({ subject }).select("controller");
    expect(rows).toEqual([{ controller: SCHOOL }, { controller: SCHOOL }]);
    const status = await lms.get(`/${first(one, "access")}`);
    expect(status.status).toBe(200);
    expect(status.said).toMatchObject({ matter: "access", state: "open", status: "open", done: [] });
  });

  it("stand open for a person who is not known here, and say that they wait (need_user_verification)", async () => {
    const lms = await machine(["requests:write", "requests:read"]);
    const one = await lms.post({
      ...{ key: "lms-2", matters: ["access"], subject: { kind: KIND, value: "nobody" } },
    });
    expect(one.status).toBe(201);
    const { said } = await lms.get(`/${first(one)}`);
    expect(said).toMatchObject({ status: "in_progress", reason: "need_user_verification" });
  });

  it("are refused with the field's name and never its value, as problem+json", async () => {
    const lms = await machine(["requests:write"]);
    for (const [body, field] of [
      [{ key: "k", matters: ["forget-me"] }, "matters.0"],
      [{ key: "k", matters: ["access"], controller: OTHER_SCHOOL }, "controller"],
      [{ matters: ["access"] }, "key"],
      [{ key: "k" }, "matters"],
      [{ key: "k", matters: ["access"], receivedAt: "tomorrow" }, "receivedAt"],
      [{ key: "k", matters: ["access"], receivedAt: "2026-12-23T08:30:00Z" }, "receivedAt"],
      [{ key: "k", text: "x".repeat(20_001) }, "text"],
      ["Zoé", ""],
    ] as const) {
      const { status, type, said } = await lms.post(body);
      expect([field, status]).toEqual([said["field"], 400]);
      expect(type).toContain("application/problem+json");
      expect(said["code"]).toBe("REQUEST_FIELD_BAD");
      expect(JSON.stringify(said)).not.toMatch(/forget-me|tomorrow|Zoé|xxx/);
    }
  });

  it("do not exist for another controller's machine, nor without a token, nor beyond its scope", async () => {
    const lms = await machine(["requests:write"]);
    const one = await lms.post({ key: "lms-3", matters: ["objection"], text: "Je m’oppose." });
    const other = await machine(["requests:read"], OTHER_SCHOOL);
    expect((await other.get(`/${first(one)}`)).status).toBe(404);
    expect((await other.post({ key: "lms-3", matters: ["access"] })).status).toBe(403);
    expect((await lms.get(`/${first(one)}`)).status).toBe(403);
    expect((await fetch(`${site.base}/api/v1/requests/${first(one)}`)).status).toBe(401);
    // The same key of another controller's machine is another request.
    const theirs = await machine(["requests:write"], OTHER_SCHOOL);
    const twin = await theirs.post({ key: "lms-3", matters: ["objection"], text: "Je m’oppose." });
    expect(twin.status).toBe(201);
    expect(first(twin)).not.toBe(first(one));
    expect(site.lines.join("\n")).not.toContain("m’oppose");
  });

  it("are announced to whoever asks what can be asked (OpenDSR 2.0)", async () => {
    const answer = await fetch(`${site.base}/api/v1/requests/discovery`);
    const said = (await answer.json()) as Record<string, readonly unknown[]>;
    expect(answer.status).toBe(200);
    expect(said["supported_subject_request_types"]).toHaveLength(9);
  });
});

describe("inaccurate data (D10.3b)", () => {
  const report = { store: "school", column: "pupil.name", day: "2026-11-23", what: "Le prénom est faux." };

  it("is noted once a press, told by the link, and acknowledged by its controller alone", async () => {
    const support = await site.staff("support");
    const from = `/inaccuracies/new?controller=${SCHOOL}`;
    const body = await support.bodyFrom(from, report);
    const [one, two] = [await support.ask("/inaccuracies", body), await support.ask("/inaccuracies", body)];
    expect([one.status, two.status]).toEqual([303, 303]);
    const path = one.headers.get("location") ?? "";
    expect(two.headers.get("location")).toBe(path);
    expect((await support.ask(path)).text).not.toContain("prénom");
    const link = await site.linkTo(path.slice("/inaccuracies/".length) as never);
    const officer = site.browser();
    expect((await officer.ask(link)).text).not.toContain("prénom");
    expect((await officer.send(link, link)).text).toContain("Le prénom est faux.");
    const stranger = await site.reader("controllerDpo", OTHER_SCHOOL);
    expect((await stranger.ask(path)).status).toBe(404);
    expect((await stranger.ask("/inaccuracies")).text).not.toContain(path);
    expect((await stranger.send(`${path}/acknowledgement`, "/inaccuracies")).status).toBe(404);
    const dpo = await site.reader("controllerDpo");
    expect((await dpo.ask(path)).text).toContain("Le prénom est faux.");
    expect((await dpo.send(`${path}/acknowledgement`, path)).status).toBe(303);
    const over = await dpo.ask(path);
    expect(over.text).toContain("Pris en compte par le responsable");
    expect(over.text).not.toContain("prénom");
  });

  it("is for the publisher's people to report, with a place and no value", async () => {
    const dpo = await site.reader("controllerDpo");
    expect((await dpo.ask("/inaccuracies/new")).status).toBe(403);
    const support = await site.staff("support");
    expect((await support.ask("/inaccuracies/new")).text).toContain(`value="${SCHOOL}"`);
    const from = `/inaccuracies/new?controller=${SCHOOL}`;
    for (const change of [{ column: "Zoé D’Alençon" }, { what: " " }, { day: "2027-01-01" }]) {
      const refused = await support.send("/inaccuracies", from, { ...report, ...change });
      expect(refused.status).toBe(400);
      expect(refused.text).not.toContain("Alençon");
    }
    const foreign = await site.reader("support", SCHOOL);
    expect((await foreign.ask("/inaccuracies/new")).status).toBe(403);
    expect(PUBLISHER).not.toBe(SCHOOL);
  });
});
