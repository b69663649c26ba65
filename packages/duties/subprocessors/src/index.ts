export { subprocessorsPlugin } from "./plugin.ts";
export { type SubprocessorsOptions, subprocessorsOptions } from "./options.ts";
export { type AnnouncedSubprocessors, announcedSubprocessors } from "./announced-subprocessors.ts";
export { errors } from "./errors.ts";
