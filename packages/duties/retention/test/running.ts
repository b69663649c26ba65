/** A house with three pupils, and what tests of runs do with it: run, break a store, read the receipt. */
import { type Database, openDatabase } from "@preau/database";
import {
  inMemoryLookAgain,
  inMemoryPersonalDataSource,
  inMemoryStore,
  instant,
  manualClock,
  type RegisteredSource,
} from "@preau/kernel";
import { onTestFinished } from "vitest";
import type { ErasureId } from "../src/erasure.ts";
import { runErasure } from "../src/run-erasure.ts";
import type { RunOptions, RunOutcome } from "../src/run-options.ts";
import { readErasure } from "../src/store/erasures.ts";
import { type House, makeHouse, SCHOOL } from "./house.ts";
import { fillSchool, PUPIL_KIND } from "./school.ts";

export const NOTHING = { pupil: 0, result: 0, visit: 0 };

export async function openRunning(database: Database) {
  const clock = manualClock(instant("2026-11-23T08:00:00.000Z"));
  const inMemory = () => openDatabase({ url: "sqlite::memory:" });
  const [keysDatabase, schoolDatabase] = [await inMemory(), await inMemory()];
  for (const each of [keysDatabase, schoolDatabase]) onTestFinished(() => each.close());
  await fillSchool(schoolDatabase, [1, 2, 3]);
  const house = await makeHouse({ database, keysDatabase, schoolDatabase }, clock);
  const { unitOfWork, receipts } = house.ports;
  const run = (id: ErasureId, more: Partial<RunOptions> = {}, ports = house.ports) =>
    runErasure(ports, { id, controller: SCHOOL }, { sources: house.sources, ...more });
  const now = (id: ErasureId) => unitOfWork.transaction((unit) => readErasure(unit, SCHOOL, id));
  const opened = () => unitOfWork.transaction((unit) => receipts.receipts(unit, SCHOOL, "opened"));
  return { ...house, house, clock, run, now, opened };
}

export type Wrap = (registered: RegisteredSource) => RegisteredSource;

/** The stores of the house, one of them changed. */
export function wrapped(house: House, store: string, wrap: Wrap): Map<string, RegisteredSource> {
  const sources = new Map(house.sources);
  const registered = sources.get(store);
  if (registered !== undefined) sources.set(store, wrap(registered));
  return sources;
}

/** A store as it is, ending with that error after so many steps. */
export const breaking =
  (steps: number, error: () => Error): Wrap =>
  ({ source, second }) => ({
    second,
    source: {
      ...source,
      erase: async function* (plan, options) {
        let done = 0;
        for await (const step of source.erase(plan, options)) {
          if (done === steps) throw error();
          done += 1;
          yield step;
        }
      },
    },
  });

export async function receiptOf(house: House, outcome: RunOutcome) {
  if (!outcome.closed) throw new Error(`not closed: ${JSON.stringify(outcome.failed)}`);
  return house.receipt(outcome.receipt);
}

/** Rows that the receipt says the school lost, by table. */
export function schoolCounts(receipt: Awaited<ReturnType<House["receipt"]>>): Record<string, number> {
  const school = receipt.stores.find(({ store }) => store === "school");
  return Object.fromEntries(
    school?.tables.map(({ table, erased, anonymised }) => [table, erased + anonymised]) ?? [],
  );
}

/** A second store that holds one note about pupil 1. */
export function noteStore() {
  const store = inMemoryStore([{ name: "notes", category: "c", purpose: "p", verdict: "erase" }]);
  store.rows.get("notes")?.push({ id: "n1", controller: SCHOOL, person: "1", fields: { text: "x" } });
  const source = inMemoryPersonalDataSource({ store, id: "notes", kind: PUPIL_KIND });
  const registered: RegisteredSource = { source, second: inMemoryLookAgain(store) };
  return { notes: () => store.rows.get("notes")?.length, registered };
}
