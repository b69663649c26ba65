import type { Session } from "@preau/web";
import { describe, expect, it } from "vitest";
import { signOutPathOf } from "../src/http/sign-out.ts";

const of = (sealed: unknown) => signOutPathOf({ sealed } as Session);

describe("where the sign-out button of a session posts (DD.7)", () => {
  it.each([
    ["gar.saml", "/gar/saml/logout"],
    ["gar.oidc", "/gar/oidc/logout"],
    ["gar.cas", "/gar/cas/logout"],
    ["educonnect", "/sso/educonnect/logout"],
  ])("of %s is %s", (id, path) => {
    expect(of({ provider: { id } })).toBe(path);
  });

  it("is nowhere of ours for a session that no provider began", () => {
    for (const sealed of [
      {},
      { provider: null },
      { provider: "gar.saml" },
      { provider: [] },
      { provider: { id: 1 } },
    ])
      expect(of(sealed)).toBeUndefined();
  });
});
