/** `GET /language/fr?back=/path`: remembers the language for a year. Harmless from anywhere, so no token. */
import type { RequestHandler } from "express";
import { fault } from "../errors.ts";
import { isLanguage, LANGUAGE_COOKIE } from "../language.ts";
import { cookieLine } from "./cookie.ts";

/** A path of our own, or `/`: no other host (`//x`, `/\x`), no control character. */
export function localPath(text: unknown): string {
  return typeof text === "string" && /^\/(?![/\\])[\x21-\x7e]*$/.test(text) && !text.includes("\\")
    ? text
    : "/";
}

export function languageSwitch(secure: boolean): RequestHandler {
  return (request, response) => {
    const { language } = request.params;
    if (!isLanguage(language)) throw fault("WEB_NOT_FOUND");
    response.append("Set-Cookie", cookieLine(LANGUAGE_COOKIE, language, { secure, maxAge: 31_536_000 }));
    response.redirect(303, localPath(request.query["back"]));
  };
}
