import { writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";

/** What the environment says to the connector of its CAS server, beside what the file says. */
function casOf(environment: Readonly<Record<string, string>>, yaml = "") {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, "preau.yaml"), yaml);
  return readConfig(environment, cwd).overrides["gar"]?.["cas"];
}

const file = "plugins:\n  gar:\n    cas: { server: https://of-the-file.example, timeoutSeconds: 3 }\n";
const server = "https://cas.example";

describe("the GAR's CAS server in the environment (INTERFACES)", () => {
  it("is named there, with the authorities that vouch for it", () => {
    expect(casOf({ PREAU_GAR_CAS_SERVER: server, PREAU_GAR_CAS_CA_FILE: "/etc/ca.pem" })).toEqual({
      server,
      caFile: "/etc/ca.pem",
    });
  });

  it("comes before the file's, and leaves the rest of it", () => {
    expect(casOf({ PREAU_GAR_CAS_SERVER: server }, file)).toEqual({ server, timeoutSeconds: 3 });
    expect(casOf({ PREAU_GAR_CAS_CA_FILE: "ca.pem" }, file)).toMatchObject({
      server: "https://of-the-file.example",
      caFile: "ca.pem",
    });
  });

  it("is nothing where it is not set: the file's stands", () => {
    expect([casOf({}), casOf({ PREAU_GAR_CAS_SERVER: "" }, file)]).toEqual([undefined, undefined]);
  });

  it("finds files that preau.yaml names beside it, wherever the command is started", () => {
    const cwd = temporaryFolder();
    const text = `plugins:
  gar:
    idpMetadata: idp.xml
    cas: { server: ${server}, caFile: tls/ca.pem }
    providers: [{ saml: { keyFile: /keys/a.pem, idpMetadata: https://idp.example/metadata } }]
`;
    writeFileSync(path.join(cwd, "preau.yaml"), text);
    const { plugins } = readConfig({ PREAU_CONFIG: path.join(cwd, "preau.yaml") }, "/");
    expect(plugins["gar"]).toEqual({
      idpMetadata: path.join(cwd, "idp.xml"),
      cas: { server, caFile: path.join(cwd, "tls/ca.pem") },
      providers: [{ saml: { keyFile: "/keys/a.pem", idpMetadata: "https://idp.example/metadata" } }],
    });
  });
});
