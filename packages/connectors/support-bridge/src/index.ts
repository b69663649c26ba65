export { supportBridgePlugin } from "./plugin.ts";
export { type SupportBridgeOptions, supportBridgeOptions } from "./options.ts";
export { errors } from "./errors.ts";
export { makeSupport } from "./make-support.ts";
export type { Support } from "./support.ts";
