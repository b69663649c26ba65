/**
 * Events: where duties and connectors meet without importing each other. A handler runs in the emitter's unit of work,
 * so that what it does happens with the change or not at all; anything long enqueues a job.
 */
import type { Instant } from "./clock.ts";
import type { Origin } from "./gate.ts";
import type { ControllerId, Id, InstructionId, MessageId, ReceiptId, SubjectId } from "./ids.ts";
import type { InstructionKind } from "./instructions.ts";
import type { Ground } from "./personal-data-source.ts";
import type { RequestId } from "./rights-desk.ts";
import type { ActorRole } from "./roles.ts";
import type { Unit } from "./unit-of-work.ts";
import type { Verdict } from "./verdict.ts";

/** Every event of the product and what it carries. Opaque ids only. */
export interface PreauEvents {
  "account.signedIn": {
    controller: ControllerId;
    subject: SubjectId;
    origin: Origin;
    product: string;
    role: string;
  };
  "account.deletionRequested": {
    controller: ControllerId;
    subject: SubjectId;
    origin: Origin;
    ground: Ground;
    requestedBy: ActorRole;
    requestedAt: Instant;
    instruction?: InstructionId;
  };
  /** What stands outside the journal of sign-ins and attempts of before that instant goes. */
  "logs.ended": { before: Instant };
  /** A written instruction has ended before its time; `things` were done, or were to be done, on it. */
  "instruction.revoked": {
    controller: ControllerId;
    instruction: InstructionId;
    kind: InstructionKind;
    things: readonly string[];
    at: Instant;
  };
  /** A package was ordered for a data subject's request, is there, has been fetched, or will not be made. */
  "export.progressed": {
    controller: ControllerId;
    order: Id<"exp">;
    about: RequestId;
    state: "ordered" | "made" | "fetched" | "failed" | "cancelled";
  };
  /** The processing of one person's data is restricted (GDPR art. 18) everywhere, or no longer. */
  "subject.restricted": { controller: ControllerId; subject: SubjectId };
  "subject.restrictionLifted": { controller: ControllerId; subject: SubjectId };
  /** What became of a message: the next server took it, or it came back, or the gate kept it here. */
  "mail.settled": {
    controller: ControllerId;
    message: MessageId;
    /** `Message.key` of it. */
    key: string;
    outcome: "accepted" | "bounced" | "refused";
    at: Instant;
  };
  "erasure.closed": {
    controller: ControllerId;
    subject: SubjectId;
    receipt: ReceiptId;
    verdict: Verdict;
    /** The one that it was ordered on, where there was one. */
    instruction?: InstructionId;
  };
}

export type EventName = keyof PreauEvents;
export type EventHandler<N extends EventName> = (event: PreauEvents[N], unit: Unit) => Promise<void>;
export type EventHandlers = { readonly [N in EventName]?: EventHandler<N> };

export interface Events {
  /** Calls every handler in the order of the plugin list; one that throws ends the unit. */
  emit<N extends EventName>(unit: Unit, name: N, event: PreauEvents[N]): Promise<void>;
}

/** Events over a fixed list of handlers, in that order. */
export function makeEvents(handlers: readonly EventHandlers[]): Events {
  return {
    emit: async (unit, name, event) => {
      for (const each of handlers) await each[name]?.(event, unit);
    },
  };
}
