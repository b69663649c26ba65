export { anonymisationPlugin } from "./plugin.ts";
export { type AnonymisationOptions, anonymisationOptions } from "./options.ts";
export { readPlan } from "./read-plan.ts";
export type { ReleasePlan } from "./release-plan.ts";
export { makeRelease, type ReleaseRequest, type TriedRelease, tryRelease } from "./make-release.ts";
export type { RowsFile } from "./release-gather.ts";
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
  ReleaseFigures,
  ReleaseFile,
  ReleaseId,
  ReleaseState,
  ReleaseVerdict,
} from "./ledger.ts";
export { listReleases } from "./store/releases.ts";
export { sayFigure, sayQuestion } from "./release-words.ts";
export { destroyRelease } from "./release-destroy.ts";
export { type Settled, settleReleases } from "./release-settle.ts";
export {
  handOverRelease,
  type HandOverInstruction,
  instructHandOver,
  type NewHandOverInstruction,
} from "./release-hand-over.ts";
export { type FileRowsOptions, rowsOfFile } from "./release-rows-of-file.ts";
export { errors } from "./errors.ts";
