/** Cases of the lints over whom a retention rule reaches, whose approval it waits for, and what ends evidence. */
import { type LintCase, rules } from "./lint-case.ts";
import { erase, eraseRule, forward, notice, periods, proofRule, window } from "./minimal-agreement.ts";

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
const year = { id: "year", clause: "D12", duration: "years(1)", binds: "processor" };
const longer = { ...year, id: "longer", duration: "years(3)" };
const leavers = (over: object) => [
  eraseRule,
  proofRule,
  { ...keepRule({ period: "year", roles: ["teacher"], ...over }), id: "leavers" },
];
const load = { ...keepRule({}), id: "load", store: "loadingData", anchor: "loadingAccepted" };

export const casesOfRetention: readonly LintCase[] = [
  {
    code: "EVIDENCE_WITHOUT_PERIOD",
    defect: "no rule about evidence",
    ...rules(
      { retention: [eraseRule], periods: [forward, notice, window, erase] },
      { retention: [eraseRule, proofRule] },
    ),
  },
  {
    code: "EVIDENCE_WITHOUT_PERIOD",
    defect: "a rule for some kinds alone",
    ...rules(
      { retention: [eraseRule, { ...proofRule, kinds: ["consent", "instruction", "receipt"] }] },
      { retention: [eraseRule, { ...proofRule, kinds: ["consent", "instruction", "receipt", "breach"] }] },
    ),
  },
  {
    code: "APPROVAL_CANNOT_COME",
    defect: "an approval within 24 hours",
    ...rules(
      { retention: [{ ...eraseRule, approval: "controller" }, proofRule] },
      { periods: [...periods, year], retention: leavers({ approval: "controller" }) },
    ),
  },
  {
    code: "NOTICE_BEFORE_EVENT",
    defect: "a notice two years before the end of a period of one",
    ...rules(
      {
        periods: [...periods, year],
        retention: leavers({ notices: { before: ["days(30)", "days(730)"], big: 9 } }),
      },
      { periods: [...periods, year], retention: leavers({ notices: { before: ["days(30)"], big: 9 } }) },
    ),
  },
  {
    code: "NARROWED_TO_NOBODY",
    defect: "a rule for a role that annex B does not have",
    ...rules(
      { periods: [...periods, year], retention: leavers({ roles: ["teacher", "pupil"] }) },
      { periods: [...periods, year], retention: leavers({ products: ["plume"], origins: ["outsideGar"] }) },
    ),
  },
  {
    code: "NARROWED_TO_NOBODY",
    defect: "a rule for data that the row of its role does not have",
    ...rules(
      { periods: [...periods, year], retention: leavers({ categories: ["identifier"] }) },
      { periods: [...periods, year], retention: leavers({ categories: ["name"] }) },
    ),
  },
  {
    code: "CEILING_ENDS_RULE",
    defect: "three years for teachers under a ceiling of one",
    ...rules(
      {
        periods: [...periods, year, longer],
        controllerPeriods: { clause: "D5", within: "ceilings" },
        retention: [...leavers({ period: "longer" }), keepRule({ period: "year", ceiling: true })],
      },
      {
        periods: [...periods, year, longer],
        controllerPeriods: { clause: "D5", within: "ceilings" },
        retention: [...leavers({}), keepRule({ period: "longer", ceiling: true })],
      },
    ),
  },
  {
    code: "SCHOOL_YEAR_UNSTATED",
    defect: "a period from the end of a school year without a day",
    ...rules(
      { periods: [...periods, year], retention: leavers({ anchor: "schoolYearEnded" }) },
      {
        periods: [...periods, year],
        retention: leavers({ anchor: "schoolYearEnded" }),
        schoolYear: { clause: "D5", endsOn: "08-31" },
      },
    ),
  },
  {
    code: "RESTORE_NOT_ASKED",
    defect: "loading data destroyed without a restored backup",
    ...rules(
      { periods: [...periods, keep], retention: [eraseRule, proofRule, load] },
      {
        periods: [...periods, keep],
        retention: [eraseRule, proofRule, { ...load, condition: "restoreTested" }],
      },
    ),
  },
];
