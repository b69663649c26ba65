/**
 * What is kept of the attributes received, and under which clause the rest is dropped. Every attribute is data of one
 * category of annex B, and the gate answers for the category; an attribute that annex B has no category for is asked
 * about as `unlisted` and refused by the same row. @clause D4.1, DB.K.gar-teacher, DB.K.gar-pupil
 */
import type { CategoryAnswer, ControllerId, Flow, Gate, Origin } from "@preau/kernel";
import { type ReceivedAttributes, withoutEmptyValues } from "./attributes.ts";

/** Categories of the agreement, by attribute. CIV, P_MAT, P_MS4, E_MS4 and all others: annex B names none for them. */
const categories: ReadonlyMap<string, string> = new Map([
  ["IDO", "connectionAndUsage"],
  ["PRO", "profile"],
  ["NOM", "name"],
  ["PRE", "name"],
  ["P_MEL", "workEmail"],
  ["UAI", "classAndGroup"],
  ["DIV", "classAndGroup"],
  ["GRO", "classAndGroup"],
  ["DIV_APP", "classAndGroup"],
]);

/** The category of an attribute that annex B has none for. */
const unlisted = "unlisted";

/** The category that an attribute belongs to. */
export function categoryOf(attribute: string): string {
  return categories.get(attribute) ?? unlisted;
}

export interface DroppedAttribute {
  /** Its name; never its value. */
  readonly attribute: string;
  readonly category: string;
  readonly clause: string;
  readonly reason: string;
}

export interface KeptAttributes {
  readonly kept: ReceivedAttributes;
  /** Categories of what is kept, each once. */
  readonly categories: readonly string[];
  readonly dropped: readonly DroppedAttribute[];
  /** The gate's answer for the identifier: without it nobody can be signed in. */
  readonly signIn: CategoryAnswer;
}

/** What the flow of a sign-in is, whatever it carries. */
export interface SignInFlow {
  readonly controller: ControllerId;
  readonly origin: Origin;
  readonly product: string;
  readonly role: string;
}

/** The flow that the gate is asked about: the product stores what it needs to run. */
export function flowOf(signIn: SignInFlow, carried: readonly string[]): Flow {
  return {
    ...signIn,
    operation: "store",
    purpose: "runPlatform",
    recipient: "product",
    categories: carried,
  };
}

/** Why an attribute is dropped that annex B would allow: nobody declared that the resource needs it. */
const undeclared = { allowed: false, clause: "D4.1", reason: "UNDECLARED_ATTRIBUTE" } as const;
/** The category of the identifier, and of the sign-in itself. */
const SIGN_IN = "connectionAndUsage";

/**
 * Asks the gate about each attribute that has a value; of those that it allows, the declared ones are kept. Values of
 * dropped ones go no further than here.
 */
export function keepAttributes(
  gate: Gate,
  signIn: SignInFlow,
  received: ReceivedAttributes,
  declared: ReadonlySet<string>,
): KeptAttributes {
  const present = withoutEmptyValues(received);
  const asked = [...new Set([SIGN_IN, ...[...present.keys()].map(categoryOf)])];
  const { answers } = gate.decide(flowOf(signIn, asked));
  const answerFor = (category: string): CategoryAnswer => {
    const answer = answers[asked.indexOf(category)];
    if (answer === undefined) throw new TypeError("the gate answers for every category asked");
    return answer;
  };
  const kept = new Map<string, readonly string[]>();
  const dropped: DroppedAttribute[] = [];
  for (const [attribute, values] of present) {
    const category = categoryOf(attribute);
    const byGate = answerFor(category);
    const answer = byGate.allowed && !declared.has(attribute) ? undeclared : byGate;
    if (answer.allowed) kept.set(attribute, values);
    else
      dropped.push({
        attribute: printable(attribute),
        category,
        clause: answer.clause,
        reason: answer.reason,
      });
  }
  const carried = new Set([SIGN_IN, ...[...kept.keys()].map(categoryOf)]);
  return {
    kept,
    categories: asked.filter((category) => carried.has(category) && answerFor(category).allowed),
    dropped,
    signIn: answerFor(SIGN_IN),
  };
}

/** An attribute's name goes into the journal: only what looks like one. After an `@`, an XML attribute of CAS: no dot, so no address. */
function printable(name: string): string {
  return /^[A-Za-z0-9_.:/-]{1,128}(?:@[A-Za-z0-9_-]{1,64})?$/.test(name) ? name : "(unreadable name)";
}
