/** Every lint, one a line: how severe it is, what it concerns, and the rule that looks for it. */
import type { Lint } from "./lint.ts";
import {
  garIdentifierUnlisted,
  garPupilUndefined,
  garRoleEmpty,
  natureLacksPurposeNeeds,
  personsOmitted,
  productWithoutRows,
  supportClosedToGar,
} from "./lint-annex-b.ts";
import { backupsHoldLogsOrKeys, baseGoneBeforeDependants, differentialWithoutBase } from "./lint-backups.ts";
import { backupsOutlivePromise, impossibleDeadline, unknownDelay } from "./lint-chains.ts";
import {
  awarenessWhose,
  deadlineWithoutStart,
  noticeWithoutFigure,
  objectionWithoutWindow,
  startsBeforeObjection,
} from "./lint-deadlines.ts";
import {
  ceilingPrecedenceUnstated,
  choiceAboveCeiling,
  guardTimeNotChosen,
  heldAfterAgreement,
  namedInLogsAfterErasure,
  periodWithoutAnchor,
  samplesNeverDestroyed,
} from "./lint-retention.ts";
import {
  approvalCannotCome,
  ceilingEndsRule,
  evidenceWithoutPeriod,
  narrowedToNobody,
  noticeBeforeEvent,
  restoreNotAsked,
  schoolYearUnstated,
} from "./lint-retention-scope.ts";
import { lacks } from "./lint-safeguards.ts";
import { lacksPart, parts } from "./lint-sections.ts";
import { additionsMiswritten, lockOnActivity, passwordsNotHashed, vagueFigure } from "./lint-text.ts";
import { anonymisedReuseUnbounded, mechanismNotAuthorised, transferContradicted } from "./lint-transfers.ts";

