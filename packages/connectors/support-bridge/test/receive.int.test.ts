/** Hooks over HTTP: whose they are, how fresh, how often; stored before they are answered. */
import { manualClock } from "@preau/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeReceive, PROCESS, type ReceivedHook } from "../src/receive-event.ts";
import {
  crispBody,
  NEXT_SECRET,
  nowOf,
  openHouseDatabases,
  openSupportHouse,
  SECRET,
  type SupportHouse,
  sessionOf,
  signed,
  written,
} from "./support-house.ts";

const clock = manualClock();
let house: SupportHouse;
let both: Awaited<ReturnType<typeof openHouseDatabases>>;
beforeAll(async () => {
  both = await openHouseDatabases("sqlite::memory:");
  house = await openSupportHouse(both, clock);
});
afterAll(async () => {
  await house.close();
  await Promise.all([both.database.close(), both.keysDatabase.close()]);
});
beforeEach(() => house.wipe());

describe("one hook in eight spellings (support-bridge 1)", () => {
  const at = nowOf(clock);
  const body = written("Je n’arrive pas à ouvrir Plume/cahier", { at, fingerprint: 176408320012345 });
  const plain = JSON.stringify(body);
  const spellings: Readonly<Record<string, string>> = {
    compact: plain,
    spaced: `${JSON.stringify(body, undefined, 2)}\n`,
    "unicode escapes": plain.replaceAll(
      /[^\u0000-\u007f]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
    "slash escapes": plain.replaceAll("/", "\\/"),
    "integer-like keys": plain.replace('"data":{', '"data":{"keys":{"10":true,"9":true},'),
    decimals: plain.replaceAll(String(at), `${at}.0`).replace("176408320012345", "176408320012345.0"),
    "a big integer": plain.replace('"data":{', '"data":{"sequence":9007199254740993,'),
    "a key twice": plain.replace('"event":', '"event":"session:removed","event":'),
    "keys in another order": JSON.stringify(Object.fromEntries(Object.entries(body).reverse())),
  };

  it("verifies in each, and is stored once", async () => {
    const outcomes: unknown[] = [];
    for (const text of Object.values(spellings)) {
      const reply = await house.post(signed(text, at));
      outcomes.push([reply.status, await reply.json()]);
    }
    expect(new Set(Object.values(spellings)).size).toBe(9);
    expect(outcomes[0]).toEqual([200, { outcome: "stored" }]);
    expect(outcomes.slice(1)).toEqual(Array.from({ length: 8 }, () => [200, { outcome: "repeated" }]));
    expect(await house.events()).toHaveLength(1);
  });

  it("is stored once where all come at the same time", async () => {
    const replies = await Promise.all(Object.values(spellings).map((text) => house.post(signed(text, at))));
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
    expect(await house.events()).toHaveLength(1);
  });

  it("is refused in each where one byte of it is another", async () => {
    for (const text of Object.values(spellings)) {
      const hook = signed(text, at);
      const reply = await house.post({ ...hook, body: hook.body.replace("ouvrir", "fermer") });
      expect(reply.status).toBe(401);
    }
    expect(await house.events()).toEqual([]);
  });
});

describe("a hook that is not to be believed (support-bridge 1)", () => {
  const at = nowOf(clock);
  const body = written("Bonjour", { at });
  const refused: Readonly<Record<string, ReturnType<typeof signed>>> = {
    "of five minutes ago and more": signed(body, at - 301_000),
    "of the future": signed(body, at + 301_000),
    "of another secret": signed(body, at, { secret: "another-secret-of-32-characters!" }),
    "whose time was moved after it was signed": signed(body, at - 3_600_000, { stamp: at }),
    "without a signature": { body: JSON.stringify(body), headers: { "x-crisp-request-timestamp": `${at}` } },
    "of another website": signed(
      crispBody("message:send", { content: "x", fingerprint: 1 }, { at, website: "11111111-2222" }),
      at,
    ),
    "of our website about another": signed({ ...body, data: { ...body.data, website_id: "other" } }, at),
    "whose signature is no hexadecimal": {
      body: JSON.stringify(body),
      headers: { "x-crisp-request-timestamp": `${at}`, "x-crisp-signature": "zz".repeat(32) },
    },
  };

  it.each(Object.keys(refused))("%s: 401, nothing stored, why is in the log alone", async (what) => {
    const reply = await house.post(refused[what] ?? signed("", 0));
    expect(reply.status).toBe(401);
    const text = await reply.text();
    expect(text).toContain("SUPPORT_HOOK_REFUSED");
    expect(text).not.toMatch(/stale|wrongSignature|wrongWebsite|unsigned/);
    expect(await house.events()).toEqual([]);
    expect(house.lines.join()).toMatch(/hookRefused.*(stale|wrongSignature|wrongWebsite|unsigned)/);
  });

  it("is believed up to its window, either way, in seconds or milliseconds", async () => {
    for (const time of [at - 300_000, at + 300_000])
      expect((await house.post(signed(written("a", { at: time }), time))).status).toBe(200);
    const seconds = Math.floor(at / 1000);
    expect((await house.post(signed(written("b", { at: 5 }), seconds))).status).toBe(200);
  });

  it("is believed under either secret of a rotation", async () => {
    expect((await house.post(signed(written("a", { at: 1 }), at, { secret: SECRET }))).status).toBe(200);
    expect((await house.post(signed(written("b", { at: 2 }), at, { secret: NEXT_SECRET }))).status).toBe(200);
  });

  it("is 422 where it is signed and no JSON, or of no conversation, or deeper than anybody writes", async () => {
    for (const text of [
      "{",
      "[]",
      "\u0000",
      JSON.stringify(crispBody("message:send", { session_id: "../people" })),
      `{"website_id":"${body.website_id}","event":"message:send","data":{"content":${"[".repeat(90_000)}${"]".repeat(90_000)}}}`,
    ])
      expect((await house.post(signed(text, at))).status, text.slice(0, 40)).toBe(422);
    expect(await house.events()).toEqual([]);
  });

  it("is 413 above 256 kB, and 404 for a desk that is not ours", async () => {
    const long = signed(written("é".repeat(140_000), { at }), at);
    expect((await house.post(long)).status).toBe(413);
    expect((await house.post(signed(body, at), "/support/hooks/standard")).status).toBe(404);
    expect(await house.events()).toEqual([]);
  });

  it("says nothing to us, and is not kept, where it is no event of ours", async () => {
    for (const event of ["message:acknowledge:read:send", "people:profile:created", "constructor"]) {
      const reply = await house.post(signed(crispBody(event, {}, { at }), at));
      expect([reply.status, await reply.json()]).toEqual([200, { outcome: "ignored" }]);
    }
    expect(await house.events()).toEqual([]);
  });
});

describe("what is stored (DC)", () => {
  it("is sealed, and neither rests nor is logged in clear", async () => {
    const at = nowOf(clock);
    const text = "Bonjour, Éléonore Vasquez-Prat, eleonore@exemple.example";
    await house.post(signed(written(text, { at, email: "zoe@exemple.example" }), at));
    const resting = await house.resting();
    for (const secret of ["Vasquez", "eleonore@", "zoe@", sessionOf(1), "visitor42"])
      expect(`${resting}${house.lines.join()}`).not.toContain(secret);
  });

  it("is what a message says too: a browser chooses fingerprint and time", async () => {
    const [at, fingerprint] = [nowOf(clock), 7];
    for (const text of ["Bonjour", "Bonsoir", "Bonjour"])
      await house.post(signed(written(text, { at, fingerprint }), at));
    expect(await house.events()).toHaveLength(2);
    await house.worker.drain();
    expect((await house.words()).map(({ state }) => state)).toEqual(["kept", "kept"]);
  });

  it("goes in statements that a database server takes: no more than 4 MB at once", async () => {
    const receive = makeReceive(house.ports);
    const event = (index: number): ReceivedHook => ({
      ...{ source: "crisp", key: `big ${index}` },
      event: {
        ...{
          kind: "messageRemoved",
          conversation: sessionOf(index),
          at: clock.now(),
          files: [],
          visitor: {},
        },
        text: "x".repeat(240_000),
      },
    });
    const receipts = await Promise.all(Array.from({ length: 40 }, (_, index) => receive(event(index))));
    expect(new Set(receipts)).toEqual(new Set(["stored"]));
    const jobs = (await house.database.knex("db_job").where({ name: PROCESS }).select("payload")) as {
      readonly payload: string;
    }[];
    const together = jobs.map(({ payload }) => (JSON.parse(payload) as { events: string[] }).events.length);
    expect(together).toEqual([16, 16, 8]);
  });

  it("is answered 503, and nothing is half stored, while the database is away", async () => {
    const at = nowOf(clock);
    await house.database.knex.schema.renameTable("db_job", "db_job_away");
    const away = await house.post(signed(written("a", { at }), at));
    await house.database.knex.schema.renameTable("db_job_away", "db_job");
    expect(away.status).toBe(503);
    expect(await house.events()).toEqual([]);
    expect((await house.post(signed(written("a", { at }), at))).status).toBe(200);
    expect(await house.events()).toHaveLength(1);
  });
});

describe("a website's hook, known by the secret in its address (support-bridge 1)", () => {
  it("is believed under it alone, and the log keeps neither address nor secret", async () => {
    const own = await openSupportHouse(both, clock, { hooks: "address" });
    const hook = { body: JSON.stringify(written("a", { at: 7 })), headers: {} };
    const path = "/support/hooks/crisp";
    const statuses = [];
    for (const end of [
      `?key=${SECRET}`,
      `?key=${NEXT_SECRET}`,
      "?key=wrong",
      "",
      `?key=${SECRET}&key=${SECRET}`,
    ])
      statuses.push((await own.post(hook, `${path}${end}`)).status);
    expect(statuses).toEqual([200, 200, 401, 401, 401]);
    expect(own.lines.join()).toContain("/support/hooks/:source");
    expect(own.lines.join()).not.toContain(SECRET);
    await own.close();
  });
});
