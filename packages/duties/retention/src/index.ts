export { retentionPlugin } from "./plugin.ts";
export { type RetentionOptions, retentionOptions } from "./options.ts";
export type { Erasure, ErasureId, ErasureRunner, ErasureState, StoreProgress } from "./erasure.ts";
export { type ErasureOrder, type ErasureRun, orderErasure } from "./order-erasure.ts";
export { type PlanOptions, planStores, targetsOf } from "./plan-stores.ts";
export { runErasure } from "./run-erasure.ts";
export type { RunOptions, RunOutcome } from "./run-options.ts";
export { judgeStore, type StoreFacts } from "./judge-store.ts";
export { type LaterLook, lookLater } from "./later-look.ts";
export { listOpenErasures } from "./store/erasures.ts";
export { type AccountRule, accountRules } from "./account-rule.ts";
export {
  type DecidedBy,
  type Deciding,
  type DecidingContext,
  type Decision,
  type Lost,
  makeDeciding,
} from "./effective-rule.ts";
export { type Hold, type HoldCovers, type HoldId, holdCovers } from "./hold.ts";
export type { Purge, PurgeId, PurgeNeeds, PurgePerson, PurgeState } from "./purge.ts";
export { type SurveyResult, surveyedStores, surveyStore } from "./survey.ts";
export { scheduleRetention } from "./jobs/purge.ts";
export {
  type KeptLogs,
  keepLogs,
  type KeepLogsPorts,
  type LogOrders,
  logOrders,
  scheduleLogKeeping,
} from "./jobs/keep-logs.ts";
export { approvePurge, cancelPurge, type PurgeDecider, takeBackApproval } from "./decide-purge.ts";
export { listHolds } from "./store/holds.ts";
export { liftHold, type NewHold, placeHold } from "./place-hold.ts";
export { type Acted, actOnPurge } from "./act-on-purge.ts";
export { findPurge, type PersonToday, type PurgeView, readPurgeView } from "./purge-view.ts";
export {
  type ForecastMonth,
  type RetentionView,
  readRetentionView,
  type StoreDelay,
} from "./retention-view.ts";
export { takeUpRequests } from "./take-up-requests.ts";
export { purgesTextsOf, sayDecision, sayDrop, sayRuleInForce, sayState } from "./say-rule.ts";
export type { RetentionPorts } from "./retention-ports.ts";
export {
  type ContractEnd,
  type ContractEndId,
  type ContractEndState,
  handsBack,
  isReversible,
  type StopReason,
} from "./contract-end.ts";
export { type EndTerms, endTermsOf } from "./contract-end-terms.ts";
export {
  acknowledgeHandOver,
  chooseContractEnd,
  confirmErasure,
  type EndWishes,
} from "./contract-end-choose.ts";
export { type Advanced, advanceContractEnd, withdrawContractEnd } from "./contract-end-advance.ts";
export { type EndPlan, planContractEnd } from "./contract-end-plan.ts";
export { type Certificate, certifyContractEnd, proofOfCertificate } from "./contract-end-certificate.ts";
export { liveEnds, listEnds, readCertificate } from "./store/contract-ends.ts";
export { contractEndTextsOf } from "./contract-end-texts.ts";
export type { ContractEndTexts } from "./locales/contract-end-fr.ts";
export {
  anchorHolding,
  type Holding,
  type HoldingId,
  type HoldingKind,
  holdingKinds,
  holdingName,
  holdingStores,
  type NewHolding,
  registerHolding,
} from "./loading-data.ts";
export { recordRestoreTest } from "./loading-data-restore-test.ts";
export { destroyHolding, isKeptByLaw, judgeHolding } from "./loading-data-destroy.ts";
export { measureCopy } from "./loading-data-place.ts";
export { listHoldings, listRestoreTests, type RestoreTest } from "./store/holdings.ts";
export { sha256Of } from "./return-or-delete-folder.ts";
export { keepArchive } from "./guard-time.ts";
export { errors } from "./errors.ts";
