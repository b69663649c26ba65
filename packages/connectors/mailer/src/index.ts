export { mailerPlugin } from "./plugin.ts";
export { type MailerOptions, mailerOptions } from "./options.ts";
export { type DatabaseMailer, makeMailer, type MakeMailerOptions } from "./make-mailer.ts";
export { errors } from "./errors.ts";
