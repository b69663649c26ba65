export { dataSubjectRequestsPlugin } from "./plugin.ts";
export { type DataSubjectRequestsOptions, dataSubjectRequestsOptions } from "./options.ts";
export { makeRightsDesk, type RightsDeskPorts } from "./make-rights-desk.ts";
export { errors } from "./errors.ts";
