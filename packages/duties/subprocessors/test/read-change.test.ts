import { localDate } from "@preau/calendar";
import { controllerId, isFault } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { findingsOf, shutBy } from "../src/findings.ts";
import { type ChangeGiven, readChangeGiven } from "../src/read-change.ts";
import { readFactsGiven } from "../src/read-facts.ts";
import { covers, sameDoor } from "../src/scope.ts";
import type { Facts } from "../src/subprocessor.ts";
import { addition, NEWCOMER, reference, storing, supportDesk } from "./subprocessor-house.ts";

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isFault(error)) return `${error.code} ${error.detail.place ?? ""}`.trim();
    throw error;
  }
  return "read";
}
const read = (over: Partial<ChangeGiven>, entry: Readonly<Record<string, unknown>> = {}) =>
  refusal(() => readChangeGiven({ ...addition, entry: { ...NEWCOMER, ...entry }, ...over }, reference));

describe("a change as a person drafts it (D8.2)", () => {
  it.each([
    ["read", {}, {}],
    ["SUBPROCESSORS_BAD entry.siret", {}, { siret: "42476141900046", register: undefined }],
    ["read", {}, { siret: "42476141900045" }],
    ["SUBPROCESSORS_BAD entry.purposes", {}, { purposes: ["advertise"] }],
    ["SUBPROCESSORS_BAD entry.categories", {}, { categories: ["shoeSize"] }],
    ["SUBPROCESSORS_BAD entry.operations", {}, { operations: [] }],
    // A recipient of the house is none of annex C.
    ["SUBPROCESSORS_BAD entry.recipient", {}, { recipient: "product" }],
    // The same recipient, another company: the gate could not tell who receives.
    ["SUBPROCESSORS_RECIPIENT_TAKEN", {}, { recipient: "host" }],
    ["SUBPROCESSORS_BAD entry.transfers", { kind: "transfer" }, {}],
    ["SUBPROCESSORS_BAD entry.recipient", { kind: "extendScope" }, {}],
    ["SUBPROCESSORS_BAD replaces", { kind: "replace" }, {}],
    ["SUBPROCESSORS_BAD replaces", { kind: "replace", replaces: "spareHost" }, {}],
    ["read", { kind: "replace", replaces: "host" }, {}],
    ["SUBPROCESSORS_BAD startsOn", { startsOn: "2026-02-30" }, {}],
    [
      "SUBPROCESSORS_BAD content.places.storage",
      { content: { ...addition.content, places: { storage: [], processing: ["FR"] } } },
      {},
    ],
    [
      "SUBPROCESSORS_BAD content.purpose.fr",
      { content: { ...addition.content, purpose: { fr: "odile@hameau.example", en: "x" } } },
      {},
    ],
  ] as const)("is %s for %o, entry %o", (expected, over, entry) => {
    expect(read(over as Partial<ChangeGiven>, entry)).toBe(expected);
  });

  it("names the entry’s field that the agreement’s form refuses", () => {
    expect(read({}, { origins: "everybody" })).toBe("SUBPROCESSORS_BAD entry.origins");
    expect(read({}, { transfers: { country: "États-Unis", mechanism: "adequacy" } })).toMatch(
      /entry\.transfers/,
    );
  });

  it("widens who is there: the same company, whose data stays where it was (D8.2)", () => {
    const wider = { ...supportDesk, origins: "everyOrigin", deletionDelay: "unknown" };
    const given: ChangeGiven = { ...addition, kind: "extendScope", entry: wider };
    expect(refusal(() => readChangeGiven(given, reference))).toBe("read");
    const leaving = { ...wider, transfers: { country: "US", mechanism: "adequacy" } };
    expect(refusal(() => readChangeGiven({ ...given, entry: leaving }, reference))).toBe(
      "SUBPROCESSORS_RECIPIENT_TAKEN",
    );
  });
});

describe("what an entry covers (D8.1, DC)", () => {
  const flow = storing(controllerId("school-1"));
  const entry = readChangeGiven(addition, reference).entry;
  it("is bounded by operation, origin, purpose and category, each where it says so", () => {
    expect(covers(entry, flow, "name")).toBe(true);
    expect(covers(entry, { ...flow, operation: "show" }, "name")).toBe(false);
    expect(covers(entry, { ...flow, recipient: "host" }, "name")).toBe(false);
    expect(covers({ ...entry, origins: "outsideGarOnly" }, { ...flow, origin: "gar" }, "name")).toBe(false);
    expect(covers({ ...entry, purposes: ["support"] }, flow, "name")).toBe(false);
    expect(covers({ ...entry, categories: ["profile"] }, flow, "name")).toBe(false);
  });

  it("is another door when the company or its transfer is another; another site is the same company", () => {
    expect(sameDoor(supportDesk, { ...supportDesk, name: "Crisp IM", siret: "83308580600010" })).toBe(true);
    expect(sameDoor(supportDesk, { ...supportDesk, siret: "42476141900045" })).toBe(false);
    const transfers = { country: "US", mechanism: "adequacy" } as const;
    expect(sameDoor(supportDesk, { ...supportDesk, transfers })).toBe(false);
  });
});

