export { mailerPlugin } from "./plugin.ts";
export { type MailerOptions, mailerOptions } from "./options.ts";
export { makeMailer, type MakeMailerOptions } from "./make-mailer.ts";
export { errors } from "./errors.ts";
