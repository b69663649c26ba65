/** The frame of every page, and its tables. No script. */
import { type Html, html } from "../html.ts";
import type { Words } from "./words-fr.ts";

export interface PageOptions {
  readonly words: Words;
  readonly title: string;
  /** The address that the menu marks. */
  readonly current: string;
  readonly content: Html;
}

export function page({ words, title, current, content }: PageOptions): string {
  const other = words.language === "fr" ? "en" : "fr";
  const links = (
    [
      ["/", words.mails],
      ["/_faults", words.faults],
    ] as const
  ).map(([address, name]) =>
    address === current
      ? html`<a href="${address}" aria-current="page">${name}</a>`
      : html`<a href="${address}">${name}</a>`,
  );
  return html`<!doctype html>
<html lang="${words.language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${words.site}</title>
<link rel="stylesheet" href="/mail.css"></head>
<body><a class="skip" href="#content">${words.skip}</a>
<header><a href="/">${words.site}</a><nav aria-label="${words.pages}">${links}</nav></header>
<main id="content"><h1>${title}</h1>
${content}</main>
<footer><span>${words.invented}</span> <a href="${current}?lang=${other}" lang="${other}">${words.other}</a></footer></body></html>`
    .text;
}

export interface TableOptions {
  readonly words: Words;
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (Html | string | number)[])[];
  /** How many there are in all, where not all are shown. */
  readonly all?: number;
}

export function table({ words, title, heads, rows, all = rows.length }: TableOptions): Html {
  if (rows.length === 0) return html`<h2>${title}</h2><p class="soft">${words.nothing}</p>`;
  const note = all > rows.length ? html`<p class="soft">${words.more(rows.length, all)}</p>` : html``;
  return html`<h2>${title}</h2>${note}
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}
