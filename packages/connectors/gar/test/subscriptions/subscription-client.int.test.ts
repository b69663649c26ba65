import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { isFault } from "@preau/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { fetchAllocations } from "../../src/subscriptions/allocations.ts";
import { BrokenRules } from "../../src/subscriptions/check-subscription.ts";
import { readSchools } from "../../src/subscriptions/read-schools.ts";
import { refusalBehind } from "../../src/subscriptions/service-refusal.ts";
import { subscription } from "./some-subscription.ts";
import {
  clientOf,
  error,
  exchangeOf,
  identity,
  type SubscriptionService,
  startSubscriptionService,
} from "./subscription-service.ts";

let service: SubscriptionService;
beforeAll(async () => {
  service = await startSubscriptionService();
});
afterAll(() => service.stop());
beforeEach(() => {
  service.asked.length = 0;
  service.stored.clear();
});

const said = () => service.asked.map(({ method, path }) => `${method} ${path}`);
const ID = subscription.idAbonnement;

/** Code and place of what is thrown. */
async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (cause) {
    return isFault(cause) ? `${cause.code} ${cause.exit} ${cause.place ?? ""}`.trimEnd() : String(cause);
  }
}

const answer = (status: number, body: string | Uint8Array, headers: Record<string, string> = {}) => {
  service.instead = (_, response) => void response.writeHead(status, headers).end(body);
};

