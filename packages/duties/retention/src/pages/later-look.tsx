/** The look that waits for a store's documented delay, and the receipt that it filed. towards D12.2 */
import type { Receipt } from "@preau/journal";
import type { Language } from "@preau/kernel";
import { Button, Moment, sayNumber, Table, Verdict } from "@preau/web";
import type { LaterLook } from "../later-look.ts";
import { textsOf } from "../texts.ts";

export interface LaterLookPartProps {
  readonly language: Language;
  readonly look: LaterLook;
  /** Present once somebody has looked. */
  readonly receipt: Receipt | undefined;
  readonly titleOf: (store: string) => string;
}

export function LaterLookPart({ language, look, receipt, titleOf }: LaterLookPartProps) {
  const words = textsOf(language);
  const number = (value: number) => sayNumber(value, language);
  return (
    <section>
      <h2>{words.laterTitle}</h2>
      {receipt === undefined ? (
        <p>
          {words.laterWaits} <Moment at={look.lookAt} />
        </p>
      ) : (
        <>
          <p>
            <Verdict verdict={receipt.verdict} /> <code>{receipt.id}</code>, <Moment at={receipt.closedAt} />
          </p>
          <p class="hint">
            {words.laterFollows} <code>{look.receipt}</code>
          </p>
          <Table
            caption={words.storesTitle}
            columns={[
              { title: words.store, cell: (row) => titleOf(row.store) },
              { title: words.verdict, cell: (row) => <Verdict verdict={row.verdict} /> },
              { title: words.why, cell: (row) => row.why ?? "–" },
              {
                title: words.secondLook,
                cell: (row) =>
                  row.lookAgain === undefined
                    ? words.noSecondLook
                    : words.secondLookFound(
                        number(row.lookAgain.referenceColumns + row.lookAgain.textColumns),
                        number(row.lookAgain.hits),
                      ),
              },
            ]}
            rows={receipt.stores}
          />
          <div class="actions">
            <Button kind="secondary" href={`/erasures/${look.erasure}/later-receipt`}>
              {words.laterDownload}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