export const lints = {
  IMPOSSIBLE_DEADLINE: { severity: "error", of: "both", find: impossibleDeadline },
  BACKUPS_OUTLIVE_PROMISE: { severity: "error", of: "both", find: backupsOutlivePromise },
  UNKNOWN_DELAY: { severity: "unknown", of: "both", find: unknownDelay },

  PERIOD_WITHOUT_ANCHOR: { severity: "error", of: "both", find: periodWithoutAnchor },
  HELD_AFTER_AGREEMENT: { severity: "warning", of: "agreement", find: heldAfterAgreement },
  CEILING_PRECEDENCE_UNSTATED: { severity: "warning", of: "agreement", find: ceilingPrecedenceUnstated },
  NAMED_IN_LOGS_AFTER_ERASURE: { severity: "warning", of: "agreement", find: namedInLogsAfterErasure },
  GUARD_TIME_NOT_CHOSEN: { severity: "warning", of: "both", find: guardTimeNotChosen },
  CHOICE_ABOVE_CEILING: { severity: "error", of: "both", find: choiceAboveCeiling },
  SAMPLES_NEVER_DESTROYED: { severity: "warning", of: "policy", find: samplesNeverDestroyed },
  EVIDENCE_WITHOUT_PERIOD: { severity: "warning", of: "agreement", find: evidenceWithoutPeriod },
  APPROVAL_CANNOT_COME: { severity: "error", of: "agreement", find: approvalCannotCome },
  NOTICE_BEFORE_EVENT: { severity: "error", of: "agreement", find: noticeBeforeEvent },
  NARROWED_TO_NOBODY: { severity: "error", of: "agreement", find: narrowedToNobody },
  CEILING_ENDS_RULE: { severity: "error", of: "both", find: ceilingEndsRule },
  SCHOOL_YEAR_UNSTATED: { severity: "error", of: "agreement", find: schoolYearUnstated },
  RESTORE_NOT_ASKED: { severity: "warning", of: "both", find: restoreNotAsked },

  DEADLINE_WITHOUT_START: { severity: "warning", of: "both", find: deadlineWithoutStart },
  AWARENESS_WHOSE: { severity: "warning", of: "both", find: awarenessWhose },
  NOTICE_WITHOUT_FIGURE: { severity: "warning", of: "agreement", find: noticeWithoutFigure },
  OBJECTION_WITHOUT_WINDOW: { severity: "warning", of: "agreement", find: objectionWithoutWindow },
  STARTS_BEFORE_OBJECTION: { severity: "warning", of: "agreement", find: startsBeforeObjection },

  DIFFERENTIAL_WITHOUT_BASE: { severity: "error", of: "both", find: differentialWithoutBase },
  BASE_GONE_BEFORE_DEPENDANTS: { severity: "error", of: "both", find: baseGoneBeforeDependants },
  BACKUPS_HOLD_LOGS_OR_KEYS: { severity: "warning", of: "both", find: backupsHoldLogsOrKeys },

  PRODUCT_WITHOUT_ROWS: { severity: "warning", of: "agreement", find: productWithoutRows },
  NATURE_LACKS_PURPOSE_NEEDS: { severity: "warning", of: "agreement", find: natureLacksPurposeNeeds },
  PERSONS_OMITTED: { severity: "warning", of: "agreement", find: personsOmitted },
  GAR_ROLE_EMPTY: { severity: "warning", of: "agreement", find: garRoleEmpty },
  GAR_PUPIL_UNDEFINED: { severity: "warning", of: "agreement", find: garPupilUndefined },
  GAR_IDENTIFIER_UNLISTED: { severity: "warning", of: "agreement", find: garIdentifierUnlisted },
  SUPPORT_CLOSED_TO_GAR: { severity: "warning", of: "agreement", find: supportClosedToGar },

  TRANSFER_CONTRADICTED: { severity: "error", of: "agreement", find: transferContradicted },
  MECHANISM_NOT_AUTHORISED: { severity: "warning", of: "agreement", find: mechanismNotAuthorised },
  ANONYMISED_REUSE_UNBOUNDED: { severity: "warning", of: "both", find: anonymisedReuseUnbounded },

  VAGUE_FIGURE: { severity: "warning", of: "both", find: vagueFigure },
  LOCK_ON_ACTIVITY: { severity: "warning", of: "both", find: lockOnActivity },
  ADDITIONS_MISWRITTEN: { severity: "warning", of: "both", find: additionsMiswritten },
  PASSWORDS_NOT_HASHED: { severity: "warning", of: "both", find: passwordsNotHashed },

  BREACH_CONTACT_POINT_MISSING: { severity: "warning", of: "agreement", find: lacks("breachContactPoint") },
  PRIOR_CONSULTATION_MISSING: { severity: "warning", of: "agreement", find: lacks("priorConsultation") },
  FOR_CAUSE_AUDIT_MISSING: { severity: "warning", of: "agreement", find: lacks("forCauseAudit") },
  SUBPROCESSOR_CONTRACT_COPY_MISSING: {
    severity: "warning",
    of: "agreement",
    find: lacks("subprocessorContractCopy"),
  },
  SUBPROCESSOR_FAILURE_NOTICE_MISSING: {
    severity: "warning",
    of: "agreement",
    find: lacks("subprocessorFailureNotice"),
  },
  THIRD_PARTY_BENEFICIARY_MISSING: {
    severity: "warning",
    of: "agreement",
    find: lacks("thirdPartyBeneficiary"),
  },
  DELETION_CERTIFICATE_MISSING: { severity: "warning", of: "agreement", find: lacks("deletionCertificate") },
  SUSPENSION_MISSING: { severity: "warning", of: "agreement", find: lacks("suspension") },
  SENSITIVE_DATA_UNSTATED: { severity: "warning", of: "agreement", find: lacks("sensitiveData") },

  PRODUCT_MISSING: { severity: "warning", of: "agreement", find: lacksPart(parts.product) },
  SUBPROCESSORS_MISSING: { severity: "warning", of: "agreement", find: lacksPart(parts.subprocessors) },
  MEASURES_MISSING: { severity: "warning", of: "agreement", find: lacksPart(parts.measures) },
  TERM_UNSTATED: { severity: "warning", of: "agreement", find: lacksPart(parts.term) },
  NATURE_UNSTATED: { severity: "warning", of: "agreement", find: lacksPart(parts.nature) },
  LEGAL_BASIS_UNSTATED: { severity: "warning", of: "agreement", find: lacksPart(parts.legalBasis) },
  ATTESTATION_MISSING: { severity: "warning", of: "agreement", find: lacksPart(parts.attestation) },
  DOUBTFUL_INSTRUCTION_UNSTATED: {
    severity: "warning",
    of: "agreement",
    find: lacksPart(parts.doubtfulInstruction),
  },
  END_OF_CONTRACT_UNSTATED: { severity: "warning", of: "agreement", find: lacksPart(parts.endOfContract) },
  SUBPROCESSOR_CHANGE_UNSTATED: {
    severity: "warning",
    of: "agreement",
    find: lacksPart(parts.subprocessorChange),
  },
  TRANSFERS_UNSTATED: { severity: "warning", of: "agreement", find: lacksPart(parts.transfers) },
  RETENTION_MISSING: { severity: "warning", of: "agreement", find: lacksPart(parts.retention) },
  CORRESPONDENCE_UNSTATED: { severity: "warning", of: "agreement", find: lacksPart(parts.correspondence) },
  REQUEST_WITHOUT_DEADLINE: { severity: "warning", of: "agreement", find: lacksPart(parts.requestDeadline) },
} as const satisfies Record<string, Lint>;

export type LintCode = keyof typeof lints;

/** The codes that `accepted` may name. */
export const lintCodes: ReadonlySet<string> = new Set(Object.keys(lints));
