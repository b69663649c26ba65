/** The person whom somebody means: by the opaque id, or by an identifier of a system. What was typed is never repeated. */
import type { ControllerId, Identifier, SubjectId, SubjectTarget } from "@preau/kernel";
import type { DeskPorts } from "./desk-ports.ts";
import { fault } from "./errors.ts";

export type PersonPorts = Pick<DeskPorts, "sources" | "subjects" | "unitOfWork">;

const NOBODY_YET: SubjectId = "sub_unknown";

/**
 * `sub_…`, or `KIND:VALUE`; undefined for nothing. A person whom a store holds and the directory has not met is identified now.
 * @throws REQUEST_FIELD_BAD for what is neither, and for somebody whom this controller does not know
 */
export async function personNamed(
  ports: PersonPorts,
  controller: ControllerId,
  words: string | null,
): Promise<SubjectId | undefined> {
  const typed = words?.trim() ?? "";
  if (typed === "") return undefined;
  const found = await personIfKnown(ports, controller, readPerson(typed));
  if (found === undefined) throw fault("REQUEST_FIELD_BAD", { place: "person" });
  return found;
}

/** Undefined for somebody whom neither the directory nor a store of this controller knows. */
export async function personIfKnown(
  ports: PersonPorts,
  controller: ControllerId,
  who: { readonly subject: SubjectId } | Identifier,
): Promise<SubjectId | undefined> {
  const known = await ports.unitOfWork.transaction(async (unit) => {
    if (!("subject" in who)) return ports.subjects.find(unit, controller, who);
    const held = await ports.subjects.identifiers(unit, controller, who.subject);
    return held.length > 0 ? who.subject : undefined;
  });
  if (known !== undefined || "subject" in who) return known;
  if (!(await holds(ports, controller, { subject: NOBODY_YET, identifiers: [who] }))) return undefined;
  return ports.unitOfWork.transaction((unit) => ports.subjects.identify(unit, controller, who));
}

function readPerson(words: string): { readonly subject: SubjectId } | Identifier {
  if (/^sub_[0-9a-z]{26}$/.test(words)) return { subject: words as SubjectId };
  const [, kind, value] = /^([a-z][\w.-]{0,59}):(\P{Cc}{1,200})$/u.exec(words) ?? [];
  if (kind === undefined || value === undefined) throw fault("REQUEST_FIELD_BAD", { place: "person" });
  return { kind, value };
}

/** The first row is enough. */
async function holds(
  { sources }: PersonPorts,
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
