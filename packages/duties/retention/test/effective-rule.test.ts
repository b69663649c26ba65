import { type Duration, type LocalDate, localDate, mainland } from "@preau/calendar";
import type { OwnPeriod } from "@preau/contracts";
import { type AccountFacts, controllerId, type Instant, instant } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AccountRule } from "../src/account-rule.ts";
import { type DecidingContext, makeDeciding, schoolYearEnd } from "../src/effective-rule.ts";
import type { Hold } from "../src/hold.ts";

const SCHOOL = controllerId("college-du-hameau");
const NOW = instant("2026-11-26T10:00:00.000Z");

const rule = (id: string, anchor: AccountRule["anchor"], period: Duration, more: Partial<AccountRule> = {}) =>
  ({
    id,
    clause: "D12.4",
    store: "live",
    then: "erase",
    anchor,
    ceiling: false,
    approval: false,
    after: { ...period, id, clause: "D12.4", rounding: "binds", party: "processor" },
    ...more,
  }) as AccountRule;
const years = (amount: number): Duration => ({ unit: "years", amount });
const months = (amount: number): Duration => ({ unit: "months", amount });

const UNUSED = rule("unusedData", "lastActivity", years(2), { ceiling: true });
const DELETED = rule("deletedAccount", "accountDeleted", { unit: "hours", amount: 24 });
const EXPIRED = rule("expiredContract", "contractEnded", years(2), { ceiling: true });
const LEAVERS = rule("leavers", "schoolYearEnded", months(3), { roles: ["pupil"] });

const running = { id: "ctr_1" as const, products: ["plume"], startsOn: localDate("2024-09-01") };
const ended = { ...running, endsOn: localDate("2026-08-31") };

const hold = (more: Partial<Hold> = {}): Hold => ({
  id: "hld_1",
  controller: SCHOOL,
  covers: "controller",
  lawful: false,
  basis: "Litige en cours",
  placedBy: "controllerDpo",
  placedAt: NOW,
  ...more,
});

function decideWith(
  more: Partial<DecidingContext>,
  facts: Partial<AccountFacts>,
  holds: readonly Hold[] = [],
) {
  const context: DecidingContext = {
    rules: [DELETED, UNUSED, EXPIRED],
    ownPeriodsWithin: "ceilings",
    ownPeriods: [],
    contracts: [running],
    place: mainland,
    now: NOW,
    ...more,
  };
  return makeDeciding(context).decide(
    { identifier: { kind: "school.account", value: "1" }, ...facts },
    holds,
  );
}
const own = (duration: Duration, contract: OwnPeriod["contract"] = "ctr_1"): OwnPeriod => ({
  contract,
  rule: "unusedData",
  duration,
});
const ACTIVE = { role: "pupil", lastActivity: instant("2025-03-10T09:30:00.000Z") } as const;

