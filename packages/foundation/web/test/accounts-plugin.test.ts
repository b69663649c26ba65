import { pluginContract } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { accountFigures, accountOptions } from "../src/account-options.ts";
import { accountsPlugin } from "../src/index.ts";

pluginContract(accountsPlugin);

describe("options of accounts (DD.4)", () => {
  it("have the figures of the agency's recommendation by default", () => {
    expect(accountOptions.parse({})).toMatchObject({
      passwordLength: 12,
      administratorPasswordLength: 16,
      passwordScore: 3,
      demonstration: false,
    });
    expect(accountOptions.parse({}).openId).toBeUndefined();
  });

  it("refuse a figure below its least, above its most, and what is no whole number", () => {
    for (const [key, { least, most }] of Object.entries(accountFigures)) {
      for (const value of [least - 1, most + 1, least + 0.5, String(least), null, Number.NaN]) {
        const what = `${key} ${String(value)}`;
        expect(() => accountOptions.parse({ [key]: value }), what).toThrow(key);
      }
      expect(accountOptions.parse({ [key]: least })).toMatchObject({ [key]: least });
    }
  });

  it("refuse a provider over plain http but on this machine, and a key that is unknown", () => {
    const openId = { issuer: "https://id.marelle.example", clientId: "preau" };
    expect(accountOptions.parse({ openId }).openId).toEqual({ ...openId, trustsSecondFactor: false });
    expect(
      accountOptions.parse({ openId: { ...openId, issuer: "http://127.0.0.1:9000" } }).openId,
    ).toBeDefined();
    for (const wrong of [
      { ...openId, issuer: "http://id.marelle.example" },
      { ...openId, issuer: "http://127.0.0.1.marelle.example" },
      { ...openId, issuer: "javascript:1" },
      { ...openId, clientId: "" },
      { ...openId, clientSecret: "never in the file" },
      { ...openId, trustsSecondFactor: "yes" },
      [],
    ])
      expect(() => accountOptions.parse({ openId: wrong }), JSON.stringify(wrong)).toThrow("openId");
    for (const input of [[], null, "x", { demonstration: "true" }])
      expect(() => accountOptions.parse(input)).toThrow();
  });
});
