/** For people: what was taken, one mail with its preview, the style. */
import { Router } from "express";
import type { BrevoAccount } from "./brevo-account.ts";
import { frontPage } from "./front-page.ts";
import { mailPage, missingPage } from "./mail-page.ts";
import { mailCss } from "./style.ts";
import { wordsFor } from "./words-for.ts";

const HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  "Cache-Control": "no-store",
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
};

/** A mail's own page loads nothing, runs nothing, and is shown in a frame of this site alone. */
const PREVIEW_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";

export function pagesRouter(account: BrevoAccount, keyFile: string): Router {
  const { state, defects } = account;
  const router = Router();
  router.use((_request, response, next) => {
    response.set(HEADERS);
    next();
  });
  router.get("/mail.css", (_request, response) => void response.type("css").send(mailCss));
  router.get("/", (request, response) => {
    const api = `http://${request.headers.host ?? "localhost"}/v3`;
    response.type("html").send(frontPage({ words: wordsFor(request), account, api, keyFile }));
  });
  router.get("/mails/:uuid", (request, response) => {
    const words = wordsFor(request);
    const recipient = state.recipients.get(request.params.uuid);
    const mail = state.mails.get(recipient?.messageId ?? "");
    if (recipient === undefined || mail === undefined)
      return void response.status(404).type("html").send(missingPage(words));
    const kept = defects.get("no-previews") === 0;
    response.type("html").send(mailPage({ words, mail, recipient, kept }));
  });
  router.get("/mails/:uuid/preview", (request, response) => {
    const mail = state.mails.get(state.recipients.get(request.params.uuid)?.messageId ?? "");
    const kept = defects.get("no-previews") === 0;
    response.set("Content-Security-Policy", PREVIEW_POLICY);
    response
      .status(mail === undefined ? 404 : 200)
      .type("html")
      .send(kept ? (mail?.htmlContent ?? "") : "");
  });
  return router;
}