describe("the rule that ends an account", () => {
  it("is a ceiling, two years after the last activity, at the time of day at which it began (D12.4)", () => {
    const decision = decideWith({}, ACTIVE);
    expect(decision).toMatchObject({ by: "ceiling", rule: { id: "unusedData" }, day: "2027-03-10" });
    expect(decision.dueAt).toBe("2027-03-10T09:30:00.000Z");
    expect(decision.lost).toEqual([
      { why: "notHappened", rule: "deletedAccount" },
      { why: "notHappened", rule: "expiredContract" },
    ]);
  });

  it("is the deletion, 24 elapsed hours later, where the store marked the account as deleted (D12.2)", () => {
    const decision = decideWith({}, { ...ACTIVE, deletedAt: instant("2026-10-24T22:00:00.000Z") });
    expect(decision).toMatchObject({ by: "agreement", dueAt: "2026-10-25T22:00:00.000Z" });
    expect(decision.lost).toContainEqual(expect.objectContaining({ why: "later", rule: "unusedData" }));
  });

  it("runs from the making of an account that was never used, and from nothing where nothing is known (D12.4)", () => {
    expect(decideWith({}, { createdAt: instant("2026-01-05T08:00:00.000Z") }).day).toBe("2028-01-05");
    expect(decideWith({}, {})).toMatchObject({ lost: [{}, { why: "notHappened" }, {}] });
    expect(decideWith({}, {}).by).toBeUndefined();
  });

  it("runs from the end of the last contract, and no more once a contract runs again (D12.4)", () => {
    const recent = { role: "pupil", lastActivity: instant("2026-11-20T08:00:00.000Z") } as const;
    const decision = decideWith({ contracts: [ended] }, recent);
    expect(decision).toMatchObject({ rule: { id: "expiredContract" }, day: "2028-08-31" });
    const renewed = { ...running, id: "ctr_2" as const, startsOn: localDate("2026-09-01") };
    expect(decideWith({ contracts: [ended, renewed] }, recent).rule?.id).toBe("unusedData");
    expect(decideWith({ contracts: [] }, recent).rule?.id).toBe("unusedData");
  });

  it("runs from the end of the school year of the last class, moved when the course is used again", () => {
    const at = (enrolledUntil: string) =>
      decideWith(
        { rules: [LEAVERS], schoolYearEnds: "08-31" },
        { role: "pupil", enrolledUntil: instant(enrolledUntil) },
      );
    expect(at("2026-07-04T10:00:00.000Z").day).toBe("2026-11-30");
    expect(at("2026-09-01T10:00:00.000Z").day).toBe("2027-11-30");
    expect(schoolYearEnd(instant("2026-08-31T21:59:59.999Z"), "08-31", mainland)).toBe(
      "2026-08-31T21:59:59.999Z",
    );
    expect(schoolYearEnd(instant("2026-08-31T22:00:00.000Z"), "08-31", mainland)).toBe(
      "2027-08-31T21:59:59.999Z",
    );
    expect(decideWith({ rules: [LEAVERS] }, { role: "pupil", enrolledUntil: NOW }).by).toBeUndefined();
  });

  it("of one role applies to nobody else, and to nobody whose role cannot be told", () => {
    const rules = { rules: [LEAVERS], schoolYearEnds: "08-31" };
    expect(decideWith(rules, { role: "teacher", enrolledUntil: NOW }).lost).toEqual([
      { why: "otherRole", rule: "leavers" },
    ]);
    expect(decideWith(rules, { enrolledUntil: NOW }).lost).toEqual([{ why: "roleUnknown", rule: "leavers" }]);
    const garOnly = { rules: [rule("gar", "lastActivity", years(1), { origins: ["gar"] })] };
    expect(decideWith(garOnly, ACTIVE).lost).toEqual([{ why: "originUnknown", rule: "gar" }]);
    expect(decideWith(garOnly, { ...ACTIVE, origin: "outsideGar" }).lost).toMatchObject([
      { why: "otherOrigin" },
    ]);
    expect(decideWith(garOnly, { ...ACTIVE, origin: "gar" }).by).toBe("agreement");
  });

  it("of one product applies where the contracts name that product alone; a part of an account is never erased", () => {
    const rules = [rule("plume", "lastActivity", years(1), { products: ["plume"] })];
    expect(decideWith({ rules }, ACTIVE).by).toBe("agreement");
    const both = [{ ...running, products: ["plume", "jardin"] }];
    expect(decideWith({ rules, contracts: both }, ACTIVE).lost).toMatchObject([{ why: "productUnknown" }]);
    const other = [{ ...running, products: ["jardin"] }];
    expect(decideWith({ rules, contracts: other }, ACTIVE).lost).toMatchObject([{ why: "otherProduct" }]);
    const part = [rule("books", "lastActivity", years(1), { categories: ["observations"] })];
    expect(decideWith({ rules: part }, ACTIVE).lost).toMatchObject([{ why: "partOfAccount" }]);
  });
});

describe("the controller's own period (D5)", () => {
  it("shortens a ceiling, and says what the agreement would have allowed", () => {
    const decision = decideWith({ ownPeriods: [own(months(18))] }, ACTIVE);
    expect(decision).toMatchObject({ by: "ownPeriod", period: months(18), day: "2026-09-10" });
    expect(decision.lost).toContainEqual({
      why: "ownPeriodSet",
      rule: "unusedData",
      dueAt: "2027-03-10T09:30:00.000Z",
    });
  });

  it("never lengthens one, unless the agreement lets the ceiling give way", () => {
    const long = { ownPeriods: [own(years(5))] };
    expect(decideWith(long, ACTIVE)).toMatchObject({ by: "ceiling", day: "2027-03-10" });
    expect(decideWith({ ...long, ownPeriodsWithin: "anything" }, ACTIVE).day).toBe("2030-03-10");
  });

  it("is the shortest of the contracts in force", () => {
    const contracts = [running, { ...ended, id: "ctr_2" as const }];
    const ownPeriods = [own(months(18)), own(months(6), "ctr_2")];
    expect(decideWith({ contracts, ownPeriods }, ACTIVE).period).toEqual(months(18));
    expect(
      decideWith({ contracts: [contracts[1] as never], ownPeriods: [own(months(6), "ctr_2")] }, ACTIVE)
        .period,
    ).toEqual(months(6));
  });
});

