/** What contracts' ends and copies held write into the evidence log. */
export const contractEndEvents = [
  "retention.contractEndCancelled",
  "retention.contractEndCertified",
  "retention.contractEndChosen",
  "retention.contractEndConfirmed",
  "retention.contractEndErasing",
  "retention.contractEndWithdrawn",
  "retention.doorsClosed",
  "retention.handOverAcknowledged",
  "retention.handedBack",
  "retention.holdingAccepted",
  "retention.holdingDestroyed",
  "retention.holdingRegistered",
  "retention.restoreTested",
] as const;
