/** The switches as one form. */
import type { FaultState } from "../faults.ts";
import { type Html, html } from "../html.ts";
import { brevoSettings, hookDefects, logDefects, requestDefects } from "./defects.ts";
import { page } from "./layout.ts";
import type { Words } from "./words-fr.ts";

const GROUPS = [brevoSettings, requestDefects, logDefects, hookDefects] as const;

export function faultsPage(words: Words, states: readonly FaultState[]): string {
  const on = states.filter(({ state }) => state > 0);
  const sections = GROUPS.map((group, index) => {
    const own = states.filter(({ name }) => Object.hasOwn(group, name));
    return html`<fieldset><legend>${words.groups[index] ?? ""}</legend><ul class="switches">${own.map((each) => item(words, each))}</ul></fieldset>
`;
  });
  const summary =
    on.length === 0
      ? html`<p class="done">${words.noFault}</p>`
      : html`<p class="done">${words.faultsOn} ${on.map(({ name }) => html`<code>${name}</code> `)}</p>`;
  return page({
    words,
    title: words.faults,
    current: "/_faults",
    content: html`<p>${words.faultsIntro}</p>
${summary}
<form method="post" action="/_faults/form">
${sections}
<p class="row"><button>${words.apply}</button> <button class="plain" name="_clear" value="on">${words.clear}</button></p>
</form>`,
  });
}

function item(words: Words, { name, state, says }: FaultState): Html {
  const checked = state > 0 ? html` checked` : html``;
  const input =
    says.takes === undefined
      ? html`<input type="checkbox" id="fault-${name}" name="${name}" value="on"${checked}>`
      : html`<input type="number" id="fault-${name}" name="${name}" min="0" max="${says.takes.upTo}" value="${state}">`;
  return html`<li>${input}<label for="fault-${name}">${words.language === "fr" ? (says.fr ?? says.says) : says.says}
<code class="soft">${name}</code></label></li>`;
}
