export { type DatabaseJournal, type JournalOptions, makeJournal, type ProveOptions } from "./journal.ts";
export { makeSequencer, type Sequencer, type SequencerOptions } from "./sequencer.ts";
export {
  type ArchiveReading,
  type KeepingOrder,
  type Kept,
  type LogKeeping,
  type LogKeepingOptions,
  type LogStanding,
  makeLogKeeping,
} from "./log-keeping.ts";
export { makeSigner, openSigner, type Signer } from "./signer.ts";
export { journalMigrations } from "./migrations/journal-migrations.ts";
export { makeReceipts, type Receipts, type ReceiptsOptions } from "./receipts.ts";
export { type Receipt, type ReceiptClosing, type ReceiptOpening, type StoreResult } from "./receipt.ts";
export { type ReceiptRow } from "./store/receipt-table.ts";
export type { SpentEvidence } from "./store/entry-table.ts";
export { type Verification, type VerifyResult, verifyReceiptOrProof } from "./verify.ts";
export { verifyPage } from "./verify-page.ts";
export { type AuditReport } from "./audit.ts";
export { verifyConsistency } from "./tree-proof.ts";
export { type JournalPersonalDataOptions, journalPersonalData } from "./journal-personal-data.ts";
export { errors } from "./errors.ts";
