/** Draws a page and sends it: HTML as UTF-8, never stored, in the reader's language. */
import type { Bilingual } from "@preau/kernel";
import type { Response } from "express";
import type { ComponentChild } from "preact";
import { render } from "preact-render-to-string";
import { cookieLine, cookieOf } from "../http/cookie.ts";
import { expectedFormToken, formTokenOf, newFormCookie } from "../http/csrf.ts";
import { say, textsIn } from "../language.ts";
import { type Mounting, mountingOf } from "../mounting.ts";
import type { WebRequest } from "../request.ts";
import { Page } from "./page.tsx";
import { PageContext, type PageState } from "./page-state.ts";

export interface PageOptions {
  readonly title: Bilingual | string;
}

/** Sends the content within the site's shell. Set another status on the response before. */
export function sendPage(
  request: WebRequest,
  response: Response,
  content: ComponentChild,
  { title }: PageOptions,
): void {
  const mounting = mountingOf(request.app);
  const { language } = request;
  const state: PageState = {
    language,
    zone: mounting.zone,
    texts: textsIn(language),
    now: mounting.options.clock.now(),
    session: request.session,
    csrfToken: csrfTokenFor(request, response, mounting),
  };
  const html = render(
    <PageContext.Provider value={state}>
      <Page
        title={say(title, language)}
        site={mounting.options}
        path={request.method === "GET" || request.method === "HEAD" ? request.path : "/"}
        asked={request.path}
      >
        {content}
      </Page>
    </PageContext.Provider>,
  );
  response.setHeader("Content-Language", language);
  response.vary("Cookie").vary("Accept-Language");
  response.type("html").send(`<!doctype html>\n${html}\n`);
}

/** The session's token, or a visitor's; the visitor's cookie is set the first time that a form asks. */
function csrfTokenFor(request: WebRequest, response: Response, mounting: Mounting): () => string {
  let token: string | undefined;
  return () => {
    if (request.session !== undefined) return request.session.csrfToken;
    token ??= expectedFormToken(mounting.formKey, cookieOf(request.headers.cookie, mounting.formCookie));
    if (token === undefined) {
      const cookie = newFormCookie();
      response.append("Set-Cookie", cookieLine(mounting.formCookie, cookie, { secure: mounting.secure }));
      token = formTokenOf(mounting.formKey, cookie);
    }
    return token;
  };
}
