import type { Duration } from "@preau/calendar";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Chain, formatChain, readAgreementFolder, solveChains, type Verdict } from "../src/index.ts";
import {
  erase,
  eraseRule,
  forward,
  host,
  minimalFolder,
  notice,
  prove,
  window,
} from "./minimal-agreement.ts";

const solve = (rules: Readonly<Record<string, unknown>>): readonly Chain[] =>
  solveChains(readAgreementFolder(minimalFolder({ rules })));
const solved = (annexC: readonly object[], over: object = {}) => solve({ annexC, ...over })[0]!;
const at = (recipient: string, deletionDelay: string, over: object = {}) => ({
  ...host,
  recipient,
  deletionDelay,
  ...over,
});
const binds = "processor";
const kept = (id: string, duration: string) => ({ id, clause: "DD", duration, binds });

describe("deadline chains over the subprocessors (D12.2)", () => {
  it.each<[delay: string, batch: string | undefined, verdict: Verdict]>([
    ["hours(48)", undefined, "REFUTED"],
    ["hours(24)", undefined, "PASS"],
    ["hours(20)", undefined, "PASS"],
    ["days(2)", undefined, "REFUTED"],
    ["none", undefined, "PASS"],
    ["unknown", undefined, "UNKNOWN"],
    ["hours(1)", "days(7)", "REFUTED"], // a batch that leaves every Monday
    ["hours(18)", "hours(6)", "PASS"],
    ["hours(18)", "hours(7)", "REFUTED"],
    ["hours(1)", "unknown", "UNKNOWN"],
    ["hours(48)", "unknown", "REFUTED"], // refuted already, whatever the batch
    ["unknown", "days(7)", "REFUTED"],
    ["unknown", "none", "UNKNOWN"],
  ])("holds 24 hours against a delay of %s and a batch of %s: %s", (delay, deletionBatch, verdict) => {
    expect(solved([at("mailer", delay, { deletionBatch })]).verdict).toBe(verdict);
  });

  it("has no chain for a rule without an event, which never fires", () => {
    const retention = [{ ...eraseRule, anchor: undefined }];
    expect(solve({ annexC: [at("mailer", "hours(1)")], retention })).toEqual([]);
  });

  it("takes the period from the file", () => {
    const under = (duration: string) =>
      solved([at("mailer", "hours(48)")], {
        periods: [forward, notice, window, prove, { ...erase, duration }],
      }).verdict;
    expect(["hours(47)", "hours(48)", "days(2)", "workingDays(2)"].map(under)).toEqual([
      "REFUTED",
      "PASS",
      "PASS",
      "PASS",
    ]);
  });

  it("lets one recipient have the period that an exception grants it, and no other", () => {
    const exception = { recipient: "mailer", period: "eraseMailerLog" };
    const periods = [
      ...[forward, notice, window, prove, { ...erase, exceptions: [exception] }],
      { id: "eraseMailerLog", clause: "DC", duration: "hours(48)", binds },
    ];
    expect(solved([at("mailer", "hours(48)")], { periods })).toMatchObject({
      verdict: "PASS",
      binding: { limit: { clause: "DC", period: "eraseMailerLog" } },
    });
    expect(solved([at("mailer", "hours(49)")], { periods }).verdict).toBe("REFUTED");
    expect(solved([at("mailer", "hours(48)"), at("desk", "hours(48)")], { periods }).binding.holder).toBe(
      "desk",
    );
  });

  it("lets the worst verdict decide, then the slowest", () => {
    const chain = solved([at("a", "unknown"), at("b", "hours(30)"), at("c", "hours(40)"), at("d", "none")]);
    expect(chain.links.map(({ holder, verdict }) => `${holder} ${verdict}`)).toEqual([
      "a UNKNOWN",
      "b REFUTED",
      "c REFUTED",
      "d PASS",
    ]);
    expect([chain.verdict, chain.binding.holder]).toEqual(["REFUTED", "c"]);
  });

  it("says of a copy that no order reaches that it stays", () => {
    const operations = ["store", "show"];
    expect(solved([at("desk", "hours(1)", { operations })]).verdict).toBe("REFUTED");
    expect(solved([at("desk", "none", { operations })]).verdict).toBe("PASS");
  });

  it("asks nothing of a subprocessor that data never reaches", () => {
    expect(solve({ annexC: [at("shredder", "unknown", { operations: ["erase"] })] })).toEqual([]);
  });

  it("follows a period that no retention rule uses, when it binds the processor and runs from such an event", () => {
    const periods = [forward, notice, window, prove, { ...erase, from: "accountDeleted" }];
    const retention: readonly object[] = [];
    expect(solved([at("mailer", "hours(48)")], { periods, retention })).toMatchObject({
      rule: "erase",
      verdict: "REFUTED",
    });
  });

  it("prints who decides, why, and what can be done", () => {
    const chain = solved([at("mailer", "hours(48)", { deletionBatch: "hours(1)" })]);
    expect(formatChain(chain, "en").split("\n")).toEqual([
      "REFUTED D12 24\u00a0hours · deleted",
      "  Noisetier: orders wait to be gathered 1\u00a0hour + delay 48\u00a0hours",
      "  → Pass each order on to Noisetier at once, without gathering them.",
      "  → Do not send Noisetier what would have to be erased there.",
      "  → Amend D12: grant Noisetier an exception with a period of its own.",
      "  → Negotiate a shorter delay with Noisetier, in writing.",
      "",
    ]);
    expect(formatChain(chain, "fr")).toContain("délai 48\u00a0heures");
    expect(formatChain(solved([at("mailer", "unknown")]), "en")).toContain("delay not documented");
  });
});

