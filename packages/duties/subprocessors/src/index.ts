export { subprocessorsPlugin } from "./plugin.ts";
export { type SubprocessorsOptions, subprocessorsOptions } from "./options.ts";
export { type AnnouncedSubprocessors, announcedSubprocessors } from "./announced-subprocessors.ts";
export type {
  ContractOnFile,
  Document,
  Facts,
  Finding,
  FindingCode,
  Places,
  RegisteredSubprocessor,
  Review,
  SubSubprocessor,
  TransferDocument,
} from "./subprocessor.ts";
export {
  type Change,
  type ChangeId,
  type ChangeKind,
  changeKinds,
  type ChangeState,
  changeStates,
  type ChangeValues,
  type NoticeContent,
} from "./change.ts";
export {
  capacities,
  type Capacity,
  type ChangeObjection,
  type ChangeObjectionId,
  type Delivery,
  deliveries,
  type Notice,
  type NoticeId,
  type Receipt,
  type Said,
  type Way,
  ways,
} from "./notice.ts";
export { type OpeningWindow, type Standing, standingAt } from "./standing.ts";
export { hasWindow, windowOf } from "./window.ts";
export type { Many, SubprocessorPorts } from "./ports.ts";
export { errors } from "./errors.ts";
