import { type Html, html } from "../html.ts";
import type { Conversation, Desk, Person } from "./desk.ts";
import type { Delivery, Hooks } from "./hooks.ts";
import { type Page, page, table, timeText } from "./page.ts";
import { excerptOf } from "./show-conversation.ts";
import type { Words } from "./words-fr.ts";

const SHOWN = 50;

/** The operator's page: conversations, people, and what became of the hooks. */
export function inboxPage(own: Page, desk: Desk, hooks: Hooks): string {
  const words = own.words.inbox;
  const conversations = [...desk.conversations.values()].sort((a, b) => b.updated_at - a.updated_at);
  return page(
    own,
    words.title,
    html`<h2>${words.conversations}</h2>
${table({
  heads: [words.visitor, words.state, words.last, words.when],
  rows: conversations.slice(0, SHOWN).map((each) => conversationRow(own.words, each)),
  empty: words.noConversation,
  label: words.conversations,
})}
<h2>${words.people}</h2>
${table({
  heads: [words.visitor, words.email, words.when, words.remove],
  rows: [...desk.people.values()].slice(0, SHOWN).map((each) => personRow(own.words, each)),
  empty: words.nobody,
  label: words.people,
})}
<h2>${words.hooks}</h2>
<p class="soft">${words.hooksSay}</p>
${targets(own.words, hooks)}
${table({
  heads: [words.when, words.event, words.kind, words.attempt, words.answer, words.again],
  rows: hooks
    .deliveries()
    .slice(-SHOWN)
    .reverse()
    .map((each) => deliveryRow(own.words, each)),
  empty: words.noHook,
  label: words.hooks,
})}`,
  );
}

function conversationRow(words: Words, { session_id, meta, state, messages, updated_at }: Conversation) {
  const name = meta.nickname || meta.email || session_id.slice(0, 16);
  return [
    html`<a href="/conversations/${session_id}">${name}</a>`,
    words.states[state],
    excerptOf(messages.at(-1)?.content ?? "").slice(0, 120),
    timeText(words, updated_at),
  ];
}

function personRow(words: Words, { people_id, email, person, updated_at }: Person) {
  return [
    typeof person["nickname"] === "string" ? person["nickname"] : "",
    email,
    timeText(words, updated_at),
    html`<form method="post" action="/people/${people_id}/remove"><button class="danger small">${words.inbox.remove}</button></form>`,
  ];
}

function deliveryRow(words: Words, { id, at, event, kind, attempt, state, status, millis }: Delivery) {
  const said = words.deliveries[state];
  return [
    timeText(words, at),
    html`<code>${event}</code>`,
    words.kinds[kind],
    attempt,
    status === 0 ? said : `${said} (${status}, ${millis} ms)`,
    html`<form method="post" action="/hooks/${id}/again"><button class="plain small">${words.inbox.again}</button></form>`,
  ];
}

/** Addresses without their query, which carries a secret. */
function targets(words: Words, hooks: Hooks): Html {
  const rows = (["plugin", "website"] as const).map((kind) => {
    const target = hooks.targets()[kind]?.replace(/\?.*$/, "?…") ?? words.inbox.nowhere;
    return html`<dt>${words.inbox.to} (${words.kinds[kind]})</dt><dd><code>${target}</code></dd>`;
  });
  return html`<dl>${rows}</dl>`;
}
