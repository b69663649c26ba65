/** The instruction of the ledger that an export is ordered on. @clause D6.1c */
import type { Bilingual, ControllerId, InstructionId, SubjectId, Unit } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { ExportId } from "./export-order.ts";
import { clauseOf } from "./export-order-events.ts";
import { type NewExport, OWN } from "./export-order-place.ts";
import type { ExportPorts } from "./export-ports.ts";

const LEDGER: Bilingual = {
  en: "Write the client's instruction down in the ledger first, and name it: ins_….",
  fr: "Inscrivez d’abord l’instruction du client au registre, puis citez-la\u202f: ins_….",
};

/**
 * The instruction in the ledger: the one that is named, which must order this, or the press of the controller's own people, which
 * is one. Undefined where staff name a writing that does not stand in the ledger, which
 * is enough for what is about no one person.
 * @throws EXPORT_NEEDS_INSTRUCTION with the clause of the instruction, and what to do
 * @clause D6.1c
 */
export async function instructionOf(
  unit: Unit,
  { instructions }: Pick<ExportPorts, "instructions">,
  { controller, what, by, instruction: named }: NewExport,
  order: ExportId,
): Promise<InstructionId | undefined> {
  const { role, id } = by;
  const subject = "subject" in what ? what.subject : undefined;
  if (named === undefined && !OWN.has(role)) {
    // Of one person, the publisher's people make nothing on a piece of paper that the ledger does not know (D10.1c).
    if (subject !== undefined)
      throw fault("EXPORT_NEEDS_INSTRUCTION", { clause: "D6.1c", place: "instruction", remedy: LEDGER });
    return undefined;
  }
  const about = subject === undefined ? {} : { subject };
  const instruction =
    named ??
    (await instructions.record(unit, {
      ...{ controller, kind: "export", clause: clauseOf(what.kind), key: order },
      by: { role, ...(id === undefined ? {} : { id }) },
      scope: { operations: ["export"], ...about },
    }));
  if (named !== undefined) await requireOrdering(unit, instructions, { controller, named, about });
  await instructions.link(unit, controller, instruction, order);
  return instruction;
}

/** A package goes to the controller, who answers; an instruction may say that it is for the person. */
async function requireOrdering(
  unit: Unit,
  instructions: ExportPorts["instructions"],
  {
    controller,
    named,
    about,
  }: {
    readonly controller: ControllerId;
    readonly named: InstructionId;
    readonly about: { readonly subject?: SubjectId };
  },
): Promise<void> {
  const standingFor = (recipient: string) =>
    instructions.standing(unit, controller, named, { operation: "export", recipient, ...about });
  let standing = await standingFor("controller");
  if (!standing.inForce) standing = await standingFor("dataSubject");
  if (standing.inForce && standing.kind === "export") return;
  throw fault("EXPORT_NEEDS_INSTRUCTION", {
    ...(standing.inForce ? { clause: "D6.1c" } : { clause: standing.clause, remedy: standing.remedy }),
    place: "instruction",
  });
}

/** @throws EXPORT_BAD_ORDER for what is no id of ours */
export function requireOpaque({ about, instruction }: Pick<NewExport, "about" | "instruction">): void {
  if (about !== undefined && !/^rqs_[0-9a-z]{26}$/.test(about))
    throw fault("EXPORT_BAD_ORDER", { place: "about" });
  if (instruction !== undefined && !/^ins_[0-9a-z]{26}$/.test(instruction))
    throw fault("EXPORT_BAD_ORDER", { place: "instruction" });
}
