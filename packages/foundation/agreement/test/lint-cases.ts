/** For every lint an agreement that has the defect and one that has not, as data. */
import type { LintCode } from "../src/index.ts";
import {
  type Draft,
  destroy,
  destroyRule,
  erase,
  eraseRule,
  forward,
  host,
  notice,
  periods,
  safeguardsBut,
  window,
  word,
} from "./minimal-agreement.ts";

export interface LintCase {
  readonly code: LintCode;
  readonly defect: string;
  readonly broken: Draft;
  readonly fixed: Draft;
}

const rules = (broken: Draft["rules"], fixed: Draft["rules"]) => ({
  broken: broken === undefined ? {} : { rules: broken },
  fixed: fixed === undefined ? {} : { rules: fixed },
});
const words = (clause: string, broken: string, fixed: string) => ({
  broken: { fr: { [clause]: broken } },
  fixed: { fr: { [clause]: fixed } },
});

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
const gar = (role: string, categories: readonly unknown[]) => ({
  clause: "DB",
  product: "plume",
  origin: "gar",
  role,
  categories,
});
const garPupil = gar("pupil", ["identifier"]);
const log = { ...keepRule({}), id: "log", clause: "DD", store: "activityLog", anchor: "entryRecorded" };
const desk = { ...host, recipient: "desk", origins: "outsideGarOnly", purposes: ["support"] };
const team = { ...word("team"), clause: "DB", operations: ["show"], purposes: ["support"] };
const supported = { id: "name", purposes: ["support"] };
const guard = {
  ...word("guardTime"),
  clause: "S15",
  least: "months(6)",
  most: "months(12)",
  mandatory: false,
};

const abroad = { ...host, transfers: { country: "US", mechanism: "standardContractualClauses" } };
const authorised = (mechanisms: readonly string[]) => ({ clause: "D9", mechanisms });

const unsaid: readonly (readonly [code: LintCode, section: string])[] = [
  ["TERM_UNSTATED", "term"],
  ["NATURE_UNSTATED", "nature"],
  ["LEGAL_BASIS_UNSTATED", "legalBasis"],
  ["ATTESTATION_MISSING", "attestation"],
  ["DOUBTFUL_INSTRUCTION_UNSTATED", "doubtfulInstruction"],
  ["END_OF_CONTRACT_UNSTATED", "endOfContract"],
  ["SUBPROCESSOR_CHANGE_UNSTATED", "subprocessorChange"],
  ["TRANSFERS_UNSTATED", "transfers"],
  ["MEASURES_MISSING", "measures"],
  ["SUBPROCESSORS_MISSING", "annexC"],
];
const forgotten: readonly (readonly [code: LintCode, safeguard: string])[] = [
  ["BREACH_CONTACT_POINT_MISSING", "breachContactPoint"],
  ["PRIOR_CONSULTATION_MISSING", "priorConsultation"],
  ["FOR_CAUSE_AUDIT_MISSING", "forCauseAudit"],
  ["SUBPROCESSOR_CONTRACT_COPY_MISSING", "subprocessorContractCopy"],
  ["SUBPROCESSOR_FAILURE_NOTICE_MISSING", "subprocessorFailureNotice"],
  ["THIRD_PARTY_BENEFICIARY_MISSING", "thirdPartyBeneficiary"],
  ["DELETION_CERTIFICATE_MISSING", "deletionCertificate"],
  ["SUSPENSION_MISSING", "suspension"],
  ["SENSITIVE_DATA_UNSTATED", "sensitiveData"],
];

