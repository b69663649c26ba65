import { readFileSync } from "node:fs";
import { controllerId, type Flow, type GateTable, type Operation } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  oneAgreement,
  parseAgreement,
  referenceFolder,
  type Subprocessor,
  widenSubprocessors,
} from "../src/index.ts";

const yaml = readFileSync(new URL("agreement.yaml", referenceFolder), "utf8");
const reference = parseAgreement(yaml, { file: "agreement.yaml" });
const school = controllerId("school-1");

const recipients = ["mailer", "supportDesk", "analytics", "staff", "dataSubject", "host"] as const;
const purposes = ["runPlatform", "support", "traceability"] as const;
const categories = ["name", "workEmail", "telephone", "supportRequests"] as const;
const operations = ["store", "show", "send", "answer", "erase"] as const satisfies readonly Operation[];

const entry = (over: Partial<Subprocessor> & Pick<Subprocessor, "recipient">): Subprocessor => ({
  ...{ clause: "DC", name: "Noroît", siret: "99900003500018", fr: "Mesure", en: "Measuring" },
  ...{ origins: "outsideGarOnly", transfers: "none", deletionDelay: "none", operations: ["store"] },
  ...over,
});
const some = <T>(list: readonly T[]) => fc.subarray([...list]);
const anyEntry = fc
  .record({
    recipient: fc.constantFrom(...recipients),
    operations: some(operations),
    origins: fc.constantFrom("outsideGarOnly" as const, "everyOrigin" as const),
    bounds: fc.record({ purposes: some(purposes), categories: some(categories) }, { requiredKeys: [] }),
  })
  .map(({ bounds, ...rest }) => entry({ ...rest, ...bounds }));

const flow = fc.record({
  controller: fc.constant(school),
  product: fc.constant("plume"),
  operation: fc.constantFrom(...operations),
  origin: fc.constantFrom("gar" as const, "outsideGar" as const),
  role: fc.constant("teacher"),
  categories: fc.constant<readonly string[]>([]),
  purpose: fc.constantFrom(...purposes),
  recipient: fc.constantFrom(...recipients),
});
function allows(table: GateTable, asked: Flow): readonly string[] {
  const row = table.row(asked);
  return categories.filter((category) => (row.answers.get(category) ?? row.otherwise).allowed);
}

describe("an agreement in force and what was announced under it (D8.2, DC)", () => {
  it("names whom was announced as far as they are announced, and changes neither agreement nor fingerprint", () => {
    const agreements = oneAgreement(reference);
    const before = agreements.hashOf(school);
    const asked: Flow = {
      ...{ controller: school, product: "plume", operation: "store", origin: "outsideGar", role: "teacher" },
      ...{ categories: ["name"], purpose: "runPlatform", recipient: "analytics" },
    };
    expect(allows(agreements.tableOf(school), asked)).toEqual([]);
    const analytics = entry({ recipient: "analytics", categories: ["name"] });
    agreements.announce([analytics]);
    const table = agreements.tableOf(school);
    expect(allows(table, asked)).toEqual(["name"]);
    expect(allows(table, { ...asked, operation: "show" })).toEqual([]);
    expect(allows(table, { ...asked, origin: "gar" })).toEqual([]);
    expect([agreements.hashOf(school), table.agreement]).toEqual([before, before]);
    expect(agreements.of(school)).toBe(reference);
    expect(agreements.announced).toEqual([analytics]);
    agreements.announce([]);
    expect(allows(agreements.tableOf(school), asked)).toEqual([]);
  });

  it("takes from nobody what the agreement gives, and gives nobody what is neither agreed nor announced", () => {
    const own = oneAgreement(reference).tableOf(school);
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 3 }), flow, (given, asked) => {
        const agreements = oneAgreement(reference);
        agreements.announce(given);
        const [was, is] = [allows(own, asked), allows(agreements.tableOf(school), asked)];
        for (const category of was) expect(is).toContain(category);
        if (is.length === was.length) return;
        const named = given.filter(({ recipient }) => recipient === asked.recipient);
        const agreed = reference.annexC.filter(({ recipient }) => recipient === asked.recipient);
        const all = [...agreed, ...named];
        expect(named.length).toBeGreaterThan(0);
        expect(all.some((each) => each.operations.includes(asked.operation))).toBe(true);
        expect(all.some((each) => each.purposes?.includes(asked.purpose) ?? true)).toBe(true);
        if (asked.origin === "gar") expect(all.some(({ origins }) => origins === "everyOrigin")).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it("lets nobody in under the name of a recipient of the house (DB.n)", () => {
    const agreements = oneAgreement(reference);
    agreements.announce([
      entry({ recipient: "staff", operations: ["show"], origins: "everyOrigin" }),
      entry({ recipient: "dataSubject", operations: ["answer"], origins: "everyOrigin" }),
    ]);
    const asked: Flow = {
      ...{ controller: school, product: "plume", operation: "show", origin: "outsideGar", role: "teacher" },
      ...{ categories: ["name"], purpose: "runPlatform", recipient: "staff" },
    };
    const reasonOf = (change: Partial<Flow>) => {
      const row = agreements.tableOf(school).row({ ...asked, ...change });
      return (row.answers.get("name") ?? row.otherwise).reason;
    };
    expect(reasonOf({})).toBe("NO_INSTRUCTION");
    expect(reasonOf({ recipient: "dataSubject", operation: "answer" })).toBe("NO_INSTRUCTION");
  });
});

describe("entries of one recipient, taken together (DC)", () => {
  it("bound what all of them bound, and allow what each allows", () => {
    const [one, two] = [
      entry({ recipient: "a", operations: ["store"], purposes: ["p"], categories: ["c"] }),
      entry({ recipient: "a", operations: ["send"], categories: ["d"], origins: "everyOrigin" }),
    ];
    const [both, ...none] = widenSubprocessors([one, two]);
    expect(none).toEqual([]);
    expect(both).toMatchObject({
      operations: ["store", "send"],
      categories: ["c", "d"],
      origins: "everyOrigin",
    });
    expect(both).not.toHaveProperty("purposes");
    expect(widenSubprocessors([one, entry({ recipient: "b" })])).toHaveLength(2);
  });

  it("are the same in any order, but for the words of the first", () => {
    const widest = (entries: readonly Subprocessor[]) =>
      widenSubprocessors(entries)
        .map(({ recipient, origins, ...rest }) => ({
          ...{ recipient, origins, operations: [...rest.operations].toSorted() },
          ...{ purposes: rest.purposes?.toSorted(), categories: rest.categories?.toSorted() },
        }))
        .toSorted((a, b) => a.recipient.localeCompare(b.recipient));
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 5 }), (entries) => {
        expect(widest(entries.toReversed())).toEqual(widest(entries));
      }),
    );
  });
});
