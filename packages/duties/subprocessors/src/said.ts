/** How something was said for a controller: behind a link, on a page, or in a writing that the publisher's officer records. */
import type { Actor } from "@preau/contracts";
import type { Clock, Instant, Writing } from "@preau/kernel";
import { officers, ownPeople } from "./act.ts";
import { fault } from "./errors.ts";
import { type Capacity, capacities, type Said } from "./notice.ts";
import { bad, readHash, readReference } from "./read-words.ts";

/** Who says it, and with what. */
export interface Saying {
  readonly by: Actor;
  /** In what capacity, of those who press a button; a writing says it itself. */
  readonly capacity?: Capacity;
  /** Of what the publisher's officer writes down. */
  readonly writing?: Writing;
}

/** Whoever holds a link acts for the controller, in the capacity that they give. */
export function behindLink(capacity: Capacity): Actor {
  return { role: capacity === "dpo" ? "controllerDpo" : "controllerAdministrator" };
}

/** What is kept of it, with the instant at which it reached us and the one that it is dated. */
export interface SaidAt {
  readonly said: Said;
  readonly receivedAt: Instant;
  readonly datedAt: Instant;
}

/**
 * @throws SUBPROCESSORS_NOT_ALLOWED, SUBPROCESSORS_NEEDS_WRITING for staff without one, SUBPROCESSORS_BAD naming the field
 * @clause D8.3
 */
export function readSaying(clock: Clock, { by, capacity, writing }: Saying, link = false): SaidAt {
  const now = clock.now();
  const recorded = { recordedAt: now, recordedBy: by.role };
  if (writing !== undefined && officers.includes(by.role)) {
    const { receivedAt, datedAt = receivedAt } = writing;
    if (receivedAt > now) throw bad("writing.receivedAt");
    if (datedAt > receivedAt) throw bad("writing.datedAt");
    const reference = readReference(writing.reference, "writing.reference");
    const sha256 = writing.sha256 === undefined ? undefined : readHash(writing.sha256, "writing.sha256");
    const said: Said = {
      ...{ ...recorded, how: "writing", capacity: writing.writer, means: writing.means, reference },
      ...(sha256 === undefined ? {} : { sha256 }),
    };
    return { said, receivedAt, datedAt };
  }
  if (officers.includes(by.role)) throw fault("SUBPROCESSORS_NEEDS_WRITING", { clause: "D8.3" });
  if (!ownPeople.includes(by.role)) throw fault("SUBPROCESSORS_NOT_ALLOWED");
  const own = capacity ?? (by.role === "controllerDpo" ? "dpo" : "other");
  if (!capacities.includes(own)) throw bad("capacity");
  return {
    said: { ...recorded, how: link ? "link" : "page", capacity: own },
    receivedAt: now,
    datedAt: now,
  };
}
