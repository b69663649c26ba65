/** What is done about a request on the controller's instructions, and the forms that order or do it. */
import type { InstructionId, InstructionKind, Language, RequestMatter } from "@preau/kernel";
import { Button, Clause, Field, Form, Moment, Table, Verdict } from "@preau/web";
import { copyPath } from "../access-copy.ts";
import { type Review, reviewers, reviewOutcomes } from "../automated-decision.ts";
import type { Action } from "../execute-action.ts";
import { kindOfMatter } from "../execute-request.ts";
import type { Request } from "../request.ts";
import type { RestrictionView } from "../restriction.ts";
import { textsOf } from "../texts.ts";

export interface CaseExecutionProps {
  readonly language: Language;
  readonly request: Request;
  readonly actions: readonly Action[];
  readonly review: Review | undefined;
  /** Of the person, where one stands. */
  readonly restriction: RestrictionView | undefined;
  /** Instructions of the ledger that something about this request was done on, or is to be. */
  readonly instructions: readonly InstructionId[];
  /** Purposes of the agreement. */
  readonly purposes: readonly (readonly [id: string, name: string])[];
  /** Stores of this controller in which a value can be corrected. */
  readonly stores: readonly (readonly [id: string, title: string])[];
  /** The controller's own people order by the button; the publisher's officer names an instruction. */
  readonly orders: boolean;
  readonly executes: boolean;
  readonly press: string;
}

export function CaseExecution(props: CaseExecutionProps) {
  const { language, request, actions, instructions, restriction, stores, orders, executes } = props;
  const { one } = textsOf(language);
  return (
    <>
      <h2>
        {one.done} <Clause id="D6.1c" />
      </h2>
      <p>{orders ? one.doneLeadController : one.doneLead}</p>
      {instructions.length > 0 && (
        <p>
          {one.instructions(instructions.length)}{" "}
          {instructions.map((id, at) => (
            <>
              {at > 0 && ", "}
              <a key={id} href={`/instructions/${id}`}>
                {id}
              </a>
            </>
          ))}
        </p>
      )}
      <Actions {...{ language, actions, executes: orders || executes }} />
      {restriction !== undefined && <Restricted {...{ language, restriction, stores }} />}
      {request.state !== "closed" && (orders || executes) && (
        <>
          {!isUnderWay(props) && <Execute {...props} />}
          {orders && <AnswerOrder {...props} />}
          {request.matter === "automatedDecision" && <Decision {...props} />}
        </>
      )}
      {(orders || executes) && restriction !== undefined && restriction.lifted === undefined && (
        <Lift {...props} />
      )}
    </>
  );
}

function Actions({
  language,
  actions,
  executes,
}: Pick<CaseExecutionProps, "language" | "actions"> & { readonly executes: boolean }) {
  const { one, matters, actionStates } = textsOf(language);
  return (
    <Table<Action>
      caption={one.actions}
      empty={one.actionsEmpty}
      stacked
      columns={[
        {
          title: one.what,
          cell: ({ matter, instruction }) => (
            <>
              {matters[matter]}
              <span class="below">
                <a href={`/instructions/${instruction}`}>{instruction}</a>
              </span>
            </>
          ),
        },
        { title: one.begun, cell: ({ begunAt }) => <Moment at={begunAt} /> },
        {
          title: one.state,
          cell: (action) => (
            <>
              <Verdict verdict={action.verdict} />
              <span class="below">
                {actionStates[action.state]}
                {action.why !== undefined && ` · ${one.whys[action.why] ?? action.why}`}
              </span>
            </>
          ),
        },
        {
          title: one.thing,
          cell: (action) =>
            action.state === "waiting" && executes ? (
              <a href={copyPath(action)}>{one.orderCopy}</a>
            ) : action.thing === undefined ? (
              "–"
            ) : action.thing.startsWith("exp_") ? (
              <a href={`/exports/${action.thing}`}>{action.thing}</a>
            ) : (
              <code>{action.thing}</code>
            ),
        },
      ]}
      rows={actions}
    />
  );
}

function Restricted({
  language,
  restriction,
  stores: titles,
}: Pick<CaseExecutionProps, "language" | "stores"> & { readonly restriction: RestrictionView }) {
  const { one } = textsOf(language);
  const { stores, verdict, since, lifted } = restriction;
  const titleOf = new Map(titles);
  return (
    <>
      <h3>{lifted === undefined ? one.restricted : one.lifted}</h3>
      <p>
        <Verdict verdict={verdict} /> <Moment at={lifted?.at ?? since} />
      </p>
      <Table
        caption={one.restrictedStores}
        stacked
        columns={[
          { title: one.store, cell: ({ store }) => titleOf.get(store) ?? store },
          {
            title: one.state,
            cell: ({ verdict: own, why, lift }) => (
              <>
                <Verdict verdict={lift?.verdict ?? own} />
                {(lift?.why ?? why) !== undefined && (
                  <span class="below">{one.whys[lift?.why ?? why ?? ""] ?? lift?.why ?? why}</span>
                )}
              </>
            ),
          },
        ]}
        rows={stores}
      />
    </>
  );
}

