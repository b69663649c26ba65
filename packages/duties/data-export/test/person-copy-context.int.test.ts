import { describe, expect, it } from "vitest";
import { makeHouse, referenceAgreement } from "./copy-house.ts";
import { notebook, PUPIL, person, work } from "./copy-notebook.ts";
import { openCopy } from "./copy-open.ts";
import { contextOf, essay, message, pupilHouse, seen, setting } from "./copy-pupil.ts";

describe("what a copy says beside the data (D10.1a, GDPR art. 15(1) and (2))", () => {
  it("comes from the agreement and the register, each statement with its clause", async () => {
    const house = await pupilHouse([person, work(1), message("x"), setting]);
    await house.register({ runPlatform: "publicTask" });
    const opened = await openCopy(house.copy(PUPIL, { language: "en" }));
    const { context } = contextOf(opened);
    expect(context.controller).toMatchObject({
      ...{ name: "Collège du Hameau", clause: "DA" },
      officers: [{ name: "Hermine Castagné", email: "dpo@hameau.example" }],
    });
    expect(context.purposes.find(({ id }) => id === "runPlatform")).toMatchObject({
      ...{ named: true, legalBases: [{ id: "publicTask" }], legalBasisClause: "D6.1a", clauses: ["DB.K.p"] },
    });
    expect(context.purposes.map(({ id }) => id)).not.toContain("shareWithParents");
    expect(context.categories.map(({ id, named, clauses }) => [id, named, clauses])).toEqual([
      ["name", true, ["DB.K.pupil"]],
      ["productionsResults", true, ["DB.K.pupil"]],
      ["messages", false, []],
      ["technical", false, []],
    ]);
    expect(context.recipients.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["product", "controller", "host", "supportDesk", "mailer"]),
    );
    expect(context.retention.find(({ id }) => id === "unusedData")).toMatchObject({
      ...{ period: "2\u00A0years", ceiling: true, from: "last activity", clause: "D12.4" },
    });
    expect(context.rights.map(({ id }) => id)).toEqual([
      "rectification",
      "erasure",
      "restriction",
      "objection",
      "portability",
    ]);
    expect(context.deadlines).toMatchObject({
      forwarded: { clause: "D10.1b" },
      answered: { clause: "D10.1c" },
    });
    expect(context.source).toEqual([{ origin: "outsideGar", clauses: ["DB.K.pupil"] }]);
    expect(context.automatedDecisions?.clause).toBe("DB.n");
    expect(context.transfers).toEqual({ today: { some: false, clause: "D9.1" }, made: [] });
    const page = seen(opened);
    for (const said of [
      "CNIL",
      "48 hours",
      "OVH",
      "Annex B of the agreement does not name these categories in these words: Messages and Technical data",
    ])
      expect(page).toContain(said);
  });

  it("says that it is not known, and leaves nothing blank, where nothing says it", async () => {
    const { nature: _nature, transfers: _transfers, ...rest } = referenceAgreement;
    const house = await makeHouse({ agreement: rest, sources: [notebook()] });
    const opened = await openCopy(house.copy(PUPIL));
    const { context } = contextOf(opened);
    expect(context).toMatchObject({
      ...{ contractKnown: false, roles: [], source: [], automatedDecisions: null },
      controller: { name: null, seat: null, officers: [] },
      transfers: { today: null },
    });
    const page = seen(opened);
    for (const said of [
      "Vous êtes non connu",
      "Son délégué à la protection des données non connu",
      "l’accord ne dit pas en quoi le traitement consiste",
      "l’accord n’en dit rien",
    ])
      expect(page).toContain(said);
  });

  it("leaves out recipients who never see what comes by the GAR", async () => {
    const house = await makeHouse({ sources: [notebook({ facts: { role: "teacher", origin: "gar" } })] });
    const { context } = contextOf(await openCopy(house.copy(PUPIL)));
    expect(context.recipients.map(({ id }) => id)).not.toContain("supportDesk");
    expect(context.source).toEqual([{ origin: "gar", clauses: ["DB.K.gar-teacher"] }]);
  });
});

describe("the package of a person's own data (D10.1a, GDPR art. 20)", () => {
  it("holds what rests on consent, leaves out a public task and says so, and gives what nobody has settled", async () => {
    const house = await pupilHouse([person, work(1), essay, message("x"), setting]);
    await house.register({ runPlatform: "publicTask", support: "consent" });
    const content = house.copy(PUPIL, { kind: "portability" });
    const opened = await openCopy(content);
    expect(opened.paths).toEqual([
      ...["index.html", "copie.pdf", "context.json", "data/schema.json"],
      ...["message", "setting"].flatMap((table) => [
        `data/notebook/${table}.json`,
        `data/notebook/${table}.csv`,
      ]),
    ]);
    expect(contextOf(opened).leftOut).toEqual([
      { purpose: "runPlatform", rows: 3, legalBases: ["publicTask"] },
    ]);
    expect(content.facts()["leftOut"]).toEqual([{ purpose: "runPlatform", rows: 3 }]);
    const page = seen(opened);
    expect(page).toMatch(
      /Faire fonctionner la plateforme mission d’intérêt public \(art\. 6, § 1, e\) 3 D6\.1a/u,
    );
    expect(page).toContain("Aucune base légale n’est déclarée pour : Assurer la traçabilité et la sécurité");
    expect(page).not.toContain("dark");
  });

  it("says where all of it was left out, and is no refusal", async () => {
    const house = await pupilHouse([person]);
    await house.register({ runPlatform: "legalObligation" });
    const opened = await openCopy(house.copy(PUPIL, { kind: "portability" }));
    expect(seen(opened)).toContain("aucune n’entre dans le droit à la portabilité");
  });
});
