/** Where the person's data is: stores, categories, counts. No value. */
import type { Language } from "@preau/kernel";
import { sayNumber, Table } from "@preau/web";
import { textsOf } from "../texts.ts";
import type { StoreOfPerson } from "../where-is-the-data.ts";

export interface StoresTableProps {
  readonly language: Language;
  readonly stores: readonly StoreOfPerson[];
  /** What the agreement calls a category. */
  readonly categoryName: (id: string) => string;
}

export function StoresTable({ language, stores, categoryName }: StoresTableProps) {
  const { one } = textsOf(language);
  return (
    <Table<StoreOfPerson>
      caption={one.stores}
      empty={one.storesNone}
      stacked
      columns={[
        { title: one.store, cell: ({ title }) => title[language] },
        {
          title: one.categories,
          cell: ({ categories }) => categories.map(categoryName).join(", ") || "–",
        },
        {
          title: one.rows,
          cell: ({ look, rows, tables }) =>
            look === "counted" ? (
              <>
                {one.rowsOf(rows, sayNumber(rows, language))}
                {tables.length > 0 && (
                  <span class="below">
                    {tables
                      .map(({ table, rows: many }) => `${table} ${sayNumber(many, language)}`)
                      .join(" · ")}
                  </span>
                )}
              </>
            ) : (
              one.looks[look]
            ),
        },
        {
          title: one.left,
          cell: ({ kept, notCovered }) =>
            kept.length + notCovered.length === 0
              ? "–"
              : [
                  ...kept.map(({ where, clause }) => `${where} (${clause})`),
                  ...notCovered.map(({ what }) => what),
                ].join(" · "),
        },
      ]}
      rows={stores}
    />
  );
}
