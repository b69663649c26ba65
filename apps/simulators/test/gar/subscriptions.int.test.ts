import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { selfSignedCertificate } from "@preau/gar";
import { instant, systemClock } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { tlsFiles } from "../../src/gar-subscriptions/tls-files.ts";
import {
  type AskOptions,
  good,
  NAMESPACE,
  subscriptionsWorld,
  subscriptionXml,
  updateXml,
} from "./subscriptions-world.ts";

let world: Awaited<ReturnType<typeof subscriptionsWorld>>;
beforeAll(async () => {
  world = await subscriptionsWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.defects.clear());

let number = 0;
/** Another identifier each time. */
function another(change: Record<string, string | readonly string[] | undefined> = {}) {
  number += 1;
  return { ...good, idAbonnement: `plume-${number}`, ...change };
}
const put = (fields: typeof good, options: AskOptions = {}) =>
  world.ask("PUT", `/${encodeURIComponent(String(fields["idAbonnement"]))}`, {
    body: subscriptionXml(fields),
    ...options,
  });
const post = (fields: typeof good) =>
  world.ask("POST", `/${String(fields["idAbonnement"])}`, { body: updateXml(fields) });
const codeOf = (text: string) => /<Code>([^<]*)<\/Code>/.exec(text)?.[1];
const idsOf = (text: string) => [...text.matchAll(/<idAbonnement>([^<]*)</g)].map(([, id]) => id);
const filters = (inside: string) => `<filtres xmlns="${NAMESPACE}">${inside}</filtres>`;
const filter = (name: string, value: string) =>
  `<filtre><filtreNom>${name}</filtreNom><filtreValeur>${value}</filtreValeur></filtre>`;

describe("GAR simulator: subscription service, mutual TLS", () => {
  it("lets in the client whose certificate it made, and neither another one nor none", async () => {
    expect((await world.ask("GET", "/abonnements")).status).toBe(200);
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const options = { name: "GAR simulator, client", from: systemClock.now(), days: 1 };
    const stranger = {
      key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      cert: selfSignedCertificate(privateKey, options),
    };
    for (const credentials of [stranger, {}]) {
      await expect(world.ask("GET", "/abonnements", { credentials })).rejects.toThrow(
        /alert|ECONNRESET|hang up/,
      );
    }
  });

  it("keeps its keys for its owner alone, and makes them anew when they end", async () => {
    const folder = makeFolder();
    onTestFinished(() => folder.remove());
    const now = systemClock.now();
    const first = await tlsFiles(folder.path, now);
    expect((await tlsFiles(folder.path, now)).server).toEqual(first.server);
    const mode = (name: string) => statSync(join(folder.path, name)).mode & 0o777;
    expect([mode("server.key"), mode("client.key")]).toEqual([0o600, 0o600]);
    const later = instant(new X509Certificate(first.server.cert).validToDate);
    const second = await tlsFiles(folder.path, later);
    expect(second.server.cert).not.toBe(first.server.cert);
    expect(readFileSync(second.paths.clientKey, "utf8")).toContain("PRIVATE KEY");
  });

  const wrong: [name: string, code: string][] = [
    ["subscriptions-expired-certificate", "CERT_HAS_EXPIRED"],
    ["subscriptions-other-host", "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["subscriptions-stranger", "DEPTH_ZERO_SELF_SIGNED_CERT"],
  ];
  it.each(wrong)("%s is refused for that: %s", async (name, code) => {
    world.defects.set(name, "on");
    await expect(world.ask("GET", "/abonnements")).rejects.toMatchObject({ code });
    world.defects.clear();
    expect((await world.ask("GET", "/abonnements")).status).toBe(200);
  });

  it("says which port is taken", async () => {
    const port = Number(new URL(world.url()).port);
    await expect(world.startAnother(port)).rejects.toMatchObject({
      code: "SIMULATOR_PORT_TAKEN",
      place: `port ${port}`,
    });
  });
});

describe("GAR simulator: subscriptions", () => {
  it("creates, conflicts, updates without schools, lists, forgets, also over a restart", async () => {
    const mine = another({ idAbonnement: "plume~a:b" });
    const created = await put(mine);
    expect([created.status, created.type]).toEqual([201, "application/xml;charset=UTF-8"]);
    const conflict = await put(mine);
    expect([conflict.status, conflict.text]).toEqual([409, expect.stringContaining("existe deja")]);

    const changed = { ...mine, nbLicenceEnseignant: "3", debutValidite: "2026-09-01T00:00:00.000+02:00" };
    expect((await post(changed)).status).toBe(200);
    await world.restart();
    const body = filters(filter("idAbonnement", "plume~a:b"));
    const listed = (await world.ask("POST", "/abonnements", { body })).text;
    expect(idsOf(listed)).toEqual(["plume~a:b"]);
    expect(listed).toContain("<commentaireAbonnement>Été &amp; &lt;fin&gt;</commentaireAbonnement>");
    expect(listed).toContain("<debutValidite>2026-09-01T00:00:00.000+02:00</debutValidite>");
    expect(listed).toContain("<finValidite>2027-08-15T23:59:59.000+02:00</finValidite>");
    expect(listed).toContain("<uaiEtab>0999999A</uaiEtab><uaiEtab>0999998B</uaiEtab>");
    expect(listed).toContain("<nbLicenceEnseignant>3</nbLicenceEnseignant><nbLicenceEleve>ILLIMITE<");

    const gone = await world.ask("DELETE", "/plume~a:b");
    expect([gone.status, gone.text]).toEqual([204, ""]);
    expect((await world.ask("DELETE", "/plume~a:b")).status).toBe(404);
    expect((await post(mine)).status).toBe(404);
  });

  const refused: [rule: string, change: Record<string, string | readonly string[] | undefined>][] = [
    ["RG1", { nbLicenceEnseignant: undefined, nbLicenceEleve: undefined }],
    ["RG1", { nbLicenceEnseignant: "0", nbLicenceEleve: "0" }],
    ["RG1", { nbLicenceEleve: "beaucoup" }],
    ["RG2", { uaiEtab: undefined }],
    ["RG3", { idDistributeurCom: "123456789_000000000000000" }],
    ["RG4", { categorieAffectation: "non transferable" }],
    ["RG4", { typeAffectation: "CLASSE" }],
    ["RG5", { publicCible: "ELEVE" }],
    ["RG6", { typeAffectation: "ETABL" }],
    ["RG8", { finValidite: "2036-09-02" }],
    ["RG8", { finValidite: "2026-09-01T00:00:00+02:00" }],
    ["RG9", { finValidite: undefined }],
    ["RG11", { publicCible: ["ENSEIGNANT", "ELEVE", "DOCUMENTALISTE"] }],
    ["RG12", { idAbonnement: "categorie" }],
    ["RG13", { idAbonnement: "_plume" }],
    ["DATE", { debutValidite: "2026-02-30T00:00:00" }],
    ["UAI", { uaiEtab: ["0123456Z"] }],
    ["UAI", { uaiEtab: ["0999999A", "0999999A"] }],
    ["PUBLIC", { publicCible: ["ENSEIGNANT", "ELEVE", "PARENT"] }],
    ["RESSOURCE", { idRessource: "plume" }],
    ["OBLIGATOIRE", { libelleRessource: undefined }],
    ["SCHEMA", { idAbonnement: "x".repeat(46) }],
    ["SCHEMA", { idAbonnement: "plume 1" }],
    ["SCHEMA", { commentaireAbonnement: "x".repeat(256) }],
    ["SCHEMA", { libelleRessource: ["Plume", "Jardin"] }],
    ["SCHEMA", { couleur: "rouge" }],
  ];
  it.each(refused)("refuses what breaks %s", async (rule, change) => {
    const { status, text } = await put(another(change));
    expect([status, codeOf(text)]).toEqual([400, rule]);
  });

  /** Those that need an element where `good` has none, or another one there. */
  const replaced: [rule: string, from: string, to: string][] = [
    ["RG1", "<publicCible>", "<nbLicenceGlobale>1</nbLicenceGlobale><publicCible>"],
    ["RG2", "<categorieAffectation>", "<codeNatureUAI>151</codeNatureUAI><categorieAffectation>"],
    ["RG7", "finValidite>2027-08-15T23:59:59</finValidite", "anneeFinValidite>2037-2038</anneeFinValidite"],
    ["RG7", "finValidite>2027-08-15T23:59:59</finValidite", "anneeFinValidite>2026-2028</anneeFinValidite"],
    ["RG9", "<uaiEtab>0999999A", "<anneeFinValidite>2026-2027</anneeFinValidite><uaiEtab>0999999A"],
    ["RG10", "finValidite>2027-08-15T23:59:59</finValidite", "anneeFinValidite>2027</anneeFinValidite"],
    [
      "RG11",
      "<publicCible>",
      "<nbLicenceProfDoc>1</nbLicenceProfDoc><publicCible>DOCUMENTALISTE</publicCible><publicCible>",
    ],
    [
      "SCHEMA",
      "<typeIdRessource>ark</typeIdRessource><libelleRessource>Plume</libelleRessource>",
      "<libelleRessource>Plume</libelleRessource><typeIdRessource>ark</typeIdRessource>",
    ],
    [
      "SCHEMA",
      "<nbLicenceEnseignant>2</nbLicenceEnseignant><nbLicenceEleve>ILLIMITE</nbLicenceEleve>",
      "<nbLicenceEleve>ILLIMITE</nbLicenceEleve><nbLicenceEnseignant>2</nbLicenceEnseignant>",
    ],
    ["SCHEMA", "<libelleRessource>Plume<", "<libelleRessource><"],
    ["SCHEMA", NAMESPACE, "urn:elsewhere"],
    ["XML", "</abonnement>", ""],
    ["XML", "<abonnement ", "<!DOCTYPE abonnement><abonnement "],
  ];
  it.each(replaced)("refuses what breaks %s: %s as %s", async (rule, from, to) => {
    const fields = another();
    const body = subscriptionXml(fields).replace(from, to);
    expect(body).not.toBe(subscriptionXml(fields));
    const { status, text } = await put(fields, { body });
    expect([status, codeOf(text)]).toEqual([400, rule]);
  });

  it("takes what keeps the rules in another way", async () => {
    const ways: Record<string, string | readonly string[] | undefined>[] = [
      { uaiEtab: "0999997C", publicCible: ["ENSEIGNANT", "ELEVE", "DOCUMENTALISTE", "AUTRE PERSONNEL"] },
      { commentaireAbonnement: undefined, debutValidite: "2026-09-01", finValidite: "2036-09-01" },
      { nbLicenceEnseignant: "0", publicCible: "ELEVE" },
    ];
    for (const way of ways) expect((await put(another(way))).status).toBe(201);
    const fields = another();
    const nature = subscriptionXml({ ...fields, uaiEtab: undefined })
      .replace("<categorieAffectation>", "<codeNatureUAI>151,340</codeNatureUAI>$&")
      .replace(/<finValidite>.*<\/finValidite>/, "<anneeFinValidite>2026-2027</anneeFinValidite>");
    expect((await put(fields, { body: nature })).status).toBe(201);
  });

  it("refuses an update that changes what cannot change, or brings schools", async () => {
    const mine = another();
    await put(mine);
    const wrong = [
      { ...mine, debutValidite: "2026-09-02T00:00:00" },
      { ...mine, idRessource: "ark:/99999/jardin.p" },
      { ...mine, idDistributeurCom: "987654321_0000000000000000" },
    ];
    for (const fields of wrong) expect(codeOf((await post(fields)).text)).toBe("MODIFICATION");
    const path = `/${mine.idAbonnement}`;
    const schools = await world.ask("POST", path, { body: subscriptionXml(mine) });
    expect(codeOf(schools.text)).toBe("MODIFICATION");
    const librarians = { ...mine, publicCible: ["ENSEIGNANT", "ELEVE", "DOCUMENTALISTE"] };
    expect(codeOf((await post(librarians)).text)).toBe("RG11");
  });

  it("refuses another content type, another identifier in the address, and says what else is not there", async () => {
    const mine = another();
    const json = await put(mine, { headers: { "content-type": "application/json" } });
    const html = await world.ask("GET", "/abonnements", { headers: { accept: "text/html" } });
    const other = await world.ask("PUT", "/another", { body: subscriptionXml(mine) });
    const nowhere = await world.ask("GET", "/nowhere/at/all");
    expect([json.status, html.status, other.status, nowhere.status]).toEqual([415, 406, 400, 404]);
    for (const { text } of [json, html, other, nowhere]) expect(text).toMatch(/<Code>\w+<\/Code><Message>/);
  });

  it("filters, sorts and cuts the list, for GET and POST alike", async () => {
    for (const id of ["liste-b", "liste-a", "liste-c"]) {
      const school = id === "liste-c" ? "0999998B" : "0999999A";
      await put({ ...good, idAbonnement: id, uaiEtab: school, codeProjetRessource: "LISTE" });
    }
    const list = async (method: string, inside: string, query = "") => {
      const body = filters(filter("codeProjetRessource", "LISTE") + inside);
      return idsOf((await world.ask(method, `/abonnements${query}`, { body })).text);
    };
    expect(await list("GET", "")).toEqual(["liste-a", "liste-b", "liste-c"]);
    expect(await list("POST", "<triPar>idAbonnement</triPar><tri>DSC</tri>")).toEqual([
      "liste-c",
      "liste-b",
      "liste-a",
    ]);
    expect(await list("POST", filter("uaiEtab", "0999999A"))).toEqual(["liste-a", "liste-b"]);
    expect(await list("GET", "", "?debut=1&fin=2")).toEqual(["liste-b"]);
    const wrong = await world.ask("POST", "/abonnements", { body: filters(filter("couleur", "rouge")) });
    expect([wrong.status, codeOf(wrong.text)]).toEqual([400, "FILTRE"]);
  });

  it("lists the schools, without the zeros that postal codes begin with", async () => {
    const { text } = await world.ask("GET", "/etablissements/etablissements.xml");
    expect(text).toContain(
      '<listEtablissement xmlns="http://www.atosworldline.com/listEtablissement/v1.0/">',
    );
    expect(text.match(/<etablissement>/g)).toHaveLength(3);
    expect(text).toContain("<uai>0999999A</uai><nature_uai>151</nature_uai>");
    expect(text).toContain("<code_postal_uai>9901</code_postal_uai>");
  });

  it("counts allocations by school: the persons there are, up to the licences", async () => {
    const fields = another({ codeProjetRessource: undefined });
    await put(fields);
    const ask = (query: string) =>
      world.ask("GET", `/decompteaffectations?${query}`, { headers: { accept: "text/csv" } });
    const { text, type } = await ask(`idAbonnement=${fields.idAbonnement}`);
    expect(type).toContain("text/csv");
    const [header, ...lines] = text.trimEnd().split("\n");
    expect(header).toMatch(/^UAI;idAbonnement;codeProjetRessource;idRessource;cumulAffectationEleve;/);
    // Three teachers and a pupil there, two and two here: two licences for teachers, none for librarians.
    expect(lines).toEqual([
      `0999999A;${fields.idAbonnement};null;ark:/99999/plume.p;1;2;0;0`,
      `0999998B;${fields.idAbonnement};null;ark:/99999/plume.p;2;2;0;0`,
    ]);
    expect((await ask("")).status).toBe(400);
    expect((await ask(`idAbonnement=${fields.idAbonnement}&codeProjetRessource=x`)).status).toBe(400);
    expect((await ask("idAbonnement=none")).status).toBe(404);
  });
});

describe("GAR simulator: subscription fault switches", () => {
  const shows: [name: string, value: string, status: number, shape: RegExp][] = [
    ["subscriptions-error", "on", 500, /<Code>TECHNIQUE<\/Code>/],
    ["subscriptions-gateway", "on", 403, /^<!doctype html>/],
    ["subscriptions-redirect", "on", 307, /elsewhere\.example/],
    ["subscriptions-malformed", "on", 200, /<\/abonnements$/],
    ["subscriptions-doctype", "on", 200, /\?>\n<!DOCTYPE abonnements><abonnements /],
    ["subscriptions-other-namespace", "on", 200, /<abonnements xmlns="urn:elsewhere">/],
    ["subscriptions-huge", "1", 200, / {1048576}$/],
  ];
  it.each(shows)("%s %s", async (name, value, status, shape) => {
    expect((await world.ask("GET", "/abonnements")).text).not.toMatch(shape);
    world.defects.set(name, value);
    const answer = await world.ask("GET", "/abonnements");
    expect(answer.status).toBe(status);
    expect(answer.text + answer.location).toMatch(shape);
  });

  it("conflict, content-type, latin1, cut, slow", async () => {
    const fields = another();
    await put(fields);
    const { defects } = world;
    const only = (name: string, value = "on") => {
      defects.clear();
      defects.set(`subscriptions-${name}`, value);
    };
    only("conflict");
    expect((await put(another())).status).toBe(409);
    expect((await post(fields)).text).toContain("existe deja");
    only("content-type");
    expect((await world.ask("GET", "/abonnements")).type).toContain("text/html");
    only("latin1");
    const { bytes } = await world.ask("GET", "/abonnements");
    expect(bytes.includes(Buffer.from("Été", "latin1"))).toBe(true);
    only("cut");
    await expect(world.ask("GET", "/abonnements")).rejects.toThrow(/aborted/);
    only("slow", "60");
    const signal = AbortSignal.timeout(150);
    await expect(world.ask("GET", "/abonnements", { signal })).rejects.toThrow(/aborted/);
  });
});
