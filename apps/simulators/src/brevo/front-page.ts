/** Everything that the account holds, on one page. */
import { type Html, html } from "../html.ts";
import type { Recipient } from "./account-state.ts";
import type { BrevoAccount } from "./brevo-account.ts";
import { page, table } from "./layout.ts";
import { outcomes } from "./outcomes.ts";
import type { Words } from "./words-fr.ts";

const MOST_ROWS = 100;

export interface FrontPageOptions {
  readonly words: Words;
  readonly account: BrevoAccount;
  readonly api: string;
  readonly keyFile: string;
}

export function frontPage({ words, account, api, keyFile }: FrontPageOptions): string {
  const { state, agenda } = account;
  const time = (at: number) => timeText(words, at);
  const newest = <T>(all: Iterable<T>) => [...all].reverse().slice(0, MOST_ROWS);
  const jumps = words.jumps.map(
    ([seconds, name]) => html`<button class="plain" name="seconds" value="${seconds}">${name}</button> `,
  );
  const rules = Object.entries(outcomes).map(
    ([word, steps]) =>
      html`<dt><code>${word}.…@…</code></dt><dd>${steps.map(({ event }) => words.events[event]).join(" → ") || words.nothing}</dd>`,
  );
  const scheduled = [...state.mails.values()].filter(({ state: at }) => at === "queued");
  const content = html`<p>${words.intro}</p>
<dl><dt>${words.api}</dt><dd><code>${api}</code></dd><dt>${words.key}</dt><dd><code>${keyFile}</code></dd>
<dt>${words.clock}</dt><dd>${time(agenda.now())}</dd></dl>
<form method="post" action="/_advance" class="row"><input type="hidden" name="back" value="on"><span>${words.advance}</span> ${jumps}</form>
<details><summary>${words.addresses}</summary><dl>${rules}</dl></details>
${table({
  words,
  title: words.mails,
  heads: words.heads.mails,
  all: state.recipients.size + scheduled.length,
  rows: [
    ...scheduled.map((mail) => [
      time(mail.takenAt),
      mail.to.map(({ email }) => email).join(", "),
      mail.subject,
      `${words.scheduled}, ${time(mail.scheduledAt ?? mail.takenAt)}`,
    ]),
    ...newest(state.recipients.values()).map((each) => mailRow(each)),
  ],
})}
${table({
  words,
  title: words.deletions,
  heads: words.heads.log,
  rows: newest(state.processes.values()).flatMap(({ logDeletion, status }) =>
    logDeletion === undefined
      ? []
      : [
          [
            time(logDeletion.until),
            logDeletion.identifier.startsWith("<") ? words.deletionOf.mail : words.deletionOf.address,
            status === "completed" ? words.deleted : words.asked,
          ],
        ],
  ),
})}
${table({
  words,
  title: words.blocklist,
  heads: words.heads.blocked,
  all: state.blocked.size,
  rows: newest(state.blocked.values()).map(({ email, reason, at }) => [
    email,
    words.reasons[reason],
    time(at),
  ]),
})}
${table({
  words,
  title: words.contacts,
  heads: words.heads.contacts,
  all: state.contacts.size,
  rows: newest(state.contacts.values()).map(({ id, email, createdAt }) => [id, email ?? "", time(createdAt)]),
})}
${table({
  words,
  title: words.webhooks,
  heads: words.heads.webhooks,
  rows: newest(state.webhooks.values()).map(({ id, url, events }) => [
    id,
    withoutPassword(url),
    events.join(", "),
  ]),
})}
${table({
  words,
  title: words.deliveries,
  heads: words.heads.deliveries,
  all: state.deliveries.size,
  rows: newest(state.deliveries.values()).map(({ id, payloads, attempts, state: how }) => [
    id,
    [...new Set(payloads.map(({ event }) => String(event)))].join(", "),
    attempts.map(({ at, status }) => `${time(at)}, ${status ?? words.noAnswer}`).join(" · "),
    words.states[how],
  ]),
})}`;
  return page({ words, title: words.mails, current: "/", content });

  function mailRow({ uuid, email, messageId, at, events }: Recipient): readonly (Html | string)[] {
    const subject = state.mails.get(messageId)?.subject ?? "";
    const became = events.map(({ name }) => words.events[name]).join(" → ");
    return [time(at), email, html`<a href="/mails/${uuid}">${subject}</a>`, became];
  }
}

function withoutPassword(url: string): string {
  return url.replace(/:\/\/[^/@]*@/, "://…@");
}

/** On a French clock. */
export function timeText(words: Words, at: number): string {
  return new Date(at).toLocaleString(words.language === "fr" ? "fr-FR" : "en-GB", {
    dateStyle: "short",
    timeStyle: "medium",
    timeZone: "Europe/Paris",
  });
}
