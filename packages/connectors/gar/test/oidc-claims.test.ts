import { isFault } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { readClaims } from "../src/oidc/read-claims.ts";

const gar = { attributeNames: new Map<string, string>(), declared: new Set(["IDO", "UAI", "PRO"]) };
const read = (
  userinfo: Record<string, unknown>,
  idToken = {},
  provider: Parameters<typeof readClaims>[2] = gar,
) => Object.fromEntries(readClaims(userinfo, idToken, provider));

describe("claims as attributes (OpenID Connect Core §5.3.2, D4.1)", () => {
  it("are texts and lists of texts; null is no value, in a list too", () => {
    expect(read({ IDO: "a", UAI: ["b", null, "c"], PRO: null, NOM: [] })).toEqual({
      IDO: ["a"],
      UAI: ["b", "c"],
    });
  });

  it("come from userinfo, and from the ID token where userinfo lacks them", () => {
    expect(read({ IDO: "a", UAI: null }, { IDO: "b", UAI: "c", PRO: "d" })).toEqual({
      IDO: ["a"],
      PRO: ["d"],
    });
  });

  it("of the protocol are none, unless the configuration names one as an attribute", () => {
    const protocol = {
      iss: "i",
      sub: "s",
      aud: ["a"],
      exp: 1,
      iat: 1,
      nonce: "n",
      sid: "s",
      auth_time: 1,
      amr: ["pwd"],
    };
    expect(read({ sub: "s", client_id: "c", service: "u" }, protocol)).toEqual({});
    const other = { attributeNames: new Map([["IDO", "sub"]]), declared: new Set(["IDO"]) };
    expect(read({ sub: "s" }, protocol, other)).toEqual({ sub: ["s"] });
  });

  it.each([1, true, {}, [1], [["a"]], "x".repeat(1_025), Array<string>(501).fill("a")])(
    "a declared one that is %j refuses the sign-in",
    (value) => {
      expect.assertions(1);
      try {
        read({ IDO: "a", UAI: value });
      } catch (error) {
        expect(isFault(error, "GAR_SIGN_IN_REFUSED") && error.detail.log).toEqual({
          reason: "malformedClaim",
        });
      }
    },
  );

  it("another one that is no text is kept by its name, so that it is dropped and counted; its value goes nowhere", () => {
    const address = { street: "12 rue des Tilleuls" };
    const received = read({ IDO: "a", address, email_verified: true });
    expect(received).toEqual({ IDO: ["a"], address: ["(no text)"], email_verified: ["(no text)"] });
  });

  it("a configured name is as strict as ours, and ours is free for others then", () => {
    const other = { attributeNames: new Map([["UAI", "school"]]), declared: new Set(["IDO", "UAI"]) };
    expect(() => read({ IDO: "a", school: 1 }, {}, other)).toThrow();
    expect(read({ IDO: "a", UAI: 1 }, {}, other)).toEqual({ IDO: ["a"], UAI: ["(no text)"] });
  });

  it("a name that reaches a prototype is a name like another", () => {
    const claims = JSON.parse('{"IDO":"a","__proto__":"b","constructor":"c"}') as Record<string, unknown>;
    const received = readClaims(claims, {}, gar);
    expect([...received.keys()]).toEqual(["IDO", "__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["b"]).toBeUndefined();
  });

  it("are a hundred at most", () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`c${n}`, "x"]));
    expect(Object.keys(read(many(100)))).toHaveLength(100);
    expect(() => read(many(101))).toThrow();
  });
});
