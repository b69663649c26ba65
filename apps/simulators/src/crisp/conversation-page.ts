import { html } from "../html.ts";
import type { Conversation } from "./desk.ts";
import { messageList } from "./message-list.ts";
import { type Page, page, timeText } from "./page.ts";

/** One conversation, for the operator. */
export function conversationPage(own: Page, conversation: Conversation): string {
  const { words } = own;
  const { session_id, meta, state, messages, pages } = conversation;
  const at = `/conversations/${session_id}`;
  const known: readonly (readonly [string, string])[] = [
    [words.inbox.state, words.states[state]],
    [words.chat.nickname, meta.nickname],
    [words.inbox.email, meta.email],
    ...Object.entries(meta.data).map(([name, value]) => [name, String(value)] as const),
    ...pages.map(
      ({ page_url, timestamp }) =>
        [words.conversation.seen, `${page_url} ${timeText(words, timestamp)}`] as const,
    ),
  ];
  const [next, label] =
    state === "resolved"
      ? ["unresolved", words.conversation.reopen]
      : ["resolved", words.conversation.resolve];
  return page(
    own,
    meta.nickname || session_id.slice(0, 16),
    html`${messageList(words, messages)}
<form method="post" action="${at}/messages" class="card">
<div class="field"><label for="text">${words.conversation.text}</label><textarea id="text" name="content" required></textarea></div>
<div class="row"><button name="type" value="text">${words.conversation.reply}</button>
<button class="plain" name="type" value="note">${words.conversation.note}</button></div>
</form>
<h2>${words.conversation.known}</h2>
<dl>${known.filter(([, value]) => value !== "").map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<div class="row">
<form method="post" action="${at}/state"><button class="plain" name="state" value="${next}">${label}</button></form>
<form method="post" action="${at}/remove"><button class="danger">${words.conversation.remove}</button></form></div>`,
  );
}
