import { type Html, html } from "../html.ts";
import type { GarPerson } from "./people.ts";

function page(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
li{margin:.75rem 0}button{font:inherit;padding:.4rem .8rem}code{overflow-wrap:anywhere}</style></head>
<body><main><h1>${title}</h1>
${content}
<p><small>Simulateur du GAR : tout est inventé ici, personnes et écoles.</small></p></main></body></html>`
    .text;
}

const PROFILES: Readonly<Record<string, string>> = {
  National_ens: "personne enseignante",
  National_doc: "professeur·e documentaliste",
  National_elv: "élève",
  National_dir: "direction",
};

function nameOf(person: GarPerson): string {
  return `${person.firstName} ${person.lastName}`;
}

function noteOf(person: GarPerson): string {
  const profile = PROFILES[person.profile] ?? `profil inconnu de la nomenclature (${person.profile})`;
  const classes = (person.attributes["DIV"] ?? []).map((each) => each.split("##")[1] ?? each);
  return [profile, ...classes, ...(person.email === undefined ? [] : ["avec adresse électronique"])].join(
    ", ",
  );
}

/** The list of invented people; each is a button that needs no JavaScript. */
export function choicePage(handle: string, serviceProvider: string, people: readonly GarPerson[]): string {
  const items = people.map(
    (person) => html`<li><form method="post" action="/idp/sign-in">
<input type="hidden" name="request" value="${handle}">
<button name="person" value="${person.login}">${nameOf(person)}</button> ${noteOf(person)}</form></li>
`,
  );
  return page(
    "Se connecter par le GAR",
    html`<p>Le service <code>${serviceProvider}</code> demande une connexion. Qui êtes-vous ?</p>
<ul>${items}</ul>`,
  );
}

export interface PostedResponse {
  readonly consumer: string;
  /** Base64. */
  readonly response: string;
  readonly relayState: string | undefined;
}

/** The HTTP-POST binding (SAML bindings §3.5): a form that sends itself, with a button for who has no JavaScript. */
export function postPage(posted: PostedResponse, nonce: string): string {
  const relay =
    posted.relayState === undefined
      ? html``
      : html`<input type="hidden" name="RelayState" value="${posted.relayState}">`;
  return page(
    "Retour au service",
    html`<form method="post" action="${posted.consumer}">
<input type="hidden" name="SAMLResponse" value="${posted.response}">${relay}
<button>Continuer</button></form>
<script nonce="${nonce}">document.forms[0].submit()</script>`,
  );
}

/** What may be loaded and where forms may go: this page, and the one consumer. */
export function contentSecurityPolicy(nonce?: string, consumer?: string): string {
  const target = consumer === undefined ? "" : ` ${new URL(consumer).origin}`;
  const script = nonce === undefined ? "" : `; script-src 'nonce-${nonce}'`;
  return `default-src 'none'; style-src 'unsafe-inline'; form-action 'self'${target}; frame-ancestors 'none'; base-uri 'none'${script}`;
}

export function messagePage(title: string, text: string): string {
  return page(title, html`<p>${text}</p>`);
}

/** The front page of the simulator. */
export function frontPage(people: readonly GarPerson[]): string {
  const items = people.map((person) => html`<li>${nameOf(person)}, ${noteOf(person)}</li>`);
  return page(
    "Simulateur du GAR",
    html`<p>Fournisseur d'identité SAML 2.0 : <a href="/idp/metadata">métadonnées</a>,
<a href="/_faults">défauts que l'on peut provoquer</a>.</p><ul>${items}</ul>`,
  );
}
