export { clausesFile, referenceFolder, samplesFolder } from "./reference-folder.ts";
export { type ParseOptions, parseAgreement } from "./parse-agreement.ts";
export { readAgreementFolder } from "./read-agreement-folder.ts";
export { type AgreementCheck, checkAgreementFolder } from "./check-agreement.ts";
export type { Agreement, Anchor, DataRow, Period, Product, Recipient, Subprocessor } from "./agreement.ts";
export {
  AgreementInvalid,
  type Diagnostic,
  type DiagnosticCode,
  formatDiagnostics,
  type Severity,
} from "./diagnostic.ts";
export { type Accepted, lintAgreement } from "./lint-agreement.ts";
export { type LintCode, lintCodes } from "./lints.ts";
export { type Chain, type ChainLink, type ChainStep, solveChains, type Verdict } from "./deadline-chains.ts";
export type { Coverage } from "./coverage.ts";
export { formatChain, remediesOf } from "./say-chain.ts";
export { sayDuration } from "./say-duration.ts";
export type { Change, ChangeKind, Concerned, Effect } from "./change.ts";
export { diffAgreements } from "./diff-agreements.ts";
export { compileGateTable, officerCorrespondence } from "./gate-table.ts";
export { correspondenceFlow } from "./correspondence-flow.ts";
export { subprocessorSchema } from "./schema.ts";
export { widenSubprocessors } from "./widen-subprocessors.ts";
export { type RefusalReason, refusalRemedies } from "./refusals.ts";
export {
  type BoundDuration,
  durationOf,
  type RetentionRule,
  retentionRules,
  schoolYearEndOf,
} from "./periods.ts";
export { agreementHash } from "./agreement-hash.ts";
export { documentedHours } from "./documented-hours.ts";
export { clauseIds } from "./clause-ids.ts";
export { errors } from "./errors.ts";
export { type AgreementsInForce, oneAgreement } from "./agreements-in-force.ts";
