/** The subscriptions, in memory and in one file of the data folder. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Fields, Filters } from "./read-subscription.ts";

export interface SubscriptionStore {
  find(id: string): Fields | undefined;
  /** Those that all filters hold for, sorted. */
  list(filters: Filters): readonly Fields[];
  put(id: string, fields: Fields): void;
  remove(id: string): void;
}

export function subscriptionStore(file: string): SubscriptionStore {
  const known = new Map(read(file));
  const write = () => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify([...known], undefined, 1));
    renameSync(`${file}.new`, file);
  };
  return {
    find: (id) => known.get(id),
    list: ({ equal, by, descending }) => {
      const held = [...known.values()].filter((each) =>
        equal.every(([name, value]) => each[name]?.includes(value) === true),
      );
      const key = (each: Fields) => each[by]?.[0] ?? "";
      held.sort((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
      return descending ? held.reverse() : held;
    },
    put: (id, fields) => {
      known.set(id, fields);
      write();
    },
    remove: (id) => {
      known.delete(id);
      write();
    },
  };
}

function read(file: string): [string, Fields][] {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as [string, Fields][];
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
