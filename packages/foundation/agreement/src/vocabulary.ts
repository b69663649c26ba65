/** Closed lists of words that the software understands; everything else in an agreement is declared by the agreement. */
import type { Operation, Origin } from "@preau/kernel";

/** Operations of the kernel's flows. */
export const operations = [
  "store",
  "show",
  "send",
  "export",
  "answer",
  "erase",
  "return",
] as const satisfies readonly Operation[];
export const origins = ["gar", "outsideGar"] as const satisfies readonly Origin[];
/** Events from which a retention period can run; each is something that the software sees happen. */
export const anchors = [
  "accountDeleted",
  "liveDataDeleted",
  "lastActivity",
  "contractEnded",
  "schoolYearEnded",
  "loadingAccepted",
  "presalesClosed",
  "entryRecorded",
  "entryArchived",
  "backupMade",
  "caseClosed",
] as const;
/** What the journal keeps as evidence, each with a period of its own. */
export const evidenceKinds = ["consent", "instruction", "breach", "receipt", "notice", "checkpoint"] as const;
/** Events from which any period can run. */
export const starts = [
  ...anchors,
  "announcementReceived",
  "requestReceived",
  "processorAware",
  "controllerAware",
  "auditAnnounced",
  "answerDue",
  "sampleReceived",
  "lastReview",
  "packageMade",
  "linkMade",
] as const;
/** What a processing consists of (art. 4(2)), in the order of the Regulation where it names the word. */
export const natures = [
  "collect",
  "record",
  "keep",
  "change",
  "consult",
  "share",
  "transfer",
  "export",
  "archive",
  "anonymise",
  "erase",
] as const;
/** What art. 28 and the standard clauses of Decision (EU) 2021/915 ask for, and agreements forget. */
export const safeguards = [
  "breachContactPoint",
  "priorConsultation",
  "forCauseAudit",
  "subprocessorContractCopy",
  "subprocessorFailureNotice",
  "thirdPartyBeneficiary",
  "deletionCertificate",
  "suspension",
  "sensitiveData",
] as const;
export const mechanisms = [
  "adequacy",
  "standardContractualClauses",
  "bindingCorporateRules",
  "other",
] as const;

/** Art. 6(1). */
export const legalBases = [
  "consent",
  "contract",
  "legalObligation",
  "vitalInterests",
  "publicTask",
  "legitimateInterests",
] as const;
