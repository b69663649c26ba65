/** One case: how it stands, what was written as it is kept, and what its reader may do. */
import type { Language } from "@preau/kernel";
import { Button, Clause, Definition, Field, Form, Moment, Notice, PUBLISHER, usePage } from "@preau/web";
import { accessReasons } from "../case-access.ts";
import type { CaseSeen } from "../http/case-view.ts";
import type { SaidRefusal } from "../http/say-refusal.ts";
import { textsOf, wordOf } from "../texts.ts";
import { AnswerSection, type AnswerSectionProps } from "./answer-section.tsx";
import { CaseEndings } from "./case-endings.tsx";
import { CaseMessage } from "./case-message.tsx";
import { RefusedNotice } from "./refused-notice.tsx";
import { WriterForm } from "./writer-form.tsx";

export interface CasePageProps extends Pick<AnswerSectionProps, "preview" | "typed" | "press"> {
  readonly language: Language;
  readonly seen: CaseSeen;
  readonly keepDays: number;
  /** The agreement's words for whom and for what an instruction lets our team in. */
  readonly team: string;
  readonly purpose: string;
  readonly refused?: SaidRefusal | undefined;
}

export function CasePage(props: CasePageProps) {
  const { language, seen, refused } = props;
  const { line, words, withheld, acts, asksWhy, assignable } = seen;
  const { cases } = textsOf(language);
  const isStuck = line.desk === "stuck";
  return (
    <>
      <p class="over">
        <a href="/support/cases">{cases.back}</a>
      </p>
      <h1>
        {cases.one} <Clause id={line.clause ?? "DC"} />
      </h1>
      {refused !== undefined && <RefusedNotice title={cases.refused} refused={refused} />}
      {isStuck && (
        <Notice kind="danger" title={cases.eraseStuck}>
          <p>{cases.desks.stuck}</p>
        </Notice>
      )}
      <Facts {...props} />
      {asksWhy && <Opening {...props} />}
      <h2 id="messages">{cases.messages}</h2>
      {acts && withheld !== undefined && <Withheld {...props} />}
      {seen.instruction !== undefined && (
        <p class="hint">
          {cases.onInstruction}{" "}
          <a href={`/instructions/${seen.instruction}`}>
            <code>{seen.instruction}</code>
          </a>{" "}
          <Clause id="DB.n" />
        </p>
      )}
      {words.map((each) => (
        <CaseMessage key={each.line.id} {...{ language, seen, words: each }} />
      ))}
      {acts && assignable !== undefined && <WriterForm {...{ language, line, ...assignable }} />}
      {acts && withheld === undefined && <AnswerSection {...props} />}
      {acts && <CaseEndings {...props} />}
    </>
  );
}

function Facts({ language, seen: { line, titles } }: CasePageProps) {
  const { cases } = textsOf(language);
  const { facts } = cases;
  const optional = (name: string, value: string | undefined) =>
    value === undefined ? [] : [[name, value] as const];
  const moment = (name: string, at: typeof line.closedAt) =>
    at === undefined ? [] : [[name, <Moment key={name} at={at} />] as const];
  return (
    <Definition
      narrow
      entries={[
        [facts.state, cases.states[line.state]],
        [
          facts.side,
          <>
            {cases.sides[line.side]}
            <span class="below">{wordOf(cases.reasons, line.reason)}</span>
          </>,
        ],
        [facts.channel, cases.channels[line.channel]],
        ...(line.channel === "desk" ? [[facts.desk, cases.desks[line.desk]] as const] : []),
        [facts.client, line.controller === PUBLISHER ? cases.unknownClient : line.controller],
        ...optional(facts.product, titles.product),
        ...optional(facts.role, titles.role),
        ...moment(facts.opened, line.openedAt),
        ...moment(facts.last, line.lastAt),
        ...moment(facts.closed, line.closedAt),
        ...moment(facts.gone, line.textGoneAt),
      ]}
    />
  );
}

function Opening({ language, seen: { line } }: CasePageProps) {
  const { cases } = textsOf(language);
  return (
    <>
      <h2>
        {cases.openTitle} <Clause id="DD.6" />
      </h2>
      <Form action={`/support/cases/${line.id}/opening`}>
        <p class="hint">{cases.openLead}</p>
        <Field
          name="reason"
          label={cases.openReason}
          options={accessReasons.map((each) => [each, cases.access[each]] as const)}
        />
        <Button>{cases.openButton}</Button>
      </Form>
    </>
  );
}

/** What is missing, and both ways to put it right. @clause DB.n */
function Withheld({ language, seen: { line, withheld }, team, purpose }: CasePageProps) {
  const { cases } = textsOf(language);
  const { now } = usePage();
  const command = [
    `preau instructions record --controller ${line.controller} --kind staffAccess`,
    `  --recipients ${team} --purposes ${purpose}`,
    `  --received-at ${now} --means letter --writer dpo --reference 'LRAR …'`,
  ].join(" \\\n");
  return (
    <Notice kind="warn" title={cases.withheld}>
      <p>
        {cases.withheldMore} <Clause id={withheld?.clause ?? "DB.n"} />
      </p>
      <p>{cases.withheldHow}</p>
      <pre tabindex={0}>
        <code>{command}</code>
      </pre>
      <p>
        <a href={`/instructions/new?controller=${encodeURIComponent(line.controller)}`}>
          {cases.withheldPage}
        </a>
      </p>
    </Notice>
  );
}
