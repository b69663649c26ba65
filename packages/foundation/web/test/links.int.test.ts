import { createHmac } from "node:crypto";
import { makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import { addHours, addMillis, type Instant, instant, manualClock, type Unit } from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { type LinkTerms, makeLinks, webMigrations, webRoutes } from "../src/index.ts";
import { OTHER_SCHOOL, SCHOOL, startApplication } from "./application.ts";

const NOW = instant("2027-03-01T09:00:00.000Z");
const UNTIL = addHours(NOW, 72);
const RECEIPT = "test.receipt";
const KEY = Buffer.alloc(32, 7);
const terms: LinkTerms = { controller: SCHOOL, purpose: RECEIPT, thing: "sbc_1", until: UNTIL };

describeEachDatabase("links that die", openDatabase, (fresh) => {
  const setUp = async () => {
    const database = await fresh();
    await migrate(database, [{ owner: "web", migrations: webMigrations }]);
    const clock = manualClock(NOW);
    const links = makeLinks({ key: KEY, clock });
    const unitOfWork = makeUnitOfWork(database);
    const run = <T>(work: (unit: Unit) => Promise<T>) => unitOfWork.transaction(work);
    const make = (change: Partial<LinkTerms> = {}) =>
      run((unit) => links.make(unit, { ...terms, ...change }));
    const look = async (token: string, purpose = RECEIPT) =>
      (await run((unit) => links.look(unit, purpose, token))).state;
    const use = (token: string, purpose = RECEIPT) => run((unit) => links.use(unit, purpose, token));
    return { database, clock, links, run, make, look, use };
  };
  const dead = "WEB_LINK_DEAD";

  it("are alive until their last instant, and good once", async () => {
    const { clock, links, run, make, look, use, database } = await setUp();
    const token = await make();
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await run((unit) => links.look(unit, RECEIPT, token))).toEqual({
      state: "alive",
      link: { ...terms, madeAt: NOW },
    });
    clock.set(UNTIL);
    expect(await use(token)).toEqual({ ...terms, madeAt: NOW, usedAt: UNTIL });
    expect(await look(token)).toBe("used");
    expect(await codeOf(use(token))).toBe(dead);
    expect(JSON.stringify(await database.knex("web_link"))).not.toContain(token);
  });

  it("are over after their last instant, and when used stay so, whatever the clock does", async () => {
    const { clock, make, look, use } = await setUp();
    const [used, expired] = [await make(), await make({ thing: "sbc_2" })];
    await use(used);
    clock.set(addMillis(UNTIL, 1));
    expect([await look(used), await look(expired)]).toEqual(["used", "expired"]);
    expect(await codeOf(use(expired))).toBe(dead);
    clock.set(addHours(NOW, -1));
    expect(await codeOf(use(used))).toBe(dead);
    expect(await look(used)).toBe("used");
    expect(await look(expired)).toBe("alive");
  });

  it("are nothing for another purpose, altered, spelt otherwise, guessed, or under another key", async () => {
    const { links, clock, run, make, look, use } = await setUp();
    const token = await make();
    const changed = (at: number) =>
      token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
    const last = token.at(-1) ?? "";
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    // The last character has two bits that no byte holds: four spellings of one token, of which one is good.
    const spelt = token.slice(0, -1) + (alphabet[alphabet.indexOf(last) + 1] ?? "");
    expect(Buffer.from(spelt, "base64url")).toEqual(Buffer.from(token, "base64url"));
    const others = [
      changed(0),
      changed(21),
      changed(30),
      spelt,
      `${token}=`,
      `${token}A`,
      token.slice(1),
      "",
    ];
    for (const other of [...others, "A".repeat(43), "é".repeat(43), token.toLowerCase()]) {
      expect(await look(other), other).toBe("unknown");
      expect(await codeOf(use(other)), other).toBe(dead);
    }
    for (const purpose of ["test.objection", "", `${RECEIPT}\0`]) {
      expect(await look(token, purpose)).toBe("unknown");
      expect(await codeOf(use(token, purpose))).toBe(dead);
    }
    const foreign = makeLinks({ key: Buffer.alloc(32, 8), clock });
    expect(await run((unit) => foreign.look(unit, RECEIPT, token))).toEqual({ state: "unknown" });
    expect(await codeOf(run((unit) => foreign.use(unit, RECEIPT, token)))).toBe(dead);
    expect(await look(token)).toBe("alive");
    expect((await run((unit) => links.use(unit, RECEIPT, token))).thing).toBe("sbc_1");
  });

  it("answer a guess without a look at the database, and a signature of ours without a row with nothing", async () => {
    const { links, run, look, use } = await setUp();
    const ended = await run(async (unit) => unit);
    const guess = "A".repeat(43);
    expect(await links.look(ended, RECEIPT, guess)).toEqual({ state: "unknown" });
    expect(await codeOf(links.use(ended, RECEIPT, guess))).toBe(dead);
    const secret = Buffer.alloc(16, 3);
    const signature = createHmac("sha256", KEY).update(`preau link\0${RECEIPT}\0`).update(secret).digest();
    const signed = Buffer.concat([secret, signature.subarray(0, 16)]).toString("base64url");
    expect(await codeOf(links.look(ended, RECEIPT, signed))).toBe("UNIT_CLOSED");
    expect(await look(signed)).toBe("unknown");
    expect(await codeOf(use(signed))).toBe(dead);
  });

  it("change nothing when looked at, however often", async () => {
    const { database, make, look, use } = await setUp();
    const token = await make();
    const before = await database.knex("web_link");
    for (let scans = 0; scans < 5; scans += 1) expect(await look(token)).toBe("alive");
    expect(await database.knex("web_link")).toEqual(before);
    await use(token);
  });

  it("let one of several who press at once through", async () => {
    const { make, use, look } = await setUp();
    const token = await make();
    const pressed = await Promise.all(Array.from({ length: 6 }, () => codeOf(use(token))));
    expect(pressed.toSorted()).toEqual([...Array<string>(5).fill(dead), undefined]);
    expect(await look(token)).toBe("used");
  });

  it("are alive again when the unit that used them rolls back, and were never made by one that does", async () => {
    const { links, run, make, look } = await setUp();
    const token = await make();
    const made: string[] = [];
    await codeOf(
      run(async (unit) => {
        made.push(await links.make(unit, terms));
        await links.use(unit, RECEIPT, token);
        expect(await codeOf(links.use(unit, RECEIPT, token))).toBe(dead);
        throw new Error("no");
      }),
    );
    expect(await look(token)).toBe("alive");
    expect(await look(made[0] ?? "")).toBe("unknown");
  });

  it("are taken back by their thing, or by one purpose of it, and nobody else's with them", async () => {
    const { links, run, make, look } = await setUp();
    const all = {
      receipt: await make(),
      objection: await make({ purpose: "test.objection" }),
      other: await make({ thing: "sbc_2" }),
      foreign: await make({ controller: OTHER_SCHOOL }),
    };
    const states = async () => [
      await look(all.receipt),
      await look(all.objection, "test.objection"),
      await look(all.other),
      await look(all.foreign),
    ];
    const kill = (purpose?: string) => run((unit) => links.kill(unit, SCHOOL, "sbc_1", purpose));
    expect(await kill("test.objection")).toBe(1);
    expect(await states()).toEqual(["alive", "unknown", "alive", "alive"]);
    expect(await kill()).toBe(1);
    expect(await states()).toEqual(["unknown", "unknown", "alive", "alive"]);
    expect(await kill()).toBe(0);
  });

  it("are made by the thousand, each its own, and go when they ended long ago", async () => {
    const { links, run, look, database } = await setUp();
    const until = (at: number): Instant => addHours(NOW, at % 2 === 0 ? 1 : 100);
    const many = Array.from({ length: 1_000 }, (_, at) => ({
      ...terms,
      thing: `sbc_${at}`,
      until: until(at),
    }));
    const tokens = await run((unit) => links.makeMany(unit, many));
    expect(new Set(tokens).size).toBe(1_000);
    const seen = await run((unit) => links.look(unit, RECEIPT, tokens[501] ?? ""));
    expect(seen).toMatchObject({ link: { thing: "sbc_501" } });
    expect(await run((unit) => links.makeMany(unit, []))).toEqual([]);
    expect(await run((unit) => links.purge(unit, addHours(NOW, 1)))).toBe(0);
    expect(await run((unit) => links.purge(unit, addHours(NOW, 2)))).toBe(500);
    expect(await look(tokens[0] ?? "")).toBe("unknown");
    expect(await database.knex("web_link")).toHaveLength(500);
  });
});

