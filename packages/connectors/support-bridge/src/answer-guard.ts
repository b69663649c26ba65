/** What may be answered to the writer of a case, by which way, and what must be done before: said before anything is typed. @clause D10.1c, DC */
import { type Bilingual, type Gate, type InstructionId, isFault, type Unit } from "@preau/kernel";
import { personOf } from "./answer-case.ts";
import type { SupportBridgeOptions } from "./options.ts";
import { permitAnswer } from "./person-flow.ts";
import { isSomebodyElses } from "./somebody-elses.ts";
import type { SupportCase, SupportWords } from "./support-case.ts";

export type AnswerGuard =
  | {
      readonly may: true;
      /** `desk`: the conversation there. `hub`: it waits for the next sign-in. */
      readonly by: "desk" | "hub";
    }
  | {
      readonly may: false;
      readonly why: "over" | "writer" | "other" | "decision" | "notAtDesk" | "instruction" | "gate";
      readonly reason: string;
      readonly clause: string;
      readonly remedy?: Bilingual;
    };

const REQUEST_OPEN = "NO_INSTRUCTION_TO_ANSWER";

export async function guardAnswer(
  unit: Unit,
  { gate }: { readonly gate: Gate },
  options: SupportBridgeOptions,
  {
    line,
    words,
    instruction,
  }: {
    readonly line: SupportCase;
    readonly words: readonly SupportWords[];
    readonly instruction?: InstructionId;
  },
): Promise<AnswerGuard> {
  const refused = (
    why: Extract<AnswerGuard, { may: false }>["why"],
    reason: string,
    clause = "DC",
  ): AnswerGuard => ({ may: false, why, reason, clause });
  if (line.textGoneAt !== undefined) return refused("over", "OVER", "D12.2");
  if (line.restrictedAt !== undefined) return refused("gate", "RESTRICTED", "D10.1a");
  if (isSomebodyElses(line)) return refused("other", line.reason ?? "WRITER_OTHER", "D10.1c");
  const person = personOf(line);
  if (person === undefined || line.side === "unknown")
    return refused("writer", line.reason ?? "NOBODY_KNOWN");
  if (words.some(({ proposal }) => proposal === "open")) return refused("decision", "DECIDE_FIRST", "D10.1b");
  const toDesk = line.side === "desk";
  if (toDesk && line.desk !== "there") return refused("notAtDesk", "NOT_AT_DESK");
  try {
    await permitAnswer(unit, gate, person, {
      ...options,
      operation: toDesk ? "send" : "show",
      words,
      ...(instruction === undefined ? {} : { instruction }),
    });
    return { may: true, by: toDesk ? "desk" : "hub" };
  } catch (error) {
    if (!isFault(error, "GATE_REFUSED")) throw error;
    const { log, clause = "D4.1", remedy } = error.detail;
    const reason = String(log?.["reason"] ?? "GATE_REFUSED");
    const isAsked = reason === REQUEST_OPEN || clause === "D10.1c" || instruction !== undefined;
    return {
      ...{ may: false, why: isAsked ? "instruction" : "gate", reason, clause },
      ...(remedy === undefined ? {} : { remedy }),
    };
  }
}
