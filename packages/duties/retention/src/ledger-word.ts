/**
 * What the controller's own people say with a button is an instruction of the ledger. What staff write down under a reference
 * alone stands in the journal, with that reference: the ledger takes no writing whose receipt nobody recorded. @clause D6.1c
 */
import type {
  ActorId,
  ActorRole,
  ControllerId,
  InstructionId,
  InstructionKind,
  SubjectId,
  Unit,
} from "@preau/kernel";
import type { RetentionPorts } from "./retention-ports.ts";

const OWN: ReadonlySet<ActorRole> = new Set<ActorRole>(["controllerAdministrator", "controllerDpo"]);

export interface Word {
  readonly controller: ControllerId;
  readonly kind: InstructionKind;
  readonly clause: string;
  /** What it is about, `end_…`, `prg_…`. */
  readonly about: readonly string[];
  readonly by: { readonly role: ActorRole; readonly id?: ActorId | SubjectId | undefined };
}

/** Its id. @clause D6.1c */
export async function wordOf(
  unit: Unit,
  { ids, instructions }: Pick<RetentionPorts, "ids" | "instructions">,
  { controller, kind, clause, about, by: { role, id } }: Word,
): Promise<InstructionId> {
  if (instructions === undefined || !OWN.has(role)) return ids.next("ins");
  const instruction = await instructions.record(unit, {
    ...{ controller, kind, clause, scope: { about } },
    by: { role, ...(id === undefined ? {} : { id }) },
  });
  for (const thing of about) await instructions.link(unit, controller, instruction, thing);
  return instruction;
}
