import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "../src/change.ts";
import { diffAgreements } from "../src/diff-agreements.ts";
import { agreementHash, readAgreementFolder, referenceFolder, samplesFolder } from "../src/index.ts";

const filesOf = (folder: URL) =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
const files = filesOf(referenceFolder);
const reference = readAgreementFolder(files);

/** The changes when one passage of one file is another, in both directions. */
function changed(name: string, from: string | RegExp, to: string): readonly Change[] {
  const text = files.get(name) ?? "";
  const other = text.replace(from, to);
  expect(other).not.toBe(text);
  const next = readAgreementFolder(new Map([...files, [name, other]]));
  expect(diffAgreements(next, reference).length).toBeGreaterThan(0);
  return diffAgreements(reference, next);
}
const brief = (changes: readonly Change[]) =>
  changes.map(({ kind, change, clause, id, for: whom }) =>
    [kind, change, clause ?? "–", id, ...whom.map(({ who, effect }) => `${who}:${effect}`)].join(" "),
  );
const yaml = (from: string | RegExp, to: string) => changed("agreement.yaml", from, to);

describe("what another version of an agreement changes (D1)", () => {
  it("is nothing for the same agreement, and for another layout of its rules", () => {
    expect(diffAgreements(reference, reference)).toEqual([]);
    const laidOut = new Map([
      ...files,
      ["agreement.yaml", `# a comment\n${files.get("agreement.yaml") ?? ""}\n`],
    ]);
    expect(diffAgreements(reference, readAgreementFolder(laidOut))).toEqual([]);
  });

  it("says who is better off when a right lasts longer (D8.3)", () => {
    expect(brief(yaml(/(id: objectToSubprocessor,[^}]*)workingDays\(7\)/, "$1workingDays(10)"))).toEqual([
      "period changed D8.3 objectToSubprocessor controller:better processor:worse",
    ]);
  });

  it("says who is worse off when what binds lasts longer (D12.2)", () => {
    const found = yaml(/(id: eraseAccount,[^}]*)hours\(24\)/, "$1hours(48)");
    expect(brief(found)).toEqual([
      "period changed D12.2 eraseAccount processor:better controller:worse dataSubject:worse",
    ]);
    expect(found[0]?.says.en.replaceAll("\u00a0", " ")).toBe("24 hours → 48 hours, longer");
    expect(found[0]?.says.fr.replaceAll("\u00a0", " ")).toBe("24 heures → 48 heures, plus long");
  });

  it("does not call a month longer or shorter than 30 days", () => {
    const announced = (duration: string) =>
      readAgreementFolder(
        new Map([
          ...files,
          [
            "agreement.yaml",
            (files.get("agreement.yaml") ?? "").replace(
              /(id: announceSubprocessor,[^}]*)workingDays\(7\)/,
              `$1${duration}`,
            ),
          ],
        ]),
      );
    expect(brief(diffAgreements(announced("days(30)"), announced("months(1)")))).toEqual([
      "period changed D8.2 announceSubprocessor controller:affected processor:affected",
    ]);
  });

  it("says which data may flow where it could not (DB.K.gar-teacher)", () => {
    const found = yaml(
      /(clause: DB\.K\.gar-teacher[\s\S]*?categories:\n)/,
      "$1      - { id: workEmail, purposes: [runPlatform] }\n",
    );
    expect(new Set(found.map(({ kind, change, clause }) => `${kind} ${change} ${clause ?? ""}`))).toEqual(
      new Set(["flow added DB.K.gar-teacher"]),
    );
    const mailer = found.find(({ id }) => id.endsWith(".mailer"));
    expect(mailer?.says.en).toMatch(
      /^teacher through GAR \(plume\) gains work e-mail address towards .*mailer\): store, send/,
    );
    expect(mailer?.for).toContainEqual({ who: "subprocessor:mailer", effect: "affected" });
    expect(found.map(({ id }) => id)).not.toContain("plume.gar.teacher.supportDesk");
  });

  it("says what opens when the support desk takes persons from GAR, and what that asks for (DC, D8.2)", () => {
    const found = yaml("origins: outsideGarOnly", "origins: everyOrigin");
    const first = found.find(({ kind }) => kind === "subprocessor");
    const flows = found.filter(({ kind }) => kind === "flow");
    expect(flows.length).toBe(found.length - 1);
    expect(first).toMatchObject({ kind: "subprocessor", id: "supportDesk", change: "changed" });
    expect(first?.asks?.en).toMatch(/D8\.2, 7\sworking days ahead/);
    expect(first?.asks?.en).toMatch(/7\sworking days \(D8\.3\)/);
    expect(flows.every(({ kind, id }) => kind === "flow" && id === "plume.gar.teacher.supportDesk")).toBe(
      true,
    );
    expect(flows.length).toBeGreaterThan(0);
  });

  it("announces a subprocessor that joins, and asks what becomes of the data when one goes (D8.2)", () => {
    const entry = /( {2}- recipient: mailer\n[\s\S]*?)(?=\n[a-z#])/;
    const block = entry.exec(files.get("agreement.yaml") ?? "")?.[1] ?? "";
    const another = block.replace("recipient: mailer", "recipient: secondMailer");
    const text = (files.get("agreement.yaml") ?? "").replace(block, `${block}\n${another}`);
    const more = readAgreementFolder(new Map([...files, ["agreement.yaml", text]]));
    const ofAnnexC = (changes: readonly Change[]) => changes.filter(({ kind }) => kind === "subprocessor");
    const joins = ofAnnexC(diffAgreements(reference, more));
    expect(brief(joins)).toEqual([
      "subprocessor added DC secondMailer controller:affected dataSubject:affected subprocessor:secondMailer:affected",
    ]);
    expect(joins[0]?.asks?.en).toMatch(/D8\.2, 7\sworking days ahead/);
    const goes = ofAnnexC(diffAgreements(more, reference));
    expect(brief(goes)).toEqual(["subprocessor removed DC secondMailer subprocessor:secondMailer:affected"]);
    expect(goes[0]?.asks?.en).toContain("erased");
  });

  it("says through whom officers are written to, and that this concerns the controller (DA)", () => {
    const line = "  correspondence: { clause: DA, through: [mailer] }";
    expect(yaml(line, line.replace("mailer", "host"))).toEqual([
      {
        ...{ kind: "rule", change: "changed", id: "annexA.correspondence.through", clause: "DA" },
        says: { en: "[mailer] → [host]", fr: "[mailer] → [host]" },
        for: [{ who: "controller", effect: "affected" }],
      },
    ]);
    expect(brief(yaml(line, line.replace("DA", "DB.n")))).toEqual([
      "rule changed DB.n annexA.correspondence.clause controller:affected",
    ]);
    expect(brief(yaml(line, ""))).toEqual(["rule removed DA annexA.correspondence controller:affected"]);
  });

  it("says a transfer, and that it is announced (D9.3)", () => {
    const found = yaml(
      /(recipient: mailer\n[\s\S]*?)transfers: none/,
      "$1transfers: { country: US, mechanism: standardContractualClauses }",
    );
    expect(brief(found)).toEqual(["subprocessor changed DC mailer dataSubject:worse"]);
    expect(found[0]?.asks?.en).toContain("chapter V");
  });

  it("names the clauses whose words are others, in which language, and mere layout apart", () => {
    const word = changed("text.fr.md", "Le client dispose de 7 jours", "Le client a 7 jours");
    expect(word.map(({ clause, says }) => `${clause ?? ""} ${says.en}`)).toEqual([
      "D8.3 worded otherwise (fr)",
    ]);
    const space = changed("text.en.md", "The client has 7 working days", "The client has 7  working days");
    expect(space[0]?.says.en).toMatch(/laid out/);
  });

  it.each<[what: string, from: string | RegExp, to: string, found: string]>([
    ["a ceiling", "ceiling: true", "ceiling: false", "retention changed D12.4"],
    ["the end of the term", "endsWith: contract", "endsWith: lastData", "rule changed D3 term.endsWith"],
    ["a count", "count: 2,", "count: 3,", "figure changed DD.0 counts.hostingSites.count"],
    [
      "the officer",
      "name: Barnabé Lescure",
      "name: Basile Lescure",
      "rule changed DA annexA.processor.officer.name",
    ],
    ["a label", "fr: Latéralité", "fr: Main", "rule changed – categories.handedness.fr"],
  ])("says %s", (_what, from, to, start) => {
    expect(brief(yaml(from, to))[0]).toMatch(new RegExp(`^${start}`));
  });

  it("compares the publisher's agreement with the policy on samples, both ways", () => {
    const samples = readAgreementFolder(filesOf(samplesFolder));
    expect(diffAgreements(reference, samples).length).toBeGreaterThan(20);
    expect(diffAgreements(samples, reference).length).toBeGreaterThan(20);
  });

  it("is empty exactly when the fingerprints are the same, and speaks both languages", () => {
    const values = ["24", "7", "name", "support", "erase", "none", "store", "live", "D8.3", "fr: "];
    const text = files.get("agreement.yaml") ?? "";
    fc.assert(
      fc.property(fc.constantFrom(...values), fc.nat(), fc.constantFrom(...values), (from, nth, to) => {
        const places = [...text.matchAll(new RegExp(from.replace(".", "\\."), "g"))].map(
          ({ index }) => index,
        );
        const at = places[nth % places.length] ?? 0;
        const other = text.slice(0, at) + to + text.slice(at + from.length);
        let next: typeof reference;
        try {
          next = readAgreementFolder(new Map([...files, ["agreement.yaml", other]]));
        } catch {
          return;
        }
        const changes = diffAgreements(reference, next);
        expect(changes.length === 0).toBe(agreementHash(next) === agreementHash(reference));
        for (const { says, id } of changes)
          expect([says.en !== "", says.fr !== "", id !== ""]).toEqual([true, true, true]);
      }),
      { numRuns: 60 },
    );
  });
});
