/** On which side of the wall somebody stands: the gate's word, and the directory's, before anybody's claim. @clause DC, DB.K.pupil */
import { type Flow, type Gate, isFault, type SubjectDirectory, type Unit } from "@preau/kernel";
import type { Judged, SupportPerson } from "./wall.ts";

export interface JudgePorts {
  readonly gate: Gate;
  readonly subjects: SubjectDirectory;
}

export interface JudgeTerms {
  readonly recipient: string;
  readonly purpose: string;
  readonly category: string;
}

/** Identifiers that the national access manager gave. */
const GAR_KIND = /^gar\./;

export async function judgePerson(
  unit: Unit,
  { gate, subjects }: JudgePorts,
  terms: JudgeTerms,
  person: SupportPerson | undefined,
): Promise<Judged> {
  if (person === undefined) return { side: "unknown", reason: "NOBODY_KNOWN", clause: "DC" };
  const { controller, subject } = person;
  // Whatever a token of another time or an LMS says: whoever came through the GAR once is of the GAR.
  const identifiers = await subjects.identifiers(unit, controller, subject);
  const isOfGar = person.origin === "gar" || identifiers.some(({ kind }) => GAR_KIND.test(kind));
  // An erased one, or another controller's.
  if (identifiers.length === 0) return { side: "hub", reason: "NOBODY_KNOWN", clause: "DC" };
  const flow = deskFlow({ ...person, origin: isOfGar ? "gar" : "outsideGar" }, terms);
  try {
    await gate.permit(flow, unit);
    return { side: "desk", reason: "ALLOWED", clause: "DC" };
  } catch (error) {
    if (!isFault(error, "GATE_REFUSED")) throw error;
    const { log, clause } = error.detail;
    return {
      side: "hub",
      reason: String(log?.["reason"] ?? "GATE_REFUSED").slice(0, 32),
      clause: clause ?? "DC",
      ...(isTables(gate, flow) ? {} : { isPassing: true as const }),
    };
  }
}

/** Whether the agreement's own table refuses; not that none is in force now, nor a check that moves. */
function isTables(gate: Gate, flow: Flow): boolean {
  return gate.decide(flow).answers.some(({ allowed, reason }) => !allowed && reason !== "NO_AGREEMENT");
}

/** What is written, to the desk, for support. */
export function deskFlow(
  { controller, product, origin, role, subject }: SupportPerson,
  { recipient, purpose, category }: JudgeTerms,
): Flow {
  return {
    controller,
    product,
    operation: "send",
    origin,
    role,
    categories: [category],
    purpose,
    recipient,
    subject,
  };
}
