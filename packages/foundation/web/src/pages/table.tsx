/** Tables with a caption; they scroll within themselves on a narrow screen, and a keyboard can scroll them. */
import type { ComponentChild } from "preact";
import { usePage } from "./page-state.ts";

export interface Column<R> {
  readonly title: string;
  readonly cell: (row: R) => ComponentChild;
  /** Numbers stand at the right, in figures of one width. */
  readonly numeric?: boolean;
}

export interface TableProps<R> {
  readonly caption: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  /** What to say when there is no row. */
  readonly empty?: string;
  /** On a narrow screen each row stands as a block, every cell under its title; for rows of sentences, not of figures. */
  readonly stacked?: true;
}

/** The first column names its row. */
export function Table<R>({ caption, columns, rows, empty, stacked }: TableProps<R>) {
  const { texts } = usePage();
  const numeric = (column: Column<R>) => (column.numeric ? "numeric" : undefined);
  return (
    <div class={stacked ? "scroll stacked" : "scroll"} role="region" aria-label={caption} tabindex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" class={numeric(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((column, place) =>
                place === 0 ? (
                  <th key={column.title} scope="row" class={numeric(column)}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.title} class={numeric(column)} data-label={stacked && column.title}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <td class="empty" colspan={columns.length}>
                {empty ?? texts.tableEmpty}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
