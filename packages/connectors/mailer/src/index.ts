export { mailerPlugin } from "./plugin.ts";
export { type MailerOptions, mailerOptions } from "./options.ts";
export { type DatabaseMailer, makeMailer, type MakeMailerOptions } from "./make-mailer.ts";
export { openMailer, type OpenedMailer, type OpenMailerOptions } from "./open-mailer.ts";
export { makePost, type Post } from "./post.ts";
export { transportNameOf } from "./open-transport.ts";
export type { TransportName } from "./transports/transport.ts";
export { type Rendered, type Rendering, renderMessage } from "./render-message.ts";
export { type Preview, previewBytes, previewTemplate } from "./preview-template.ts";
export { type MessageLine, type MessageState, messageStates } from "./message-line.ts";
export { countMessages, listMessages, readMessage } from "./store/messages.ts";
export { requeueMessage, returnMessage } from "./requeue-message.ts";
export {
  findSuppressed,
  type Report,
  removeSuppressed,
  suppressAddress,
} from "./suppress-address.ts";
export { suppressReturned } from "./suppress-returned.ts";
export { listSuppressed } from "./store/suppressed.ts";
export { type Suppression, type SuppressionKind, suppressionKinds } from "./suppression.ts";
export { mailDoctor } from "./mail-doctor.ts";
export type { MailFinding } from "./mail-finding.ts";
export type { DnsResolver } from "./check-sender-dns.ts";
export { type Bounce, readBounce } from "./read-bounce.ts";
export { errors } from "./errors.ts";
