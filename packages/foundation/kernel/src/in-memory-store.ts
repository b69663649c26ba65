/** A store of personal data in memory: tables of rows, each with a reference to a person or none, and texts. */
import type { ControllerId } from "./ids.ts";
import type { KeptRows } from "./personal-data-source.ts";

export interface InMemoryTable {
  readonly name: string;
  readonly category: string;
  readonly purpose: string;
  /** What an erasure does with a person's rows; `unknown` is a table that nobody has described. */
  readonly verdict: "erase" | "anonymise" | "unknown" | Pick<KeptRows, "reason" | "clause" | "until">;
}

export interface InMemoryRow {
  readonly id: string;
  readonly controller: ControllerId;
  /** The person's id in this store; empty when the row is about nobody. */
  person: string;
  fields: Record<string, string>;
}

export interface InMemoryStore {
  readonly tables: readonly InMemoryTable[];
  /** Rows by table. */
  readonly rows: ReadonlyMap<string, InMemoryRow[]>;
  /** Persons whose data is restricted (art. 18), as `controller person`. */
  readonly restricted: Set<string>;
  /** Called before each write; a test makes it throw. */
  beforeWrite: () => void;
}

/** An empty store with these tables. */
export function inMemoryStore(tables: readonly InMemoryTable[]): InMemoryStore {
  return {
    tables,
    rows: new Map(tables.map((table) => [table.name, []])),
    restricted: new Set(),
    beforeWrite: () => undefined,
  };
}
