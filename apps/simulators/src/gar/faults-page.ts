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
  const sections = groups.map(({ title, names }, index) => {
    const own = states.filter(({ name }) => names.includes(name));
    const open = index < 2 || own.some(({ state }) => state > 0);
    return html`<details${attribute("open", open)}><summary>${title}</summary><ul class="switches">${own.map(item)}</ul></details>
`;
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

function item({ name, state, says }: FaultState): Html {
  const input =
    says.takes === undefined
      ? html`<input type="checkbox" id="fault-${name}" name="${name}" value="on"${attribute("checked", state > 0)}>`
      : html`<input type="number" id="fault-${name}" name="${name}" min="0" max="${says.takes.upTo}" value="${state}">`;
  return html`<li${state > 0 ? html` class="on"` : html``}>${input}<label for="fault-${name}">${says.fr ?? says.says}
<code class="soft">${name}</code></label></li>`;
}

function attribute(name: "open" | "checked", is: boolean): Html {
  return is ? html` ${name}` : html``;
}
