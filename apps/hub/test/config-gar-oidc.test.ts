import { writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";

/** What the environment says to the connector of its OpenID provider, beside what the file says. */
function oidcOf(environment: Readonly<Record<string, string>>, yaml = "") {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, "preau.yaml"), yaml);
  return readConfig(environment, cwd).overrides["gar"]?.["oidc"];
}

const file = "plugins:\n  gar:\n    oidc: { issuer: https://of-the-file.example, scope: openid }\n";

describe("the GAR's OpenID provider in the environment (INTERFACES)", () => {
  it("is named there, with our id, the file of our secret and the resource", () => {
    const environment = {
      PREAU_GAR_OIDC_ISSUER: "https://idp.example/oidc",
      PREAU_GAR_OIDC_CLIENT_ID: "plume",
      PREAU_GAR_OIDC_CLIENT_SECRET_FILE: "/run/secrets/gar",
      PREAU_GAR_OIDC_ID_RESSOURCE: "ark:/12345/plume.p",
    };
    expect(oidcOf(environment)).toEqual({
      issuer: "https://idp.example/oidc",
      clientId: "plume",
      clientSecretFile: "/run/secrets/gar",
      idRessource: "ark:/12345/plume.p",
    });
  });

  it("comes before the file's, and leaves the rest of it", () => {
    expect(oidcOf({ PREAU_GAR_OIDC_ISSUER: "https://idp.example/oidc" }, file)).toEqual({
      issuer: "https://idp.example/oidc",
      scope: "openid",
    });
    expect(oidcOf({ PREAU_GAR_OIDC_CLIENT_SECRET_FILE: "secret" }, file)).toEqual({
      issuer: "https://of-the-file.example",
      scope: "openid",
      clientSecretFile: "secret",
    });
  });

  it("is nothing where it is not set: the file's stands", () => {
    expect([oidcOf({}), oidcOf({ PREAU_GAR_OIDC_ISSUER: "" }, file)]).toEqual([undefined, undefined]);
  });
});
