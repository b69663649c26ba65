/** Whose data is restricted (GDPR art. 18) gets no package made: what was made before is kept and handed to nobody. */
import type { ControllerId, SubjectId } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { ExportWhat } from "./export-order.ts";
import { requireSubject } from "./export-order-place.ts";
import type { ExportPorts } from "./export-ports.ts";

/** The directory of persons: every person has an entry, and a restriction reaches it. */
const DIRECTORY = "subjects";

/** Outside of any unit: a store is asked. @throws EXPORT_RESTRICTED, EXPORT_NO_SUBJECT @clause D10.1a */
export async function requireUnrestricted(
  ports: Pick<ExportPorts, "sources" | "subjects" | "unitOfWork">,
  controller: ControllerId,
  what: ExportWhat,
): Promise<void> {
  const subject: SubjectId | undefined = "subject" in what ? what.subject : undefined;
  const directory = ports.sources.get(DIRECTORY)?.source;
  if (subject === undefined || directory === undefined) return;
  const target = await ports.unitOfWork.transaction((unit) =>
    requireSubject(unit, ports, controller, subject),
  );
  const { blocked } = await directory.plan({
    ...{ controller, subjects: [target], ground: "instruction", leaveUnknown: true },
  });
  if (blocked.some(({ reason }) => reason === "restricted"))
    throw fault("EXPORT_RESTRICTED", { clause: "D10.1a" });
}
