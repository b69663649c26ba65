/** A ledger on paper: the kernel's rule over a list. It knows no units, so that it stands beside any database. @clause D6.1c */
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

interface PaperLedgerOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: Events;
}

export interface PaperLedger {
  readonly ledger: Instructions;
  /** Writes one down, signed by the controller's officer unless it says otherwise. */
  readonly write: (
    given: Partial<NewInstruction> & Pick<NewInstruction, "controller" | "kind">,
  ) => Promise<InstructionId>;
  /** What was written into it, in that order. */
  readonly written: readonly PaperLine[];
}

export interface PaperLine extends NewInstruction {
  readonly id: InstructionId;
  readonly revoked: boolean;
}

type Line = PaperLine & { revoked: boolean; readonly things: Set<string> };

export function paperLedger({ clock, ids, events }: PaperLedgerOptions): PaperLedger {
  const written: Line[] = [];
  const find = (controller: ControllerId, id: InstructionId) =>
    written.find((line) => line.id === id && line.controller === controller);
  const record = async (given: NewInstruction): Promise<InstructionId> => {
    const id = ids.next("ins");
    written.push({ ...given, id, revoked: false, things: new Set() });
    return id;
  };
  const ledger: Instructions = {
    record: (_unit, given) => record(given),
    standing: async (_unit, controller, id, use) => {
      const [line, now] = [find(controller, id), clock.now()];
      const revoked = line?.revoked === true ? { revokedAt: now } : {};
      return standingOf(line && { startsAt: now, ...line, ...revoked }, use, now);
    },
    link: async (_unit, controller, id, thing) => void find(controller, id)?.things.add(thing),
    of: async (_unit, controller, thing) =>
      written.filter((line) => line.controller === controller && line.things.has(thing)).map(({ id }) => id),
    revoke: async (unit, { controller, id }) => {
      const line = find(controller, id);
      if (line === undefined || line.revoked) return;
      line.revoked = true;
      const { kind, things } = line;
      await events.emit(unit, "instruction.revoked", {
        ...{ controller, instruction: id, kind, things: [...things], at: clock.now() },
      });
    },
  };
  const write: PaperLedger["write"] = (given) =>
    record({ clause: "D6.1c", scope: {}, by: { role: "controllerDpo" }, ...given });
  return { ledger, write, written };
}