describe("the path of a link", () => {
  it("stays out of the log and of caches, also where nothing answers, or another method", async () => {
    const token = "Zq".repeat(21) + "A";
    const app = await startApplication(
      webRoutes([
        {
          method: "get",
          path: "/notices/:token",
          who: "anyone",
          handler: (_request, response) => response.send("ok"),
        },
        {
          method: "post",
          path: "/notices/:token",
          who: "anyone",
          handler: () => {
            throw new Error(`somebody's error with ${token}`);
          },
        },
      ]),
    );
    const answers = [
      await app.visit(`/notices/${token}`),
      await app.visit(`/notices/${token}`, { method: "POST" }),
      await app.visit(`/notices/${token}`, { method: "DELETE" }),
      await app.visit(`/notices/${token}/x`),
      await app.visit(`/notices/${token}%ff`),
      await app.visit(`/nowhere/${token}?token=${token}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 405, 404, 400, 404]);
    for (const { headers } of answers) {
      expect(headers["referrer-policy"]).toBe("no-referrer");
      expect(headers["cache-control"]).toBe("no-store");
    }
    expect(JSON.stringify(app.lines)).not.toContain(token);
    expect(JSON.stringify(app.lines)).toContain("/notices/:token");
    for (const { text } of answers.slice(1)) expect(text).not.toContain(token);
  });
});
