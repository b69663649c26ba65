/** A ledger on paper: the kernel's rule over a list. It knows no units, so that it stands beside any database. */
import {
  type Clock,
  type ControllerId,
  type Events,
  type Ids,
  type InstructionId,
  type Instructions,
  type NewInstruction,
  standingOf,
} from "@preau/kernel";

type Given = Partial<NewInstruction> & Pick<NewInstruction, "controller" | "kind">;

export function paperLedger({
  clock,
  ids,
  events,
}: {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: Events;
}) {
  const lines = new Map<
    string,
    { readonly given: NewInstruction; revoked: boolean; readonly things: Set<string> }
  >();
  const keyOf = (controller: ControllerId, id: InstructionId) => `${controller} ${id}`;
  const ledger: Instructions = {
    record: async (_unit, given) => {
      const id = ids.next("ins");
      lines.set(keyOf(given.controller, id), { given, revoked: false, things: new Set() });
      return id;
    },
    standing: async (_unit, controller, id, use) => {
      const line = lines.get(keyOf(controller, id));
      const { kind, clause, scope, startsAt = clock.now(), endsAt } = line?.given ?? { kind: "other" };
      return standingOf(
        line && {
          ...{ kind, clause: clause ?? "D6.1c", scope: scope ?? {}, startsAt },
          ...(endsAt === undefined ? {} : { endsAt }),
          ...(line.revoked ? { revokedAt: clock.now() } : {}),
        },
        use,
        clock.now(),
      );
    },
    link: async (_unit, controller, id, thing) => {
      lines.get(keyOf(controller, id))?.things.add(thing);
    },
    of: async (_unit, controller, thing) =>
      [...lines]
        .filter(([key, { things }]) => key.startsWith(`${controller} `) && things.has(thing))
        .map(([key]) => key.split(" ")[1] as InstructionId),
    revoke: async (unit, { controller, id }) => {
      const line = lines.get(keyOf(controller, id));
      if (line === undefined || line.revoked) return;
      line.revoked = true;
      const { kind } = line.given;
      await events.emit(unit, "instruction.revoked", {
        ...{ controller, instruction: id, kind, things: [...line.things], at: clock.now() },
      });
    },
  };
  return {
    ledger,
    /** Signed by the controller's officer. */
    write: async (given: Given): Promise<InstructionId> => {
      const id = ids.next("ins");
      const line = { clause: "D6.1c", scope: {}, by: { role: "controllerDpo" }, ...given } as const;
      lines.set(keyOf(given.controller, id), { given: line, revoked: false, things: new Set() });
      return id;
    },
  };
}
