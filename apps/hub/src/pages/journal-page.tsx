/** The journal's public keys, and how to verify with them. */
import type { Language } from "@preau/kernel";
import { Button, Table } from "@preau/web";
import { textsOf } from "../texts.ts";

export interface LogKey {
  readonly log: "activity" | "evidence";
  readonly vkey: string;
}

export function JournalPage({
  language,
  keys,
}: {
  readonly language: Language;
  readonly keys: readonly LogKey[];
}) {
  const words = textsOf(language);
  return (
    <>
      <h1>{words.journalTitle}</h1>
      <p class="lead">{words.journalLead}</p>
      <Table
        caption={words.journalTitle}
        columns={[
          {
            title: words.journalLog,
            cell: (row) => (row.log === "activity" ? words.logActivity : words.logEvidence),
          },
          { title: words.journalKey, cell: (row) => <code class="long">{row.vkey}</code> },
        ]}
        rows={keys}
      />
      <h2>{words.journalCommand}</h2>
      <pre tabindex={0} role="region" aria-label={words.journalCommand}>
        <code>npm run -s preau -- journal verify receipt.json --vkey '…'</code>
      </pre>
      <div class="actions">
        <Button kind="secondary" href="/journal/verify.html">
          {words.verifyPage}
        </Button>
      </div>
    </>
  );
}
