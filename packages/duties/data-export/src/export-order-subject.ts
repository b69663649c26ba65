/** The person of whom somebody orders a copy. What was typed is never repeated. @clause D10.1a */
import type { ControllerId, SubjectId } from "@preau/kernel";
import { type PersonPorts, personIfKnown, readNamedPerson } from "@preau/subjects";
import { fault } from "./errors.ts";

/**
 * `sub_…`, or `KIND:VALUE`.
 * @throws EXPORT_NO_SUBJECT, EXPORT_BAD_ORDER for what is neither
 */
export async function subjectNamed(
  ports: PersonPorts,
  controller: ControllerId,
  words: string,
): Promise<SubjectId> {
  const who = readNamedPerson(words.trim());
  if (who === undefined) throw fault("EXPORT_BAD_ORDER", { place: "person" });
  const found = await personIfKnown(ports, controller, who);
  if (found === undefined) throw fault("EXPORT_NO_SUBJECT", { clause: "D10.1a" });
  return found;
}
