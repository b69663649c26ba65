/** The newest rows of a table, which is what a page shows of it, in flat memory. */
import type { Json, TableWords } from "@preau/kernel";
import type { CopiedRow } from "./copy-spool.ts";

/** Rows of a table that a page shows; the files hold all of them. */
const MOST_SHOWN = 25;
/** Of a longer text a page shows the beginning. */
const MOST_CHARACTERS = 8_000;

export class NewestRows {
  readonly #moments: readonly string[];
  #kept: { readonly at: number; readonly row: CopiedRow }[] = [];
  #read = 0;

  constructor(words: TableWords | undefined) {
    this.#moments = Object.entries(words?.columns ?? {})
      .filter(([, { form }]) => form === "unixSeconds" || form === "isoMoment")
      .map(([name]) => name);
  }

  add(row: CopiedRow): void {
    this.#read += 1;
    // By the last of its moments; without any, those read last are the newest.
    const at =
      this.#moments.length === 0
        ? this.#read
        : Math.max(...this.#moments.map((name) => momentOf(row.row[name])));
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

/** Milliseconds; 0 for what is no moment. */
function momentOf(value: Json = null): number {
  const seconds =
    typeof value === "number" || (typeof value === "string" && /^\d+$/u.test(value))
      ? Number(value)
      : undefined;
  const at = seconds === undefined ? Date.parse(typeof value === "string" ? value : "") : seconds * 1000;
  return Number.isFinite(at) ? at : 0;
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
