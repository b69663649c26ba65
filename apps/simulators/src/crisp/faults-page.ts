import type { FaultState } from "../faults.ts";
import { type Html, html } from "../html.ts";
import { apiDefects, deletionDefects, hookDefects, hookSettings } from "./defects.ts";
import { type Page, page } from "./page.ts";
import type { Words } from "./words-fr.ts";

const GROUPS = { hookSettings, hookDefects, api: apiDefects, deletions: deletionDefects } as const;

/** The switches as one form. */
export function faultsPage(own: Page, states: readonly FaultState[]): string {
  const words = own.words.faults;
  const on = states.filter(({ state }) => state > 0);
  const sections = Object.entries(GROUPS).map(([id, group]) => {
    const switches = states.filter(({ name }) => Object.hasOwn(group, name));
    return html`<details open><summary>${words.groups[id as keyof typeof GROUPS]}</summary>
<ul class="switches">${switches.map((each) => item(own.words, each))}</ul></details>`;
  });
  const summary =
    on.length === 0
      ? html`<p class="done">${words.none}</p>`
      : html`<p class="done">${words.on} ${on.map(({ name }) => html`<code>${name}</code> `)}</p>`;
  return page(
    own,
    words.title,
    html`<p>${words.says}</p>
${summary}
<form method="post" action="/_faults/form">
${sections}
<div class="bar row"><button>${words.apply}</button><button class="plain" name="_clear" value="on">${words.clear}</button></div>
</form>`,
  );
}

function item({ language }: Words, { name, state, says }: FaultState): Html {
  const checked = state > 0 ? html` checked` : html``;
  const input =
    says.takes === undefined
      ? html`<input type="checkbox" id="fault-${name}" name="${name}" value="on"${checked}>`
      : html`<input type="number" id="fault-${name}" name="${name}" min="0" max="${says.takes.upTo}" value="${state}">`;
  return html`<li${state > 0 ? html` class="on"` : html``}>${input}<label for="fault-${name}">${
    language === "fr" ? (says.fr ?? says.says) : says.says
  } <code class="soft">${name}</code></label></li>`;
}
