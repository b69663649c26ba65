/** Service tickets (CAS 3.0 §3.1): for one service, once, for 5 seconds, as suppliers report of the GAR. */
import { randomBytes } from "node:crypto";
import type { GarPerson } from "../gar/people.ts";
import type { CasDefects } from "./defects.ts";

export interface Ticket {
  readonly id: string;
  /** As it came to `/login`, to the letter. */
  readonly service: string;
  readonly person: GarPerson;
  /** Epoch milliseconds. */
  readonly givenAt: number;
  /** The person was asked for this very ticket (`renew=true`). */
  readonly asked: boolean;
  state: "given" | "used" | "ended";
}

/** CAS 3.0 §2.5.3. */
export type FailureCode = "INVALID_REQUEST" | "INVALID_TICKET" | "INVALID_SERVICE";

export interface Tickets {
  give(ticket: Pick<Ticket, "service" | "person" | "asked">): Ticket;
  /** Uses the ticket up, whatever comes of it. */
  validate(query: Readonly<Record<string, unknown>>): Ticket | FailureCode;
}

const TICKET_MS = 5_000;
const MOST_TICKETS = 1_000;

/** @param now epoch milliseconds */
export function makeTickets(now: () => number, defects: CasDefects): Tickets {
  const known = new Map<string, Ticket>();
  let number = 0;
  return {
    give: (asked) => {
      number += 1;
      const id = `ST-${number}-${randomBytes(24).toString("base64url")}-idp-auth.simulator`;
      const ticket: Ticket = { ...asked, id, givenAt: now(), state: "given" };
      known.set(id, ticket);
      const [eldest] = known.keys();
      if (known.size > MOST_TICKETS && eldest !== undefined) known.delete(eldest);
      return ticket;
    },
    validate: ({ service, ticket: id, renew }) => {
      if (typeof service !== "string" || typeof id !== "string") return "INVALID_REQUEST";
      const ticket = known.get(id);
      const good = ticket?.state === "given" && now() - ticket.givenAt < TICKET_MS;
      if (ticket === undefined || !(good || defects.get("cas-ticket-reusable") > 0)) return "INVALID_TICKET";
      ticket.state = "ended";
      if (ticket.service !== service) return "INVALID_SERVICE";
      if (renew === "true" && !ticket.asked) return "INVALID_TICKET";
      ticket.state = "used";
      return ticket;
    },
  };
}
