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
export { changeFacts, readRegistry } from "./registry.ts";
export { rememberAgreement } from "./baseline.ts";
export { type UnknownAnnex, unknownAnnexes } from "./unknown-annexes.ts";
export {
  type Audience,
  type Change,
  type ChangeId,
  type ChangeKind,
  changeKinds,
  type ChangeState,
  changeStates,
  type ChangeValues,
  clauseOf,
  type NoticeContent,
} from "./change.ts";
export type { ChangeGiven } from "./read-change.ts";
export { discardChange, proposeChange, reviseChange } from "./propose-change.ts";
export { type Announced, announceChange } from "./announce-change.ts";
export { takeBackChange } from "./take-back.ts";
export { listChanges, readChange } from "./store/changes.ts";
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
export { type Fact, noticeFacts } from "./notice-facts.ts";
export {
  type LinkView,
  lookBehindLink,
  type NoticeDetails,
  type NoticeView,
  viewNotice,
  viewNotices,
} from "./notice-view.ts";
export { countNotices, type NoticeCounts, noticeCounts, type NoticeQuery } from "./store/notice-lists.ts";
export { OBJECTION, RECEIPT } from "./link-purposes.ts";
export type { Saying } from "./said.ts";
export {
  correctReceipt,
  type ReceiptGiven,
  type RecordedReceipt,
  recordReceipt,
  recordReceiptByLink,
} from "./record-receipt.ts";
export type { ObjectionLink } from "./confirm-receipt.ts";
export {
  honourObjection,
  type ObjectionGiven,
  type RecordedObjection,
  recordObjection,
  recordObjectionByLink,
  withdrawObjection,
} from "./object.ts";
export { type HandedLink, handOver } from "./hand-over.ts";
export { endAfterObjection, type EndGiven, terminationNotice } from "./end-after-objection.ts";
export {
  type HistoryEvent,
  type PublicRegister,
  publicRegister,
  type PublicSubprocessor,
} from "./public-register.ts";
export type { SubprocessorPorts } from "./ports.ts";
export { errors } from "./errors.ts";
