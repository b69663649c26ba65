/** A written instruction as the ledger keeps it: what the controller wrote, and nobody's name. @clause D6.1c */
import type { AgreementsInForce } from "@preau/agreement";
import type {
  ActorRole,
  ControllerId,
  Instant,
  InstructionId,
  InstructionKind,
  InstructionScope,
  InstructionTerms,
  SubjectId,
  Writing,
} from "@preau/kernel";

/** In whose name nobody acts: an instruction about a person who is gone reaches nobody, never everybody. */
export const NOBODY: SubjectId = "sub_nobody";

export interface Revocation {
  readonly at: Instant;
  readonly by: ActorRole;
  readonly writing?: Writing;
}

export interface Instruction {
  readonly id: InstructionId;
  readonly controller: ControllerId;
  readonly kind: InstructionKind;
  readonly clause: string;
  /** Its subject is `NOBODY` when the person is gone. */
  readonly scope: InstructionScope;
  readonly givenBy: ActorRole;
  readonly recordedAt: Instant;
  /** Absent when the controller's own people pressed the button. */
  readonly writing?: Writing;
  readonly startsAt: Instant;
  readonly endsAt?: Instant;
  readonly revoked?: Revocation;
  /** Since when a flag stands on it that nobody has settled. */
  readonly flaggedAt?: Instant;
}

/** How it stands at a moment, whatever somebody would do on it. */
export type InstructionState = "notYet" | "inForce" | "held" | "ended" | "revoked";

/** What decides about its use; `holds` is the agreement's word on those that are flagged. @clause D6.2a */
export function termsOf(instruction: Instruction, holds: boolean): InstructionTerms {
  const { kind, clause, scope, startsAt, endsAt, revoked, flaggedAt } = instruction;
  return {
    ...{ kind, clause, scope, startsAt },
    ...(endsAt === undefined ? {} : { endsAt }),
    ...(revoked === undefined ? {} : { revokedAt: revoked.at }),
    ...(holds && flaggedAt !== undefined ? { held: true } : {}),
  };
}

/** In the order in which `standingOf` refuses. */
export function stateOf(instruction: Instruction, now: Instant, holds: boolean): InstructionState {
  if (instruction.revoked !== undefined) return "revoked";
  if (now < instruction.startsAt) return "notYet";
  if (instruction.endsAt !== undefined && now > instruction.endsAt) return "ended";
  return holds && instruction.flaggedAt !== undefined ? "held" : "inForce";
}

/** Does the agreement hold what is flagged, until the controller confirms it? @clause D6.2a */
export function holdsFlagged(agreements: AgreementsInForce, controller: ControllerId): boolean {
  return agreements.of(controller).doubtfulInstruction?.then === "hold";
}
