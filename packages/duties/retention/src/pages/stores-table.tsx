/** What a receipt says of each store: its verdict, why, and where its second look looked. */
import type { Receipt } from "@preau/journal";
import type { Language } from "@preau/kernel";
import { sayNumber, Table, Verdict } from "@preau/web";
import { textsOf } from "../texts.ts";

export interface StoresTableProps {
  readonly language: Language;
  readonly stores: Receipt["stores"];
  readonly titleOf: (store: string) => string;
}

export function StoresTable({ language, stores, titleOf }: StoresTableProps) {
  const words = textsOf(language);
  const number = (value: number) => sayNumber(value, language);
  return (
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
      rows={stores}
    />
  );
}