describe("deadline chains over the backups (D12.3)", () => {
  const rule = { ...eraseRule, store: "backups" };
  const promise = { ...rule, id: "promise", anchor: "liveDataDeleted", period: "promise" };
  const copies = (generation: string, period: string) => ({
    ...{ ...rule, id: `copies${generation}`, clause: "DD", anchor: "backupMade" },
    ...{ period, generation },
  });
  const monthly = { id: "monthly", kind: "full", every: "months(1)" };
  const weekly = { id: "weekly", kind: "full", every: "days(7)" };
  const daily = { id: "daily", kind: "differential", every: "days(1)", base: "monthly" };

  interface Backups {
    readonly promised?: string;
    readonly anchor?: string;
    readonly generations?: readonly object[];
    readonly monthlyKept?: string | undefined;
    readonly dailyKept?: string;
    readonly heldBy?: readonly string[];
    readonly delay?: string;
  }
  const promised = ({
    promised: duration = "months(6)",
    anchor = "liveDataDeleted",
    generations = [monthly, weekly, daily],
    monthlyKept = "months(6)",
    dailyKept = "days(7)",
    heldBy,
    delay = "none",
  }: Backups) =>
    solve({
      annexC: [at("host", delay)],
      backups: { clause: "DD", generations, hold: ["live"], heldBy },
      periods: [
        ...[forward, notice, window, prove, erase, { ...kept("promise", duration), clause: "D12" }],
        ...[kept("keepMonthly", monthlyKept), kept("keepWeekly", "days(28)"), kept("keepDaily", dailyKept)],
      ],
      retention: [
        eraseRule,
        { ...promise, anchor },
        ...[
          copies("monthly", "keepMonthly"),
          copies("weekly", "keepWeekly"),
          copies("daily", "keepDaily"),
        ].filter(({ generation }) => generations.some((each) => "id" in each && each.id === generation)),
      ],
    }).find((chain) => chain.copies === "backups")!;

  it.each<[claim: string, over: Backups, verdict: Verdict]>([
    ["keeps six months promised with six months kept", {}, "PASS"],
    ["refutes six months with seven kept", { monthlyKept: "months(7)" }, "REFUTED"],
    ["refutes five months promised", { promised: "months(5)" }, "REFUTED"],
    [
      "refutes a base that its differentials hold back",
      { promised: "days(37)", monthlyKept: "days(30)" },
      "REFUTED",
    ],
    ["keeps a base that they do not", { promised: "days(38)", monthlyKept: "days(30)" }, "PASS"],
    [
      "refutes six months from the account's deletion, a day earlier",
      { anchor: "accountDeleted" },
      "REFUTED",
    ],
    [
      "does not know when live data goes first",
      { anchor: "contractEnded", monthlyKept: "months(1)" },
      "UNKNOWN",
    ],
    ["adds the delay of whoever holds them", { heldBy: ["host"], delay: "hours(48)" }, "REFUTED"],
    ["does not know the delay of whoever holds them", { heldBy: ["host"], delay: "unknown" }, "UNKNOWN"],
    ["keeps the promise with a holder that keeps nothing", { heldBy: ["host"] }, "PASS"],
  ])("%s", (_, over, verdict) => {
    expect(promised(over).verdict).toBe(verdict);
  });

  it("is unknown without a word on the backups, or on how long one generation is kept", () => {
    const periods = [
      forward,
      notice,
      window,
      prove,
      erase,
      { ...kept("promise", "months(6)"), clause: "D12" },
    ];
    const rules = { periods, retention: [eraseRule, promise] };
    const verdict = (over: object) =>
      solve({ ...rules, ...over }).find(({ copies: of }) => of === "backups")?.verdict;
    expect(verdict({})).toBe("UNKNOWN");
    expect(verdict({ backups: { clause: "DD", generations: [monthly], hold: ["live"] } })).toBe("UNKNOWN");
  });
});

