import { describe, expect, it } from "vitest";
import { inflated, isSignedBy, readRedirect, redirectUrl } from "../src/saml/redirect-binding.ts";
import { idpKey, makeKey } from "./identity-provider.ts";
import { redirectQuery } from "./logout-messages.ts";

const document = `<samlp:LogoutRequest>${"x".repeat(5_000)}</samlp:LogoutRequest>`;

describe("HTTP-Redirect (SAML bindings §3.4)", () => {
  it("inflates as much as it may and no more", () => {
    const message = readRedirect(redirectQuery(document));
    expect(inflated(message, document.length).toString()).toBe(document);
    expect(() => inflated(message, document.length - 1)).toThrow(
      expect.objectContaining({
        code: "GAR_SIGN_IN_REFUSED",
        detail: expect.objectContaining({ log: { reason: "notXml" } }),
      }),
    );
  });

  it.each(["sha256", "sha512"] as const)("verifies RSA with %s over the octets as they came", (hash) => {
    const query = redirectQuery(document, { hash, relayState: "a b" });
    expect(isSignedBy(readRedirect(query), [makeKey().certificate, idpKey.certificate])).toBe(true);
    expect(isSignedBy(readRedirect(query.replace("a%20b", "a+b")), [idpKey.certificate])).toBe(false);
    expect(
      isSignedBy(readRedirect(query.replaceAll("%2F", "%2f").replaceAll("%3A", "%3a")), [idpKey.certificate]),
    ).toBe(false);
  });

  it("reads what we write, whatever the address has of its own", () => {
    const { privateKey, certificate } = idpKey;
    for (const location of ["https://idp.example/slo", "https://idp.example/slo?tenant=1"]) {
      const url = redirectUrl({ location, kind: "SAMLRequest", document, rawRelayState: "%2F", privateKey });
      expect(url.startsWith(`${location}${location.includes("?") ? "&" : "?"}SAMLRequest=`)).toBe(true);
      const message = readRedirect(url.slice(location.length + 1));
      expect(isSignedBy(message, [certificate])).toBe(true);
      expect([inflated(message, 10_000).toString(), message.rawRelayState]).toEqual([document, "%2F"]);
    }
  });
});
