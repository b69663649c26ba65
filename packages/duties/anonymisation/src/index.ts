export type { ReleasePorts } from "./release-ports.ts";
export {
  type Actor,
  type Evidence,
  type Means,
  means,
  type Objection,
  type ObjectionId,
  opposedSince,
} from "./objection.ts";
export { type NewObjection, recordObjection, type RecordedObjection } from "./objection-record.ts";
export { type Withdrawal, withdrawObjection, type WithdrawnObjection } from "./objection-withdraw.ts";
export { listObjections } from "./store/objections.ts";
export type {
  ControllerIn,
  ControllerOut,
  OutReason,
  Release,
  ReleaseFile,
  ReleaseId,
  ReleaseState,
  ReleaseVerdict,
} from "./ledger.ts";
export { listReleases } from "./store/releases.ts";
export { type FileRowsOptions, rowsOfFile } from "./release-rows-of-file.ts";
export { errors } from "./errors.ts";
