/** One mail as one person was sent it, with what became of it. */
import { type Html, html } from "../html.ts";
import type { Mail, MailAddress, Recipient } from "./account-state.ts";
import { timeText } from "./front-page.ts";
import { page } from "./layout.ts";
import type { Words } from "./words-fr.ts";

export interface MailPageOptions {
  readonly words: Words;
  readonly mail: Mail;
  readonly recipient: Recipient;
  /** Whether the account keeps previews. */
  readonly kept: boolean;
}

export function mailPage({ words, mail, recipient, kept }: MailPageOptions): string {
  const rows: readonly (readonly [string, Html | string])[] = [
    [words.from, addressText(mail.sender)],
    [words.to, recipient.email],
    ...(mail.replyTo === undefined ? [] : ([[words.replyTo, addressText(mail.replyTo)]] as const)),
    ...(mail.tags.length === 0 ? [] : ([[words.tags, mail.tags.join(", ")]] as const)),
    ...(mail.attachments.length === 0
      ? []
      : ([[words.attachments, mail.attachments.map(({ name }) => name).join(", ")]] as const)),
    [
      words.headers,
      html`${Object.entries({ "Message-Id": mail.messageId, ...mail.headers }).map(
        ([name, value]) => html`<code>${name}: ${value}</code><br>`,
      )}`,
    ],
  ];
  const events = recipient.events.map(
    ({ name, at, reason }) =>
      html`<li>${timeText(words, at)}, ${words.events[name]}${reason === undefined ? html`` : html` <code>${reason}</code>`}</li>`,
  );
  const preview =
    kept && mail.htmlContent !== undefined
      ? html`<h2>${words.preview}</h2><iframe sandbox title="${words.preview}" src="/mails/${recipient.uuid}/preview"></iframe>`
      : html``;
  const text =
    kept && mail.textContent !== undefined
      ? html`<h2>${words.text}</h2><pre>${mail.textContent}</pre>`
      : html``;
  const content = html`<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<ol>${events}</ol>
${preview}${text}`;
  return page({ words, title: mail.subject, current: `/mails/${recipient.uuid}`, content });
}

export function missingPage(words: Words): string {
  return page({ words, title: words.mails, current: "/", content: html`<p>${words.notFound}</p>` });
}

function addressText({ name, email }: MailAddress): string {
  return name === undefined ? email : `${name} <${email}>`;
}
