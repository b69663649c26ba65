import { existsSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { describeEachDatabase, sharedMariaDb, temporaryFolder } from "../src/index.ts";

const seen: string[] = [];
const closed: string[] = [];

describeEachDatabase(
  "describeEachDatabase",
  ({ url }) => {
    if (url.startsWith("sqlite:")) writeFileSync(url.slice("sqlite:".length), "");
    return {
      url,
      close: async () => {
        closed.push(url);
      },
    };
  },
  (fresh, kind) => {
    it("gives an empty database at each call", async () => {
      const [one, two] = [await fresh(), await fresh()];
      seen.push(one.url, two.url);
      expect(one.url).not.toBe(two.url);
      expect(one.url).toMatch(kind === "sqlite" ? /^sqlite:\// : /^mysql:\/\/root@127\.0\.0\.1:\d+\/t_/);
      expect(closed).not.toContain(one.url);
    });

    it("has closed and removed those of the test before", async () => {
      const [one = "", two = ""] = seen.splice(0);
      expect(closed).toEqual(expect.arrayContaining([one, two]));
      if (kind === "sqlite") expect(existsSync(one.slice("sqlite:".length))).toBe(false);
      else
        for (const url of [one, two]) {
          const left = await (await sharedMariaDb())?.sql(
            `SHOW DATABASES LIKE '${new URL(url).pathname.slice(1)}'`,
          );
          expect(left).toBe("");
        }
    });
  },
);

describe("temporaryFolder", () => {
  let last = "";
  it("gives a folder", () => {
    last = temporaryFolder();
    expect(existsSync(last)).toBe(true);
  });
  afterAll(() => {
    expect(existsSync(last)).toBe(false);
  });
});
