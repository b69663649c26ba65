/** The pages of the simulated GAR, in French. They need no JavaScript; the one script presses a form's button. */
import { randomBytes } from "node:crypto";
import { type Html, html } from "../html.ts";
import type { SimulatorAddress } from "../simulator.ts";
import type { Answered } from "./choices.ts";
import type { GarPerson } from "./people.ts";
import { schoolOf } from "./schools.ts";

const PAGES = [
  ["/mediacentre", "Médiacentre"],
  ["/", "Adresses"],
  ["/_faults", "Défauts"],
] as const;

/** A whole page. `current` is the address that the menu marks. */
export function page(title: string, content: Html, current = ""): string {
  const links = PAGES.map(([address, name]) =>
    address === current
      ? html`<a href="${address}" aria-current="page">${name}</a>`
      : html`<a href="${address}">${name}</a>`,
  );
  return html`<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · GAR simulé</title>
<link rel="stylesheet" href="/gar.css"></head>
<body><a class="skip" href="#content">Aller au contenu</a>
<header><a href="/mediacentre">GAR simulé</a><nav aria-label="Pages">${links}</nav></header>
<main id="content"><h1>${title}</h1>
${content}</main>
<footer>Tout est inventé ici, personnes et écoles. Aucun mot de passe : on choisit qui l'on est.</footer></body></html>`
    .text;
}

const PROFILES: Readonly<Record<string, string>> = {
  national_ens: "enseignant·e",
  national_doc: "professeur·e documentaliste",
  national_elv: "élève",
  national_dir: "direction",
  national_evs: "vie scolaire",
  national_eta: "personnel de l'établissement",
};

export function nameOf(person: GarPerson): string {
  return `${person.firstName} ${person.lastName}`;
}

/** Profile, classes and traps, in a line. */
export function noteOf(person: GarPerson): string {
  const known = PROFILES[person.profile.toLowerCase()];
  const profile = person.profile === "" ? "aucun profil" : (known ?? `profil inconnu (${person.profile})`);
  const classes = (person.attributes["DIV"] ?? [])
    .map((each) => each.split("##")[1] ?? "")
    .filter((each) => each !== "");
  const mail = person.email === undefined ? [] : ["avec adresse"];
  return [profile, ...classes, ...mail, ...(person.note === undefined ? [] : [person.note])].join(" · ");
}

/** People by the first of their schools, each as `item` shows them. */
function peopleBySchool(people: readonly GarPerson[], item: (person: GarPerson) => Html): Html[] {
  const schools = new Set(people.map((person) => person.attributes["UAI"]?.[0] ?? ""));
  return [...schools].map(
    (uai) => html`<h2>${schoolOf(uai)?.name ?? uai}</h2>
<ul class="people">${people.filter((person) => person.attributes["UAI"]?.[0] === uai).map(item)}</ul>
`,
  );
}

/** The list of invented people; each is a button that needs no JavaScript. */
export function choicePage(handle: string, service: string, people: readonly GarPerson[]): string {
  const item = (person: GarPerson) => html`<li><form method="post" action="/idp/sign-in">
<input type="hidden" name="request" value="${handle}">
<button name="person" value="${person.login}">${nameOf(person)}</button><span class="soft">${noteOf(person)}</span></form></li>
`;
  return page(
    "Qui êtes-vous ?",
    html`<p>Connexion demandée par <strong>${service}</strong>.</p>
${peopleBySchool(people, item)}`,
  );
}

export interface PostedForm {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The HTTP-POST binding (SAML bindings §3.5): a form that sends itself, with a button for who has no JavaScript. */
export function postPage({ action, fields }: PostedForm): Answered {
  const nonce = randomBytes(16).toString("base64");
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return {
    html: page(
      "Retour au service",
      html`<form method="post" action="${action}">
${inputs}<button>Continuer</button></form>
<script nonce="${nonce}">document.forms[0].submit()</script>`,
    ),
    contentSecurityPolicy: contentSecurityPolicy(nonce, action),
  };
}

/** Goes on to an address by itself: by a page, since a redirect is bound by the policy of the form before it. */
export function onwardPage(url: string): Answered {
  return {
    html: page(
      "Vers le service",
      html`<p><a href="${url}">Continuer</a></p>
<meta http-equiv="refresh" content="0;url=${url}">`,
    ),
    contentSecurityPolicy: contentSecurityPolicy(),
  };
}

/** What may be loaded and where forms may go: this page, and the one target. */
export function contentSecurityPolicy(nonce?: string, target?: string): string {
  const also = target === undefined ? "" : ` ${new URL(target).origin}`;
  const script = nonce === undefined ? "" : `; script-src 'nonce-${nonce}'`;
  return `default-src 'none'; style-src 'self'; form-action 'self'${also}; frame-ancestors 'none'; base-uri 'none'${script}`;
}

export function messagePage(title: string, text: string): string {
  return page(title, html`<p>${text}</p>`);
}

/** The front page: where everything is. */
export function frontPage(addresses: readonly SimulatorAddress[]): string {
  const rows = addresses.map(({ says, at }) => html`<dt>${says.fr}</dt><dd><a href="${at}">${at}</a></dd>`);
  return page(
    "Adresses",
    html`<p>Un GAR en miniature pour le développement et les tests : fournisseur d'identité SAML 2.0, OpenID Connect et
CAS, et son médiacentre.</p>
<dl>${rows}</dl>`,
    "/",
  );
}
