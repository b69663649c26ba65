export { backupsPlugin } from "./plugin.ts";
export { type BackupStoreOptions, type BackupsOptions, backupsOptions } from "./options.ts";
export { type BackupRules, backupRules, type Generation } from "./generations.ts";
export { type KnownBackup, readBackups, type SeenBackup } from "./backup.ts";
export { type ReadStore, readStore } from "./read-store.ts";
export { type Audit, auditBackups, type Finding, type FindingKind } from "./audit-backups.ts";
export { lastCopyFrom } from "./last-copy.ts";
export { holds, makeBackupCatalogue } from "./backup-catalogue.ts";
export { type FileReplayList, openReplayList } from "./replay-list.ts";
export { type KnownReplayList, knownReplayList } from "./known-replay-list.ts";
export {
  type Gate,
  type ListedRows,
  listedRows,
  type RestoredStore,
  restoreGate,
} from "./listed-rows.ts";
export { type Replayed, type ReplayOptions, replayErasures } from "./restore-replay.ts";
export { errors } from "./errors.ts";
