import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addMillis,
  type InstructionKind,
  type InstructionScope,
  type InstructionTerms,
  type InstructionUse,
  instant,
  instructionKinds,
  standingOf,
} from "../src/index.ts";

const START = instant("2027-02-01T09:00:00.000Z");
const clause = "D10.1c";

const operations = ["store", "show", "send", "export", "answer", "erase", "return"] as const;
const acts = ["restrict", "liftRestriction", "rectify", "objectToProcessing"] as const;

/** Half of all uses and scopes are alike, so that a good part of them is in force. */
const often = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(usual, ...others) },
  );
const list = <T>(...words: readonly T[]) => fc.subarray([...words], { minLength: 0 });
/** Members that are there, or not, by these odds. */
function someOf<T extends object>(
  members: { [K in keyof T]-?: fc.Arbitrary<T[K]> },
  there: number,
): fc.Arbitrary<Partial<T>> {
  const keys = Object.keys(members);
  return fc
    .tuple(fc.record(members), fc.array(fc.nat(99), { minLength: keys.length, maxLength: keys.length }))
    .map(
      ([all, odds]) =>
        Object.fromEntries(Object.entries(all).filter((_, at) => (odds[at] ?? 0) < there)) as Partial<T>,
    );
}

const use: fc.Arbitrary<InstructionUse> = fc
  .tuple(
    fc.constantFrom(...operations, ...acts),
    someOf<Omit<InstructionUse, "operation">>(
      {
        product: often("plume", "jardin"),
        recipient: often("dataSubject", "mailer"),
        purpose: often("support", "run"),
        categories: list("name", "email"),
        subject: often("sub_1", "sub_2"),
        about: often("rqs_1", "rqs_2"),
        fields: list("note.text", "note.author"),
      },
      90,
    ),
  )
  .map(([operation, rest]) => ({ operation, ...rest }));
const scope: fc.Arbitrary<InstructionScope> = someOf<InstructionScope>(
  {
    product: often("plume", "jardin"),
    operations: fc.constantFrom(operations, operations, operations.slice(0, 4), []),
    recipients: list("dataSubject", "mailer"),
    purposes: list("support", "run"),
    categories: often(["name", "email", "results"], ["name"], []),
    subject: often("sub_1", "sub_2"),
    about: list("rqs_1", "rqs_2"),
    fields: often(["note.text", "note.author"], ["note.text"]),
  },
  25,
);
const kind = fc.constantFrom(...instructionKinds);
const moment = fc.integer({ min: -100_000, max: 100_000 }).map((offset) => addMillis(START, offset));

const yes = (terms: InstructionTerms | undefined, asked: InstructionUse, now = START) =>
  standingOf(terms, asked, now).inForce;
const termsOf = (of: InstructionKind, reach: InstructionScope): InstructionTerms => ({
  ...{ kind: of, clause, scope: reach, startsAt: START },
});

