import { html } from "../html.ts";
import type { Message, Meta } from "./desk.ts";
import { messageList } from "./message-list.ts";
import { type Page, page } from "./page.ts";

export interface ChatView {
  readonly meta: Meta | undefined;
  readonly messages: readonly Message[];
}

/** The chat box, as a page. */
export function chatPage(own: Page, { meta, messages }: ChatView): string {
  const words = own.words.chat;
  return page(
    own,
    words.title,
    html`<p>${words.says}</p>
<form method="post" action="/chat" enctype="multipart/form-data" class="card">
<div class="field"><label for="nickname">${words.nickname}</label><input id="nickname" name="nickname" autocomplete="off" value="${meta?.nickname ?? ""}"></div>
<div class="field"><label for="email">${words.email}</label><input id="email" name="email" type="email" autocomplete="off" value="${meta?.email ?? ""}"></div>
<div class="field"><label for="text">${words.text}</label><textarea id="text" name="content"></textarea></div>
<div class="field"><label for="file">${words.file}</label><input id="file" name="file" type="file"></div>
<button>${words.send}</button>
</form>
<h2>${words.messages}</h2>
${messageList(own.words, messages)}
<div class="row"><a href="/chat">${words.refresh}</a>
<form method="post" action="/chat/leave"><button class="plain">${words.leave}</button></form></div>`,
  );
}
