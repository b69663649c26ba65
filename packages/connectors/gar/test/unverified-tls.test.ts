import { manualClock, silentLog } from "@preau/kernel";
import { describe, expect, it, onTestFinished } from "vitest";
import { exchangeCode, makeClient } from "../src/oidc/exchange-code.ts";
import { type IssuerMetadata, issuerSource } from "../src/oidc/issuer-source.ts";
import { identityProviderSource } from "../src/saml/identity-provider-source.ts";

/** Nobody listens there: who asks says that it is silent. */
const nobody = "https://127.0.0.1:1";
const ports = { clock: manualClock(), log: silentLog };

const asking: [string, () => Promise<unknown>][] = [
  [
    "SAML metadata",
    () => identityProviderSource({ location: `${nobody}/idp`, provider: "gar.saml", ...ports }).current(),
  ],
  ["OpenID metadata", () => issuerSource({ issuer: nobody, clientId: "preau", ...ports }).metadata()],
  [
    "tokens",
    () => {
      const metadata = { issuer: nobody, token_endpoint: `${nobody}/token` } as IssuerMetadata;
      const keys = () => Promise.resolve({ keys: [] });
      const client = makeClient({ metadata, clientId: "preau", secret: "s", keys });
      const answer = new URL("https://preau.example/gar/oidc/callback?code=c&state=s");
      return exchangeCode(client, { answer, state: "s", nonce: "n", verifier: "v".repeat(43) });
    },
  ],
];

describe("NODE_TLS_REJECT_UNAUTHORIZED=0 (DD.9)", () => {
  it.each(asking)("has nobody asked for %s over https", async (_what, ask) => {
    const before = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    onTestFinished(() => {
      if (before === undefined) delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
      else process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = before;
    });
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    await expect(ask()).rejects.toMatchObject({ code: "GAR_TLS_UNVERIFIED" });
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "1";
    await expect(ask()).rejects.toMatchObject({ code: expect.stringMatching(/UNREADABLE|SILENT/) });
  });
});