const RANK: Readonly<Record<Verdict, number>> = { PASS: 0, UNKNOWN: 1, REFUTED: 2 };
const hours = (amount: number): Duration => ({ unit: "hours", amount });
const anyHours = fc.integer({ min: 1, max: 96 });
const anyDelay = fc.oneof(fc.constantFrom("none" as const, "unknown" as const), anyHours.map(hours));
const anySubprocessor = fc.record({ delay: anyDelay, batch: fc.option(anyDelay, { nil: undefined }) });
const anySubprocessors = fc.array(anySubprocessor, { minLength: 1, maxLength: 4 });

type Delay = Duration | "none" | "unknown";
interface Documented {
  readonly delay: Delay;
  readonly batch: Delay | undefined;
}

describe("laws of the deadline chains (D12.2)", () => {
  const minimal = readAgreementFolder(minimalFolder({}));
  const verdictOf = (subprocessors: readonly Documented[], period = 24): number => {
    const [known] = minimal.annexC;
    const annexC = subprocessors.map(({ delay, batch }, index) => ({
      ...known!,
      recipient: `s${index}`,
      deletionDelay: delay,
      deletionBatch: batch,
    }));
    const periods = minimal.periods.map((each) =>
      each.id === "erase" ? { ...each, duration: hours(period) } : each,
    );
    return RANK[solveChains({ ...minimal, annexC, periods })[0]!.verdict];
  };
  const longer = (delay: Delay, more: number): Delay => {
    if (delay === "none") return hours(more);
    return delay === "unknown" ? delay : hours(delay.amount + more);
  };

  it("are never better for a longer delay, one that is not known, or one subprocessor more", () => {
    fc.assert(
      fc.property(anySubprocessors, anyHours, anySubprocessor, (subprocessors, more, another) => {
        const before = verdictOf(subprocessors);
        const [first, ...others] = subprocessors;
        const { delay, batch } = first!;
        const slower = verdictOf([{ delay: longer(delay, more), batch }, ...others]);
        const gathered = verdictOf([{ delay, batch: longer(batch ?? "none", more) }, ...others]);
        expect(Math.min(slower, gathered, verdictOf([...subprocessors, another]))).toBeGreaterThanOrEqual(
          before,
        );
        expect(verdictOf([{ delay: "unknown", batch }, ...others])).toBeGreaterThan(RANK.PASS);
      }),
      { numRuns: 1_000 },
    );
  });

  it("are never worse for a longer period, and pass only what is documented", () => {
    fc.assert(
      fc.property(anySubprocessors, anyHours, anyHours, (subprocessors, period, more) => {
        const verdict = verdictOf(subprocessors, period);
        expect(verdictOf(subprocessors, period + more)).toBeLessThanOrEqual(verdict);
        const worst = subprocessors.map(({ delay, batch }) =>
          [delay, batch ?? "none"].reduce(
            (sum, each) => sum + (typeof each === "string" ? 0 : each.amount),
            0,
          ),
        );
        const documented = subprocessors.every(
          ({ delay, batch }) => delay !== "unknown" && batch !== "unknown",
        );
        expect(verdict === RANK.PASS).toBe(documented && Math.max(...worst) <= period);
      }),
      { numRuns: 1_000 },
    );
  });
});
