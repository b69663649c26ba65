/** What the gate is asked for between a person and the support. @clause DC, DB.n, D10.1c */
import type { Flow, Gate, InstructionId, Operation, Permit, Unit } from "@preau/kernel";
import { redeem } from "@preau/kernel";
import type { SupportBridgeOptions } from "./options.ts";
import type { SupportWords } from "./support-case.ts";
import type { SupportPerson } from "./wall.ts";

export type FlowTerms = Pick<SupportBridgeOptions, "recipient" | "purpose" | "category" | "team" | "home">;

/** Recipients that are no option: the agreement's own words for them. */
const DATA_SUBJECT = "dataSubject";

interface Asked {
  readonly operation: Operation;
  readonly recipient: string;
  readonly instruction?: InstructionId;
}

function flowOf(person: SupportPerson, { purpose, category }: FlowTerms, asked: Asked): Flow {
  const { controller, product, origin, role, subject } = person;
  return { controller, product, origin, role, subject, purpose, categories: [category], ...asked };
}

async function pass(unit: Unit, gate: Gate, flow: Flow): Promise<void> {
  const { operation, recipient, categories } = flow;
  redeem(await gate.permit(flow, unit), { operation, recipient, categories });
}

/** What somebody writes to the support is kept in the hub. @throws GATE_REFUSED @clause DB.n */
export function permitKeeping(
  unit: Unit,
  gate: Gate,
  person: SupportPerson,
  terms: FlowTerms,
): Promise<void> {
  return pass(unit, gate, keepingFlow(person, terms));
}

export function keepingFlow(person: SupportPerson, terms: FlowTerms): Flow {
  return flowOf(person, terms, { operation: "store", recipient: terms.home });
}

interface AnswerTerms extends FlowTerms {
  readonly operation: "send" | "show";
  readonly instruction?: InstructionId;
  /** The messages of the case that is answered. */
  readonly words: readonly Pick<SupportWords, "proposal">[];
}

/**
 * An answer is for the person, whatever carries it: the no-reply guard has its say. Where a message of the case went to the rights
 * desk it answers a request, whomever the request is of by then: never without an instruction. @throws GATE_REFUSED @clause D10.1c
 */
export async function permitAnswer(
  unit: Unit,
  gate: Gate,
  person: SupportPerson,
  terms: AnswerTerms,
): Promise<void> {
  const { operation, instruction, words } = terms;
  const isRequest = words.some(({ proposal }) => proposal === "confirmed" || proposal === "passedOn");
  const on = instruction === undefined ? {} : { instruction };
  for (const each of isRequest ? (["answer", operation] as const) : [operation])
    await pass(unit, gate, flowOf(person, terms, { operation: each, recipient: DATA_SUBJECT, ...on }));
}

/** Our team sees what was written, on the client's instruction. @throws GATE_REFUSED @clause DB.n */
export function permitTeam(
  unit: Unit,
  gate: Gate,
  person: SupportPerson,
  terms: FlowTerms & { readonly instruction?: InstructionId },
): Promise<void> {
  const { instruction } = terms;
  return pass(
    unit,
    gate,
    flowOf(person, terms, {
      ...{ operation: "show", recipient: terms.team },
      ...(instruction === undefined ? {} : { instruction }),
    }),
  );
}

/** The desk carries it: a permit that nobody of the GAR gets. @throws GATE_REFUSED @clause DC */
export function permitDesk(
  unit: Unit,
  gate: Gate,
  person: SupportPerson & { readonly origin: "outsideGar" },
  terms: FlowTerms,
): Promise<Permit<"outsideGar">> {
  const flow = flowOf(person, terms, { operation: "send", recipient: terms.recipient });
  return gate.permit<"outsideGar">({ ...flow, origin: "outsideGar" }, unit);
}
