/** Enforced, planned, by hand: a word, and a sign for what is enforced alone. */
import { usePage } from "@preau/web";
import { agreementTextsOf } from "../agreement-texts.ts";
import type { ClauseState as State } from "../clause-list.ts";

export function ClauseState({ state }: { readonly state: State | undefined }) {
  const words = agreementTextsOf(usePage().language);
  if (state === "enforced") {
    return (
      <span class="verdict pass">
        <span class="sign" aria-hidden="true" />
        {words.enforced}
      </span>
    );
  }
  const word = state === "by hand" ? words.byHand : state === "planned" ? words.planned : words.unlisted;
  return <span class="soft">{word}</span>;
}
