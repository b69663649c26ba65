/** The person whom somebody means who orders a copy: by the opaque id, or by an identifier of a system. @clause D10.1a */
import type { ControllerId, Identifier, SubjectId, SubjectTarget } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { ExportPorts } from "./export-ports.ts";

const NOBODY_YET: SubjectId = "sub_unknown";

/**
 * `sub_…`, or `KIND:VALUE`. A person whom a store holds and the directory has not met is identified now.
 * @throws EXPORT_NO_SUBJECT, EXPORT_BAD_ORDER for what is neither
 */
export async function subjectNamed(
  ports: Pick<ExportPorts, "sources" | "subjects" | "unitOfWork">,
  controller: ControllerId,
  words: string,
): Promise<SubjectId> {
  const who = readPerson(words.trim());
  const known = await ports.unitOfWork.transaction(async (unit) => {
    if (!("subject" in who)) return ports.subjects.find(unit, controller, who);
    const held = await ports.subjects.identifiers(unit, controller, who.subject);
    return held.length > 0 ? who.subject : undefined;
  });
  if (known !== undefined) return known;
  const isHeld =
    !("subject" in who) && (await holds(ports, controller, { subject: NOBODY_YET, identifiers: [who] }));
  if ("subject" in who || !isHeld) throw fault("EXPORT_NO_SUBJECT", { clause: "D10.1a" });
  return ports.unitOfWork.transaction((unit) => ports.subjects.identify(unit, controller, who));
}

/** @throws EXPORT_BAD_ORDER; what was typed is never repeated */
function readPerson(words: string): { readonly subject: SubjectId } | Identifier {
  if (/^sub_[0-9a-z]{26}$/.test(words)) return { subject: words as SubjectId };
  const [, kind, value] = /^([a-z][\w.-]{0,59}):(\P{Cc}{1,200})$/u.exec(words) ?? [];
  if (kind === undefined || value === undefined) throw fault("EXPORT_BAD_ORDER", { place: "person" });
  return { kind, value };
}

/** The first row is enough. */
async function holds(
  { sources }: Pick<ExportPorts, "sources">,
  controller: ControllerId,
  subject: SubjectTarget,
): Promise<boolean> {
  for (const { source } of sources.values()) {
    const only = source.describe().controller;
    if (only !== undefined && only !== controller) continue;
    for await (const _ of source.collect({ controller, subject, others: "withhold" })) return true;
  }
  return false;
}
