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
export { errors } from "./errors.ts";
