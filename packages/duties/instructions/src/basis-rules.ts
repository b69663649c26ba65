/**
 * What an entry of the journal rests on when nothing names an instruction: a person's word that is itself one, the agreement's
 * own clause, or nothing unless it is found through what it belongs to. Every type of entry stands here; a type that does not
 * is answered with *none is recorded*, never with a guess. @clause D6.1c
 */
export type BasisRule =
  /** The controller's word, when its own people or a writing of theirs gave it. */
  | { readonly is: "instruction" }
  /** The agreement instructs it; the entry's own clause where it bears one. `first`: whatever else the entry names. */
  | { readonly is: "agreement"; readonly clause: string; readonly first?: true }
  /** Rests on what it belongs to: an order, an erasure, a release, a request. */
  | { readonly is: "part" };

const instruction: BasisRule = { is: "instruction" };
const part: BasisRule = { is: "part" };
const agreed = (clause: string): BasisRule => ({ is: "agreement", clause });
const always = (clause: string): BasisRule => ({ is: "agreement", clause, first: true });

/** Some types of one plugin, under one rule. */
function of(plugin: string, rule: BasisRule, names: string): readonly (readonly [string, BasisRule])[] {
  return names.split(" ").map((name) => [`${plugin}.${name}`, rule] as const);
}

export const basisRules: ReadonlyMap<string, BasisRule> = new Map([
  // Every sign-in, attempt and change of an account is logged (DD.7); accounts of the house are reviewed (DD.5).
  ...of("accounts", agreed("DD.7"), "invited invitationRenewed accepted signedIn signedOut signInRefused"),
  ...of("accounts", agreed("DD.7"), "passwordChanged factorEnrolled factorConfirmed factorReset recovered"),
  ...of("accounts", agreed("DD.7"), "recoveryCodeUsed recoveryCodesRenewed recoveryIssued identityLinked"),
  ...of("accounts", agreed("DD.7"), "suspended restored revoked unlocked roleChanged sessionsEnded listSeen"),
  ...of("accounts", agreed("DD.7"), "tokenMade tokenRevoked tokenUsed"),
  ...of("accounts", agreed("DD.5"), "reviewed"),
  ...of("accounts", agreed("D12.2"), "erased"),
  ...of("calendar", agreed("DD.7"), "feedMade feedRevoked"),
  ...of("gar", agreed("DD.7"), "signedIn signInRefused signedOut signedOutByProvider"),
  ...of("gar", instruction, "relinkAsked relinkCancelled relinkRefused relinked"),
  ...of("gar", agreed("D12.2"), "destructionCertified"),
  ...of("contracts", instruction, "instructionRecorded"),
  // The desk has what annex C lets it have; a right that is asked for is passed on; our team sees words as annex B says.
  ...of(
    "support-bridge",
    agreed("DC"),
    "opened received walled left stuck erasureAsked assigned answered closed",
  ),
  ...of("support-bridge", agreed("DC"), "textDestroyed"),
  ...of("support-bridge", agreed("D10.1b"), "passedOn proposalConfirmed proposalRejected"),
  ...of("support-bridge", agreed("DB.n"), "accessed"),
  ...of("anonymisation", instruction, "objected objectionWithdrawn handOverInstructed"),
  ...of("anonymisation", part, "handedOver"),
  ...of("anonymisation", agreed("D13.1"), "released refused destroyed"),
  ...of("data-export", instruction, "ordered cancelled written"),
  ...of(
    "data-export",
    part,
    "made failed linkMade downloadStarted downloaded downloadBroken downloadRefused",
  ),
  ...of("data-export", agreed("D10.1a"), "destroyed"),
  ...of("retention", instruction, "contractEndChosen contractEndConfirmed contractEndCancelled"),
  ...of("retention", instruction, "contractEndWithdrawn handOverAcknowledged holdPlaced holdLifted"),
  ...of("retention", instruction, "purgeApproved purgeCancelled approvalTakenBack"),
  ...of("retention", agreed("D6.2c"), "contractEndErasing contractEndCertified doorsClosed handedBack"),
  ...of(
    "retention",
    agreed("D12.4"),
    "purgeProposed purgeNoticed purgeTooLarge purgeWithdrawn personDropped",
  ),
  ...of("retention", agreed("DD.8"), "logRowsPurged"),
  ...of("retention", agreed("D12.3"), "holdingAccepted holdingRegistered holdingDestroyed"),
  ...of("retention", agreed("DD.1"), "restoreTested"),
  ...of("retention", part, "erasureOrdered erasureCancelled erasureGoesOn"),
  // The desk and its clocks are the agreement's own; what is done on a request is done on the controller's answer.
  ...of("data-subject-requests", always("D10.1b"), "received noRequest unknownController assigned requested"),
  ...of("data-subject-requests", always("D10.1b"), "opened merged forwarded bounced escalated overdue waits"),
  ...of(
    "data-subject-requests",
    always("D10.1b"),
    "linkSent linkRenewed linkTried acknowledged reopened closed",
  ),
  ...of("data-subject-requests", always("D10.1b"), "textShown textReleased textDestroyed"),
  ...of("data-subject-requests", always("D10.1c"), "extended"),
  ...of("data-subject-requests", always("D10.3b"), "inaccuracyNoted inaccuracyTold inaccuracyAcknowledged"),
  ...of(
    "data-subject-requests",
    part,
    "executed actionEnded actionStopped rectified objected objectionEnded",
  ),
  ...of("data-subject-requests", part, "restricted restrictionSettled restrictionLifted restrictionEnded"),
  ...of("data-subject-requests", agreed("D10.1a"), "automatedDecisionStated"),
  ...of("subprocessors", always("D8.1"), "agreementRemembered"),
  ...of("subprocessors", always("D8.2"), "changeProposed changeDiscarded changeAnnounced changeTakenBack"),
  ...of(
    "subprocessors",
    always("D8.2"),
    "noticeQueued noticeSettled noticeTakenBack linkHandedOver reminded",
  ),
  ...of("subprocessors", always("D8.3"), "received receiptCorrected objectionHonoured"),
  ...of("subprocessors", always("D8.4"), "contractEnded"),
  ...of("subprocessors", always("D8.5"), "factsChanged"),
  ...of("subprocessors", instruction, "objected objectedLate objectionWithdrawn"),
  ...of("journal", agreed("DD.8"), "prunedTo archivedTo evidenceDestroyed"),
  ...of("journal", part, "archiveOpened receiptOpened receiptClosed"),
  ...of("instructions", instruction, "recorded revoked confirmed withdrawn"),
  ...of("instructions", instruction, "observationApproved observationRefused"),
  ...of("instructions", always("D6.2a"), "flagged flagLifted linkHandedOver"),
  ...of("instructions", always("S14"), "observationAsked observationChanged observationWithdrawn"),
  ...of("instructions", always("D6.1d"), "complianceNoticed noticeAcknowledged"),
]);

/** Grounds of an erasure that the agreement itself instructs; of an instruction there must be one. @figure D12.2, D12.4 */
export const groundClauses: Readonly<Record<string, string>> = {
  "account-deleted": "D12.2",
  retention: "D12.4",
  "contract-end": "D6.2c",
};