describe("the file of a subprocessor (D8.5, D9.2)", () => {
  const today = localDate("2026-06-01");
  const document = { reference: "DOC-1", sha256: "a".repeat(64) };
  const facts: Facts = {
    places: { storage: ["FR"], processing: ["FR", "GP"] },
    contract: { ...document, signedOn: today, validFrom: localDate("2026-01-01"), validUntil: today },
    review: {
      ...{ measures: ["hosting"], reviewedOn: localDate("2026-01-10"), reviewedBy: "publisherDpo" },
      ...{ nextReviewBy: today, reference: "REV-1" },
    },
    subprocessors: [],
  };
  const codes = (given: Facts | undefined, over = {}, day = today) =>
    findingsOf({
      entry: { ...supportDesk, deletionDelay: "none", ...over },
      facts: given,
      agreement: reference,
      today: day,
    }).map(({ code, clause }) => `${clause} ${code}`);

  it("lacks everything at first, and nothing once it is complete, its last days included (D8.5)", () => {
    expect(codes(undefined)).toEqual(["D8.5 NO_CONTRACT_ON_FILE", "D8.5 NO_REVIEW", "D8.2 NO_PLACES"]);
    expect(codes(facts)).toEqual([]);
    expect(codes(facts, {}, localDate("2026-06-02"))).toEqual([
      "D8.5 CONTRACT_EXPIRED",
      "D8.5 REVIEW_OVERDUE",
    ]);
    expect(codes(facts, {}, localDate("2025-12-31"))).toEqual(["D8.5 CONTRACT_NOT_STARTED"]);
    expect(codes(facts, { siret: "83308580600029", deletionDelay: "unknown" })).toEqual([
      "D8.5 SIRET_WRONG",
      "D12.4 DELETION_DELAY_UNKNOWN",
    ]);
  });

  it("shuts for a transfer without its mechanism on file and in force, authorised by the agreement (D9.1, D9.2)", () => {
    const shut = (given: Facts, mechanism = "adequacy", day = today) =>
      shutBy({
        entry: { ...supportDesk, transfers: { country: "US", mechanism: mechanism as "adequacy" } },
        ...{ facts: given, agreement: reference, today: day },
      })?.code;
    const transfer = { ...document, country: "US", mechanism: "adequacy", validUntil: today };
    expect(shut(facts)).toBe("TRANSFER_UNDOCUMENTED");
    expect(shut({ ...facts, transfer })).toBeUndefined();
    expect(shut({ ...facts, transfer: { ...transfer, country: "CA" } })).toBe("TRANSFER_UNDOCUMENTED");
    expect(shut({ ...facts, transfer }, "adequacy", localDate("2026-06-02"))).toBe("TRANSFER_EXPIRED");
    expect(shut({ ...facts, transfer }, "bindingCorporateRules")).toBe("TRANSFER_NOT_AUTHORISED");
    const abroad = { ...facts, places: { storage: ["FR"], processing: ["US"] } };
    expect(codes(abroad)).toEqual(["D9.1 PLACE_WITHOUT_TRANSFER"]);
    expect(shut({ ...abroad, transfer })).toBeUndefined();
  });

  it.each([
    ["contact", { contact: "odile.sarment@nuage.example" }],
    ["contract.sha256", { contract: { ...document, sha256: "abc", signedOn: today, validFrom: today } }],
    [
      "contract.reference",
      {
        contract: {
          ...document,
          reference: "mail of odile@nuage.example",
          signedOn: today,
          validFrom: today,
        },
      },
    ],
    [
      "contract.validUntil",
      { contract: { ...document, signedOn: today, validFrom: today, validUntil: localDate("2026-05-31") } },
    ],
    ["review.measures", { review: { ...facts.review, measures: ["unheardOf"] } }],
    ["review.nextReviewBy", { review: { ...facts.review, nextReviewBy: localDate("2026-01-10") } }],
    ["places.storage", { places: { storage: ["France"], processing: ["FR"] } }],
  ])("refuses what cannot be right, or would name a person: %s (D8.5)", (place, over) => {
    const given = { ...facts, ...over } as Facts;
    expect(refusal(() => readFactsGiven(given, reference))).toBe(`SUBPROCESSORS_BAD ${place}`);
  });

  it("takes an address of a function, a page, and a tree of others’ subprocessors", () => {
    const deep = {
      name: "Sous-Nuage",
      country: "ie",
      subprocessors: [{ name: "Ciel", country: "FR", subprocessors: [] }],
    };
    for (const contact of [
      "privacy@nuage.example",
      "dpo.support@nuage.example",
      "https://nuage.example/rgpd",
    ])
      expect(readFactsGiven({ ...facts, contact, subprocessors: [deep] }, reference)).toMatchObject({
        contact,
        subprocessors: [{ country: "IE", subprocessors: [{ name: "Ciel" }] }],
      });
  });
});
