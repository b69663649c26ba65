/** The in-memory reference of the ledger of instructions. It seals nothing: nothing is at rest. */
import type { Clock, Instant } from "./clock.ts";
import { fault } from "./errors.ts";
import type { Events } from "./events.ts";
import type { ControllerId, Ids, InstructionId } from "./ids.ts";
import { assertOpen, onRollback } from "./in-memory-unit-of-work.ts";
import { standingOf } from "./instruction-standing.ts";
import type { InstructionGiver, Instructions, NewInstruction, Writing } from "./instructions.ts";
import type { ActorRole } from "./roles.ts";

export interface InMemoryInstructionsOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: Events;
}

interface Entry {
  readonly id: InstructionId;
  readonly given: NewInstruction;
  readonly startsAt: Instant;
  readonly things: string[];
  revokedAt: Instant | undefined;
}

/** Whose pressing of a button is a writing of the controller's. */
const OWN_PEOPLE: ReadonlySet<ActorRole> = new Set<ActorRole>(["controllerAdministrator", "controllerDpo"]);

/** An address, an opaque id of a person, or somebody spoken of with a title: a name by itself is not recognised. */
export function namesSomebody(text: string): boolean {
  return /@|\bsub_[0-9a-z]|(?<![\p{L}\p{N}])(?:Mme|Mlle|Madame|Mademoiselle|Monsieur|Mr|Mrs|Ms|M\.)\s*\p{Lu}/u.test(
    text,
  );
}

/**
 * What the writing lacks, when it lacks something. Staff who write down what they received hold the writing itself.
 * @throws INSTRUCTION_NEEDS_WRITING, INSTRUCTION_BAD naming the field
 */
export function requireWriting(by: InstructionGiver, writing: Writing | undefined, now: Instant): void {
  if (writing === undefined) {
    if (!OWN_PEOPLE.has(by.role)) throw fault("INSTRUCTION_NEEDS_WRITING", { clause: "D6.1c" });
    return;
  }
  const { receivedAt, datedAt = receivedAt, reference, sha256 } = writing;
  if (receivedAt > now) throw fault("INSTRUCTION_BAD", { place: "receivedAt" });
  if (datedAt > receivedAt) throw fault("INSTRUCTION_BAD", { place: "datedAt" });
  // A reference outlives whom it would name.
  if (reference.trim() === "" || reference.length > 200 || namesSomebody(reference))
    throw fault("INSTRUCTION_BAD", { place: "reference" });
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256))
    throw fault("INSTRUCTION_BAD", { place: "sha256" });
}

/** A ledger in memory. @clause D6.1c */
export function inMemoryInstructions({ clock, ids, events }: InMemoryInstructionsOptions): Instructions {
  const entries: Entry[] = [];
  const find = (controller: ControllerId, id: InstructionId) =>
    entries.find((entry) => entry.id === id && entry.given.controller === controller);
  const known = (controller: ControllerId, id: InstructionId): Entry => {
    const entry = find(controller, id);
    if (entry === undefined) throw fault("INSTRUCTION_UNKNOWN", { clause: "D6.1c" });
    return entry;
  };

  return {
    record: async (unit, given) => {
      assertOpen(unit);
      const { controller, key, by, writing, startsAt, endsAt } = given;
      const twin = entries.find(
        (entry) => key !== undefined && entry.given.key === key && entry.given.controller === controller,
      );
      if (twin !== undefined) return twin.id;
      const now = clock.now();
      requireWriting(by, writing, now);
      const starts = startsAt ?? writing?.receivedAt ?? now;
      if (endsAt !== undefined && endsAt < starts) throw fault("INSTRUCTION_BAD", { place: "endsAt" });
      const entry: Entry = {
        id: ids.next("ins"),
        given: structuredClone(given),
        startsAt: starts,
        things: [],
        revokedAt: undefined,
      };
      entries.push(entry);
      onRollback(unit, () => void entries.splice(entries.indexOf(entry), 1));
      return entry.id;
    },
    standing: async (unit, controller, id, use) => {
      assertOpen(unit);
      const entry = find(controller, id);
      if (entry === undefined) return standingOf(undefined, use, clock.now());
      const { kind, clause, scope, endsAt } = entry.given;
      const { startsAt, revokedAt } = entry;
      return standingOf(
        {
          ...{ kind, clause, scope, startsAt },
          ...(endsAt === undefined ? {} : { endsAt }),
          ...(revokedAt === undefined ? {} : { revokedAt }),
        },
        use,
        clock.now(),
      );
    },
    link: async (unit, controller, id, thing) => {
      assertOpen(unit);
      const { things } = known(controller, id);
      if (things.includes(thing)) return;
      things.push(thing);
      onRollback(unit, () => void things.splice(things.indexOf(thing), 1));
    },
    of: async (unit, controller, thing) => {
      assertOpen(unit);
      return entries
        .filter((entry) => entry.given.controller === controller && entry.things.includes(thing))
        .map(({ id }) => id);
    },
    revoke: async (unit, { controller, id, by, writing }) => {
      assertOpen(unit);
      const entry = known(controller, id);
      const now = clock.now();
      requireWriting(by, writing, now);
      if (entry.revokedAt !== undefined) return;
      entry.revokedAt = now;
      onRollback(unit, () => {
        entry.revokedAt = undefined;
      });
      const { kind } = entry.given;
      await events.emit(unit, "instruction.revoked", {
        ...{ controller, instruction: id, kind, things: [...entry.things], at: now },
      });
    },
  };
}