describe("holds (D6.2c)", () => {
  const DUE = instant("2027-03-10T09:30:00.000Z");
  const until = (day: string, lawful: boolean) => hold({ lawful, until: day as LocalDate });

  it("required by law, outlast a ceiling (D12.4)", () => {
    expect(decideWith({}, ACTIVE, [until("2029-12-31", true)])).toMatchObject({
      by: "lawfulHold",
      day: "2030-01-01",
    });
    const open = decideWith({}, ACTIVE, [hold({ lawful: true })]);
    expect(open).toMatchObject({ by: "lawfulHold", rule: { id: "unusedData" } });
    expect(open.dueAt).toBeUndefined();
  });

  it("required by no law, end at the ceiling, even beyond an own period (D5, D12.4)", () => {
    const decision = decideWith({ ownPeriods: [own(months(6))] }, ACTIVE, [hold()]);
    expect(decision).toMatchObject({ by: "ceiling", dueAt: DUE, hold: { id: "hld_1" } });
    expect(decision.lost).toContainEqual(expect.objectContaining({ why: "holdPastCeiling" }));
    expect(decideWith({ ownPeriods: [own(months(6))] }, ACTIVE, [until("2026-12-31", false)])).toMatchObject({
      by: "hold",
      day: "2027-01-01",
    });
  });

  it("keep without end what no ceiling limits, and nothing once they are over or lifted", () => {
    const deleted = { ...ACTIVE, deletedAt: instant("2026-11-20T10:00:00.000Z") };
    const rules = { rules: [DELETED] };
    expect(decideWith(rules, deleted, [hold()])).toMatchObject({ by: "hold" });
    expect(decideWith(rules, deleted, [hold()]).dueAt).toBeUndefined();
    const over = decideWith(rules, deleted, [until("2026-11-25", true)]);
    expect(over.by).toBe("agreement");
    expect(over.lost).toMatchObject([{ why: "holdOver" }]);
    expect(decideWith(rules, deleted, [hold({ liftedAt: NOW })]).by).toBe("agreement");
  });
});

describe("whatever is given", () => {
  const moment = fc
    .integer({ min: Date.parse("2019-01-01"), max: Date.parse("2029-12-31") })
    .map((ms) => instant(ms));
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const period = fc.oneof(
    fc.integer({ min: 1, max: 60 }).map((amount): Duration => ({ unit: "months", amount })),
    fc.integer({ min: 1, max: 1_500 }).map((amount): Duration => ({ unit: "days", amount })),
  );
  const facts = fc.record({
    role: maybe(fc.constantFrom("pupil", "teacher")),
    lastActivity: maybe(moment),
    createdAt: maybe(moment),
    deletedAt: maybe(moment),
    enrolledUntil: maybe(moment),
  }) as fc.Arbitrary<Partial<AccountFacts>>;
  const someHold = fc
    .record({ lawful: fc.boolean(), day: maybe(moment) })
    .map(({ lawful, day }) =>
      hold({ lawful, ...(day === undefined ? {} : { until: day.slice(0, 10) as LocalDate }) }),
    );
  const setting = fc.record({
    ownPeriods: fc.array(
      period.map((each) => own(each)),
      { maxLength: 2 },
    ),
    contracts: fc.constantFrom([running], [ended], []),
    rules: fc.subarray([DELETED, UNUSED, EXPIRED, LEAVERS]),
  });
  const more = { schoolYearEnds: "08-31" };
  const min = (dates: readonly (Instant | undefined)[]) =>
    dates.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a), undefined);

  it("no own period and no optional hold puts a day after a ceiling of the agreement (D5, D12.4)", () => {
    fc.assert(
      fc.property(setting, facts, fc.array(someHold, { maxLength: 3 }), (given, account, holds) => {
        const ceilings = given.rules.filter(({ ceiling }) => ceiling);
        const latest = min(
          ceilings.map(
            (each) => decideWith({ ...given, ...more, ownPeriods: [], rules: [each] }, account).dueAt,
          ),
        );
        const decision = decideWith({ ...given, ...more }, account, holds);
        if (latest === undefined || decision.by === "lawfulHold") return;
        expect(decision.dueAt !== undefined && decision.dueAt <= latest).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it("a hold never brings a day forward, an own period never puts one off, a rule more never either", () => {
    fc.assert(
      fc.property(setting, facts, someHold, (given, account, one) => {
        const late = (dueAt: Instant | undefined) => dueAt ?? "9999";
        const plain = late(decideWith({ ...given, ...more, ownPeriods: [] }, account).dueAt);
        expect(late(decideWith({ ...given, ...more }, account).dueAt) <= plain).toBe(true);
        expect(late(decideWith({ ...given, ...more, ownPeriods: [] }, account, [one]).dueAt) >= plain).toBe(
          true,
        );
        const fewer = { ...given, ...more, ownPeriods: [], rules: given.rules.slice(1) };
        expect(late(decideWith(fewer, account).dueAt) >= plain).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it("the same facts give the same answer, and every rule that did not decide says why", () => {
    fc.assert(
      fc.property(setting, facts, fc.array(someHold, { maxLength: 2 }), (given, account, holds) => {
        const decision = decideWith({ ...given, ...more }, account, holds);
        expect(decideWith({ ...given, ...more }, account, holds)).toEqual(decision);
        const silent = given.rules.filter(
          ({ id }) => decision.rule?.id !== id && !decision.lost.some((each) => each.rule === id),
        );
        // The rule behind an optional hold gives its place to the ceiling that ended the hold.
        expect(silent.length).toBeLessThanOrEqual(
          decision.lost.some(({ why }) => why === "holdPastCeiling") ? 1 : 0,
        );
      }),
      { numRuns: 200 },
    );
  });
});
