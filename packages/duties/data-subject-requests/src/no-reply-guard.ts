/**
 * The processor answers nobody by itself: on every outgoing channel that asks the gate. An answer names its person and an
 * instruction to answer that names that person, or an open request of theirs; while a request of a person is open nothing is sent, shown or exported to that
 * person without one, whatever the channel calls it. Whoever sees the own data in the product is not concerned: that goes to
 * the product. @clause D10.1c
 */
import type {
  CheckAnswer,
  Flow,
  GateCheck,
  InstructionId,
  InstructionStanding,
  Instructions,
  Operation,
  Unit,
} from "@preau/kernel";
import { openRequestsOf } from "./store/requests.ts";

/** What no instruction is about. */
const NOTHING = "nothing";
const TO_THE_PERSON: ReadonlySet<Operation> = new Set(["send", "show", "export"]);

/** Indexed reads of the person's open requests, and of the instruction. @clause D10.1c */
export function noReplyGuard({ instructions }: { readonly instructions: Instructions }): GateCheck {
  return {
    id: "data-subject-requests.noReply",
    clause: "D10.1c",
    concerns: ({ operation, recipient }) =>
      operation === "answer" || (recipient === "dataSubject" && TO_THE_PERSON.has(operation)),
    check: async (flow, unit) => {
      const { controller, operation, subject, instruction } = flow;
      // Who is not named may have asked: nobody could tell.
      if (subject === undefined) return refuse("ANSWERS_NOBODY");
      if (operation !== "answer" && (await openRequestsOf(unit, controller, subject)).length === 0)
        return { allowed: true };
      if (instruction === undefined) return refuse("NO_INSTRUCTION_TO_ANSWER");
      const standing = await standingAbout(unit, instructions, flow, instruction);
      if (!standing.inForce) {
        const { clause, reason, remedy } = standing;
        return { allowed: false, clause, reason, remedy };
      }
      if (
        standing.kind !== "answerDataSubject" ||
        (await answersAnybody(unit, instructions, flow, instruction))
      )
        return refuse("NO_INSTRUCTION_TO_ANSWER");
      return { allowed: true };
    },
  };
}

/** Whether it would let answer anybody: it names neither a person nor a request. */
async function answersAnybody(
  unit: Unit,
  instructions: Instructions,
  flow: Flow,
  instruction: InstructionId,
): Promise<boolean> {
  const { subject: _who, ...nobody } = useOf(flow);
  const use = { ...nobody, about: NOTHING };
  return (await instructions.standing(unit, flow.controller, instruction, use)).inForce;
}

/** One that names requests reaches the person through an open one of theirs: one about somebody else's is none. */
async function standingAbout(
  unit: Unit,
  instructions: Instructions,
  flow: Flow,
  instruction: InstructionId,
): Promise<InstructionStanding> {
  const { controller, subject } = flow;
  const own = subject === undefined ? [] : await openRequestsOf(unit, controller, subject);
  const use = useOf(flow);
  // Who asks nothing is reached by no request.
  const [first = NOTHING, ...others] = own.map(({ id }): string => id);
  let standing = await instructions.standing(unit, controller, instruction, { ...use, about: first });
  for (const about of others) {
    if (standing.inForce || standing.reason !== "INSTRUCTION_OUTSIDE_SCOPE") return standing;
    standing = await instructions.standing(unit, controller, instruction, { ...use, about });
  }
  return standing;
}

function useOf({ product, operation, recipient, purpose, categories, subject }: Flow) {
  return {
    ...{ product, operation, recipient, purpose, categories },
    ...(subject === undefined ? {} : { subject }),
  };
}

function refuse(reason: "ANSWERS_NOBODY" | "NO_INSTRUCTION_TO_ANSWER"): CheckAnswer {
  return {
    allowed: false,
    clause: "D10.1c",
    reason,
    remedy: {
      en: "The controller answers its data subjects. Name a written instruction of it to answer this person.",
      fr: "Le responsable de traitement répond aux personnes concernées. Citez une instruction écrite de sa part de répondre à cette personne.",
    },
  };
}
