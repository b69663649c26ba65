/** The frame of every page of the desk, in French and English. No script. */
import type { Request, RequestHandler } from "express";
import { type Html, html } from "../html.ts";
import { en } from "./words-en.ts";
import { fr, type Words } from "./words-fr.ts";

const LANGUAGE_COOKIE = "desk-language";

/** What a page needs of its request. */
export interface Page {
  readonly words: Words;
  readonly path: string;
}

export function pageOf(request: Request): Page {
  const chosen = cookieOf(request, LANGUAGE_COOKIE);
  const language = chosen === "fr" || chosen === "en" ? chosen : request.acceptsLanguages("fr", "en");
  return { words: language === "en" ? en : fr, path: request.path };
}

/** `?lang=en` is remembered and taken out of the address. */
export const rememberLanguage: RequestHandler = (request, response, next) => {
  const { lang } = request.query;
  if (request.method !== "GET" || /^\/v1(\/|$)/.test(request.path) || (lang !== "fr" && lang !== "en")) {
    next();
    return;
  }
  response.cookie(LANGUAGE_COOKIE, lang, { httpOnly: true, sameSite: "lax", path: "/" });
  response.redirect(303, request.path.replace(/^[/\\]+/, "/")); // one slash: two would name another site
};

export function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? "").split(/; */);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

const PAGES = [
  ["/", "inbox"],
  ["/chat", "chat"],
  ["/_faults", "faults"],
] as const;

export function page({ words, path }: Page, title: string, content: Html): string {
  const other = words.language === "fr" ? "en" : "fr";
  const links = PAGES.map(([address, name]) =>
    address === path
      ? html`<a href="${address}" aria-current="page">${words.nav[name]}</a>`
      : html`<a href="${address}">${words.nav[name]}</a>`,
  );
  return html`<!doctype html>
<html lang="${words.language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${words.site}</title>
<link rel="stylesheet" href="/desk.css"></head>
<body><a class="skip" href="#content">${words.skip}</a>
<header><a href="/">${words.site}</a><nav aria-label="${words.pages}">${links}</nav></header>
<main id="content"><h1>${title}</h1>
${content}</main>
<footer><span>${words.invented}</span> <a href="${path}?lang=${other}" lang="${other}" hreflang="${other}">${words.otherLanguage}</a></footer></body></html>`
    .text;
}

/** An instant on a French clock, as people of the page's language write it. */
export function timeText({ language }: Words, at: number): string {
  return new Date(at).toLocaleString(language === "fr" ? "fr-FR" : "en-GB", {
    dateStyle: "short",
    timeStyle: "medium",
    timeZone: "Europe/Paris",
  });
}

export interface TableOptions {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | number | Html)[])[];
  readonly empty: string;
  readonly label: string;
}

export function table({ heads, rows, empty, label }: TableOptions): Html {
  if (rows.length === 0) return html`<p class="soft">${empty}</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`;
}
