/** One message of a case: who, when, what became of it, and the right that it seems to exercise. */
import { textsOf as rightsTexts } from "@preau/data-subject-requests";
import { dataSubjectRights, type Language, otherRequests, type RequestMatter } from "@preau/kernel";
import { Button, Clause, Countdown, Definition, Form, Moment } from "@preau/web";
import type { CaseSeen } from "../http/case-view.ts";
import type { ShownWords } from "../show-case.ts";
import { textsOf, wordOf } from "../texts.ts";
import { SaidWords } from "./said-words.tsx";

export interface CaseMessageProps {
  readonly language: Language;
  readonly seen: CaseSeen;
  readonly words: ShownWords;
}

export function CaseMessage(props: CaseMessageProps) {
  const { language, seen, words } = props;
  const { line, said } = words;
  const { cases } = textsOf(language);
  const isUnknown = seen.line.side === "unknown";
  const writer = line.from === "agent" ? cases.agent : isUnknown ? cases.unknownPerson : cases.person;
  const isHidden = said === undefined && (seen.withheld !== undefined || !seen.acts) && !isGone(seen);
  const masked = sayMasked(line.masked, cases.masks);
  return (
    <article class="card thread">
      <p class="over">
        {writer} · <Moment at={line.receivedAt} />
        {line.from === "agent" && ` · ${cases.wordsStates[line.state]}`}
      </p>
      {said === undefined ? (
        <p class="soft">{isHidden ? cases.hiddenText : cases.goneText}</p>
      ) : (
        <SaidWords text={said.text} passages={said.passages} />
      )}
      {line.state === "refused" && (
        <p class="error">
          {wordOf(cases.refusals, line.reason)} {line.clause !== undefined && <Clause id={line.clause} />}
        </p>
      )}
      {line.state === "removed" && <p class="soft">{cases.wordsStates.removed}</p>}
      {masked !== "" && (
        <p class="hint">
          {cases.masked} {masked}
        </p>
      )}
      {line.files > 0 && <p class="hint">{cases.files(line.files)}</p>}
      {line.from === "person" && <Right {...props} />}
    </article>
  );
}

function isGone({ line }: CaseSeen): boolean {
  return line.textGoneAt !== undefined;
}

export function sayMasked(
  counts: Readonly<Record<string, number>>,
  masks: Readonly<Record<string, string>>,
): string {
  return Object.entries(counts)
    .filter(([, many]) => many > 0)
    .map(([kind, many]) => `${masks[kind] ?? kind} (${many})`)
    .join(", ");
}

function Right(props: CaseMessageProps) {
  const { language, seen, words } = props;
  const { line } = words;
  const { cases } = textsOf(language);
  if (line.proposal === "open")
    return (
      <>
        <h3>
          {cases.rightTitle} <Clause id="D10.1b" />
        </h3>
        {line.proposalDueAt !== undefined && (
          <p>
            <Countdown until={line.proposalDueAt} /> · <Moment at={line.proposalDueAt} />
          </p>
        )}
        {seen.acts ? (
          <>
            <p class="hint">{cases.rightLead}</p>
            <Decision {...props} rejects={seen.withheld === undefined} />
          </>
        ) : (
          <p class="soft">{cases.proposals.open}</p>
        )}
      </>
    );
  if (line.proposal === "confirmed" || line.proposal === "passedOn") return <AtRightsDesk {...props} />;
  return (
    <>
      {line.proposal === "rejected" && <p class="soft">{cases.proposals.rejected}</p>}
      {seen.acts && words.said !== undefined && line.state !== "removed" && (
        <details>
          <summary>{cases.rightLate}</summary>
          <p class="hint">{cases.rightLateLead}</p>
          <Decision {...props} rejects={false} />
        </details>
      )}
    </>
  );
}

function Decision({
  language,
  seen,
  words: { line },
  rejects,
}: CaseMessageProps & { readonly rejects: boolean }) {
  const { cases } = textsOf(language);
  const { matters } = rightsTexts(language);
  const all: readonly RequestMatter[] = [...dataSubjectRights, ...otherRequests];
  return (
    <Form action={`/support/cases/${seen.line.id}/proposals/${line.id}`}>
      <fieldset class="choices">
        <legend>{cases.rightMatters}</legend>
        {all.map((each) => (
          <label key={each} class="choice">
            <input type="checkbox" name={`ask-${each}`} checked={line.matters.includes(each)} />{" "}
            {matters[each]}
          </label>
        ))}
      </fieldset>
      <p class="actions">
        <Button name="decision" value="confirm">
          {cases.rightConfirm}
        </Button>
        {rejects && (
          <Button kind="secondary" name="decision" value="reject">
            {cases.rightReject}
          </Button>
        )}
      </p>
    </Form>
  );
}

/** The state of what was passed on, and its clock; nothing of the person. @clause D10.1c */
function AtRightsDesk({ language, seen, words: { line } }: CaseMessageProps) {
  const { cases } = textsOf(language);
  const { matters, inquiryStates, states } = rightsTexts(language);
  const named = line.matters.map((each) => matters[each]).join(", ");
  const found = line.inquiry === undefined ? undefined : seen.inquiries.get(line.inquiry);
  if (found === undefined)
    return (
      <p>
        {cases.proposals[line.proposal]} · {named}
      </p>
    );
  const { inquiry, requests } = found;
  return (
    <>
      <h3>
        {cases.rightsDesk} <Clause id="D10.1b" />
      </h3>
      <Definition
        narrow
        entries={[
          [cases.rightsState, `${cases.proposals[line.proposal]} · ${inquiryStates[inquiry.state]}`],
          ...(requests.length === 0
            ? [
                [cases.rightMatters, named] as const,
                [cases.rightsDue, <Due key="due" at={inquiry.forwardDueAt} />] as const,
              ]
            : []),
          ...requests.map(
            ({ matter, state, forwardDueAt, answerDueAt }) =>
              [
                matters[matter],
                <>
                  {states[state]}
                  <span class="below">
                    {state === "open" ? cases.rightsDue : cases.rightsAnswer}{" "}
                    {state === "open" ? (
                      <Due at={forwardDueAt} />
                    ) : answerDueAt === undefined ? (
                      cases.notDue
                    ) : (
                      <Due at={answerDueAt} />
                    )}
                  </span>
                </>,
              ] as const,
          ),
        ]}
      />
      <p>
        <a href={`/requests/inquiries/${inquiry.id}`}>{cases.rightsSee}</a>
      </p>
    </>
  );
}

function Due({ at }: { readonly at: Parameters<typeof Countdown>[0]["until"] }) {
  return (
    <>
      <Countdown until={at} /> · <Moment at={at} />
    </>
  );
}