describe("subscription service: create, update, delete, list", () => {
  it("creates by PUT, finds it in the list, deletes it", async () => {
    const client = clientOf(service);
    expect(await client.create(subscription)).toEqual({
      ...{ outcome: "created", debutValidite: subscription.debutValidite, advice: [] },
    });
    expect(await client.list()).toHaveLength(1);
    expect(await client.get(ID)).toMatchObject({
      libelleRessource: "Plume",
      uaiEtab: subscription.uaiEtab,
      nbLicenceEleve: "320",
    });
    await client.remove(ID);
    expect(await failureOf(client.get(ID))).toBe("GAR_SUBSCRIPTION_UNKNOWN 1");
    expect(await failureOf(client.remove(ID))).toBe("GAR_SUBSCRIPTION_UNKNOWN 1 answered 404, code 404");
    expect(said()).toEqual([
      `PUT /${ID}`,
      "GET /abonnements",
      "POST /abonnements",
      `DELETE /${ID}`,
      "POST /abonnements",
      `DELETE /${ID}`,
    ]);
  });

  it("goes on as an update where it exists already: without schools, with the start that stands there", async () => {
    const client = clientOf(service);
    await client.create({ ...subscription, debutValidite: "2026-07-01T00:00:00" });
    const sent = await client.create({ ...subscription, nbLicenceEleve: 400 });
    expect(sent).toEqual({ outcome: "updated", debutValidite: "2026-07-01T00:00:00", advice: [] });
    expect(said()).toEqual([`PUT /${ID}`, `PUT /${ID}`, "POST /abonnements", `POST /${ID}`]);
    expect(service.asked.at(-1)?.body).not.toContain("uaiEtab");
    expect(await client.get(ID)).toMatchObject({
      debutValidite: "2026-07-01T00:00:00",
      nbLicenceEleve: "400",
      uaiEtab: subscription.uaiEtab,
    });
  });

  it("does not pretend to change what an update leaves as it is", async () => {
    const client = clientOf(service);
    await client.create(subscription);
    const taken = (place: string) => `GAR_SUBSCRIPTION_TAKEN 1 ${place}`;
    expect(await failureOf(client.update({ ...subscription, uaiEtab: ["0350042F"] }))).toBe(taken("uaiEtab"));
    expect(await failureOf(client.create({ ...subscription, idRessource: "ark:/99999/jardin" }))).toBe(
      taken("idRessource"),
    );
    expect(await failureOf(client.update({ ...subscription, uaiEtab: ["0561641E", "0350042F"] }))).toBe(
      "done",
    );
    expect(await failureOf(client.update({ ...subscription, idAbonnement: "another" }))).toBe(
      "GAR_SUBSCRIPTION_UNKNOWN 1",
    );
  });

  it("takes an identifier that exists and cannot be seen for another distributor's", async () => {
    answer(409, error("409", "L'abonnement existe déjà"));
    expect(await failureOf(clientOf(service).create(subscription))).toBe(
      "GAR_SUBSCRIPTION_TAKEN 1 idDistributeurCom",
    );
  });

  it("narrows a list in a body, never in an address, to what is equal", async () => {
    const client = clientOf(service);
    await client.create(subscription);
    await client.create({ ...subscription, idAbonnement: `${ID}-2`, uaiEtab: ["0350042F"] });
    const idsOf = async (...[filters, part]: Parameters<typeof client.list>) =>
      (await client.list(filters, part)).map(({ idAbonnement }) => idAbonnement);
    expect(await idsOf({ uaiEtab: "0350042F" })).toEqual([ID, `${ID}-2`]);
    expect(await idsOf({ uaiEtab: "0561641E" })).toEqual([ID]);
    expect(await idsOf({ idAbonnement: ID })).toEqual([ID]); // the service also found the other
    expect(await idsOf({ codeProjetRessource: "PRJ-2" })).toEqual([]);
    expect(await idsOf({}, { debut: 0, fin: 100 })).toHaveLength(2);
    expect(said().slice(2).join()).not.toMatch(/0350042F|0561641E|PRJ/);
    expect(said().at(-1)).toBe("GET /abonnements?debut=0&fin=100");
  });

  it("sends nothing that breaks a rule, and says which", async () => {
    const client = clientOf(service);
    const bad = { ...subscription, codeNatureUAI: ["340"], publicCible: ["ELEVE"] };
    for (const work of [client.create(bad), client.update(bad)])
      expect(await failureOf(work)).toBe("GAR_SUBSCRIPTION_INVALID 2 RG5 nbLicenceEnseignant, RG2 uaiEtab");
    const thrown = await client.create(bad).catch((cause: unknown) => cause as Error);
    expect(thrown).toMatchObject({ cause: { findings: [{ rule: "RG5" }, { rule: "RG2" }] } });
    expect((thrown as Error).cause).toBeInstanceOf(BrokenRules);
    const schools = new Map([["0350042F", { nature: "151" }]]);
    const primary = {
      ...subscription,
      nbLicenceProfDoc: 2,
      publicCible: ["ENSEIGNANT", "ELEVE", "DOCUMENTALISTE"],
    };
    expect(await failureOf(client.create(primary, schools))).toBe(
      "GAR_SUBSCRIPTION_INVALID 2 RG11 publicCible",
    );
    expect(service.asked).toEqual([]);
  });

  it("keeps an identifier one step of the path, whatever it holds", async () => {
    const client = clientOf(service);
    await client.create({ ...subscription, idAbonnement: "marché+1:é" });
    expect(said()).toEqual(["PUT /march%C3%A9%2B1%3A%C3%A9"]);
  });
});