export const lintCases: readonly LintCase[] = [
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
      { periods: [...periods, dropCopies], retention: [eraseRule, dropRule] },
      {
        periods: [...periods, dropCopies, kept("keepMonthly", "months(6)")],
        retention: [eraseRule, dropRule, generationRule("monthly", "keepMonthly")],
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
        retention: [eraseRule, dropRule, generationRule("monthly", "keepMonthly")],
        backups: backups({}),
      },
      {
        periods: [...periods, dropCopies, kept("keepMonthly", "months(6)")],
        retention: [eraseRule, dropRule, generationRule("monthly", "keepMonthly")],
        backups: backups({}),
      },
    ),
  },
  {
    code: "PERIOD_WITHOUT_ANCHOR",
    defect: "two years, from nobody knows when",
    ...rules(
      { periods: [...periods, keep], retention: [eraseRule, keepRule({ anchor: undefined })] },
      { periods: [...periods, keep], retention: [eraseRule, keepRule({})] },
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
      { periods: [...periods, keep], retention: [eraseRule, keepRule({ ceiling: true })] },
      {
        periods: [...periods, keep],
        retention: [eraseRule, keepRule({ ceiling: true })],
        controllerPeriods: { clause: "D5", within: "ceilings" },
      },
    ),
  },
  {
    code: "NAMED_IN_LOGS_AFTER_ERASURE",
    defect: "logs that outlive the account with its name",
    ...rules(
      { periods: [...periods, keep], retention: [eraseRule, { ...log, identity: "kept" }] },
      { periods: [...periods, keep], retention: [eraseRule, { ...log, identity: "removed" }] },
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
        retention: [eraseRule, keepRule({ ceiling: true })],
        controllerPeriods: { clause: "D5", within: "ceilings" },
        choices: [{ ...guard, from: "contractEnded", otherwise: "none" }],
      },
      {
        periods: [...periods, keep],
        retention: [eraseRule, keepRule({ ceiling: true })],
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
        periods: [forward, notice, erase],
      },
      {
        subprocessorChange: { clause: "D8", starts: "afterWindow", notice: "notice", window: "window" },
        periods: [forward, notice, window, erase],
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
          generationRule("monthly", "keepMonthly"),
          generationRule("daily", "keepDaily"),
        ],
        backups: backups({ generations: [monthly, daily] }),
      },
      {
        periods: [...periods, kept("keepMonthly", "months(2)"), kept("keepDaily", "days(7)")],
        retention: [
          eraseRule,
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
  {
    code: "PRODUCT_MISSING",
    defect: "an agreement for no product",
    ...rules({ products: undefined, annexB: undefined }, {}),
  },
  {
    code: "PRODUCT_WITHOUT_ROWS",
    defect: "a product of which annex B says nothing",
    ...rules({ annexB: undefined }, {}),
  },
  {
    code: "NATURE_LACKS_PURPOSE_NEEDS",
    defect: "a purpose that shares, in a processing that does not",
    ...rules(
      { purposes: [{ ...word("run"), needs: ["share"] }, word("support")] },
      {
        purposes: [{ ...word("run"), needs: ["share"] }, word("support")],
        nature: { clause: "DB", operations: ["collect", "share"] },
      },
    ),
  },
  {
    code: "NATURE_LACKS_PURPOSE_NEEDS",
    defect: "anonymisation by default, in a processing that does not anonymise",
    ...rules(
      {
        anonymisation: { clause: "D13", default: "allowed", thirdParties: { clause: "D13", rule: "never" } },
      },
      {
        anonymisation: { clause: "D13", default: "allowed", thirdParties: { clause: "D13", rule: "never" } },
        nature: { clause: "DB", operations: ["anonymise"] },
      },
    ),
  },
  {
    code: "PERSONS_OMITTED",
    defect: "persons concerned without the teachers",
    ...rules(
      { products: [{ ...word("plume"), clause: "DB", purposes: ["run"], persons: ["pupil"] }] },
      { products: [{ ...word("plume"), clause: "DB", purposes: ["run"], persons: ["pupil", "teacher"] }] },
    ),
  },
  {
    code: "GAR_ROLE_EMPTY",
    defect: "pupils through GAR, with nothing listed",
    ...rules({ annexB: [gar("pupil", [])] }, { annexB: [garPupil] }),
  },
  {
    code: "GAR_PUPIL_UNDEFINED",
    defect: "GAR for teachers, and not a word of pupils",
    ...rules(
      { annexB: [gar("teacher", ["identifier"])] },
      { annexB: [gar("teacher", ["identifier"]), garPupil] },
    ),
  },
  {
    code: "GAR_IDENTIFIER_UNLISTED",
    defect: "a name through GAR and no identifier",
    ...rules({ annexB: [gar("pupil", ["name"])] }, { annexB: [gar("pupil", ["name", "identifier"])] }),
  },
  {
    code: "SUPPORT_CLOSED_TO_GAR",
    defect: "support requests through GAR, to a desk outside GAR only",
    ...rules(
      { annexB: [gar("pupil", ["identifier", supported])], annexC: [host, desk] },
      { annexB: [gar("pupil", ["identifier", supported])], annexC: [host, desk], recipients: [team] },
    ),
  },
  {
    code: "TRANSFER_CONTRADICTED",
    defect: "no transfer, and a subprocessor that transfers",
    ...rules(
      { annexC: [{ ...host, transfers: { country: "US", mechanism: "adequacy" } }] },
      {
        annexC: [{ ...host, transfers: { country: "US", mechanism: "adequacy" } }],
        transfers: { clause: "D9", today: "some" },
      },
    ),
  },
  {
    code: "TRANSFER_CONTRADICTED",
    defect: "no transfer, and a hosting outside the European Economic Area",
    ...rules(
      { measures: [{ ...word("hosting"), clause: "DD", country: "CA" }] },
      { measures: [{ ...word("hosting"), clause: "DD", country: "FR" }] },
    ),
  },
  {
    code: "MECHANISM_NOT_AUTHORISED",
    defect: "a transfer under clauses that only adequacy would allow",
    ...rules(
      {
        annexC: [abroad],
        transfers: { clause: "D9", today: "some", authorisedInAdvance: authorised(["adequacy"]) },
      },
      {
        annexC: [abroad],
        transfers: {
          clause: "D9",
          today: "some",
          authorisedInAdvance: authorised(["standardContractualClauses"]),
        },
      },
    ),
  },
  {
    code: "ANONYMISED_REUSE_UNBOUNDED",
    defect: "anonymised data for anybody",
    ...rules(
      {
        nature: { clause: "DB", operations: ["anonymise"] },
        anonymisation: { clause: "D13", default: "allowed" },
      },
      {
        nature: { clause: "DB", operations: ["anonymise"] },
        anonymisation: {
          clause: "D13",
          default: "allowed",
          thirdParties: { clause: "D13", rule: "onRequest" },
        },
      },
    ),
  },
  {
    code: "VAGUE_FIGURE",
    defect: "the best delays, over the end of a line",
    ...words("D13", "Il prévient dans les meilleurs\n  délais.", "Il prévient dans les 24 heures."),
  },
  {
    code: "VAGUE_FIGURE",
    defect: "undue delay, in English",
    broken: { en: { D13: "It tells the client without undue delay." } },
    fixed: { en: { D13: "It tells the client within the day." } },
  },
  {
    code: "VAGUE_FIGURE",
    defect: "regular reviews without a rhythm, which a rule can give",
    broken: { fr: { D13: "Les droits sont revus régulièrement." } },
    fixed: {
      rules: { periods: [...periods, { ...forward, id: "review", clause: "D13", from: "lastReview" }] },
      fr: { D13: "Les droits sont revus régulièrement." },
    },
  },
  {
    code: "LOCK_ON_ACTIVITY",
    defect: "sessions that lock when used",
    ...words(
      "DD",
      "Verrouillage automatique des sessions en cas d’activité.",
      "Verrouillage automatique des sessions en cas d’inactivité.",
    ),
  },
  {
    code: "ADDITIONS_MISWRITTEN",
    defect: "openings logged for additions",
    ...words("DD", "Les ajours et les suppressions.", "Les ajouts et les suppressions."),
  },
  {
    code: "PASSWORDS_NOT_HASHED",
    defect: "passwords said to be encrypted, in the rules",
    ...rules(
      { measures: [{ ...word("passwords"), clause: "DD", passwords: "encrypted" }] },
      { measures: [{ ...word("passwords"), clause: "DD", passwords: "hashed" }] },
    ),
  },
  {
    code: "PASSWORDS_NOT_HASHED",
    defect: "passwords said to be encrypted, in the text",
    ...words("DD", "Mots de passe des clients chiffrés.", "Mots de passe hachés, jamais chiffrés."),
  },
  {
    code: "REQUEST_WITHOUT_DEADLINE",
    defect: "requests passed on some day",
    ...rules({ periods: [notice, window, erase] }, {}),
  },
  {
    code: "RETENTION_MISSING",
    defect: "no rule for the data of the service",
    ...rules({ retention: undefined, periods: [forward, notice, window] }, {}),
  },
  ...unsaid.map(
    ([code, section]): LintCase => ({
      code,
      defect: `nothing under ${section}`,
      ...rules({ [section]: undefined }, {}),
    }),
  ),
  ...forgotten.map(
    ([code, safeguard]): LintCase => ({
      code,
      defect: `safeguards without ${safeguard}`,
      ...rules({ safeguards: safeguardsBut(safeguard) }, {}),
    }),
  ),
];
