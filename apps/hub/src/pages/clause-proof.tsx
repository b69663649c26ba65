/** What keeps a clause: its state, the functions and the tests that bear its id, and where a stranger can check. */

import { Definition, sayNumber, usePage } from "@preau/web";
import type { ComponentChild } from "preact";
import { agreementTextsOf } from "../agreement-texts.ts";
import type { ClauseEntry } from "../clause-index.ts";
import { ClauseState } from "./clause-state.tsx";

export interface ClauseProofProps {
  readonly entry: ClauseEntry;
  /** May this reader open a page of the hub? */
  readonly opens: (path: string) => boolean;
}

export function ClauseProof({ entry, opens }: ClauseProofProps) {
  const { language } = usePage();
  const words = agreementTextsOf(language);
  const proof = entry.listed?.proof;
  const rows: (readonly [string, ComponentChild])[] = [
    [words.state, <StateOf key="state" state={proof?.state} />],
  ];
  if (proof?.state === "by hand" && proof.byHand !== undefined) {
    rows.push([words.attestedBy, proof.byHand.who], [words.expires, proof.byHand.expires]);
  }
  if (proof !== undefined) {
    rows.push([words.where, <Functions key="where" functions={proof.functions} />]);
    rows.push([
      words.proof,
      proof.test === undefined ? (
        words.proofNone
      ) : (
        <>
          “{proof.test.title}”
          <small class="below">
            <code>{proof.test.file}</code>
          </small>
          <small class="below">
            {proof.tests > 1 && `+ ${sayNumber(proof.tests - 1, language)} ${words.proofMore}. `}
            {proof.state === "enforced" ? words.proofState : words.proofPlanned}.
          </small>
        </>
      ),
    ]);
    const page = proof.page ?? proof.byHand?.page;
    if (page !== undefined)
      rows.push([words.page, opens(page) ? <a href={page}>{page}</a> : <code>{page}</code>]);
    rows.push([
      words.receipts,
      <a key="receipts" href="/journal">
        {words.receiptsLink}
      </a>,
    ]);
    if (opens("/dues")) {
      rows.push([
        words.dues,
        <a key="dues" href={`/dues?clause=${encodeURIComponent(entry.id)}`}>
          {words.duesLink}
        </a>,
      ]);
    }
  }
  return (
    <>
      <h2 id="proof">{words.enforcementTitle}</h2>
      <Definition entries={rows} />
    </>
  );
}

function StateOf({ state }: { readonly state: Parameters<typeof ClauseState>[0]["state"] }) {
  const words = agreementTextsOf(usePage().language);
  const means = {
    enforced: words.enforcedMeans,
    planned: words.plannedMeans,
    "by hand": words.byHandMeans,
    none: words.unlistedMeans,
  };
  return (
    <>
      <ClauseState state={state} />
      <small class="below">{means[state ?? "none"]}</small>
    </>
  );
}

function Functions({ functions }: { readonly functions: readonly { file: string; name: string }[] }) {
  const words = agreementTextsOf(usePage().language);
  if (functions.length === 0) return <>{words.whereNone}</>;
  return (
    <ul class="plain">
      {functions.map(({ file, name }) => (
        <li key={`${file}#${name}`}>
          <code>
            {file}#{name}
          </code>
        </li>
      ))}
    </ul>
  );
}
