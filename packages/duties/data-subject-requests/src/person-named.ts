/** The person whom somebody types. What was typed is never repeated. */
import type { ControllerId, SubjectId } from "@preau/kernel";
import { type PersonPorts, personIfKnown, readNamedPerson } from "@preau/subjects";
import { fault } from "./errors.ts";

/**
 * `sub_…`, or `KIND:VALUE`; undefined for nothing.
 * @throws REQUEST_FIELD_BAD for what is neither, and for somebody whom this controller does not know
 */
export async function personNamed(
  ports: PersonPorts,
  controller: ControllerId,
  words: string | null,
): Promise<SubjectId | undefined> {
  const typed = words?.trim() ?? "";
  if (typed === "") return undefined;
  const who = readNamedPerson(typed);
  const found = who && (await personIfKnown(ports, controller, who));
  if (found === undefined) throw fault("REQUEST_FIELD_BAD", { place: "person" });
  return found;
}
