import { describe, expect, it } from "vitest";
import { controllerExtract } from "../src/controller-extract.ts";
import { at, contract, linesOfDocument, referenceAgreement, schoolSource } from "./reference-source.ts";

describe("the controller's own extract (D4.2)", () => {
  it("has what its record of art. 30(1) asks for", () => {
    const said = linesOfDocument(controllerExtract(schoolSource("en"))).join("\n");
    const agreement = referenceAgreement();
    const { purposes, annexB, recipients, annexC, measures, retention } = agreement;
    for (const { en } of [...purposes, ...recipients, ...annexC, ...measures]) expect(said).toContain(en);
    for (const { clause } of [...annexB, ...retention]) expect(said).toContain(clause);
    expect(said).toContain("Tancrède Ohl");
    expect(said).toContain("Today | no transfer [D9.1]");
  });

  it("says what each kind of evidence is kept for, how purges are announced, when the year ends (D5, D6.1c)", () => {
    const said = linesOfDocument(controllerExtract(schoolSource())).join("\n");
    expect(said).toContain("preuves / instructions, annonces | 5 ans | fin du contrat | effacement | D6.1c");
    expect(said).toContain("preuves / violations | 5 ans | clôture du dossier | effacement | D10.2a");
    expect(said).toContain("annoncée 90 jours, 30 jours, 7 jours et 1 jour à l’avance");
    expect(said).toContain("L’année scolaire s’achève le 31 août.");
  });

  it("sets each own period beside its ceiling (D5)", () => {
    const said = linesOfDocument(controllerExtract(schoolSource()));
    expect(said).toContain("MIR-2026 | données du service | dernière activité | 2 ans | 12 mois | D12.4");
    expect(said).toContain(
      "MIR-2026 | données du service | fin du contrat | 2 ans | celle de l’accord | D12.4",
    );
  });

  it("has a legal basis per purpose, and names each that is missing (D6.1a)", () => {
    const document = controllerExtract(schoolSource());
    expect(linesOfDocument(document)).toContain(
      "Assister les utilisateurs | Plume, évaluation et suivi des apprentissages | MIR-2026 | mission d’intérêt public (art. 6, § 1, e) | D6.1a",
    );
    const purposes = referenceAgreement().products.flatMap((product) => product.purposes);
    expect(document.gaps.filter(({ clause }) => clause === "D6.1a")).toHaveLength(purposes.length - 1);
  });

  it("says what is attested, and what no longer covers what is asked (D6.0)", () => {
    expect(controllerExtract(schoolSource()).gaps.map(({ clause }) => clause)).toContain("D6.0");
    const statements = referenceAgreement().attestation?.statements.map(({ id }) => id) ?? [];
    const attested = (ids: readonly string[]) =>
      controllerExtract(
        schoolSource("fr", {
          attestations: [{ contract: "ctr_2026", attestedAt: at, statements: ids }],
        }),
      );
    expect(attested(statements).gaps.map(({ clause }) => clause)).not.toContain("D6.0");
    const part = attested(statements.slice(1));
    expect(part.gaps.map(({ clause }) => clause)).toContain("D6.0");
    expect(linesOfDocument(part).join("\n")).toContain("ne couvre pas tout ce que l’accord demande");
    expect(linesOfDocument(part).join("\n")).toContain("MIR-2026 | 23 novembre 2026 à 09:15 (Europe/Paris)");
  });

  it("counts the deadlines in the controller's own calendar (D8.3)", () => {
    const said = linesOfDocument(controllerExtract(schoolSource()));
    expect(said).toContain(
      "Opposition | réception d’une annonce | 7 jours ouvrés | droit du responsable | 2 décembre 2026 | D8.3",
    );
    expect(said.find((line) => line.endsWith("D10.1b"))).toContain("25 novembre 2026 à 09:15 (Europe/Paris)");
    const place = { region: "la-reunion", zone: "Indian/Reunion" } as const;
    const island = schoolSource("fr");
    const away = { ...island, file: { ...island.file, controller: { ...island.file.controller, place } } };
    expect(linesOfDocument(controllerExtract(away)).find((line) => line.endsWith("D10.1b"))).toContain(
      "25 novembre 2026 à 12:15 (Indian/Reunion)",
    );
  });

  it("does not guess beyond the table of public holidays", () => {
    const late = { ...schoolSource("en"), at: "2031-12-30T08:00:00.000Z" as typeof at };
    expect(linesOfDocument(controllerExtract(late)).find((line) => line.endsWith("D8.3"))).toContain(
      "cannot be computed",
    );
  });

  it("asks for the choice of what becomes of the data where a contract ends (D6.2c)", () => {
    const clauses = (more: object) =>
      controllerExtract(schoolSource("fr", { contracts: [contract("1", more)] })).gaps.map(
        ({ clause }) => clause,
      );
    expect(clauses({})).toContain("D6.2c");
    expect(clauses({ atEnd: "return" })).not.toContain("D6.2c");
    expect(clauses({ endsOn: undefined })).not.toContain("D6.2c");
  });

  it("says nothing of products that no contract names", () => {
    const said = linesOfDocument(
      controllerExtract(schoolSource("fr", { contracts: [contract("1", { products: ["plume"] })] })),
    ).join("\n");
    expect(said).not.toContain("Jardin");
  });
});
