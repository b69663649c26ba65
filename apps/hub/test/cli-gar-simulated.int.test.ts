/** The command and the simulated service, whose rules were read and written apart: what one sends the other takes. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { garSimulator, type RunningSimulator } from "@preau/simulators";
import { makeFolder } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { preauHere } from "./preau-here.ts";

const folder = makeFolder();
let simulator: RunningSimulator;
beforeAll(async () => {
  simulator = await garSimulator.start({ port: 0, dataFolder: folder.path, environment: {} });
  const at = (id: string) => simulator.addresses?.find((each) => each.id === id)?.at;
  const subscriptions = {
    ...{ url: at("subscriptions"), allocationsUrl: at("subscriptions") },
    caFile: at("subscriptionsServerCertificate"),
    certificateFile: at("subscriptionsClientCertificate"),
    keyFile: at("subscriptionsClientKey"),
    distributor: "123456782_0000000000000000",
  };
  write("preau.yaml", { plugins: { gar: { subscriptions } } });
});
afterAll(async () => {
  await simulator.stop();
  folder.remove();
});

const write = (name: string, value: unknown) =>
  writeFileSync(path.join(folder.path, name), JSON.stringify(value));
const gar = (...args: readonly string[]) =>
  preauHere(["gar", "subscriptions", ...args], { cwd: folder.path, env: { PREAU_DATA: folder.path } });

/** What differs from a subscription for one collège. */
const subscription = (changes: object) => ({
  ...{ idAbonnement: "plume-1", idRessource: "ark:/99999/plume", libelleRessource: "Plume <1> & Cie" },
  ...{
    debutValidite: "2026-09-01",
    finValidite: "2027-08-31",
    uaiEtab: ["0999997C"],
    typeAffectation: "INDIV",
  },
  ...{ nbLicenceEleve: 30, nbLicenceEnseignant: "ILLIMITE", publicCible: ["ELEVE", "ENSEIGNANT"] },
  ...changes,
});

describe("preau gar subscriptions, with the simulated service", () => {
  it("creates, updates, lists, counts and deletes", async () => {
    write("plume.json", subscription({}));
    expect((await gar("create", "plume.json")).out).toBe("created  plume-1\n");
    write("plume.json", subscription({ nbLicenceEleve: 1, debutValidite: "2026-10-01" }));
    expect(await gar("create", "plume.json")).toMatchObject({
      code: 0,
      out: "updated  plume-1  (it existed already)\n",
      err: "preau: Its start stays 2026-09-01: an update cannot move it.\n",
    });
    expect((await gar("list", "--school", "0999997C")).out).toMatch(
      /\nplume-1 +Plume <1> & Cie +0999997C +2026-09-01 +2027-08-31 +ENSEIGNANT ILLIMITE, ELEVE 1\n$/,
    );
    expect((await gar("allocations", "--subscription", "plume-1")).out).toMatch(
      /\n0999997C +plume-1 +1 +\d+ +0 +0\n$/,
    );
    expect((await gar("delete", "plume-1", "--yes")).out).toBe("deleted  plume-1\n");
    expect((await gar("list")).code).toBe(1);
  });

  it("keeps the rule for primary schools by the list of that service, and by the natures (RG11)", async () => {
    const librarians = { publicCible: ["ELEVE", "ENSEIGNANT", "DOCUMENTALISTE"], nbLicenceProfDoc: 1 };
    write("plume.json", subscription({ ...librarians, uaiEtab: ["0999999A"] }));
    const refused = await gar("create", "plume.json");
    expect([refused.code, refused.err.split("  ")[1]]).toEqual([2, "RG11 publicCible"]);
    write("plume.json", subscription({ ...librarians }));
    expect((await gar("create", "plume.json")).code).toBe(0);
    const natures = { uaiEtab: undefined, codeNatureUAI: "151, 340", idAbonnement: "plume-2" };
    write("plume.json", subscription(natures));
    expect((await gar("create", "plume.json")).out).toBe("created  plume-2\n");
    expect((await gar("create", "plume.json")).out).toContain("updated  plume-2");
    write("plume.json", subscription({ ...natures, ...librarians }));
    expect((await gar("update", "plume.json")).code).toBe(2);
  });
});

describe("preau gar doctor (D4.1, DD.9)", () => {
  const doctor = (metadata: string, ...args: readonly string[]) =>
    preauHere(["gar", "doctor", ...args], {
      cwd: folder.path,
      env: { PREAU_DATA: folder.path, PREAU_GAR_IDP_METADATA: metadata },
    });

  it("looks at the clock, the metadata and the certificates, and remembers what was accepted", async () => {
    const metadata = `${simulator.url}/idp/metadata`;
    const first = await doctor(metadata, "--json");
    const { findings } = JSON.parse(first.out) as {
      findings: { check: string; about: string; result: string }[];
    };
    expect(findings.filter(({ result }) => result === "FAIL")).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(["clock", "metadata", "declaration", "certificate", "attribute"]),
    );
    expect(first.code).toBe(3); // nobody has signed in yet
    await fetch(`${simulator.url}/_faults`, {
      method: "POST",
      body: new URLSearchParams({ "next-key": "on" }),
    });
    const changed = await doctor(metadata);
    expect(changed.out).toMatch(/WARN +gar\.saml +changed: keys/);
    expect((await doctor(metadata, "--accept")).out).toContain("changed: keys");
    expect((await doctor(metadata)).out).not.toContain("changed");
    await fetch(`${simulator.url}/_faults`, { method: "DELETE" });
  });

  it("fails where the provider's metadata are not to be had, and says why", async () => {
    const silent = await doctor("http://127.0.0.1:1/idp/metadata");
    expect(silent).toMatchObject({ code: 1 });
    expect(silent.out).toMatch(/FAIL +gar\.saml +The metadata of the GAR's identity provider cannot be read/);
  });
});
