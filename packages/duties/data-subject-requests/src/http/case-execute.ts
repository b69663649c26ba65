/**
 * What is done about a request: the controller's own people order it by the button, which is the written instruction; the
 * publisher's officer names one of the ledger. @clause D6.1c, D10.1a
 */
import type { InstructionId, InstructionKind, NewInstruction, Unit } from "@preau/kernel";
import type { WebRequest } from "@preau/web";
import { reviewers, reviewOutcomes, type Statement, stateAutomatedDecision } from "../automated-decision.ts";
import { fault } from "../errors.ts";
import { executeIn, kindOfMatter } from "../execute-request.ts";
import type { Change } from "../rectification.ts";
import type { Request } from "../request.ts";
import { liftRestriction } from "../restriction-order.ts";
import type { CaseDeed } from "./case-routes.tsx";
import type { CasePorts } from "./case-view.ts";
import { pressIn } from "./read-intake.ts";
import { momentIn } from "./read-moment.ts";
import { actorOf, answerers, mayAnswer, relayers } from "./request-access.ts";

const INSTRUCTION = /^ins_[0-9a-z]{26}$/;

export function executionDeeds(ports: CasePorts): readonly CaseDeed[] {
  const both = { who: [...answerers, ...relayers], clause: "D6.1c" } as const;

  /** Of the press: the same press is the same instruction. @throws REQUEST_NO_SUBJECT @clause D6.1c */
  const instruct = async (
    unit: Unit,
    request: WebRequest,
    one: Request,
    { kind, clause, purpose }: { kind: InstructionKind; clause: string; purpose?: string | undefined },
  ): Promise<InstructionId> => {
    if (one.subject === undefined) throw fault("REQUEST_NO_SUBJECT", { clause: "D10.1a" });
    const { form } = request;
    const given: NewInstruction = {
      ...{ controller: one.controller, kind, clause, by: actorOf(request) },
      scope: {
        ...{ subject: one.subject, about: [one.id] },
        ...(purpose === undefined ? {} : { purposes: [purpose] }),
      },
      key: `dsr.${one.id}.${pressIn(form, () => ports.ids.next("prs"))}`,
    };
    const id = await ports.instructions.record(unit, given);
    await ports.instructions.link(unit, one.controller, id, one.id);
    return id;
  };

  return [
    {
      ...{ ...both, path: "execution", clause: "D10.1a" },
      deed: async (request, one) => {
        const kind = kindOfMatter[one.matter];
        if (kind === undefined) throw fault("REQUEST_NOTHING_TO_DO");
        const { form } = request;
        const purpose = form.get("purpose") ?? undefined;
        const changes = changesIn(form);
        await ports.unitOfWork.transaction(async (unit) => {
          const instruction = mayAnswer(request)
            ? await instruct(unit, request, one, { kind, clause: "D10.1a", purpose })
            : namedIn(form, ["instruction", "otherInstruction"]);
          await executeIn(unit, ports, {
            ...{ controller: one.controller, request: one.id, instruction, by: actorOf(request) },
            ...(purpose === undefined ? {} : { purpose }),
            ...(changes === undefined ? {} : { changes }),
          });
        });
        return undefined;
      },
    },
    {
      // The controller lets us answer for it; nothing is sent by that.
      ...{ path: "instruction", who: answerers, clause: "D10.1c" },
      deed: async (request, one) => {
        if (request.form.get("kind") !== "answerDataSubject")
          throw fault("REQUEST_FIELD_BAD", { place: "kind" });
        await ports.unitOfWork.transaction((unit) =>
          instruct(unit, request, one, { kind: "answerDataSubject", clause: "D10.1c" }),
        );
        return undefined;
      },
    },
    {
      ...{ ...both, path: "lift", clause: "D10.1a" },
      deed: async (request, one) => {
        const { controller, subject } = one;
        if (subject === undefined) throw fault("REQUEST_NO_SUBJECT", { clause: "D10.1a" });
        await ports.unitOfWork.transaction(async (unit) => {
          const instruction = mayAnswer(request)
            ? await instruct(unit, request, one, { kind: "liftRestriction", clause: "D10.1a" })
            : namedIn(request.form, ["liftInstruction"]);
          const by = actorOf(request);
          await liftRestriction(unit, ports, { controller, subject, instruction, by, request: one.id });
        });
        return undefined;
      },
    },
    {
      ...{ ...both, path: "review", clause: "D10.1a" },
      deed: async (request, { controller, id }) => {
        await ports.unitOfWork.transaction(async (unit) => {
          const { zone } = await ports.contracts.placeOf(unit, controller);
          const said = statementIn(request.form, zone);
          await stateAutomatedDecision(unit, ports, {
            ...{ controller, request: id, said, by: actorOf(request) },
          });
        });
        return undefined;
      },
    },
  ];
}

/** The first that names one. @throws REQUEST_FIELD_BAD */
function namedIn(form: URLSearchParams, fields: readonly string[]): InstructionId {
  for (const field of fields) {
    const text = form.get(field)?.trim() ?? "";
    if (INSTRUCTION.test(text)) return text as InstructionId;
  }
  throw fault("REQUEST_FIELD_BAD", { place: "instruction" });
}

function changesIn(form: URLSearchParams): readonly Change[] | undefined {
  if (!form.has("field")) return undefined;
  const text = (name: string) => form.get(name)?.trim() ?? "";
  return [{ store: text("store"), where: text("where"), field: text("field"), value: text("value") }];
}

/** @throws REQUEST_FIELD_BAD naming the field */
function statementIn(form: URLSearchParams, zone: string): Statement {
  const statement = form.get("statement");
  if (statement === "noneTaken") return { statement };
  const reviewer = reviewers.find((each) => each === form.get("reviewer"));
  const outcome = reviewOutcomes.find((each) => each === form.get("reviewOutcome"));
  if (statement !== "reviewed" || reviewer === undefined || outcome === undefined)
    throw fault("REQUEST_FIELD_BAD", { place: "statement" });
  const day = new URLSearchParams({ day: form.get("reviewDay") ?? "" });
  return { statement, reviewer, outcome, reviewedAt: momentIn(day, zone) };
}
