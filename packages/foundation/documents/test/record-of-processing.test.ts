import { localDate } from "@preau/calendar";
import { describe, expect, it } from "vitest";
import type { Document } from "../src/document.ts";
import { recordOfProcessing } from "../src/record-of-processing.ts";
import {
  contract,
  endedContract,
  linesOfDocument,
  referenceAgreement,
  schoolSource,
} from "./reference-source.ts";

/** The lines under a heading of level 2. */
function part(document: Document, letter: string): readonly string[] {
  const lines = linesOfDocument(document);
  const from = lines.findIndex((line) => line.startsWith(`## ${letter}. `));
  const to = lines.findIndex((line, at) => at > from && line.startsWith("## "));
  return lines.slice(from, to === -1 ? undefined : to);
}

describe("the processor's record of processing activities (D4.2)", () => {
  const document = recordOfProcessing(schoolSource("en"));

  it("is in the order of art. 30(2)", () => {
    const headings = linesOfDocument(document).filter((line) => line.startsWith("## "));
    expect(headings.map((line) => line.slice(3, 6))).toEqual(["a. ", "b. ", "c. ", "d. ", "Wha"]);
  });

  it("(a) names processor, controller, their officers, and the other processors", () => {
    const said = part(document, "a");
    expect(said).toContain("Name | Éditions Marelle");
    expect(said).toContain("Seat | 4, rue du Préau, 35000 Rennes");
    expect(said.find((line) => line.startsWith("Data protection officer | Barnabé"))).toContain(
      "dpo@editions-marelle.example",
    );
    expect(said).toContain("Name | École maternelle des Mirabelliers");
    expect(said.find((line) => line.startsWith("Data protection officer | Tancrède"))).toContain(
      "dpo@mirabelliers.example",
    );
    expect(said).toContain("Legal representative | none is named in the register");
    for (const { name } of referenceAgreement().annexC)
      expect(said.some((line) => line.startsWith(`${name} / `))).toBe(true);
  });

  it("(b) has purposes, data and data subjects of each product that the running contracts name", () => {
    const said = part(document, "b").join("\n");
    const { products, purposes, annexB } = referenceAgreement();
    for (const product of products) {
      expect(said).toContain(`### ${product.en} [${product.clause}]`);
      for (const id of product.purposes) expect(said).toContain(purposes.find((each) => each.id === id)?.en);
    }
    for (const { clause } of annexB) expect(said).toContain(clause);
  });

  it("(c) says that there is no transfer because the agreement says so, and (d) has every measure", () => {
    expect(part(document, "c")).toContain("Today | no transfer [D9.1]");
    const said = part(document, "d");
    for (const { en, clause } of referenceAgreement().measures)
      expect(said.some((line) => line.startsWith(en) && line.endsWith(`| ${clause}`))).toBe(true);
  });

  it("ends with what is missing, and has no such part where nothing is", () => {
    expect(document.gaps.map(({ clause }) => clause)).toEqual(["DA", "DC", "D8.5"]);
    expect(linesOfDocument(document).at(-1)).toContain("D8.5");
  });

  it("is of today: a contract that has not started is processed under by nobody", () => {
    const coming = schoolSource("en", { contracts: [contract("2027", { state: "notStarted" })] });
    const said = part(recordOfProcessing(coming), "b").join("\n");
    expect(said).toContain("MIR-2027");
    expect(said).toContain("No contract is running");
    expect(said).not.toContain("### Plume");
    expect(said).toContain("No data should be held");
  });

  it("keeps the data of a contract that has ended until its last day, and no longer (D12.4)", () => {
    const of = (endsOn: string) =>
      part(
        recordOfProcessing(
          schoolSource("en", { contracts: [endedContract(localDate(endsOn))], periods: [] }),
        ),
        "b",
      );
    const held = of("2025-08-31");
    expect(held.join("\n")).toContain("### Plume");
    expect(held.find((line) => line.startsWith("MIR-2023 | Plume") && line.includes("2027"))).toMatch(
      /31 August 2025 \| 31 August 2027 \| D12\.4$/,
    );
    const past = schoolSource("en", { contracts: [endedContract(localDate("2024-08-31"))], periods: [] });
    expect(recordOfProcessing(past).gaps).toContainEqual({
      clause: "D12.4",
      says: "Nothing in this data shows that the data of contract MIR-2023, whose period is over, has been erased.",
    });
    const gone = of("2024-08-31").join("\n");
    expect(gone).not.toContain("### Plume");
    expect(gone).toContain("No data should be held");
  });

  it("says whose a legal basis is where contracts differ (D6.1a)", () => {
    const of = (...contracts: readonly ReturnType<typeof contract>[]) =>
      part(recordOfProcessing(schoolSource("en", { contracts })), "b").find((line) =>
        line.startsWith("Support the users | "),
      );
    expect(of(contract("2026"))).toMatch(/\| public task \(art\. 6\(1\)\(e\)\)$/);
    expect(of(contract("2026"), contract("2025"))).toMatch(
      /\| MIR-2026: public task \(art\. 6\(1\)\(e\)\) \/ MIR-2025: not stated$/,
    );
  });

  it("counts a contract's own period, and holds what cannot be counted", () => {
    const ended = endedContract(localDate("2026-08-31"));
    const own = {
      contract: ended.id,
      rule: "expiredContract",
      duration: { unit: "months", amount: 1 },
    } as const;
    const source = schoolSource("en", { contracts: [ended], periods: [own] });
    expect(part(recordOfProcessing(source), "b").join("\n")).toContain("30 September 2026 | D12.4");
    const { endsOn: _, ...open } = ended;
    const unknown = part(recordOfProcessing(schoolSource("en", { contracts: [open] })), "b").join("\n");
    expect(unknown).toContain("not recorded | cannot be computed");
    expect(unknown).toContain("### Plume");
  });
});
