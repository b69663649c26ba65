export { type DatabaseJournal, type JournalOptions, makeJournal, type ProveOptions } from "./journal.ts";
export { makeSequencer, type Sequencer, type SequencerOptions } from "./sequencer.ts";
export { makeSigner, openSigner, type Signer } from "./signer.ts";
export { journalMigrations } from "./migrations/journal-migrations.ts";
export { type AuditReport } from "./audit.ts";
export { type SlotName } from "./entry.ts";
export { errors } from "./errors.ts";
export { type Verification, type VerifyResult, verifyReceiptOrProof } from "./verify.ts";
