import { describe, expect, it } from "vitest";
import { messages } from "../src/messages.ts";
import { noticeFacts } from "../src/notice-facts.ts";
import { readChangeGiven } from "../src/read-change.ts";
import { terminationText } from "../src/termination-text.ts";
import { addition, reference } from "./subprocessor-house.ts";

const flat = (parts: readonly unknown[]) => JSON.stringify(parts);

describe("what is written to clients (D8.2, D8.4)", () => {
  it.each(messages.map((each) => [each.name, each] as const))(
    "%s speaks both languages, with its example and nothing less (D8.2)",
    (_, template) => {
      const [fr, en] = [template.compose(template.example, "fr"), template.compose(template.example, "en")];
      expect(flat(fr)).not.toBe(flat(en));
      expect(flat(fr)).not.toMatch(/ [:;?!»]|[a-zé]'[a-z]/); // a plain space, or a straight apostrophe
      expect(() => template.compose({}, "fr")).toThrow();
    },
  );

  it("holds everything that one needs in order to object, in the agreement’s words too (D8.2, D9.3)", () => {
    const change = readChangeGiven({ ...addition, kind: "replace", replaces: "host" }, reference);
    const facts = new Map(noticeFacts(change, reference, "en"));
    expect(Object.fromEntries(facts)).toMatchObject({
      Change: "One subprocessor replaces another",
      Subprocessor: "Nuage Exemple (HRB 1234 Exempelstadt)",
      Replaces: "OVH",
      "What it does": "stores",
      "Categories of data": "all of annex B",
      Purpose: "Keep a copy of the service.",
      "Countries of processing": "France, Germany",
      "Transfer outside the Union": "none",
      Retention: "As long as the contract.",
      Guarantees: "Measures reviewed in March 2026.",
      "Not before": "Thursday 1 January 2026",
    });
    expect(facts.get("Time to object")).toMatch(/^7\u00a0working days \(D8\.3\)/);
    expect(noticeFacts(change, reference, "fr")).toHaveLength(facts.size);
  });

  it("ends a contract plainly, and without compensation (D8.4)", () => {
    const facts = { reference: "C-17", name: "Nuage Exemple", endsOn: "31 August 2026" };
    expect(terminationText(facts, "en").join(" ")).toMatch(/C-17.*31 August 2026.*No compensation/);
    expect(terminationText(facts, "fr").join(" ")).toMatch(/sans indemnité/);
  });
});
