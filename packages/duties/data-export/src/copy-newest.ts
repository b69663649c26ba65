/** The newest rows of a table, which is what a page shows of it, in flat memory. */
import type { Json, TableWords } from "@preau/kernel";
import type { CopiedRow } from "./copy-spool.ts";

/** Rows of a table that a page shows; the files hold all of them. */
export const MOST_SHOWN = 40;
/** Of a longer text a page shows the beginning. */
export const MOST_CHARACTERS = 8_000;

export class NewestRows {
  readonly #moment: string | undefined;
  #kept: { readonly at: number; readonly row: CopiedRow }[] = [];
  #read = 0;

  constructor(words: TableWords | undefined) {
    this.#moment = Object.entries(words?.columns ?? {}).find(
      ([, { form }]) => form === "unixSeconds" || form === "isoMoment",
    )?.[0];
  }

  add(row: CopiedRow): void {
    this.#read += 1;
    // Without a moment, those read last are the newest.
    const at = this.#moment === undefined ? this.#read : momentOf(row.row[this.#moment]);
    this.#kept.push({ at, row: shortened(row) });
    if (this.#kept.length >= 2 * MOST_SHOWN) this.#cut();
  }

  /** Newest first. */
  rows(): readonly CopiedRow[] {
    this.#cut();
    return this.#kept.map(({ row }) => row);
  }

  #cut(): void {
    this.#kept = this.#kept.sort((a, b) => b.at - a.at).slice(0, MOST_SHOWN);
  }
}

function momentOf(value: Json | undefined): number {
  const at = typeof value === "string" ? (/^\d+$/u.test(value) ? Number(value) : Date.parse(value)) : value;
  return typeof at === "number" && Number.isFinite(at) ? at : 0;
}

function shortened(row: CopiedRow): CopiedRow {
  const long = Object.entries(row.row).flatMap(([column, value]) =>
    typeof value === "string" && value.length > MOST_CHARACTERS ? [[column, cut(value)] as const] : [],
  );
  return long.length === 0 ? row : { ...row, row: { ...row.row, ...Object.fromEntries(long) } };
}

/** Through a buffer: a slice alone would keep the whole text in memory. */
function cut(text: string): string {
  return `${Buffer.from(text.slice(0, MOST_CHARACTERS)).toString()}…`;
}
