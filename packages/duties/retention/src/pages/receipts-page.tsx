/** Receipts of one controller, the newest first. @clause D12.2 */
import type { ReceiptRow } from "@preau/journal";
import type { ControllerId, Language } from "@preau/kernel";
import { Clause, Moment, Table, Verdict } from "@preau/web";
import { purgesTextsOf } from "../say-rule.ts";

export interface ReceiptsPageProps {
  readonly language: Language;
  readonly controller: ControllerId;
  readonly receipts: readonly ReceiptRow[];
  readonly hrefOf: (path: string) => string;
}

export function ReceiptsPage({ language, controller, receipts, hrefOf }: ReceiptsPageProps) {
  const words = purgesTextsOf(language);
  return (
    <>
      <p class="over">
        <a href={hrefOf("/retention")}>{words.title}</a> · {controller}
      </p>
      <h1>
        {words.receiptsTitle} <Clause id="D12.2" />
      </h1>
      <p class="lead">{words.receiptsLead}</p>
      <Table<ReceiptRow>
        caption={words.receiptsTitle}
        empty={words.receiptsEmpty}
        columns={[
          { title: words.receipt, cell: (row) => <code>{row.id}</code> },
          { title: words.opened, cell: (row) => <Moment at={row.openedAt} /> },
          {
            title: words.closed,
            cell: (row) => (row.closed === undefined ? words.stillOpen : <Moment at={row.closed.at} />),
          },
          {
            title: words.verdict,
            cell: (row) => (row.closed === undefined ? "–" : <Verdict verdict={row.closed.verdict} />),
          },
          {
            title: words.download,
            cell: (row) =>
              row.closed === undefined ? (
                ""
              ) : (
                <a href={hrefOf(`/retention/receipts/${row.id}`)} aria-label={words.downloadOf(row.id)}>
                  {words.download}
                </a>
              ),
          },
        ]}
        rows={receipts}
      />
    </>
  );
}
