/**
 * Written instructions of a controller, as whoever acts on one must see them. What needs an instruction names it; what names
 * one is held to what it says: a kind, a scope, a time, until it is revoked. @clause D6.1c, D10.1c
 */

import type { Instant } from "./clock.ts";
import type { Operation } from "./gate.ts";
import type { ActorId, ControllerId, InstructionId, SubjectId } from "./ids.ts";
import type { Bilingual } from "./language.ts";
import type { ActorRole } from "./roles.ts";
import type { Unit } from "./unit-of-work.ts";

/** What an instruction orders or allows. Its kind bounds what may be done on it, whatever its scope says. */
export const instructionKinds = [
  /** D10.1c: the processor answers a data subject. */
  "answerDataSubject",
  /** D12.1, D10.1a. */
  "erase",
  /** D10.1a, DD.2, S8: data is made into a package, for whom it says. */
  "export",
  /** D10.1a, GDPR art. 18, and its end. */
  "restrict",
  "liftRestriction",
  /** D10.1a, GDPR art. 16. */
  "rectify",
  /** D10.1a, GDPR art. 21: a purpose ends for one person. */
  "objectToProcessing",
  /** D13.3: the controller's data is no longer anonymised. */
  "opposeAnonymisation",
  /** S11: anonymised data goes to a third party. */
  "handOver",
  /** D9.2: a transfer to a third country that became necessary. */
  "transfer",
  /** S4: a sample is used in another project, platform or client's environment. */
  "reuseSample",
  /** S14: practices are observed, on an exact list of fields. */
  "observePractices",
  /** DB.n, DD.6: the processor's own people act on personal data. */
  "staffAccess",
  /** D5, D6.0, D6.1a, D6.2c: an edit of the register of contracts. */
  "register",
  "other",
] as const;
export type InstructionKind = (typeof instructionKinds)[number];

/** What it reaches. A member that is absent does not bound it. */
export interface InstructionScope {
  readonly product?: string;
  readonly operations?: readonly Operation[];
  readonly recipients?: readonly string[];
  readonly purposes?: readonly string[];
  readonly categories?: readonly string[];
  readonly subject?: SubjectId;
  /** Opaque ids of what it is about: a request (`rqs_…`), a sample, a release. */
  readonly about?: readonly string[];
  /** S14: exactly these places, `table.column`. */
  readonly fields?: readonly string[];
}

/** On paper: whoever writes it down has the writing itself. Names nobody. */
export interface Writing {
  /** When it reached us, and when it is dated where that is another time. */
  readonly receivedAt: Instant;
  readonly datedAt?: Instant;
  readonly means: "email" | "letter" | "desk";
  /** In what capacity its writer acts for the controller. */
  readonly writer: "representative" | "dpo" | "contact";
  /** Under which it is found again. */
  readonly reference: string;
  /** SHA-256 of the writing, 64 hexadecimal digits. */
  readonly sha256?: string;
}

export interface InstructionGiver {
  readonly role: ActorRole;
  readonly id?: ActorId | SubjectId;
}

export interface NewInstruction {
  readonly controller: ControllerId;
  readonly kind: InstructionKind;
  readonly clause: string;
  readonly scope: InstructionScope;
  /** Who pressed the button, which is the writing, or who wrote down what was received. */
  readonly by: InstructionGiver;
  /** Absent only when the controller's own people press the button. */
  readonly writing?: Writing;
  /** In force from then on; from its receipt when absent. */
  readonly startsAt?: Instant;
  /** The last instant of it; until revoked, or until its one use is done, when absent. */
  readonly endsAt?: Instant;
  /** Idempotency: the same key of the same controller is the same instruction, and changes nothing. */
  readonly key?: string;
}

/** What an instruction can order beside flows: the gate knows none of these words, so that no flow passes on one. */
export type InstructedAct = "restrict" | "liftRestriction" | "rectify" | "objectToProcessing";

/** What somebody is about to do on an instruction. */
export interface InstructionUse {
  readonly product?: string;
  readonly operation: Operation | InstructedAct;
  readonly recipient?: string;
  readonly purpose?: string;
  readonly categories?: readonly string[];
  readonly subject?: SubjectId;
  /** What it is about, and the places that are read. No flow names them: a scope bounds them where the use does. */
  readonly about?: string;
  readonly fields?: readonly string[];
}

export type InstructionRefusal =
  | "INSTRUCTION_UNKNOWN"
  | "INSTRUCTION_NOT_YET"
  | "INSTRUCTION_ENDED"
  | "INSTRUCTION_REVOKED"
  /** Flagged as infringing, and the agreement holds such instructions until the controller confirms. */
  | "INSTRUCTION_HELD"
  | "INSTRUCTION_OUTSIDE_SCOPE";

export type InstructionStanding =
  | { readonly inForce: true; readonly kind: InstructionKind }
  | {
      readonly inForce: false;
      readonly clause: string;
      readonly reason: InstructionRefusal;
      readonly remedy: Bilingual;
    };

export interface Instructions {
  /**
   * Writes it into the ledger, with its evidence in the journal.
   * @throws INSTRUCTION_NEEDS_WRITING for staff without the writing, INSTRUCTION_BAD naming the field
   */
  record(unit: Unit, given: NewInstruction): Promise<InstructionId>;
  /** May this be done on it, at this moment? At most one indexed read. */
  standing(
    unit: Unit,
    controller: ControllerId,
    id: InstructionId,
    use: InstructionUse,
  ): Promise<InstructionStanding>;
  /** Notes what was done on it: an opaque id, `era_…`, `exp_…`. Twice is once. @throws INSTRUCTION_UNKNOWN */
  link(unit: Unit, controller: ControllerId, id: InstructionId, thing: string): Promise<void>;
  /** The instructions that something was done on, oldest first. */
  of(unit: Unit, controller: ControllerId, thing: string): Promise<readonly InstructionId[]>;
  /**
   * Ends it now, for the future only, and tells those who act on it (`instruction.revoked`). Twice is once.
   * @throws INSTRUCTION_UNKNOWN, INSTRUCTION_NEEDS_WRITING, INSTRUCTION_BAD
   */
  revoke(
    unit: Unit,
    revocation: {
      readonly controller: ControllerId;
      readonly id: InstructionId;
      readonly by: InstructionGiver;
      readonly writing?: Writing;
    },
  ): Promise<void>;
}
