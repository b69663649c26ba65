/** Cases of the lints over deadlines, retention, backups and chains. */
import { type LintCase, rules } from "./lint-case.ts";
import {
  destroy,
  destroyRule,
  erase,
  eraseRule,
  forward,
  host,
  notice,
  periods,
  proofRule,
  prove,
  window,
  word,
} from "./minimal-agreement.ts";

const keep = { id: "keep", clause: "D12", duration: "years(2)", binds: "processor" };
const keepRule = (over: object) => ({
  id: "kept",
  clause: "D12",
  store: "live",
  anchor: "contractEnded",
  period: "keep",
  then: "erase",
  ...over,
});
const dropCopies = { id: "dropCopies", clause: "D12", duration: "months(6)", binds: "processor" };
const dropRule = {
  ...keepRule({}),
  id: "copies",
  store: "backups",
  anchor: "liveDataDeleted",
  period: "dropCopies",
};
const generationRule = (generation: string, period: string) => ({
  id: `${generation}Copies`,
  clause: "DD",
  store: "backups",
  anchor: "backupMade",
  period,
  then: "erase",
  generation,
});
const kept = (id: string, duration: string) => ({ id, clause: "DD", duration, binds: "processor" });
const monthly = { id: "monthly", kind: "full", every: "months(1)" };
const daily = { id: "daily", kind: "differential", every: "days(1)", base: "monthly" };
const backups = (over: object) => ({ clause: "DD", generations: [monthly], hold: ["live"], ...over });
const log = { ...keepRule({}), id: "log", clause: "DD", store: "activityLog", anchor: "entryRecorded" };
const guard = {
  ...word("guardTime"),
  clause: "S15",
  least: "months(6)",
  most: "months(12)",
  mandatory: false,
};

