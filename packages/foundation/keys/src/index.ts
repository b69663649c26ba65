export {
  type Destruction,
  type DestroyResult,
  type KeyOf,
  type KeyStore,
  type KeyStoreOptions,
  openKeyStore,
} from "./key-store.ts";
export { type KeyScope, scopeText } from "./scope.ts";
export { type ScopeKey, sealOverhead } from "./scope-key.ts";
export { readOrCreateRootKey, readOrCreateSecret } from "./secret-file.ts";
export { type HighWaterMark, type HighWaterMarks, makeHighWaterMarks } from "./high-water-marks.ts";
export { keyMigrations } from "./migrations/key-migrations.ts";
export { type AgeIdentities, type AgeRecipients, makeAgeIdentity, openFile, sealFile } from "./age-file.ts";
export { errors } from "./errors.ts";
