import type { FaultState } from "../faults.ts";
import { type Html, html } from "../html.ts";
import { page } from "./pages.ts";

export interface FaultGroup {
  readonly title: string;
  /** Names of its switches. */
  readonly names: readonly string[];
}

/** The switches as one form: a box for what is on or off, a number for what takes one. */
export function faultsPage(states: readonly FaultState[], groups: readonly FaultGroup[]): string {
  const on = states.filter(({ state }) => state > 0);
  const sections = groups.map(({ title, names }) => {
    const rows = states.filter(({ name }) => names.includes(name)).map(row);
    return html`<h2>${title}</h2><table><tbody>${rows}</tbody></table>`;
  });
  const summary =
    on.length === 0
      ? html`<p class="done">Aucun défaut : le GAR simulé se conduit bien.</p>`
      : html`<p class="done">En service : ${on.map(({ name }) => html`<code>${name}</code> `)}</p>`;
  return page(
    "Défauts et réglages",
    html`<p>Ce qu'un service strict doit refuser, et ce qu'il doit savoir lire. Les programmes lisent et changent la même
liste en JSON, à la même adresse.</p>
${summary}
<form method="post" action="/_faults/form">
${sections}
<div class="bar row"><button>Appliquer</button><button class="plain" name="_clear" value="on">Tout remettre en ordre</button></div>
</form>`,
    "/_faults",
  );
}

function row({ name, state, says }: FaultState): Html {
  const id = `fault-${name.replaceAll(".", "-")}`;
  const input =
    says.takes === undefined
      ? html`<input type="checkbox" id="${id}" name="${name}" value="on"${checked(state > 0)}>`
      : html`<input type="number" id="${id}" name="${name}" min="0" max="${says.takes.upTo}" value="${state}">`;
  return html`<tr><td>${input}</td><td><label for="${id}">${says.fr ?? says.says}</label><code class="soft">${name}</code></td></tr>`;
}

function checked(is: boolean): Html {
  return is ? html` checked` : html``;
}
