import { makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import {
  addHours,
  addMillis,
  type ControllerId,
  inMemoryUnitOfWork,
  instant,
  type JournalEvent,
  makeIds,
  manualClock,
  silentLog,
} from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { type AccountActor, PUBLISHER } from "../src/account.ts";
import { mayManageTokens } from "../src/api-tokens.ts";
import {
  type ApiScope,
  type ApiTokenId,
  type ApiTokenTerms,
  makeApiTokens,
  tokenRoute,
  webMigrations,
} from "../src/index.ts";
import { purgeApiTokens } from "../src/store/api-token-rows.ts";
import { OTHER_SCHOOL, SCHOOL, signInAs, startApplication } from "./application.ts";

const NOW = instant("2027-03-01T09:00:00.000Z");
const UNTIL = addHours(NOW, 24 * 90);
const admin: AccountActor = { role: "controllerAdministrator", controller: SCHOOL, id: "act_admin" };
const officer: AccountActor = { role: "publisherDpo", controller: PUBLISHER, id: "act_dpo" };
const terms: ApiTokenTerms = {
  ...{ controller: SCHOOL, use: "lms", scopes: ["requests:write", "requests:read"], expiresAt: UNTIL },
  by: admin,
};

describeEachDatabase("tokens of machines (DD.5)", openDatabase, (fresh) => {
  const setUp = async () => {
    const database = await fresh();
    await migrate(database, [{ owner: "web", migrations: webMigrations }]);
    const clock = manualClock(NOW);
    const entries: JournalEvent[] = [];
    const unitOfWork = makeUnitOfWork(database);
    const tokens = makeApiTokens({
      ...{ clock, unitOfWork, log: silentLog, ids: makeIds(clock) },
      journal: {
        record: async (_unit: unknown, event: JournalEvent) => {
          entries.push(event);
          return "jrn_1";
        },
      } as never,
    });
    const make = (change: Partial<ApiTokenTerms> = {}) =>
      unitOfWork.transaction((unit) => tokens.make(unit, { ...terms, ...change }));
    const ask = (authorization: string | undefined, scope: ApiScope = "requests:write") =>
      tokens.authenticate({ authorization }, scope);
    const asked = (token: string, scope?: ApiScope) => codeOf(ask(`Bearer ${token}`, scope));
    const list = (controller: ControllerId = SCHOOL, by = admin) =>
      unitOfWork.transaction((unit) => tokens.list(unit, controller, by));
    const revoke = (id: ApiTokenId, controller: ControllerId = SCHOOL, by = admin) =>
      unitOfWork.transaction((unit) => tokens.revoke(unit, controller, id, by));
    return { database, clock, entries, unitOfWork, tokens, make, ask, asked, list, revoke };
  };

  it("open what their scopes say, for their controller, and are kept as hashes", async () => {
    const { make, ask, asked, database, list } = await setUp();
    const { id, token } = await make();
    expect(token).toMatch(/^preau_[A-Za-z0-9_-]{43}$/);
    for (const header of [`Bearer ${token}`, `bearer  ${token} `])
      expect(await ask(header)).toEqual({ controller: SCHOOL, token: id });
    expect(await asked(token, "requests:read")).toBeUndefined();
    expect(await asked(token, "instructions:write")).toBe("WEB_TOKEN_SCOPE");
    expect(JSON.stringify(await database.knex("web_api_token"))).not.toContain(token.slice(6));
    expect(await list()).toEqual([
      {
        ...{ id, controller: SCHOOL, use: "lms", scopes: terms.scopes, madeAt: NOW, expiresAt: UNTIL },
        ...{ madeBy: { role: "controllerAdministrator", id: "act_admin" }, lastUsedOn: "2027-03-01" },
      },
    ]);
    const other = await make({ controller: OTHER_SCHOOL, by: officer });
    expect(await ask(`Bearer ${other.token}`)).toEqual({ controller: OTHER_SCHOOL, token: other.id });
  });

  it("are nothing when absent, of another scheme, altered, spelt otherwise or guessed", async () => {
    const { make, ask, asked } = await setUp();
    const { token } = await make();
    for (const none of [
      undefined,
      "",
      "Basic cGxvbWI6eA==",
      "Bearer",
      "Bearer  ",
      `Bearer ${token}, x`,
      token,
    ])
      expect(await codeOf(ask(none)), String(none)).toBe("WEB_TOKEN_NEEDED");
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const spelt = token.slice(0, -1) + (alphabet[alphabet.indexOf(token.at(-1) ?? "") + 1] ?? "");
    const flipped = `preau_${token[6] === "A" ? "B" : "A"}${token.slice(7)}`;
    for (const wrong of [
      spelt,
      flipped,
      token.slice(6),
      token.toUpperCase(),
      `${token}A`,
      `preau_${"A".repeat(43)}`,
    ])
      expect(await asked(wrong), wrong).toBe("WEB_TOKEN_REFUSED");
    expect(await asked(token)).toBeUndefined();
  });

  it("end after their last instant, and at once when revoked, which the clock cannot undo", async () => {
    const { make, asked, revoke, clock, list, entries } = await setUp();
    const [one, two] = [await make(), await make({ scopes: ["subprocessors:read"] })];
    clock.set(UNTIL);
    expect(await asked(one.token)).toBeUndefined();
    clock.set(addMillis(UNTIL, 1));
    expect(await asked(one.token)).toBe("WEB_TOKEN_REFUSED");
    clock.set(NOW);
    await revoke(two.id);
    clock.advance(1_000);
    await revoke(two.id);
    expect(await asked(two.token, "subprocessors:read")).toBe("WEB_TOKEN_REFUSED");
    expect((await list()).find(({ id }) => id === two.id)?.revokedAt).toBe(NOW);
    expect(entries.filter(({ type }) => type === "accounts.tokenRevoked")).toHaveLength(1);
    clock.set(addHours(NOW, -1));
    expect(await asked(two.token, "subprocessors:read")).toBe("WEB_TOKEN_REFUSED");
  });

  it("are made, seen and revoked by the client's own people and the publisher's DPO alone (S7)", async () => {
    const { make, list, revoke } = await setUp();
    const { id } = await make();
    const strangers: readonly AccountActor[] = [
      { role: "controllerAdministrator", controller: OTHER_SCHOOL, id: "act_2" },
      { role: "controllerDpo", controller: OTHER_SCHOOL, id: "act_3" },
      { role: "publisherDpo", controller: OTHER_SCHOOL, id: "act_4" },
      { role: "support", controller: PUBLISHER, id: "act_5" },
      { role: "operations", controller: PUBLISHER, id: "act_6" },
      { role: "auditor", controller: PUBLISHER, id: "act_7" },
    ];
    for (const by of strangers) {
      expect(mayManageTokens(by, SCHOOL), by.role).toBe(false);
      for (const work of [() => make({ by }), () => list(SCHOOL, by), () => revoke(id, SCHOOL, by)])
        expect(await codeOf(work()), by.role).toBe("ACCOUNT_NOT_YOURS");
    }
    for (const by of [admin, officer, { role: "controllerDpo", controller: SCHOOL } as const])
      expect((await list(SCHOOL, by)).map((each) => each.id)).toEqual([id]);
    // Another controller's is none of this one's.
    const foreign = await make({ controller: OTHER_SCHOOL, by: officer });
    expect(await codeOf(revoke(foreign.id))).toBe("WEB_TOKEN_UNKNOWN");
    expect((await list()).map((each) => each.id)).toEqual([id]);
    expect(await codeOf(make({ controller: PUBLISHER, by: officer }))).toBe("ACCOUNT_NOT_YOURS");
  });

  it.each<[string, Partial<ApiTokenTerms>]>([
    ["no scope", { scopes: [] }],
    ["a scope of nobody's", { scopes: ["everything" as ApiScope] }],
    ["a scope that every object has", { scopes: ["toString" as ApiScope] }],
    ["another use", { use: "robot" as never }],
    ["an end that is past", { expiresAt: NOW }],
    ["an end in two years", { expiresAt: addHours(NOW, 24 * 367) }],
  ])("are refused with %s (WEB_TOKEN_BAD)", async (_what, change) => {
    const { make, list, entries } = await setUp();
    expect(await codeOf(make(change))).toBe("WEB_TOKEN_BAD");
    expect([await list(), entries]).toEqual([[], []]);
  });

  it("are journalled when made, revoked, first used of a day, and tried in vain (DD.7)", async () => {
    const { make, ask, asked, revoke, clock, entries } = await setUp();
    const { id, token } = await make();
    await Promise.all([ask(`Bearer ${token}`), ask(`Bearer ${token}`), ask(`Bearer ${token}`)]);
    clock.advance(24 * 3_600_000);
    await ask(`Bearer ${token}`);
    clock.advance(-24 * 3_600_000);
    await ask(`Bearer ${token}`);
    await asked(token, "instructions:read");
    await asked(`preau_${"B".repeat(42)}A`);
    await revoke(id);
    expect(entries.map(({ type, log, controller }) => `${log} ${type} ${controller}`)).toEqual([
      `activity accounts.tokenMade ${SCHOOL}`,
      `activity accounts.tokenUsed ${SCHOOL}`,
      `activity accounts.tokenUsed ${SCHOOL}`,
      `activity accounts.signInRefused ${PUBLISHER}`,
      `activity accounts.tokenRevoked ${SCHOOL}`,
    ]);
    expect(JSON.stringify(entries)).not.toContain(token.slice(6));
    expect(entries[0]).toMatchObject({ actor: { id: "act_admin" }, payload: { token: id, use: "lms" } });
  });

  it("go long after their end, or their revocation", async () => {
    const { make, revoke, unitOfWork, list, clock } = await setUp();
    const gone = await make({ expiresAt: addHours(NOW, 1) });
    const revoked = await make();
    const kept = await make();
    await revoke(revoked.id);
    clock.advance(3_600_000 * 48);
    const purge = (hours: number) =>
      unitOfWork.transaction((unit) => purgeApiTokens(unit, addHours(NOW, hours)));
    expect(await purge(0)).toBe(0);
    expect(await purge(2)).toBe(2);
    expect((await list()).map(({ id }) => id)).toEqual([kept.id]);
    expect(gone.id).not.toBe(kept.id);
  });

  it("answer a route for machines alone: a cookie opens nothing, a body names no controller", async () => {
    const { tokens, make } = await setUp();
    const { id, token } = await make();
    const app = await startApplication([
      tokenRoute(
        { apiTokens: tokens },
        {
          ...{ method: "post", path: "/api/v1/things", scope: "requests:write", clause: "D10.1b" },
          handler: (request, response, caller) =>
            response.json({ ...caller, json: request.json, signedIn: request.session !== undefined }),
        },
      ),
      tokenRoute(
        { apiTokens: tokens },
        {
          ...{ method: "get", path: "/api/v1/instructions", scope: "instructions:read" },
          handler: (_request, response) => response.send("never"),
        },
      ),
    ]);
    const cookie = await signInAs(app, "controllerAdministrator");
    const json = { "content-type": "application/json" };
    const post = (headers: Record<string, string>, body = '{"controller":"college-des-acacias"}') =>
      app.visit("/api/v1/things", { method: "POST", headers: { ...json, ...headers }, body });
    const bearer = { authorization: `Bearer ${token}` };
    const right = await post({ ...bearer, cookie, origin: "https://elsewhere.example" });
    expect(right.status).toBe(200);
    expect(JSON.parse(right.text)).toEqual({
      ...{ controller: SCHOOL, token: id, json: { controller: "college-des-acacias" }, signedIn: false },
    });
    const without = await post({ cookie, accept: "text/html" });
    expect([without.status, without.headers["www-authenticate"]]).toEqual([401, 'Bearer realm="preau"']);
    const wrong = await post({ authorization: `Bearer preau_${"C".repeat(42)}A` });
    expect([wrong.status, wrong.headers["www-authenticate"]]).toEqual([
      401,
      'Bearer realm="preau", error="invalid_token"',
    ]);
    expect(JSON.parse(wrong.text)).toMatchObject({ code: "WEB_TOKEN_REFUSED", clause: "DD.5" });
    const narrow = await app.visit("/api/v1/instructions", { headers: bearer });
    expect([narrow.status, narrow.headers["www-authenticate"]]).toEqual([
      403,
      'Bearer realm="preau", error="insufficient_scope", scope="instructions:read"',
    ]);
    expect((await post({ ...bearer, "content-type": "text/plain" })).status).toBe(415);
    expect((await post(bearer, "{")).status).toBe(400);
    // In the address it is nothing.
    expect((await app.visit(`/api/v1/instructions?access_token=${token}`)).status).toBe(401);
    expect(JSON.stringify(app.lines)).not.toContain(token.slice(6));
  });

  it("are braked when they are guessed, and a right one passes all the same", async () => {
    const { tokens, make } = await setUp();
    const { token } = await make();
    const app = await startApplication([
      tokenRoute(
        { apiTokens: tokens },
        {
          ...{ method: "get", path: "/api/v1/requests", scope: "requests:read" },
          handler: (_request, response) => response.send("ok"),
        },
      ),
    ]);
    const ask = (text: string) =>
      app.visit("/api/v1/requests", { headers: { authorization: `Bearer ${text}` } });
    const codes: number[] = [];
    for (let tries = 0; tries < 31; tries += 1) codes.push((await ask("preau_no")).status);
    expect([...new Set(codes)]).toEqual([401, 429]);
    expect(codes.at(-1)).toBe(429);
    expect((await ask("preau_no")).headers["retry-after"]).toMatch(/^\d+$/);
    expect((await ask(token)).status).toBe(200);
  });
});

describe("a guess of a token", () => {
  it("costs no look at the database when it has not the shape of one", async () => {
    const unitOfWork = inMemoryUnitOfWork();
    let looks = 0;
    const tokens = makeApiTokens({
      ...{ clock: manualClock(NOW), ids: makeIds(manualClock(NOW)), log: silentLog },
      unitOfWork: {
        transaction: (work) => {
          looks += 1;
          return unitOfWork.transaction(work);
        },
      },
      journal: { record: async () => "jrn_1" } as never,
    });
    const ask = () => codeOf(tokens.authenticate({ authorization: "Bearer guess" }, "requests:read"));
    expect(await ask()).toBe("WEB_TOKEN_REFUSED");
    const first = looks; // the journal's
    for (let tries = 0; tries < 5; tries += 1) await ask();
    expect(looks).toBe(first);
  });
});
