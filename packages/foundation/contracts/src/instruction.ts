/**
 * Every edit is an instruction: written, kept as evidence, with what held before and after it, who gave it and under
 * which clause. No person is named in it: of an officer it tells the role and which fields were filled. @clause D6.1c
 */
import type { Agreement, AgreementsInForce } from "@preau/agreement";
import type {
  ActorId,
  ActorRole,
  Clock,
  ControllerId,
  EntryId,
  Ids,
  Journal,
  JournalEvent,
  JsonObject,
  SubjectId,
  Unit,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import type { ContractId } from "./contract.ts";

export const INSTRUCTION = "contracts.instructionRecorded";

export const deeds = [
  "controllerRegistered",
  "controllerChanged",
  "officerAppointed",
  "officerChanged",
  "officerRemoved",
  "contractOpened",
  "contractChanged",
  "contractRenewed",
  "contractEnded",
  "ownPeriodSet",
  "legalBasesSettled",
  "attested",
  "attestationWithdrawn",
] as const;
export type Deed = (typeof deeds)[number];

export interface Actor {
  readonly role: ActorRole;
  readonly id?: ActorId | SubjectId;
}

/** Who edits what, and which version of it that person saw: `current` where nobody was shown one (a command, a file). */
export interface Edit {
  readonly controller: ControllerId;
  readonly actor: Actor;
  readonly version: number | "current";
  /** The instruction that this one takes back. */
  readonly reverts?: EntryId;
}

export interface RegistryPorts {
  readonly agreements: AgreementsInForce;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly journal: Journal;
  readonly vault: KeyStore;
}

export interface Instruction {
  readonly deed: Deed;
  readonly clause: string;
  readonly contract?: ContractId;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

export function instructionEvent(edit: Edit, given: Instruction): JournalEvent {
  const { deed, clause, contract, before, after } = given;
  return {
    log: "evidence",
    type: INSTRUCTION,
    clause,
    controller: edit.controller,
    actor: { role: edit.actor.role, ...(edit.actor.id === undefined ? {} : { id: edit.actor.id }) },
    payload: {
      deed,
      ...(contract === undefined ? {} : { contract }),
      before,
      after,
      ...(edit.reverts === undefined ? {} : { reverts: edit.reverts }),
    },
  };
}

/** Records it in the unit of the edit: both happen, or neither. */
export function recordInstruction(
  unit: Unit,
  ports: Pick<RegistryPorts, "journal">,
  edit: Edit,
  given: Instruction,
): Promise<EntryId> {
  return ports.journal.record(unit, instructionEvent(edit, given));
}

/** Of two states, the fields that differ: an absent one is `null`, so that it can be put back. */
export function changesOf(
  before: JsonObject,
  after: JsonObject,
): { readonly before: JsonObject; readonly after: JsonObject } | undefined {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  if (names.length === 0) return undefined;
  const pick = (from: JsonObject) => Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return { before: pick(before), after: pick(after) };
}

export function agreementOf(ports: Pick<RegistryPorts, "agreements">, { controller }: Edit): Agreement {
  return ports.agreements.of(controller);
}
