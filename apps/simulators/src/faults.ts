/**
 * Fault switches: every simulator can misbehave on demand. `GET /_faults` lists the switches with their state,
 * `POST /_faults` with `name=value` sets them, `DELETE /_faults` clears all.
 */
import express, { type Router } from "express";
import { z } from "zod";
import { fault } from "./errors.ts";

/** A switch: what it does, and the values that it takes beside `off`. */
export interface FaultSwitch {
  readonly says: string;
  /** `on` by default; `number` takes a whole number from 1 to the given bound. */
  readonly takes?: { readonly upTo: number };
}

export type FaultTable = Readonly<Record<string, FaultSwitch>>;

/** The state of one simulator's switches: 0 is off, 1 is on, a number is a number. */
export interface Faults<T extends FaultTable> {
  get(name: keyof T & string): number;
  /** @throws SIMULATOR_UNKNOWN_FAULT */
  set(name: string, value: string): void;
  clear(): void;
  list(): readonly { readonly name: string; readonly says: string; readonly state: number }[];
}

/** All switches of a table, off. */
export function makeFaults<const T extends FaultTable>(table: T): Faults<T> {
  const states = new Map<string, number>();
  return {
    get: (name) => states.get(name) ?? 0,
    set: (name, value) => {
      const found = Object.hasOwn(table, name) ? table[name] : undefined;
      if (found === undefined) throw fault("SIMULATOR_UNKNOWN_FAULT", { place: "/_faults" });
      states.set(name, stateOf(found, value));
    },
    clear: () => states.clear(),
    list: () =>
      Object.entries(table).map(([name, { says }]) => ({ name, says, state: states.get(name) ?? 0 })),
  };
}

function stateOf(found: FaultSwitch, value: string): number {
  if (value === "off" || value === "0") return 0;
  if (found.takes === undefined && (value === "on" || value === "1")) return 1;
  const number = Number(value);
  if (found.takes !== undefined && Number.isInteger(number) && number >= 1 && number <= found.takes.upTo) {
    return number;
  }
  throw fault("SIMULATOR_UNKNOWN_FAULT", { place: "/_faults" });
}

const body = z.record(z.string(), z.coerce.string());

/** The three routes of `/_faults`, in JSON or form fields. */
export function faultsRouter<T extends FaultTable>(faults: Faults<T>): Router {
  const router = express.Router();
  router.get("/_faults", (_request, response) => {
    response.json({ faults: faults.list() });
  });
  router.post(
    "/_faults",
    express.json({ limit: "4kb" }),
    express.urlencoded({ extended: false, limit: "4kb" }),
    (request, response) => {
      const wanted = body.safeParse(request.body ?? {});
      if (!wanted.success) throw fault("SIMULATOR_UNKNOWN_FAULT", { place: "/_faults" });
      for (const [name, value] of Object.entries(wanted.data)) faults.set(name, value);
      response.json({ faults: faults.list() });
    },
  );
  router.delete("/_faults", (_request, response) => {
    faults.clear();
    response.json({ faults: faults.list() });
  });
  return router;
}
