/** A ledger on paper: the kernel's rule over a list. It knows no units, so that it stands beside any database. */
import {
  type Clock,
  type Events,
  type Ids,
  type InstructionId,
  type Instructions,
  type NewInstruction,
  standingOf,
} from "@preau/kernel";

interface Line {
  readonly given: NewInstruction;
  readonly things: Set<string>;
  revoked: boolean;
}

export function paperLedger({
  clock,
  ids,
  events,
}: {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: Events;
}): Instructions {
  const lines = new Map<InstructionId, Line>();
  return {
    record: async (_unit, given) => {
      const id = ids.next("ins");
      lines.set(id, { given, things: new Set(), revoked: false });
      return id;
    },
    standing: async (_unit, controller, id, use) => {
      const line = lines.get(id);
      const startsAt = clock.now();
      const terms = line?.given.controller === controller ? { ...line.given, startsAt } : undefined;
      const revoked = line?.revoked === true ? { revokedAt: startsAt } : {};
      return standingOf(terms && { ...terms, ...revoked }, use, startsAt);
    },
    link: async (_unit, _controller, id, thing) => {
      lines.get(id)?.things.add(thing);
    },
    of: async (_unit, _controller, thing) =>
      [...lines].filter(([, { things }]) => things.has(thing)).map(([id]) => id),
    revoke: async (unit, { controller, id }) => {
      const line = lines.get(id);
      if (line === undefined) return;
      line.revoked = true;
      const { kind } = line.given;
      await events.emit(unit, "instruction.revoked", {
        ...{ controller, instruction: id, kind, things: [...line.things], at: clock.now() },
      });
    },
  };
}
