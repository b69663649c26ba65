/**
 * Rows that only name a person: the name goes, the rest stays. The texts are searched again, so that what was written
 * since the plan is found too.
 */
import type { CompiledTable } from "./compile-map.ts";
import { changedBy, exactly, type Pool, pagesOf, rowKeyClass, rowsOf, rowsWith, textOf } from "./query.ts";
import { mentionsIn } from "./scan-mentions.ts";
import { type RowChange, updateRows } from "./update-rows.ts";
import { whenNotChosen } from "./when-not-chosen.ts";
import type { StepCount, WriteOptions } from "./write-by-key.ts";

/** Texts of rows are long: fewer rows a transaction. */
const ROWS_A_TRANSACTION = 200;

/** The columns of a table in which mentions are redacted. */
export function redactedColumns(table: CompiledTable): readonly string[] {
  return table.texts.filter(({ mention }) => mention === "redact").map(({ column }) => column);
}

export async function* redactMentions(
  knex: Pool,
  table: CompiledTable,
  { scope, signal }: Pick<WriteOptions, "scope" | "signal">,
): AsyncGenerator<StepCount, void> {
  const columns = redactedColumns(table);
  if (columns.length === 0) return;
  if (table.schema.rowKey === undefined) {
    yield* redactTexts(knex, table, columns, { scope, signal });
    return;
  }
  const found =
    (
      await mentionsIn(knex, [{ table: table.schema, columns }], {
        ...scope,
        signal,
      })
    ).get(table.name) ?? [];
  const size = Math.min(scope.batchRows, ROWS_A_TRANSACTION);
  for (let start = 0; start < found.length && signal?.aborted !== true; start += size) {
    const own = rowsWith(
      table.schema,
      found.slice(start, start + size).map(({ rowKey }) => rowKey ?? 0),
    );
    const key = exactly(table.schema.rowKey, rowKeyClass(table.schema), scope.dialect);
    const anonymised = await whenNotChosen(() =>
      knex.transaction(async (transaction) => {
        const rows = await rowsOf(transaction, {
          text: `select ${key.text} as row_key, ${columns.map(() => "??").join(", ")} from ?? where ${own.text}${scope.dialect === "mysql" ? " for update" : ""}`,
          bindings: [...key.bindings, ...columns, table.name, ...own.bindings],
        });
        const changes = rows.flatMap((row): readonly RowChange[] => {
          const cells = new Map<string, string>();
          for (const column of columns) {
            const text = textOf(row[column]) ?? "";
            const redacted = scope.mentions.redact(text);
            if (redacted !== text) cells.set(column, redacted);
          }
          return cells.size === 0 ? [] : [{ rowKey: row["row_key"] as string | number, cells }];
        });
        await updateRows(transaction, table.schema, changes, scope.dialect);
        return changes.length;
      }),
    );
    if (anonymised > 0) yield { erased: 0, anonymised };
  }
}

/** Without a row key the text itself says which rows: all that hold it are changed alike. */
async function* redactTexts(
  knex: Pool,
  table: CompiledTable,
  columns: readonly string[],
  { scope, signal }: Pick<WriteOptions, "scope" | "signal">,
): AsyncGenerator<StepCount, void> {
  for (const column of columns) {
    const texts = new Set<string>();
    const pages = pagesOf(knex, table.schema, { columns: [column], dialect: scope.dialect, size: 2_000 });
    for await (const rows of pages) {
      for (const row of rows) {
        const text = textOf(row[column]) ?? "";
        if (scope.mentions.names(text)) texts.add(text);
      }
    }
    for (const text of texts) {
      if (signal?.aborted === true) return;
      const redacted = scope.mentions.redact(text);
      if (redacted === text) continue;
      const same =
        scope.dialect === "mysql" ? "cast(?? as binary) = cast(? as binary)" : "?? = ? collate binary";
      const anonymised = await whenNotChosen(() =>
        changedBy(knex, {
          text: `update ?? set ?? = ? where ${same}`,
          bindings: [table.name, column, redacted, column, text],
        }),
      );
      if (anonymised > 0) yield { erased: 0, anonymised };
    }
  }
}
