import { localDate } from "@preau/calendar";
import type { OfficerId } from "@preau/contracts";
import { describe, expect, it } from "vitest";
import { annexA } from "../src/annex-a.ts";
import { annexB } from "../src/annex-b.ts";
import { annexC } from "../src/annex-c.ts";
import { annexD } from "../src/annex-d.ts";
import { annexes } from "../src/annexes.ts";
import { controllerExtract } from "../src/controller-extract.ts";
import { recordOfProcessing } from "../src/record-of-processing.ts";
import {
  contract,
  endedContract,
  linesOfDocument,
  referenceAgreement,
  SCHOOL,
  schoolSource,
  source,
} from "./reference-source.ts";

describe("annex A (DA, D4.3)", () => {
  it("names the processor with legal form, seat, register, representative and data protection officer", () => {
    const said = linesOfDocument(annexA(source()));
    expect(said).toContain("## Sous-traitant [DA]");
    expect(said).toContain("Dénomination | Éditions Marelle");
    expect(said).toContain("Registre du commerce | RCS Rennes 999 000 019");
    expect(said).toContain("Représentant légal | Odile Carmentel, présidente");
    expect(said).toContain(
      "Délégué à la protection des données | Barnabé Lescure / 4, rue du Préau, 35000 Rennes / dpo@editions-marelle.example",
    );
  });

  it("names no controller where there is no contract, and says so", () => {
    const { gaps, ...document } = annexA(source("en"));
    expect(gaps).toEqual([]);
    expect(linesOfDocument({ ...document, gaps })).toContain(
      "This annex is drawn up without a contract. Each contract names its controller here. [D4.3]",
    );
  });

  it("gives the controller's name and contact, and those of its data protection officer", () => {
    const said = linesOfDocument(annexA(schoolSource()));
    expect(said).toContain("## Responsable de traitement [DA] [D4.3]");
    expect(said).toContain("Dénomination | École maternelle des Mirabelliers");
    expect(said).toContain("SIRET | 999 001 027 00013");
    expect(said).toContain(
      "Délégué à la protection des données | Tancrède Ohl / 8, rue des Mirabelliers, 57000 Metz / dpo@mirabelliers.example",
    );
    expect(said).toContain(
      "MIR-2026 | Plume, évaluation et suivi des apprentissages / Jardin, carnet de suivi de l’école maternelle | 1er septembre 2026 | 31 août 2027 | en cours | pas encore choisi",
    );
  });

  it("says who is missing, and under which clause", () => {
    const document = annexA(schoolSource("fr", { officers: [] }));
    expect(document.gaps.map(({ clause }) => clause)).toEqual(["DA", "D4.3"]);
    expect(linesOfDocument(document)).toContain(
      "Délégué à la protection des données | aucun n’est désigné dans le registre",
    );
    const officer = { id: "ofc_2" as OfficerId, controller: SCHOOL, name: "Nolwenn Treguidou" };
    const complete = annexA(
      schoolSource("fr", {
        officers: [
          { ...officer, role: "representative", capacity: "directrice" },
          { ...officer, role: "dpo" },
        ],
      }),
    );
    expect(complete.gaps).toEqual([]);
    expect(linesOfDocument(complete)).toContain("Représentant légal | Nolwenn Treguidou, directrice");
  });

  it("says of a product that the agreement does not name that it is one (D1)", () => {
    const said = linesOfDocument(
      annexA(schoolSource("en", { contracts: [contract("2026", { products: ["encre"] })] })),
    );
    expect(said.find((line) => line.startsWith("MIR-2026 | "))).toContain(
      "encre (product that the agreement does not name)",
    );
  });

  it("says that a contract is annexed to another version of the agreement (D1)", () => {
    const document = annexA(
      schoolSource("en", { contracts: [contract("2026", { agreement: "sha256:other" })] }),
    );
    expect(document.gaps).toContainEqual({
      clause: "D1",
      says: "Contract MIR-2026 is annexed to another version of the agreement than the one this document is drawn from.",
    });
  });
});

describe("annex B (DB.n)", () => {
  it("has every row of the agreement, with each category, and the clause of each", () => {
    const said = linesOfDocument(annexB(source())).join("\n");
    const { annexB: rows, products, recipients, categories } = referenceAgreement();
    for (const { clause } of [...rows, ...products, ...recipients]) expect(said).toContain(clause);
    for (const { id, fr } of categories) {
      if (rows.some((row) => row.categories.some((each) => each.id === id))) expect(said).toContain(fr);
    }
  });

  it("says plainly that a pupil through GAR is refused (DB.K.gar-pupil)", () => {
    expect(linesOfDocument(annexB(source()))).toContain(
      "Élève / par le GAR | Rien n’est énuméré : la connexion est refusée. | – | DB.K.gar-pupil",
    );
  });

  it("gives a teacher through GAR neither e-mail nor telephone (DB.K.gar-teacher)", () => {
    const row = linesOfDocument(annexB(source("en"))).find((line) => line.endsWith("DB.K.gar-teacher"));
    expect(row).toBe(
      "Teacher / through GAR | Last and first name / Profile (teacher, health professional…) / Class, group and level / Support requests (for: support the users) / Sign-in identifiers, activity logs and device settings | all those of the product | DB.K.gar-teacher",
    );
  });

  it("says which way in nobody may take for a product", () => {
    expect(linesOfDocument(annexB(source()))).toContain(
      "Par le GAR, l’accord ne prévoit personne pour ce produit : toute connexion par cette voie est refusée. [DB.D.p]",
    );
  });

  it("describes the products of the contracts that have not ended, and nothing else", () => {
    const said = linesOfDocument(
      annexB(schoolSource("fr", { contracts: [contract("1", { products: ["jardin"] })] })),
    ).join("\n");
    expect(said).toContain("## Jardin");
    expect(said).not.toContain("## Plume");
    const none = annexB(schoolSource("fr", { contracts: [endedContract(localDate("2026-08-31"))] }));
    expect(linesOfDocument(none).join("\n")).toContain("cette annexe n’a rien à décrire. [D1]");
  });
});

