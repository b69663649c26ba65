/**
 * The rows of a person's copy between the one reading of the stores and the files that are made of them: compressed pages
 * in memory, within one budget for all tables. A table that does not fit keeps none; whoever writes its files reads it
 * from its store again.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { PersonalRecord } from "@preau/kernel";

/** A record without its file's content, of which only the path within the package is kept. */
export type CopiedRow = Omit<PersonalRecord, "file" | "where"> & {
  /** `null` when it was not given. */
  readonly file?: string | null;
};

export interface SpoolBudget {
  /** Bytes that compressed pages may still take. */
  left: number;
}

const PAGE_CHARACTERS = 256 * 1024;

export class CopySpool {
  readonly #budget: SpoolBudget;
  #pages: Uint8Array[] | undefined = [];
  #open: string[] = [];
  #openCharacters = 0;

  constructor(budget: SpoolBudget) {
    this.#budget = budget;
  }

  add(row: CopiedRow): void {
    if (this.#pages === undefined) return;
    const line = JSON.stringify(row);
    this.#open.push(line);
    this.#openCharacters += line.length;
    if (this.#openCharacters >= PAGE_CHARACTERS) this.close();
  }

  /** After the last row. */
  close(): void {
    if (this.#pages === undefined || this.#open.length === 0) return;
    const page = deflateRawSync(`[${this.#open.join(",")}]`, { level: 1 });
    this.#open = [];
    this.#openCharacters = 0;
    this.#budget.left -= page.length;
    this.#pages.push(page);
    if (this.#budget.left >= 0) return;
    this.#budget.left += this.#pages.reduce((sum, { length }) => sum + length, 0);
    this.#pages = undefined;
  }

  /** The rows in the order in which they came, a page at a time; undefined when they were too many to keep. */
  pages(): Iterable<readonly CopiedRow[]> | undefined {
    const pages = this.#pages;
    return pages === undefined ? undefined : read(pages);
  }
}

function* read(pages: readonly Uint8Array[]): Generator<readonly CopiedRow[]> {
  for (const page of pages) yield JSON.parse(inflateRawSync(page).toString()) as readonly CopiedRow[];
}
