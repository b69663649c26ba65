export { dataSubjectRequestsPlugin } from "./plugin.ts";
export { type DataSubjectRequestsOptions, dataSubjectRequestsOptions } from "./options.ts";
export {
  type Authority,
  type Identity,
  type RefusalReason,
  type Request,
  type RequestOutcome,
  type RequestState,
  refusalReasons,
  shownState,
  type WaitReason,
} from "./request.ts";
export type { Inquiry, InquiryState, InquiryText } from "./inquiry.ts";
export { makeRightsDesk, type RightsDeskPorts } from "./make-rights-desk.ts";
export { type MailTaken, receiveMail } from "./receive-mail.ts";
export { type InaccurateData, type NewInaccuracy, noteInaccurateData } from "./inaccurate-data.ts";
export {
  type DeskShown,
  type RequestShown,
  viewDesk,
  viewInquiry,
  viewRequest,
} from "./desk-view.ts";
export { type DeskView, deskViews } from "./store/desk.ts";
export { type AssignedPerson, assignInquiry } from "./receive-assign.ts";
export { makeRelayLink, renewRelay } from "./relay-renew.ts";
export { recordHandOver } from "./relay-hand.ts";
export { executeRequest } from "./execute-request.ts";
export { type Passage, type Recognised, recogniseMatters } from "./recognise-matters.ts";
export { personNamed } from "./person-named.ts";
export { textsOf } from "./texts.ts";
export { scheduleAlarms } from "./jobs/escalate.ts";
export { forwardDue } from "./clocks.ts";
export { guessLanguage } from "./parse-mail-language.ts";
export { errors } from "./errors.ts";