/** What is done once and for all is not offered again while it runs, or when it was done. */
function isUnderWay({ request, actions }: CaseExecutionProps): boolean {
  const { matter } = request;
  if (matter === "rectification" || needsPurposeFor(matter)) return false;
  return actions.some(({ state, verdict }) => state !== "stopped" && verdict !== "FAILED");
}

/** A right for which nothing can be done here is the controller's to answer. */
function Execute(props: CaseExecutionProps) {
  const { language, request, orders, press, purposes, stores } = props;
  const { one, executions } = textsOf(language);
  const { id, matter, subject } = request;
  if (kindOfMatter[matter] === undefined) return null;
  if (subject === undefined) return <p class="soft">{orders ? one.needsPersonYou : one.needsPerson}</p>;
  const needsPurpose = needsPurposeFor(matter);
  return (
    <Form action={`/requests/${id}/execution`}>
      <input type="hidden" name="press" value={press} />
      <p class="hint">{executions[matter]}</p>
      {!orders && (
        <>
          <InstructionField {...props} />
          <p>
            <a href={`/instructions/new?controller=${request.controller}`}>{one.writeInstruction}</a>
          </p>
        </>
      )}
      {needsPurpose && <Field name="purpose" label={one.purpose} options={purposes} />}
      {matter === "rectification" && (
        <>
          <Field name="store" label={one.store} options={stores} />
          <Field name="where" label={one.place} hint={one.placeHint} autocomplete="off" required />
          <Field name="field" label={one.field} hint={one.fieldHint} autocomplete="off" required />
          <Field name="value" label={one.value} hint={one.valueHint} autocomplete="off" />
        </>
      )}
      <Button kind={matter === "erasure" ? "danger" : "primary"}>
        {orders ? one.orderDeed[matter] : one.execute}
      </Button>
    </Form>
  );
}

function needsPurposeFor(matter: RequestMatter): boolean {
  return matter === "objection" || matter === "automatedDecision" || matter === "withdrawalOfConsent";
}

/** One of the ledger: of those that name this request, or another that was written down there. */
function InstructionField({
  language,
  instructions,
  name = "otherInstruction",
}: Pick<CaseExecutionProps, "language" | "instructions"> & { readonly name?: string }) {
  const { one } = textsOf(language);
  return (
    <>
      {instructions.length > 0 && (
        <Field
          name="instruction"
          label={one.instruction}
          options={[...instructions.map((id) => [id, id] as const), ["", one.anotherInstruction]]}
        />
      )}
      <Field
        name={name}
        label={instructions.length > 0 ? one.otherInstruction : one.instruction}
        hint={one.instructionHint}
        autocomplete="off"
        {...(instructions.length > 0 ? {} : { required: true })}
      />
    </>
  );
}

/** Only an instruction to answer lets the processor write to the person. */
function AnswerOrder({ language, request: { id, subject }, press }: CaseExecutionProps) {
  const { one } = textsOf(language);
  if (subject === undefined) return null;
  return (
    <details>
      <summary>{one.answerForUs}</summary>
      <Form action={`/requests/${id}/instruction`}>
        <input type="hidden" name="press" value={press} />
        <input type="hidden" name="kind" value={"answerDataSubject" satisfies InstructionKind} />
        <p class="hint">{one.answerForUsHint}</p>
        <Button kind="secondary">{one.answerForUsOrder}</Button>
      </Form>
    </details>
  );
}

function Lift(props: CaseExecutionProps) {
  const { language, request, orders, press } = props;
  const { one } = textsOf(language);
  return (
    <details>
      <summary>{one.lift}</summary>
      <Form action={`/requests/${request.id}/lift`}>
        <input type="hidden" name="press" value={press} />
        <p class="hint">{one.liftHint}</p>
        {!orders && <InstructionField {...props} instructions={[]} name="liftInstruction" />}
        <Button kind="secondary">{one.liftOrder}</Button>
      </Form>
    </details>
  );
}

function Decision({ language, request, review }: CaseExecutionProps) {
  const { one } = textsOf(language);
  if (review !== undefined)
    return (
      <p>
        {one.decided[review.said.statement]} <Moment at={review.recordedAt} />
      </p>
    );
  return (
    <details>
      <summary>{one.decision}</summary>
      <Form action={`/requests/${request.id}/review`}>
        <p class="hint">{one.decisionHint}</p>
        <Field
          name="statement"
          label={one.statement}
          options={(["noneTaken", "reviewed"] as const).map((each) => [each, one.decided[each]] as const)}
        />
        <Field
          name="reviewer"
          label={one.reviewer}
          options={reviewers.map((each) => [each, textsOf(language).officers[each]] as const)}
        />
        <Field
          name="reviewOutcome"
          label={one.reviewOutcome}
          options={reviewOutcomes.map((each) => [each, one.reviewOutcomes[each]] as const)}
        />
        <Field name="reviewDay" type="date" label={one.reviewDay} />
        <Button kind="secondary">{one.save}</Button>
      </Form>
    </details>
  );
}
