/** The in-memory reference of the mailer: an outbox that one can look into, and a delivery that asks the gate. */
import { isFault } from "./errors.ts";
import { type Gate, redeem } from "./gate.ts";
import type { Ids, MessageId } from "./ids.ts";
import { onCommit, onRollback } from "./in-memory-unit-of-work.ts";
import type { Mailer, Message } from "./mailer.ts";
import type { UnitOfWork } from "./unit-of-work.ts";

export interface OutboxMessage {
  readonly id: MessageId;
  readonly message: Message;
  readonly state: "queued" | "delivered" | "refused";
}

export interface InMemoryMailerOptions {
  readonly ids: Ids;
  readonly gate: Gate;
  readonly unitOfWork: UnitOfWork;
}

export interface InMemoryMailer extends Mailer {
  /** Every committed message, in the order of sending. */
  outbox(): readonly OutboxMessage[];
  /** Lets out what is queued and what the gate permits at this moment; the rest is refused for good. */
  deliver(): Promise<void>;
}

interface Entry {
  readonly id: MessageId;
  readonly message: Message;
  state: OutboxMessage["state"] | "uncommitted";
}

/** A mailer in memory. @clause DC */
export function inMemoryMailer(options: InMemoryMailerOptions): InMemoryMailer {
  const entries = new Map<string, Entry>();

  const letOut = async (entry: Entry): Promise<void> => {
    const { flow } = entry.message;
    const { operation, recipient, categories } = flow;
    try {
      await options.unitOfWork.transaction(async (unit) => {
        redeem(await options.gate.permit(flow, unit), { operation, recipient, categories });
      });
      entry.state = "delivered";
    } catch (error) {
      if (!isFault(error, "GATE_REFUSED")) throw error;
      entry.state = "refused";
    }
  };

  const mailer: InMemoryMailer = {
    send: async (unit, message) => {
      const entry: Entry = {
        id: options.ids.next("msg"),
        message: structuredClone(message),
        state: "uncommitted",
      };
      onCommit(unit, () => {
        entry.state = "queued";
      });
      const twin = entries.get(message.key);
      if (twin !== undefined) return twin.id;
      entries.set(message.key, entry);
      onRollback(unit, () => void entries.delete(message.key));
      return entry.id;
    },
    sendMany: async (unit, messages) => {
      const ids: MessageId[] = [];
      for (const message of messages) ids.push(await mailer.send(unit, message));
      return ids;
    },
    outbox: () =>
      [...entries.values()].flatMap(({ id, message, state }) =>
        state === "uncommitted" ? [] : [{ id, message, state }],
      ),
    deliver: async () => {
      for (const entry of entries.values()) if (entry.state === "queued") await letOut(entry);
    },
  };
  return mailer;
}
