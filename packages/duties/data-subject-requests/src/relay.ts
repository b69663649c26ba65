/**
 * A relay: something passed on to a controller. The mail carries a link alone, which lives until it is opened, and never beyond
 * the controller's own time. *Forwarded* is when it left us: the controller's mail server took it, or somebody handed it over
 * and wrote that down. *Received* is when it was opened. @clause D10.1b
 */
import type { OfficerId, OfficerRole } from "@preau/contracts";
import type { ControllerId, Id, Instant, RequestId } from "@preau/kernel";

export type RelayId = Id<"rel">;
/** A request, or a report of inaccurate data. */
export type RelayedThing = RequestId | Id<"inx">;

export type RelayState =
  /** In the outbox, or in the hands of whoever hands it over. */
  | "queued"
  /** The next mail server took it. */
  | "accepted"
  /** Handed over by hand, with evidence. */
  | "handed"
  | "opened"
  /** It came back. */
  | "bounced"
  /** The gate kept it here. */
  | "refused"
  /** A newer link took its place. */
  | "superseded";

export interface Relay {
  readonly id: RelayId;
  readonly controller: ControllerId;
  readonly thing: RelayedThing;
  readonly state: RelayState;
  readonly how: "mail" | "hand";
  readonly officer?: OfficerId;
  readonly officerRole?: OfficerRole;
  readonly madeAt: Instant;
  /** Of its link. */
  readonly until?: Instant;
  readonly settledAt?: Instant;
  readonly openedAt?: Instant;
  readonly reference?: string;
}

/** Of links; a link for one purpose is none for another. */
export const RELAY_PURPOSE = "data-subject-requests.relay";

/** Where a link is opened. */
export function relayPath(token: string): string {
  return `/requests/relay/${token}`;
}

const KEY = "dsr.relay.";

/** Of its message. */
export function relayKey(id: RelayId): string {
  return KEY + id;
}

/** Undefined for another message's. */
export function relayOfKey(key: string): RelayId | undefined {
  const id = key.startsWith(KEY) ? key.slice(KEY.length) : "";
  return /^rel_[0-9a-z]+$/.test(id) ? (id as RelayId) : undefined;
}

/** Whether one of them still stands for something that has left us. */
export function hasLeft(relays: readonly Pick<Relay, "state">[]): boolean {
  return relays.some(({ state }) => state === "accepted" || state === "handed" || state === "opened");
}
