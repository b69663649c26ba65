/** The person whom somebody means: by the opaque id, or by an identifier of a system. @clause D10.1a */
import type { ControllerId, Identifier, Ports, SubjectId, SubjectTarget } from "@preau/kernel";

export type PersonPorts = Pick<Ports, "sources" | "subjects" | "unitOfWork">;
export type NamedPerson = { readonly subject: SubjectId } | Identifier;

const NOBODY_YET: SubjectId = "sub_unknown";

/** `sub_…`, or `KIND:VALUE`; undefined for what is neither. */
export function readNamedPerson(words: string): NamedPerson | undefined {
  if (/^sub_[0-9a-z]{26}$/.test(words)) return { subject: words as SubjectId };
  const [, kind, value] = /^([a-z][\w.-]{0,59}):(\P{Cc}{1,200})$/u.exec(words) ?? [];
  return kind === undefined || value === undefined ? undefined : { kind, value };
}

/**
 * Undefined for somebody whom neither the directory nor a store of this controller knows. A person whom a store holds and the
 * directory has not met is identified now; outside of any unit, since stores are asked.
 */
export async function personIfKnown(
  ports: PersonPorts,
  controller: ControllerId,
  who: NamedPerson,
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

/** The first row is enough. */
async function holds(
  { sources }: Pick<PersonPorts, "sources">,
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
