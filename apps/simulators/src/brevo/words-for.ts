import type { Request } from "express";
import { en } from "./words-en.ts";
import { fr, type Words } from "./words-fr.ts";

const COOKIE = "preau-mail-language";

/** `?lang=en` is remembered; else what the browser prefers. */
export function wordsFor(request: Request): Words {
  const { lang } = request.query;
  if (lang === "fr" || lang === "en") {
    request.res?.append("Set-Cookie", `${COOKIE}=${lang}; Path=/; HttpOnly; SameSite=Lax`);
    return lang === "en" ? en : fr;
  }
  const chosen = new RegExp(`(?:^|; *)${COOKIE}=(fr|en)`).exec(request.headers.cookie ?? "")?.[1];
  return (chosen ?? request.acceptsLanguages("fr", "en")) === "en" ? en : fr;
}
