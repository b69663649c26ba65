/** One request to the school: who comes, in which language, with which form; and how pages are sent back. */
import type { ErrorRequestHandler, Request, RequestHandler, Response } from "express";
import type { Knex } from "knex";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { MessagePage, type Page } from "./layout.tsx";
import type { Occasion } from "./log.ts";
import { formToken, type Refusal, sessionAccount, type Viewer, viewerOf } from "./viewer.ts";
import { en } from "./words-en.ts";
import { fr } from "./words-fr.ts";

/** What the school's routes are given. */
export interface SchoolContext {
  readonly knex: Knex;
  readonly now: () => string;
  /** Where a person of the GAR asks for the deletion of the account: a page of the hub. */
  readonly hubUrl: string;
}

export interface Visit {
  readonly page: Page;
  readonly viewer: Viewer | undefined;
  /** Why the account of the session may not enter now. */
  readonly refusal: Refusal | undefined;
  readonly token: string | undefined;
}

const COOKIE = "preau-school";
const LANGUAGE_COOKIE = "preau-school-language";
const ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Lax";

export async function visitOf({ knex }: SchoolContext, request: Request): Promise<Visit> {
  const token = cookieOf(request, COOKIE);
  const account = token === undefined ? undefined : await sessionAccount(knex, token);
  const found = account === undefined ? undefined : await viewerOf(knex, account);
  const viewer = typeof found === "object" ? found : undefined;
  const page: Page = {
    words: wordsFor(request),
    viewer,
    form: token === undefined ? "" : formToken(token),
    path: request.path,
    done: typeof request.query["done"] === "string" ? request.query["done"] : undefined,
  };
  return { page, viewer, refusal: typeof found === "string" ? found : undefined, token };
}

/** `?lang=en` is remembered and taken out of the address. */
export const rememberLanguage: RequestHandler = (request, response, next) => {
  const { lang } = request.query;
  if (request.method !== "GET" || (lang !== "fr" && lang !== "en")) {
    next();
    return;
  }
  response.append("Set-Cookie", `${LANGUAGE_COOKIE}=${lang}${ATTRIBUTES}`);
  // One slash: two would name another site.
  response.redirect(303, request.path.replace(/^[/\\]+/, "/"));
};

function wordsFor(request: Request) {
  const chosen = cookieOf(request, LANGUAGE_COOKIE);
  const language = chosen === "fr" || chosen === "en" ? chosen : request.acceptsLanguages("fr", "en");
  return language === "en" ? en : fr;
}

function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? "").split(/; */);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

export function setSession(response: Response, token: string | undefined): void {
  response.append(
    "Set-Cookie",
    token === undefined ? `${COOKIE}=; Max-Age=0${ATTRIBUTES}` : `${COOKIE}=${token}${ATTRIBUTES}`,
  );
}

/** A form of the school's own pages: sent from this origin, and where somebody is signed in, with the session's token. */
export function isOwnForm(request: Request, visit: Visit): boolean {
  const { origin, host } = request.headers;
  if (origin !== undefined && origin !== `http://${host ?? ""}`) return false;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  if (request.path === "/sign-in") return true;
  return visit.token !== undefined && field(request, "form") === visit.page.form;
}

/** A field of the posted form; empty when it is missing or is no text. */
export function field(request: Request, name: string): string {
  const body = request.body as Readonly<Record<string, unknown>> | undefined;
  const value = body?.[name];
  return typeof value === "string" ? value : "";
}

/** A whole number above 0 of a path or form; 0, which is nobody, for anything else. */
export function key(text: string | readonly string[] | undefined): number {
  return typeof text === "string" && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0;
}

export function occasionOf(context: SchoolContext, request: Request, viewer: Viewer): Occasion {
  return { viewer, at: context.now(), ip: request.socket.remoteAddress };
}

export function send(response: Response, page: VNode, status = 200): Response {
  return response
    .status(status)
    .type("html")
    .send(`<!doctype html>${renderToString(page)}`);
}

export function sendNotFound(response: Response, { page }: Visit): Response {
  return send(
    response,
    <MessagePage page={page} title={page.words.notFound} says={page.words.notFoundSays} />,
    404,
  );
}

export function sendRefused(
  response: Response,
  { page }: Visit,
  says: "formExpired" | "notAllowed" | "invalid",
): Response {
  const status = says === "invalid" ? 422 : 403;
  return send(
    response,
    <MessagePage page={page} title={page.words.forbidden} says={page.words[says]} />,
    status,
  );
}

/** What Express could not read, or what broke: no word of why to the outside. */
export const sendFailed: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  const status =
    typeof error === "object" && error !== null && "status" in error ? Number(error.status) : 500;
  const words = wordsFor(request);
  const page: Page = { words, viewer: undefined, form: "", path: "/", done: undefined };
  if (status >= 500) process.stderr.write(`school: ${error instanceof Error ? error.name : "error"}\n`);
  send(
    response,
    <MessagePage page={page} title={words.forbidden} says={words.failed} />,
    status >= 400 ? status : 500,
  );
};

export function sendShut(response: Response, { page }: Visit, refusal: Refusal): Response {
  const { words } = page;
  return send(
    response,
    <MessagePage page={page} title={words.refusedTitle} says={words.refusals[refusal]} />,
    403,
  );
}

export function visitIn(response: Response): Visit {
  return response.locals["visit"] as Visit;
}

/** The visit of somebody who is signed in, which the door has seen to. */
export function viewerIn(response: Response): Visit & { readonly viewer: Viewer } {
  const visit = visitIn(response);
  if (visit.viewer === undefined) throw new TypeError("nobody is signed in");
  return { ...visit, viewer: visit.viewer };
}