describe("annex C (DC)", () => {
  it("groups the SIRET, keeps the desk outside GAR, and says that a delay is unknown", () => {
    const document = annexC(source());
    const said = linesOfDocument(document);
    expect(said).toContain(
      "OVH / SIRET 424 761 419 00045 | Hébergement | par le GAR et hors GAR | aucun | ne garde aucune copie | DC",
    );
    expect(said.find((line) => line.startsWith("Crisp / "))).toContain(
      "hors GAR uniquement | aucun | délai inconnu | DC",
    );
    expect(said.find((line) => line.startsWith("Sendinblue (Brevo) / "))).toContain(
      "en 48 heures au plus / ordres transmis un par un",
    );
    expect(document.gaps.map(({ clause }) => clause)).toEqual(["DC", "D8.5"]);
  });

  it("names the country and the mechanism of a transfer, and what has no document (D9.2)", () => {
    const agreement = referenceAgreement();
    const [host, ...others] = agreement.annexC;
    const elsewhere = { ...host!, transfers: { country: "JP", mechanism: "other" } as const };
    const document = annexC({ ...source("en"), agreement: { ...agreement, annexC: [elsewhere, ...others] } });
    expect(linesOfDocument(document)).toContain(
      "OVH: Japan | another recognised safeguard / the data does not name the safeguard: its document is to be attached [DC]",
    );
    expect(document.gaps.some(({ says }) => says.startsWith("The safeguard of the transfer by OVH"))).toBe(
      true,
    );
  });

  it("never takes silence on transfers for none (D9.1)", () => {
    const { transfers: _, ...agreement } = referenceAgreement();
    const document = annexC({ ...source("en"), agreement });
    expect(linesOfDocument(document)).toContain("Today | the agreement does not say");
    expect(document.gaps.map(({ clause }) => clause)).toContain("D9.1");
  });
});

describe("annex D (DD.1, DD.8)", () => {
  it("has every measure, the generations of backups and the periods of the logs", () => {
    const said = linesOfDocument(annexD(source()));
    for (const { clause } of referenceAgreement().measures)
      expect(said.some((line) => line.endsWith(`| ${clause}`))).toBe(true);
    expect(said).toContain(
      "Hébergement en France, sur deux sites | pays : France / 2 sites d’hébergement distincts | DD.0",
    );
    expect(said).toContain("quotidienne | différentielle | chaque jour | mensuelle | 7 jours");
    expect(said).toContain("mensuelle | complète | chaque mois | – | 6 mois");
    expect(said).toContain("journal d’activité | 1 an | archivage de l’inscription | effacement | DD.8");
  });
});

describe("somebody else's agreement", () => {
  const theirs = { ...referenceAgreement(), texts: { fr: "## A1 · Parties\n" } };

  it("is never said to have a clause that its text lacks", () => {
    const more = { officers: [], contracts: [contract("2026", { agreement: "sha256:other" })] };
    for (const make of [annexA, annexC]) {
      const { gaps, ...document } = make({ ...schoolSource("en", more), agreement: theirs });
      expect(gaps.length).toBeGreaterThan(1);
      for (const { clause } of gaps) expect(["DA", "DC", "D1"]).toContain(clause);
      expect(linesOfDocument({ ...document, gaps }).join("\n")).not.toMatch(/D4\.3|D8\.5/u);
    }
  });

  it("may leave out whatever an agreement may leave out", () => {
    const { annexA: parties, frame, id, fr, en, schema, kind, texts } = referenceAgreement();
    const empty = { safeguards: [], measures: [], roles: [], categories: [], purposes: [], products: [] };
    const rest = { annexB: [], recipients: [], annexC: [], periods: [], choices: [], retention: [] };
    const bare = {
      schema,
      kind,
      id,
      fr,
      en,
      frame,
      annexA: parties,
      texts,
      counts: [],
      accepted: [],
      exempt: [],
    };
    const agreement = { ...bare, ...empty, ...rest };
    const said = linesOfDocument(annexes({ ...source("en"), agreement }));
    expect(said).toContain("The agreement names no product: this annex has nothing to describe. [D1]");
    expect(said).toContain("Today | the agreement does not say");
    const file = schoolSource("en");
    expect(recordOfProcessing({ ...file, agreement }).gaps.map(({ clause }) => clause)).toContain("D9.1");
    expect(controllerExtract({ ...file, agreement }).gaps.map(({ clause }) => clause)).toContain("D7");
  });
});

describe("the four annexes", () => {
  it("stand in one document, each from a new page, with what each could not say", () => {
    const document = annexes(schoolSource());
    const parts = document.blocks.filter((block) => block.kind === "heading" && block.level === 2);
    expect(
      parts.map((block) => block.kind === "heading" && [block.text.slice(0, 8), block.startsPage]),
    ).toEqual([
      ["Annexe A", false],
      ["Annexe B", true],
      ["Annexe C", true],
      ["Annexe D", true],
    ]);
    expect(document.gaps.map(({ clause }) => clause)).toEqual(["DA", "DC", "D8.5"]);
  });
});