export const casesOfTime: readonly LintCase[] = [
  {
    code: "IMPOSSIBLE_DEADLINE",
    defect: "a subprocessor that documents 48 hours under a clause of 24",
    ...rules(
      { annexC: [{ ...host, deletionDelay: "hours(48)" }] },
      { annexC: [{ ...host, deletionDelay: "hours(20)" }] },
    ),
  },
  {
    code: "IMPOSSIBLE_DEADLINE",
    defect: "orders that wait a week to be gathered",
    ...rules(
      { annexC: [{ ...host, deletionDelay: "hours(1)", deletionBatch: "days(7)" }] },
      { annexC: [{ ...host, deletionDelay: "hours(1)", deletionBatch: "hours(6)" }] },
    ),
  },
  {
    code: "IMPOSSIBLE_DEADLINE",
    defect: "a subprocessor that stores and that no order to erase reaches",
    ...rules(
      { annexC: [{ ...host, deletionDelay: "hours(1)", operations: ["store"] }] },
      { annexC: [{ ...host, deletionDelay: "hours(1)", operations: ["store", "erase"] }] },
    ),
  },
  {
    code: "UNKNOWN_DELAY",
    defect: "a subprocessor that documents nothing",
    ...rules(
      { annexC: [{ ...host, deletionDelay: "unknown" }] },
      { annexC: [{ ...host, deletionDelay: "none" }] },
    ),
  },
  {
    code: "UNKNOWN_DELAY",
    defect: "a promise on backups of which nothing is said",
    ...rules(
      { periods: [...periods, dropCopies], retention: [eraseRule, proofRule, dropRule] },
      {
        periods: [...periods, dropCopies, kept("keepMonthly", "months(6)")],
        retention: [eraseRule, proofRule, dropRule, generationRule("monthly", "keepMonthly")],
        backups: backups({}),
      },
    ),
  },
  {
    code: "BACKUPS_OUTLIVE_PROMISE",
    defect: "copies kept seven months under a promise of six",
    ...rules(
      {
        periods: [...periods, dropCopies, kept("keepMonthly", "months(7)")],
        retention: [eraseRule, proofRule, dropRule, generationRule("monthly", "keepMonthly")],
        backups: backups({}),
      },
      {
        periods: [...periods, dropCopies, kept("keepMonthly", "months(6)")],
        retention: [eraseRule, proofRule, dropRule, generationRule("monthly", "keepMonthly")],
        backups: backups({}),
      },
    ),
  },
  {
    code: "PERIOD_WITHOUT_ANCHOR",
    defect: "two years, from nobody knows when",
    ...rules(
      { periods: [...periods, keep], retention: [eraseRule, proofRule, keepRule({ anchor: undefined })] },
      { periods: [...periods, keep], retention: [eraseRule, proofRule, keepRule({})] },
    ),
  },
  {
    code: "HELD_AFTER_AGREEMENT",
    defect: "an agreement that ends with the contract, and data held after it",
    ...rules(
      { term: { clause: "D3", endsWith: "contract", survives: ["D10"] } },
      { term: { clause: "D3", endsWith: "contract", survives: ["D12"] } },
    ),
  },
  {
    code: "CEILING_PRECEDENCE_UNSTATED",
    defect: "a ceiling beside the controller's own periods",
    ...rules(
      { periods: [...periods, keep], retention: [eraseRule, proofRule, keepRule({ ceiling: true })] },
      {
        periods: [...periods, keep],
        retention: [eraseRule, proofRule, keepRule({ ceiling: true })],
        controllerPeriods: { clause: "D5", within: "ceilings" },
      },
    ),
  },
  {
    code: "NAMED_IN_LOGS_AFTER_ERASURE",
    defect: "logs that outlive the account with its name",
    ...rules(
      { periods: [...periods, keep], retention: [eraseRule, proofRule, { ...log, identity: "kept" }] },
      { periods: [...periods, keep], retention: [eraseRule, proofRule, { ...log, identity: "removed" }] },
    ),
  },
  {
    code: "GUARD_TIME_NOT_CHOSEN",
    defect: "a guard time that a contract may leave open",
    ...rules({ choices: [guard] }, { choices: [{ ...guard, otherwise: "none" }] }),
  },
  {
    code: "CHOICE_ABOVE_CEILING",
    defect: "a contract that may choose more than the ceiling",
    ...rules(
      {
        periods: [...periods, { ...keep, duration: "months(9)" }],
        retention: [eraseRule, proofRule, keepRule({ ceiling: true })],
        controllerPeriods: { clause: "D5", within: "ceilings" },
        choices: [{ ...guard, from: "contractEnded", otherwise: "none" }],
      },
      {
        periods: [...periods, keep],
        retention: [eraseRule, proofRule, keepRule({ ceiling: true })],
        controllerPeriods: { clause: "D5", within: "ceilings" },
        choices: [{ ...guard, from: "contractEnded", otherwise: "none" }],
      },
    ),
  },
  {
    code: "SAMPLES_NEVER_DESTROYED",
    defect: "a policy without an end",
    ...rules(
      { kind: "policy", periods: undefined, retention: undefined },
      { kind: "policy", periods: [destroy], retention: [destroyRule] },
    ),
  },
  {
    code: "DEADLINE_WITHOUT_START",
    defect: "an audit's announcement that starts nowhere",
    ...rules(
      {
        periods: [...periods, { ...notice, id: "audit" }].map((each) =>
          each.id === "audit" ? { ...each, from: undefined } : each,
        ),
      },
      { periods: [...periods, { ...notice, id: "audit", from: "auditAnnounced" }] },
    ),
  },
  {
    code: "AWARENESS_WHOSE",
    defect: "72 hours from awareness, nobody's",
    broken: {
      rules: { periods: [...periods, { ...keep, id: "authority", clause: "D13", duration: "hours(72)" }] },
      fr: { D13: "Dans les 72 heures à compter de la\nconnaissance de la violation." },
    },
    fixed: {
      rules: {
        periods: [
          ...periods,
          { ...keep, id: "authority", clause: "D13", duration: "hours(72)", from: "processorAware" },
        ],
      },
      fr: { D13: "Dans les 72 heures à compter de la\nconnaissance de la violation." },
    },
  },
  {
    code: "AWARENESS_WHOSE",
    defect: "nobody's awareness, beside a period that runs from something else",
    broken: {
      rules: { periods: [...periods, { ...keep, id: "authority", clause: "D10", duration: "hours(72)" }] },
      fr: { D10: "Sous 48 heures. Dans les 72 heures à compter de la connaissance." },
    },
    fixed: {
      fr: { D10: "Les demandes sont transmises sous 48 heures ; les violations, dès leur connaissance." },
    },
  },
  {
    code: "AWARENESS_WHOSE",
    defect: "the controller's 72 hours from the processor's awareness",
    ...rules(
      { periods: [...periods, { ...keep, binds: "controller", from: "processorAware" }] },
      { periods: [...periods, { ...keep, binds: "controller", from: "controllerAware" }] },
    ),
  },
  {
    code: "NOTICE_WITHOUT_FIGURE",
    defect: "an announcement made in reasonable time",
    ...rules(
      { subprocessorChange: { clause: "D8", starts: "afterWindow", window: "window" } },
      { subprocessorChange: { clause: "D8", starts: "afterWindow", window: "window", notice: "notice" } },
    ),
  },
  {
    code: "OBJECTION_WITHOUT_WINDOW",
    defect: "an objection without an end",
    ...rules(
      {
        subprocessorChange: { clause: "D8", starts: "afterWindow", notice: "notice" },
        periods: [forward, notice, prove, erase],
      },
      {
        subprocessorChange: { clause: "D8", starts: "afterWindow", notice: "notice", window: "window" },
        periods: [forward, notice, window, prove, erase],
      },
    ),
  },
  {
    code: "STARTS_BEFORE_OBJECTION",
    defect: "a subprocessor that starts at once",
    ...rules(
      { subprocessorChange: { clause: "D8", starts: "atOnce", notice: "notice", window: "window" } },
      { subprocessorChange: { clause: "D8", starts: "afterWindow", notice: "notice", window: "window" } },
    ),
  },
  {
    code: "DIFFERENTIAL_WITHOUT_BASE",
    defect: "a differential backup that stands on nothing",
    ...rules(
      { backups: backups({ generations: [monthly, { ...daily, base: undefined }] }) },
      { backups: backups({ generations: [monthly, daily] }) },
    ),
  },
  {
    code: "DIFFERENTIAL_WITHOUT_BASE",
    defect: "a differential backup that stands on a differential one",
    ...rules(
      {
        backups: backups({
          generations: [{ ...daily, id: "weekly" }, { ...daily, base: "weekly" }, monthly],
        }),
      },
      { backups: backups({ generations: [{ ...daily, id: "weekly" }, daily, monthly] }) },
    ),
  },
  {
    code: "BASE_GONE_BEFORE_DEPENDANTS",
    defect: "a monthly base kept for a month under dailies kept for a week",
    ...rules(
      {
        periods: [...periods, kept("keepMonthly", "months(1)"), kept("keepDaily", "days(7)")],
        retention: [
          eraseRule,
          proofRule,
          generationRule("monthly", "keepMonthly"),
          generationRule("daily", "keepDaily"),
        ],
        backups: backups({ generations: [monthly, daily] }),
      },
      {
        periods: [...periods, kept("keepMonthly", "months(2)"), kept("keepDaily", "days(7)")],
        retention: [
          eraseRule,
          proofRule,
          generationRule("monthly", "keepMonthly"),
          generationRule("daily", "keepDaily"),
        ],
        backups: backups({ generations: [monthly, daily] }),
      },
    ),
  },
  {
    code: "BACKUPS_HOLD_LOGS_OR_KEYS",
    defect: "backups that hold the logs",
    ...rules({ backups: backups({ hold: ["live", "activityLog"] }) }, { backups: backups({}) }),
  },
  {
    code: "BACKUPS_HOLD_LOGS_OR_KEYS",
    defect: "backups that hold the keys",
    ...rules({ backups: backups({ hold: ["live", "keyStore"] }) }, { backups: backups({}) }),
  },
];
