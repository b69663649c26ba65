export { retentionPlugin } from "./plugin.ts";
export { type RetentionOptions, retentionOptions } from "./options.ts";
export type { Erasure, ErasureState, StoreProgress } from "./erasure.ts";
export { type ErasureOrder, type ErasureRun, orderErasure } from "./order-erasure.ts";
export { type PlanOptions, planStores, targetsOf } from "./plan-stores.ts";
export { type RunOptions, type RunOutcome, runErasure } from "./run-erasure.ts";
export { judgeStore, type StoreFacts } from "./judge-store.ts";
export type { RetentionPorts } from "./retention-ports.ts";
export { errors } from "./errors.ts";
