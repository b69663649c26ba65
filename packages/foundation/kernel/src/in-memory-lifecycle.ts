/** The lifecycle face over a list: short enough to be read, and held to the same suite as the real ones. */
import type { Instant } from "./clock.ts";
import type { ControllerId } from "./ids.ts";
import type { AccountFacts, DeletionRequest, Doors, Lifecycle } from "./lifecycle.ts";

/** What it is over; a test changes it. */
export interface InMemoryAccounts {
  readonly accounts: AccountFacts[];
  readonly requests: DeletionRequest[];
  /** When each event of the log happened. */
  readonly events: Instant[];
  doors: Doors;
  /** What stood before the window; absent while there is none. */
  before?: Doors | undefined;
}

export function inMemoryLifecycle(controller: ControllerId, held: InMemoryAccounts): Lifecycle {
  const mine = (of: ControllerId) => of === controller;
  const older = (before: Instant) => held.events.filter((at) => at < before).length;
  const countOf = (erased: number) => ({ table: "events", erased, anonymised: 0, kept: 0 });
  return {
    accounts: async (of, { after = "0", limit }) => {
      const all = mine(of) ? held.accounts : [];
      const end = Number(after) + limit;
      const accounts = all.slice(Number(after), end);
      return end < all.length ? { accounts, next: String(end) } : { accounts };
    },
    factsOf: async (of, identifiers) => {
      const asked = new Set(identifiers.map(({ kind, value }) => `${kind} ${value}`));
      return mine(of)
        ? held.accounts.filter(({ identifier: { kind, value } }) => asked.has(`${kind} ${value}`))
        : [];
    },
    deletionRequests: async (of) => (mine(of) ? [...held.requests] : []),
    activityLog: {
      count: async (of, before) => (mine(of) ? [countOf(older(before))] : []),
      purge: async function* (of, before, { signal } = {}) {
        signal?.throwIfAborted();
        const erased = mine(of) ? older(before) : 0;
        if (erased === 0) return;
        held.events.splice(0, held.events.length, ...held.events.filter((at) => at >= before));
        yield { ...countOf(erased), cursor: null };
      },
    },
    access: {
      mechanism: { en: "In memory", fr: "En mémoire" },
      doors: async (of) => (mine(of) ? held.doors : "open"),
      closeToOthers: async (of) => {
        if (!mine(of) || held.before !== undefined) return { changed: 0, refused: [] };
        held.before = held.doors;
        held.doors = "administratorsOnly";
        return { changed: 1, refused: [] };
      },
      reopen: async (of) => {
        if (!mine(of) || held.before === undefined) return { changed: 0, refused: [] };
        held.doors = held.before;
        held.before = undefined;
        return { changed: 1, refused: [] };
      },
    },
  };
}
