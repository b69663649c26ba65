import { describe, expect, it } from "vitest";
import { configuredProviders, firstDoor } from "../src/configured-providers.ts";
import type { GarPorts } from "../src/door.ts";
import { garRoutes } from "../src/http/routes.ts";
import { garOptions } from "../src/options.ts";
import { samlService } from "../src/saml/gar-saml-service.ts";

const publicUrl = "https://plume.example";
const cas = { server: "https://cas.example" };

const doors = (given: Record<string, unknown>) =>
  configuredProviders(garOptions.parse(given)).map(({ provider }) => provider.id);

describe("which doors are open (D4.1)", () => {
  it("has the GAR over SAML where its metadata are named, and nowhere else on a public address", () => {
    expect(doors({ publicUrl })).toEqual([]);
    expect(doors({ publicUrl, cas })).toEqual(["gar.cas"]);
    expect(doors({ publicUrl, cas, idpMetadata: "idp.xml" })).toEqual(["gar.saml", "gar.cas"]);
  });

  it.each(["http://127.0.0.1:8700", "http://localhost:9000", "http://[::1]:8700"])(
    "believes the simulator unnamed at %s alone",
    (loopback) => {
      const [configured] = configuredProviders(garOptions.parse({ publicUrl: loopback }));
      expect(configured).toMatchObject({ saml: { idpMetadata: "http://localhost:8701/idp/metadata" } });
      expect(doors({ publicUrl: loopback.replace(/127\.0\.0\.1|localhost|\[::1\]/, "10.0.0.1") })).toEqual(
        [],
      );
    },
  );

  it("answers without any door, and has no service of one that is shut", () => {
    const shut = garOptions.parse({ publicUrl });
    const nothing = {} as GarPorts; // no door asks for any of them
    expect(garRoutes(nothing, shut).map(({ path }) => path)).toEqual(["/session"]);
    expect(() => samlService(nothing, shut)).toThrow("idpMetadata");
  });

  it("asks another provider over SAML for its own metadata", () => {
    const other = { id: "ent", protocol: "saml", controller: "school-a", roles: {}, saml: {} };
    expect(garOptions.safeParse({ providers: [other] }).error?.issues[0]?.path).toEqual([
      "providers",
      0,
      "saml",
      "idpMetadata",
    ]);
  });

  it.each(["gar", "gar-oidc", "gar-cas", "garonne"])("takes no provider for %s", (id) => {
    const other = { protocol: "cas", controller: "school-a", roles: {}, cas };
    expect(garOptions.safeParse({ providers: [{ ...other, id: "ent" }] }).success).toBe(true);
    const [issue] = garOptions.safeParse({ providers: [{ ...other, id }] }).error?.issues ?? [];
    expect(issue?.path).toEqual(["providers", 0, "id"]); // names of the GAR's own doors, and of their cookies, begin so
  });
});

describe("where somebody begins who comes to us first", () => {
  const publicUrl = "https://preau.example";
  const cas = { server: "https://cas.example" };

  it("is the first door that is open", () => {
    const first = (given: object) => firstDoor(garOptions.parse({ publicUrl, ...given }));
    expect(first({ idpMetadata: "idp.xml", cas })).toBe("/gar/saml/login");
    expect(first({ cas })).toBe("/gar/cas/login");
    expect(first({})).toBeUndefined();
  });
});
