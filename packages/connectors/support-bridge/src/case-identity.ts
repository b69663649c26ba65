/**
 * Who writes at the desk, as far as it can be said: our own token, which proves it; else what the desk has been told, which says at
 * most that it is somebody whom the desk must not have; else what the words say of their writer. @clause DC
 */
import type { Instant, Unit } from "@preau/kernel";
import type { DeskVisitor } from "./desk-event.ts";
import { seemsChildOrParent } from "./seems-child-or-parent.ts";
import type { SupportCase } from "./support-case.ts";
import type { SupportPorts } from "./support-ports.ts";
import type { Judged, SupportPerson } from "./wall.ts";

export interface Identity {
  readonly person?: SupportPerson;
  readonly judged: Judged;
}

/** How far each side is from the desk: nothing comes nearer again but out of the unknown. */
const DISTANCE: Readonly<Record<Judged["side"], number>> = { unknown: 0, desk: 1, hub: 2 };

/** Whatever either is: the conversation at the desk holds the words of both, and leaves it. */
export const SEVERAL: Judged = { side: "hub", reason: "SEVERAL_PERSONS", clause: "DC" };

/** `at`: when it reached us; a token that was good then still says who wrote. */
export async function identify(
  unit: Unit,
  { support: { tokens, wall } }: Pick<SupportPorts, "support">,
  visitor: DeskVisitor,
  at: Instant,
): Promise<Identity> {
  const person = visitor.token === undefined ? undefined : await tokens.read(visitor.token, at);
  const { email, telephone, name } = visitor;
  const said = [email, telephone, name].filter((each): each is string => each !== undefined);
  const walled = said.length > 0 && (await wall.isWalled(unit, "all", said));
  const judged: Judged = walled
    ? { side: "hub", reason: "KNOWN_WALLED", clause: "DC" }
    : await wall.judge(unit, person);
  return { judged, ...(person === undefined ? {} : { person }) };
}

/** The words before whatever is known: a teacher who writes as a parent writes as a parent. */
export function judgedByWords(judged: Judged, text: string | undefined): Judged {
  const seems = text === undefined ? undefined : seemsChildOrParent(text);
  return seems === undefined || judged.side === "hub" ? judged : { side: "hub", reason: seems, clause: "DC" };
}

export function sideOf({ side, reason = "", clause = "DC" }: SupportCase): Judged {
  return { side, reason, clause };
}

/** What the case is then: it never comes nearer to the desk. */
export function sideAfter(line: SupportCase, { person, judged }: Identity): Identity {
  const before = sideOf(line);
  const after = DISTANCE[judged.side] > DISTANCE[before.side] ? judged : before;
  return { judged: after, ...(person === undefined ? {} : { person }) };
}

/** Two persons at one browser: neither reads what the other wrote. */
export function isAnother({ controller, subject }: SupportCase, person: SupportPerson | undefined): boolean {
  if (person === undefined || subject === undefined) return false;
  return person.subject !== subject || person.controller !== controller;
}
