/**
 * Fault switches: every simulator can misbehave on demand. `GET /_faults` lists the switches with their state,
 * `POST /_faults` with `name=value` sets them, `DELETE /_faults` clears all. A browser gets a page with a form instead.
 */
import express, { type Request, type Router } from "express";
import { z } from "zod";
import { fault } from "./errors.ts";

/** A switch: what it does, and the values that it takes beside `off`. */
export interface FaultSwitch {
  readonly says: string;
  /** The same for people, in French. */
  readonly fr?: string;
  /** `on` by default; `number` takes a whole number from 1 to the given bound. */
  readonly takes?: { readonly upTo: number };
}

export type FaultTable = Readonly<Record<string, FaultSwitch>>;

export interface FaultState {
  readonly name: string;
  readonly says: FaultSwitch;
  /** 0 is off, 1 is on, a number is a number. */
  readonly state: number;
}

/** The state of one simulator's switches: 0 is off, 1 is on, a number is a number. */
export interface Faults<T extends FaultTable> {
  get(name: keyof T & string): number;
  /** @throws SIMULATOR_UNKNOWN_FAULT */
  set(name: string, value: string): void;
  clear(): void;
  list(): readonly { readonly name: string; readonly says: string; readonly state: number }[];
  states(): readonly FaultState[];
}

/** All switches of a table, off. */
export function makeFaults<const T extends FaultTable>(table: T): Faults<T> {
  const values = new Map<string, number>();
  const states = () =>
    Object.entries(table).map(([name, says]) => ({ name, says, state: values.get(name) ?? 0 }));
  return {
    get: (name) => values.get(name) ?? 0,
    set: (name, value) => {
      const found = Object.hasOwn(table, name) ? table[name] : undefined;
      if (found === undefined) throw fault("SIMULATOR_UNKNOWN_FAULT", { place: "/_faults" });
      values.set(name, stateOf(found, value));
    },
    clear: () => values.clear(),
    states,
    list: () => states().map(({ name, says, state }) => ({ name, says: says.says, state })),
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

export interface FaultsRouterOptions {
  /** The switches as a page for people. */
  readonly page?: (states: readonly FaultState[], request: Request) => string;
}

/** The routes of `/_faults`, in JSON or form fields. */
export function faultsRouter<T extends FaultTable>(
  faults: Faults<T>,
  { page }: FaultsRouterOptions = {},
): Router {
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: "16kb" });
  router.get("/_faults", (request, response) => {
    if (page !== undefined && request.accepts(["json", "html"]) === "html") {
      response.type("html").send(page(faults.states(), request));
      return;
    }
    response.json({ faults: faults.list() });
  });
  router.post("/_faults", express.json({ limit: "4kb" }), form, (request, response) => {
    const wanted = body.safeParse(request.body ?? {});
    if (!wanted.success) throw fault("SIMULATOR_UNKNOWN_FAULT", { place: "/_faults" });
    for (const [name, value] of Object.entries(wanted.data)) faults.set(name, value);
    response.json({ faults: faults.list() });
  });
  // The page's whole form: a box that is not ticked is not in it.
  router.post("/_faults/form", form, (request, response) => {
    const wanted = body.safeParse(request.body ?? {});
    const given = wanted.success ? wanted.data : {};
    if (given["_clear"] === undefined) {
      for (const { name } of faults.states()) faults.set(name, given[name] || "off");
    } else {
      faults.clear();
    }
    response.redirect(303, "/_faults");
  });
  router.delete("/_faults", (_request, response) => {
    faults.clear();
    response.json({ faults: faults.list() });
  });
  return router;
}
