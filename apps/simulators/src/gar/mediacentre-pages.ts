import { type Html, html } from "../html.ts";
import { nameOf, noteOf, page } from "./pages.ts";
import type { Resource } from "./resources.ts";
import { schoolOf } from "./schools.ts";
import type { GarSession, Participant } from "./sessions.ts";
import type { ServiceOutcome } from "./signing-out.ts";

const PROTOCOLS: Readonly<Record<Participant["protocol"], string>> = {
  saml: "SAML",
  oidc: "OpenID Connect",
  cas: "CAS",
};

export interface Tile extends Resource {
  readonly link: string;
}

/** What somebody may open, where they are signed in, and the way out of all of it. */
export function mediacentrePage(session: GarSession, tiles: readonly Tile[]): string {
  const { person, participants } = session;
  const schools = (person.attributes["UAI"] ?? []).map((uai) => schoolOf(uai)?.name ?? uai).join(", ");
  const items = tiles.map(
    ({ name, link, url }) => html`<li><a href="${link}">${name}<small>${new URL(url).host}</small></a></li>`,
  );
  return page(
    "Médiacentre",
    html`<p class="done"><strong>${nameOf(person)}</strong> · ${schools}<br><span class="soft">${noteOf(person)}</span></p>
<h2>Ressources</h2>
<ul class="tiles">${items}</ul>
<h2>Services ouverts</h2>
${opened(participants)}
<form method="post" action="/mediacentre/sign-out" class="row">
<label>Prévenir les services SAML par <select name="channel"><option value="soap">SOAP</option><option value="post">POST</option>
<option value="redirect">Redirect</option></select></label>
<button>Se déconnecter de tout</button></form>`,
    "/mediacentre",
  );
}

function opened(participants: readonly Participant[]): Html {
  if (participants.length === 0) return html`<p class="soft">Aucun pour le moment.</p>`;
  const rows = participants.map(
    ({ service, protocol }) => html`<tr><td>${PROTOCOLS[protocol]}</td><td><code>${service}</code></td></tr>`,
  );
  return html`<table><thead><tr><th scope="col">Protocole</th><th scope="col">Service</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** What each service answered to the end of the session. */
export function signedOutPage(outcomes: readonly ServiceOutcome[]): string {
  const rows = outcomes.map(
    ({ service, protocol, ok, said }) =>
      html`<tr><td>${ok ? "✓" : "✗"} ${PROTOCOLS[protocol]}</td><td><code>${service}</code></td><td>${said}</td></tr>`,
  );
  const table = html`<table><thead><tr><th scope="col">Protocole</th><th scope="col">Service</th><th scope="col">Réponse</th></tr></thead>
<tbody>${rows}</tbody></table>`;
  return page(
    "Vous êtes déconnecté·e",
    html`${outcomes.length === 0 ? html`<p>Aucun service n'était ouvert.</p>` : table}
<p><a href="/mediacentre">Retour au médiacentre</a></p>`,
  );
}