describe("whether an instruction is in force (D6.1c, D10.1c)", () => {
  it("is never widened by one more member of its scope", () => {
    let inForce = 0;
    fc.assert(
      fc.property(kind, scope, scope, use, (of, reach, more, asked) => {
        const narrow = yes(termsOf(of, { ...more, ...reach }), asked);
        if (narrow) inForce += 1;
        expect(!narrow || yes(termsOf(of, reach), asked)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
    expect(inForce).toBeGreaterThan(5);
  });

  it("is never widened by a shorter list", () => {
    let inForce = 0;
    const lists = ["operations", "recipients", "purposes", "categories", "about", "fields"] as const;
    fc.assert(
      fc.property(kind, scope, use, fc.constantFrom(...lists), fc.nat(3), (of, reach, asked, list, at) => {
        const shorter = { ...reach, [list]: (reach[list] ?? []).toSpliced(at, 1) };
        if (reach[list] === undefined) return;
        if (yes(termsOf(of, shorter), asked)) inForce += 1;
        expect(!yes(termsOf(of, shorter), asked) || yes(termsOf(of, reach), asked)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
    expect(inForce).toBeGreaterThan(5);
  });

  it("is never in force before its first instant, after its last, when taken back, or held", () => {
    fc.assert(
      fc.property(
        kind,
        scope,
        use,
        moment,
        moment,
        fc.record({ endsAt: moment, revokedAt: moment, held: fc.boolean() }, { requiredKeys: [] }),
        (of, reach, asked, startsAt, now, end) => {
          const terms: InstructionTerms = { ...termsOf(of, reach), startsAt, ...end };
          const outside =
            now < startsAt ||
            (end.endsAt !== undefined && now > end.endsAt) ||
            end.revokedAt !== undefined ||
            end.held === true;
          const inForce = yes(terms, asked, now);
          expect(inForce).toBe(!outside && yes(termsOf(of, reach), asked));
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it("reaches nobody but the person whom it is about", () => {
    fc.assert(
      fc.property(kind, scope, use, (of, reach, asked) => {
        const { subject: whom, ...nobody } = asked;
        const terms = termsOf(of, { ...reach, subject: "sub_1" });
        expect(yes(terms, nobody)).toBe(false);
        if (whom === "sub_2") expect(yes(terms, asked)).toBe(false);
      }),
    );
  });

  it("never lets an answer go on any other kind, nor an answer to anybody else (D10.1c)", () => {
    let answers = 0;
    fc.assert(
      fc.property(kind, scope, use, (of, reach, asked) => {
        const answer = { ...asked, operation: "answer" as const };
        if (of === "answerDataSubject") answers += Number(yes(termsOf(of, reach), answer));
        if (!yes(termsOf(of, reach), answer)) return;
        expect([of, answer.recipient]).toEqual(["answerDataSubject", "dataSubject"]);
      }),
      { numRuns: 5_000 },
    );
    expect(answers).toBeGreaterThan(5);
  });

  it("says the first reason, with its clause and a remedy in both languages", () => {
    const terms = termsOf("answerDataSubject", {});
    const asked: InstructionUse = { operation: "show", recipient: "dataSubject", subject: "sub_1" };
    const reasonOf = (given: InstructionTerms | undefined, now = START) => {
      const found = standingOf(given, asked, now);
      if (found.inForce) return "YES";
      expect(found.remedy.fr).not.toBe(found.remedy.en);
      return `${found.reason} ${found.clause}`;
    };
    const later = addMillis(START, 1);
    expect(reasonOf(terms)).toBe("YES");
    expect(reasonOf(undefined)).toBe("INSTRUCTION_UNKNOWN D6.1c");
    expect(reasonOf({ ...terms, startsAt: later, held: true })).toBe(`INSTRUCTION_NOT_YET ${clause}`);
    expect(reasonOf({ ...terms, endsAt: START })).toBe("YES");
    expect(reasonOf({ ...terms, endsAt: START }, later)).toBe(`INSTRUCTION_ENDED ${clause}`);
    expect(reasonOf({ ...terms, revokedAt: START, endsAt: START }, later)).toBe(
      `INSTRUCTION_REVOKED ${clause}`,
    );
    expect(reasonOf({ ...terms, held: true })).toBe("INSTRUCTION_HELD D6.2a");
    expect(reasonOf({ ...terms, scope: { subject: "sub_2" } })).toBe(`INSTRUCTION_OUTSIDE_SCOPE ${clause}`);
  });

  it.each<[InstructionKind, readonly string[]]>([
    ["answerDataSubject", ["answer", "export", "send", "show"]],
    ["erase", ["erase"]],
    ["export", ["export", "return", "show"]],
    ["handOver", ["export", "send"]],
    ["observePractices", ["show"]],
    ["staffAccess", ["erase", "export", "show", "store"]],
    ["rectify", ["rectify", "show", "store"]],
    ["restrict", ["restrict"]],
    ["liftRestriction", ["liftRestriction"]],
    ["objectToProcessing", ["objectToProcessing"]],
    ["transfer", ["export", "send", "show", "store"]],
    ["reuseSample", ["show", "store"]],
    ["opposeAnonymisation", []],
    ["register", []],
    ["other", []],
  ])("a kind allows at most: %s, %j", (of, most) => {
    const allowed = [...operations, ...acts].filter((each) =>
      yes(termsOf(of, {}), { operation: each, recipient: "dataSubject" }),
    );
    expect(allowed.toSorted()).toEqual(most);
  });
});
