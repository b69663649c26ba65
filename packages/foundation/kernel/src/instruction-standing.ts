/** Whether an instruction allows what somebody is about to do on it, at a moment. Pure. @clause D6.1c, D10.1c */
import type { Instant } from "./clock.ts";
import type { Operation } from "./gate.ts";
import type {
  InstructedAct,
  InstructionKind,
  InstructionRefusal,
  InstructionScope,
  InstructionStanding,
  InstructionUse,
  NewInstruction,
} from "./instructions.ts";
import type { Bilingual } from "./language.ts";

/** What the ledger keeps of an instruction that decides about its use. */
export interface InstructionTerms extends Pick<NewInstruction, "kind" | "clause" | "scope"> {
  readonly startsAt: Instant;
  readonly endsAt?: Instant;
  readonly revokedAt?: Instant;
  /** Flagged as infringing, where the agreement holds such instructions, and not confirmed since. */
  readonly held?: boolean;
}

/** What a kind can ever allow, and towards whom. A kind that is absent allows nothing. */
const KINDS: Readonly<
  Partial<
    Record<
      InstructionKind,
      { readonly operations: readonly (Operation | InstructedAct)[]; readonly recipients?: readonly string[] }
    >
  >
> = {
  answerDataSubject: { operations: ["answer", "send", "show", "export"], recipients: ["dataSubject"] },
  erase: { operations: ["erase"] },
  export: { operations: ["export", "return", "show"] },
  handOver: { operations: ["send", "export"] },
  observePractices: { operations: ["show"] },
  staffAccess: { operations: ["store", "show", "export", "erase"] },
  rectify: { operations: ["store", "show", "rectify"] },
  restrict: { operations: ["restrict"] },
  liftRestriction: { operations: ["liftRestriction"] },
  objectToProcessing: { operations: ["objectToProcessing"] },
  transfer: { operations: ["store", "show", "send", "export"] },
  reuseSample: { operations: ["store", "show"] },
};

const remedies: Readonly<Record<InstructionRefusal, Bilingual>> = {
  INSTRUCTION_UNKNOWN: {
    en: "Name an instruction of this controller that stands in the ledger.",
    fr: "Citez une instruction de ce responsable de traitement inscrite au registre.",
  },
  INSTRUCTION_NOT_YET: {
    en: "Wait until the instruction takes effect.",
    fr: "Attendez que l’instruction prenne effet.",
  },
  INSTRUCTION_ENDED: {
    en: "The instruction is over: ask the controller for a new one.",
    fr: "L’instruction est échue\u202f: demandez-en une nouvelle au responsable de traitement.",
  },
  INSTRUCTION_REVOKED: {
    en: "The controller took this instruction back: ask for a new one.",
    fr: "Le responsable de traitement a retiré cette instruction\u202f: demandez-en une nouvelle.",
  },
  INSTRUCTION_HELD: {
    en: "This instruction was flagged as infringing: the controller confirms or withdraws it first.",
    fr: "Cette instruction a été signalée comme contraire au droit\u202f: le responsable de traitement la confirme ou la retire d’abord.",
  },
  INSTRUCTION_OUTSIDE_SCOPE: {
    en: "The instruction does not reach this far: ask the controller for one that names it.",
    fr: "L’instruction ne va pas jusque-là\u202f: demandez-en une qui le dise au responsable de traitement.",
  },
};

/** A refusal with its clause and remedy. */
export function refuseInstruction(reason: InstructionRefusal, clause = "D6.1c"): InstructionStanding {
  return { inForce: false, clause, reason, remedy: remedies[reason] };
}

/**
 * The first reason against it, or none. An instruction about one person never covers a use that names nobody.
 * @clause D6.1c, D10.1c
 */
export function standingOf(
  terms: InstructionTerms | undefined,
  use: InstructionUse,
  now: Instant,
): InstructionStanding {
  if (terms === undefined) return refuseInstruction("INSTRUCTION_UNKNOWN");
  const { clause } = terms;
  if (terms.revokedAt !== undefined) return refuseInstruction("INSTRUCTION_REVOKED", clause);
  if (now < terms.startsAt) return refuseInstruction("INSTRUCTION_NOT_YET", clause);
  if (terms.endsAt !== undefined && now > terms.endsAt) return refuseInstruction("INSTRUCTION_ENDED", clause);
  if (terms.held === true) return refuseInstruction("INSTRUCTION_HELD", "D6.2a");
  return covers(terms, use)
    ? { inForce: true, kind: terms.kind }
    : refuseInstruction("INSTRUCTION_OUTSIDE_SCOPE", clause);
}

function covers({ kind, scope }: Pick<InstructionTerms, "kind" | "scope">, use: InstructionUse): boolean {
  const bound = KINDS[kind];
  if (bound === undefined || !bound.operations.includes(use.operation)) return false;
  if (bound.recipients !== undefined && !isIn(bound.recipients, use.recipient)) return false;
  return reaches(scope, use);
}

function reaches(scope: InstructionScope, use: InstructionUse): boolean {
  const { operations }: { readonly operations?: readonly string[] } = scope;
  if (operations !== undefined && !operations.includes(use.operation)) return false;
  if (scope.subject !== undefined && scope.subject !== use.subject) return false;
  if (scope.product !== undefined && scope.product !== use.product) return false;
  if (scope.recipients !== undefined && !isIn(scope.recipients, use.recipient)) return false;
  if (scope.purposes !== undefined && !isIn(scope.purposes, use.purpose)) return false;
  if (scope.categories !== undefined && !areIn(scope.categories, use.categories)) return false;
  if (scope.fields !== undefined && use.fields !== undefined && !areIn(scope.fields, use.fields))
    return false;
  return scope.about === undefined || use.about === undefined || scope.about.includes(use.about);
}

/** Naming nothing is not covered by naming something. */
function areIn(list: readonly string[], words: readonly string[] | undefined): boolean {
  return words !== undefined && words.length > 0 && words.every((word) => list.includes(word));
}

function isIn(list: readonly string[], word: string | undefined): boolean {
  return word !== undefined && list.includes(word);
}
