import type { argon2 } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makePasswordHasher } from "../src/password-hash.ts";

const secret = async () => Buffer.alloc(32, 7);
const cheap = { cost: { memoryKiB: 64, passes: 1 }, atOnce: 2, waiting: 200, secret };

describe("passwords at rest (DD.4)", () => {
  it("are argon2id in a PHC string that says its cost, under a salt of their own", async () => {
    const hasher = makePasswordHasher(cheap);
    const [one, two] = [await hasher.hash("sept nuages"), await hasher.hash("sept nuages")];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(two);
    expect(await hasher.verify("sept nuages", one)).toBe(true);
    expect(await hasher.verify("sept nuage", one)).toBe(false);
    expect(await hasher.verify("", one)).toBe(false);
  });

  it("verify at the cost that they were hashed at, and say when that is not today's", async () => {
    const kept = await makePasswordHasher(cheap).hash("sept nuages");
    const today = makePasswordHasher({ ...cheap, cost: { memoryKiB: 128, passes: 2 } });
    expect([await today.verify("sept nuages", kept), today.isOutdated(kept)]).toEqual([true, true]);
    expect(today.isOutdated(await today.hash("x"))).toBe(false);
    expect(today.isOutdated("$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA")).toBe(true);
  });

  it("are worth nothing without the secret that stands in the key store", async () => {
    const kept = await makePasswordHasher(cheap).hash("sept nuages");
    const stolen = makePasswordHasher({ ...cheap, secret: async () => Buffer.alloc(32, 8) });
    expect(await stolen.verify("sept nuages", kept)).toBe(false);
  });

  it("cost the same work where there is nothing to compare, and for a string that is none of ours", async () => {
    const asked: { memory: number; passes: number }[] = [];
    const compute = ((
      _name: string,
      { memory, passes }: { memory: number; passes: number },
      done: (e: null, tag: Buffer) => void,
    ) => {
      asked.push({ memory, passes });
      done(null, Buffer.alloc(32));
    }) as unknown as typeof argon2;
    const hasher = makePasswordHasher({ ...cheap, compute });
    for (const phc of [null, "", "$argon2id$v=19$m=99999999999,t=1,p=1$AAAA$AAAA", "x".repeat(300)])
      expect(await hasher.verify("sept nuages", phc)).toBe(false);
    expect(asked).toEqual(Array(4).fill({ memory: 64, passes: 1 }));
  });

  it("are computed two at once however many ask, and refused beyond those that may wait", async () => {
    let [running, most] = [0, 0];
    const compute = ((_name: string, _parameters: unknown, done: (e: null, tag: Buffer) => void) => {
      running += 1;
      most = Math.max(most, running);
      setImmediate(() => {
        running -= 1;
        done(null, Buffer.alloc(32, 1));
      });
    }) as unknown as typeof argon2;
    const hasher = makePasswordHasher({ ...cheap, waiting: 50, compute });
    const answers = await Promise.allSettled(Array.from({ length: 100 }, () => hasher.verify("x", null)));
    expect(most).toBe(2);
    const refused = answers
      .filter((each) => each.status === "rejected")
      .map(({ reason }) => (reason as { code: string }).code);
    expect(refused).toEqual(Array(48).fill("WEB_BUSY"));
    expect(await hasher.verify("x", null)).toBe(false); // and it goes on
  });

  it("give the place on when one fails", async () => {
    const compute = ((_name: string, _parameters: unknown, done: (e: Error) => void) =>
      done(new Error("memory"))) as unknown as typeof argon2;
    const hasher = makePasswordHasher({ ...cheap, atOnce: 1, compute });
    const answers = await Promise.allSettled([hasher.hash("x"), hasher.hash("x"), hasher.hash("x")]);
    expect(answers.map(({ status }) => status)).toEqual(Array(3).fill("rejected"));
  });
});