describe("subscription service: what it answers", () => {
  const cases: readonly (readonly [string, number, string, string])[] = [
    ["a broken rule", 400, error("RG2", "uaiEtab"), "GAR_SUBSCRIPTION_REFUSED 1 answered 400, code RG2"],
    [
      "a conflict of another kind",
      409,
      error("409", "Ressource fermée"),
      "GAR_SUBSCRIPTION_REFUSED 1 answered 409, code 409",
    ],
    [
      "a refusal with its reason",
      403,
      error("403", "Distributeur inconnu"),
      "GAR_SUBSCRIPTION_REFUSED 1 answered 403, code 403",
    ],
    ["a gateway's refusal", 403, "<html></html>", "GAR_SUBSCRIPTION_CERTIFICATE_REFUSED 4 answered 403"],
    [
      "nginx's word on a certificate",
      400,
      "<html><head><title>400 The SSL certificate error</title></head></html>",
      "GAR_SUBSCRIPTION_CERTIFICATE_REFUSED 4 answered 400",
    ],
    ["a fault", 500, error("500", "Erreur interne"), "GAR_SUBSCRIPTION_UNREACHABLE 4 answered 500, code 500"],
    ["a pause", 503, "", "GAR_SUBSCRIPTION_UNREACHABLE 4 answered 503"],
    ["another success", 202, "", "GAR_SUBSCRIPTION_ANSWER_UNREADABLE 4 answered 202"],
    ["a code that is a text", 400, error("un deux", "trois"), "GAR_SUBSCRIPTION_REFUSED 1 answered 400"],
  ];
  it.each(cases)("tells %s apart", async (_, status, body, failure) => {
    answer(status, body);
    expect(await failureOf(clientOf(service).create(subscription))).toBe(failure);
  });

  it("hands the service's words to who asked, on one line, and leaves them out of the error", async () => {
    answer(400, error("RG2", `L'école 0350042F\n\u001B[31m ${"x".repeat(600)}`.replace("\u001B", " ")));
    const thrown = await clientOf(service)
      .create(subscription)
      .catch((cause: unknown) => cause);
    const refusal = refusalBehind(thrown);
    expect([refusal?.status, refusal?.serviceCode]).toEqual([400, "RG2"]);
    expect(refusal?.serviceMessage).toMatch(/^L'école 0350042F \[31m x+$/);
    expect(refusal?.serviceMessage).toHaveLength(500);
    expect(
      isFault(thrown) && `${thrown.message} ${JSON.stringify(thrown.detail.log)} ${refusal?.message ?? ""}`,
    ).not.toContain("0350042F");
  });

  it("follows no redirect", async () => {
    answer(302, "", { location: `${service.url}/abonnements` });
    const failure = "GAR_SUBSCRIPTION_ANSWER_UNREADABLE 4 answered 302";
    expect(await failureOf(clientOf(service).list())).toBe(failure);
    expect(said()).toEqual(["GET /abonnements"]);
  });

  const bodies: readonly (readonly [string, string | Uint8Array, Record<string, string>, string])[] = [
    ["a page", "<html></html>", {}, "no list of subscriptions"],
    ["nothing", "", {}, "not well-formed"],
    ["another encoding", Buffer.from("<é/>", "latin1"), {}, "not UTF-8"],
    [
      "what is compressed",
      Buffer.from([31, 139]),
      { "content-encoding": "gzip" },
      "compressed, which was not asked for",
    ],
  ];
  it.each(bodies)("does not take %s for a list", async (_, body, headers, why) => {
    answer(200, body, headers);
    expect(await failureOf(clientOf(service).list())).toBe(`GAR_SUBSCRIPTION_ANSWER_UNREADABLE 4 ${why}`);
  });

  it("stops at the first byte too many", async () => {
    let written = 0;
    service.instead = (_, response) => {
      const more = () => {
        while (!response.destroyed && written < 1e8 && response.write("x".repeat(65_536))) written += 65_536;
      };
      response.on("drain", more);
      more();
    };
    const failure = "GAR_SUBSCRIPTION_ANSWER_UNREADABLE 4 larger than 65536 bytes";
    expect(await failureOf(clientOf(service).create(subscription))).toBe(failure);
    expect(written).toBeLessThan(2e7);
  });

  it("waits no longer than it was told, for the first byte or the last", async () => {
    const client = clientOf(service, { timeoutSeconds: 0.2 });
    const late = "GAR_SUBSCRIPTION_UNREACHABLE 4 no answer in time";
    service.instead = () => undefined;
    expect(await failureOf(client.list())).toBe(late);
    service.instead = (_, response) => void response.writeHead(200).write("<abonnements");
    expect(await failureOf(client.list())).toBe(late);
  });

  it("does not blame the certificate once an answer has begun", async () => {
    service.instead = (_, response) => {
      response.writeHead(200, { "content-length": "1000" }).write("<abonnements", () => response.destroy());
    };
    expect(await failureOf(clientOf(service).list())).toBe("GAR_SUBSCRIPTION_UNREACHABLE 4 ECONNRESET");
  });
});

describe("subscription service: mutual TLS (towards DD.9)", () => {
  afterEach(() => {
    delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    vi.restoreAllMocks();
  });

  it("is refused with a certificate that the service does not know", async () => {
    const stranger = identity("stranger");
    const client = clientOf(service, { certificate: stranger.certificate, privateKey: stranger.key });
    expect(await failureOf(client.create(subscription))).toMatch(/^GAR_SUBSCRIPTION_CERTIFICATE_REFUSED 4 /);
    expect(service.asked).toEqual([]);
  });

  it("sends nothing to a service that it does not believe, whatever the environment says", async () => {
    vi.spyOn(process, "emitWarning").mockImplementation(() => undefined); // Node warns of what follows
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    const untrusted = /^GAR_SUBSCRIPTION_SERVER_UNTRUSTED 4 /;
    const cases = [{ authorities: undefined }, { authorities: identity("other").certificate }];
    for (const changes of cases)
      expect(await failureOf(clientOf(service, changes).create(subscription))).toMatch(untrusted);
    const byAddress = clientOf(service, { url: service.url.replace("localhost", "127.0.0.1") });
    expect(await failureOf(byAddress.create(subscription))).toBe(
      "GAR_SUBSCRIPTION_SERVER_UNTRUSTED 4 ERR_TLS_CERT_ALTNAME_INVALID",
    );
    expect(service.asked).toEqual([]);
  });

  it("speaks no TLS before 1.2", async () => {
    const { key, certificate } = identity("gar.example", ["localhost"]);
    const old = createTlsServer(
      { key, cert: certificate, minVersion: "TLSv1.1", maxVersion: "TLSv1.1" },
      (_, response) => response.end(),
    );
    await new Promise<void>((resolve) => old.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void old.close());
    const url = `https://localhost:${(old.address() as AddressInfo).port}`;
    expect(await failureOf(clientOf(service, { url, authorities: certificate }).list())).toBe(
      "GAR_SUBSCRIPTION_UNREACHABLE 4 ALERT_PROTOCOL_VERSION",
    );
  });

  it("says when nobody listens, or what listens speaks no TLS", async () => {
    const plain = createServer((_, response) => response.end("hello"));
    await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
    const url = `https://localhost:${(plain.address() as AddressInfo).port}`;
    onTestFinished(() => void plain.close());
    expect(await failureOf(clientOf(service, { url }).list())).toMatch(/^GAR_SUBSCRIPTION_UNREACHABLE 4 /);
    await new Promise<void>((resolve) => plain.close(() => resolve()));
    expect(await failureOf(clientOf(service, { url }).list())).toBe(
      "GAR_SUBSCRIPTION_UNREACHABLE 4 ECONNREFUSED",
    );
  });
});

describe("subscription service: schools and counts", () => {
  it("streams the list of schools", async () => {
    const read = [];
    for await (const school of readSchools(await clientOf(service).schools()))
      read.push([school.uai, school.postalCode]);
    expect(read).toEqual([
      ["0350042F", "01234"],
      ["0570001A", "35000"],
    ]);
    answer(503, "");
    expect(await failureOf(clientOf(service).schools())).toBe("GAR_SUBSCRIPTION_UNREACHABLE 4 answered 503");
  });

  it("asks for the counts of one subscription or one project", async () => {
    const header =
      "UAI;idAbonnement;codeProjetRessource;idRessource;cumulAffectationEleve;cumulAffectationEnseignant;cumulAffectationDocumentaliste;cumulAffectationAutrePersonnel";
    const exchange = exchangeOf(service);
    answer(200, `${header}\n0350042F;a;P;ark:/9/p;3;2;1;0\n`);
    expect(await fetchAllocations(exchange, service.url, { idAbonnement: "a&b" })).toMatchObject([
      { pupils: 3, teachers: 2 },
    ]);
    answer(204, "");
    expect(await fetchAllocations(exchange, `${service.url}/x/`, { codeProjetRessource: "P" })).toEqual([]);
    expect(said()).toEqual([
      "GET /decompteaffectations?idAbonnement=a%26b",
      "GET /x/decompteaffectations?codeProjetRessource=P",
    ]);
    answer(400, error("400", "inconnu"));
    expect(await failureOf(fetchAllocations(exchange, service.url, { idAbonnement: "a" }))).toBe(
      "GAR_SUBSCRIPTION_REFUSED 1 answered 400, code 400",
    );
  });
});
