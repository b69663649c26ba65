/**
 * Who writes at the desk, as far as it can be said: our own token, which proves it; else what the desk has been told, which proves
 * nothing and is no reason to do anything that can be seen there; else what the words say of their writer. @clause DC
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
  /** Our token, of somebody of whom the directory knows nothing any more: nothing of theirs is kept again. */
  readonly isErased?: true;
  /** Their words are kept, and nothing else is done with them (GDPR art. 18). */
  readonly isRestricted?: true;
  /** Words that no token covers: whoever sits there now may be anybody. */
  readonly isUncovered?: true;
}

/** What somebody who proved nothing says of themselves is of a person whom the desk must not have. */
const SAYS_WALLED: Judged = { side: "hub", reason: "SAYS_WALLED", clause: "DC" };

/** Whatever either is: the conversation at the desk holds the words of both, and leaves it. */
export const SEVERAL: Judged = { side: "hub", reason: "SEVERAL_PERSONS", clause: "DC" };

/** Somebody knew who writes, and the newest words came without a token that is good. */
const UNCOVERED: Judged = { side: "unknown", reason: "UNCOVERED", clause: "DC" };

/** `at`: when it reached us; a token that was good then still says who wrote. */
export async function identify(
  unit: Unit,
  { support: { tokens, wall } }: Pick<SupportPorts, "support">,
  visitor: DeskVisitor,
  at: Instant,
): Promise<Identity> {
  const person = visitor.token === undefined ? undefined : await tokens.read(visitor.token, at);
  const judged = await wall.judge(unit, person);
  if (person !== undefined && judged.side === "hub" && judged.reason === "NOBODY_KNOWN")
    return { judged, isErased: true };
  const known = person === undefined ? {} : { person };
  if (judged.isPassing)
    return {
      ...{ judged: standing(judged), ...known },
      ...(judged.reason === "RESTRICTED" ? { isRestricted: true } : {}),
    };
  // Never by a name alone: many bear it, and anybody can type it.
  const said = [visitor.email, visitor.telephone].filter((each) => each !== undefined);
  const isSaid = judged.side !== "hub" && said.length > 0 && (await wall.isWalled(unit, "all", said));
  return { judged: isSaid ? SAYS_WALLED : judged, ...known };
}

/** Where a case stands by it: a refusal that may be over tomorrow sends nobody away for good, and lets nobody answer. */
export function standing({ isPassing, ...judged }: Judged): Judged {
  return isPassing ? { ...judged, side: "unknown" } : judged;
}

/**
 * Whether what the desk has goes now. What a visitor merely says of themselves must not be answered by something that they see: it
 * would tell anybody who is a pupil somewhere.
 */
export function leavesAtOnce({ side, reason }: Pick<SupportCase, "side" | "reason">): boolean {
  return side === "hub" && reason !== SAYS_WALLED.reason;
}

/** The words before whatever is known: a teacher who writes as a parent writes as a parent. */
export function judgedByWords(judged: Judged, text: string | undefined): Judged {
  const seems = text === undefined ? undefined : seemsChildOrParent(text);
  return seems === undefined || leavesAtOnce(judged) ? judged : { side: "hub", reason: seems, clause: "DC" };
}

export function sideOf({ side, reason = "", clause = "DC" }: SupportCase): Judged {
  return { side, reason, clause };
}

/** What the case is then: it never comes nearer to the desk, but out of the unknown. */
export function sideAfter(line: SupportCase, identity: Identity): Identity {
  const before = sideOf(line);
  const { judged, isUncovered } = identity;
  if (isUncovered && before.side === "desk" && judged.side === "unknown")
    return { ...identity, judged: UNCOVERED };
  return { ...identity, judged: distance(judged) > distance(before) ? judged : before };
}

function distance(judged: Judged): number {
  if (judged.side !== "hub") return judged.side === "desk" ? 1 : 0;
  return leavesAtOnce(judged) ? 3 : 2;
}

/** Two persons at one browser: neither reads what the other wrote. */
export function isAnother({ controller, subject }: SupportCase, person: SupportPerson | undefined): boolean {
  if (person === undefined || subject === undefined) return false;
  return person.subject !== subject || person.controller !== controller;
}
