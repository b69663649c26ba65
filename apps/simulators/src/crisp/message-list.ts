import { type Html, html } from "../html.ts";
import type { Message } from "./desk.ts";
import { timeText } from "./page.ts";
import type { Words } from "./words-fr.ts";

export function messageList(words: Words, messages: readonly Message[]): Html {
  if (messages.length === 0) return html`<p class="soft">${words.chat.none}</p>`;
  return html`<ol class="messages">${messages.map((message) => item(words, message))}</ol>`;
}

function item(words: Words, { from, type, content, user, timestamp }: Message): Html {
  const name = typeof user["nickname"] === "string" ? user["nickname"] : words.from[from];
  const kind = type === "note" ? html` <span class="tag">${words.types.note}</span>` : html``;
  return html`<li class="${from}">${bodyOf(content)}<small>${name}, ${words.from[from]}, ${timeText(words, timestamp)}${kind}</small></li>`;
}

function bodyOf(content: Message["content"]): Html {
  if (typeof content === "string") return html`<p>${content}</p>`;
  const { name, url, text } = content;
  if (typeof url === "string" && /^https?:/.test(url)) {
    return html`<p><a href="${url}">${typeof name === "string" ? name : url}</a></p>`;
  }
  return html`<p>${typeof text === "string" ? text : JSON.stringify(content)}</p>`;
}
