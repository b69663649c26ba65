/**
 * Pages of single logout. Two lead a browser to the identity provider with a message. One holds a form that posts itself (SAML bindings
 * §3.5.4), with a button for who has no script: it may run its one line of script and post to that one origin, beside what
 * every page may. The other leads on by its address: a redirect that answers a form is stopped by the policy of the form's page.
 */
import { hash } from "node:crypto";
import type { Bilingual } from "@preau/kernel";
import { Button, Notice, say, sendPage, type WebRequest } from "@preau/web";
import type { Response } from "express";

export interface PostPage {
  /** The provider's address. */
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly title: Bilingual;
  /** The provider may show it in a frame of its own, in which it asks each service to log out. */
  readonly framed: boolean;
}

const FORM = "to-provider";
const SCRIPT = `document.getElementById("${FORM}").submit()`;
const SCRIPT_SOURCE = `'sha256-${hash("sha256", SCRIPT, "base64")}'`;
const signedOutHere: Bilingual = { en: "You are signed out here", fr: "Vous êtes déconnecté ici" };
const notEverywhere: Bilingual = {
  en: "Your school's sign-in service could not end every other session. Close all windows of your browser.",
  fr: "Le service de connexion de votre établissement n’a pas pu fermer toutes les autres sessions. Fermez toutes les fenêtres du navigateur.",
};
const signedOutSoFar: Bilingual = {
  en: "You are signed out here. “Go on” signs you out at your school’s sign-in service too.",
  fr: "Vous êtes déconnecté ici. « Continuer » vous déconnecte aussi du service de connexion de votre établissement.",
};
const goOn: Bilingual = { en: "Go on", fr: "Continuer" };

/** Sends the page. The site's own policy of content is narrowed to what this page needs. */
export function sendPostPage(request: WebRequest, response: Response, page: PostPage): void {
  const { action, fields, title, framed } = page;
  const { origin } = new URL(action);
  if (framed) response.removeHeader("X-Frame-Options");
  const policy = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "script-src": SCRIPT_SOURCE,
    "form-action": `'self' ${origin}`,
    "frame-ancestors": framed ? origin : "'none'",
    "base-uri": "'none'",
  };
  const lines = Object.entries(policy).map(([directive, sources]) => `${directive} ${sources}`);
  response.setHeader("Content-Security-Policy", lines.join(";"));
  const content = (
    <>
      <h1>{say(title, request.language)}</h1>
      <p class="lead">{say(signedOutSoFar, request.language)}</p>
      <form id={FORM} method="post" action={action} class="stack">
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button>{say(goOn, request.language)}</Button>
      </form>
      {/* The hash in the policy is of this text: it cannot be another. */}
      <script dangerouslySetInnerHTML={{ __html: SCRIPT }} />
    </>
  );
  sendPage(request, response, content, { title });
}

/** Sends a page that leads to this address at once, and by a link. */
export function sendLeadingPage(
  request: WebRequest,
  response: Response,
  { url, title }: { readonly url: string; readonly title: Bilingual },
): void {
  response.setHeader("Refresh", `0;url=${url}`);
  const content = (
    <>
      <h1>{say(title, request.language)}</h1>
      <p class="lead">{say(signedOutSoFar, request.language)}</p>
      <Button href={url}>{say(goOn, request.language)}</Button>
    </>
  );
  sendPage(request, response, content, { title });
}

/** Sends the page of who is signed out here, and perhaps not elsewhere. */
export function sendSignedOutHere(request: WebRequest, response: Response): void {
  const content = (
    <>
      <h1>{say(signedOutHere, request.language)}</h1>
      <Notice kind="warn">
        <p>{say(notEverywhere, request.language)}</p>
      </Notice>
    </>
  );
  sendPage(request, response, content, { title: signedOutHere });
}
