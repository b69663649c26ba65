/** One message as it reached us: its clock, what is asked, whose it may be. What was written is shown on purpose alone. */
import type { Language } from "@preau/kernel";
import {
  Button,
  Clause,
  Countdown,
  Definition,
  Field,
  Form,
  Moment,
  Notice,
  sayNumber,
  Table,
  usePage,
} from "@preau/web";
import type { Inquiry, InquiryText } from "../inquiry.ts";
import { waitsForPerson } from "../inquiry.ts";
import type { Candidate, Candidates } from "../receive-candidates.ts";
import { dismissals } from "../receive-dismiss.ts";
import { type Request, shownState } from "../request.ts";
import { textsOf } from "../texts.ts";
import { AssignForm, type AssignFormProps } from "./assign-form.tsx";
import { MarkedText } from "./marked-text.tsx";

export interface InquiryPageProps {
  readonly language: Language;
  readonly inquiry: Inquiry;
  /** Out of it. */
  readonly requests: readonly Request[];
  /** What was written, where this very request asked for it. */
  readonly shown?:
    | {
        readonly text: InquiryText;
        readonly candidates: Candidates;
        readonly clients: AssignFormProps["clients"];
        readonly assign: Omit<AssignFormProps, "language" | "inquiry" | "candidates" | "clients" | "text">;
      }
    | undefined;
  readonly decides: boolean;
  readonly refused?: { readonly says: string; readonly remedy: string | undefined } | undefined;
}

/** Why somebody reads it: what the journal keeps, so a choice and no text. */
export const showReasons = ["assign", "extract", "check"] as const;

export function InquiryPage(props: InquiryPageProps) {
  const { language, inquiry, shown, decides, refused } = props;
  const { inquiry: words } = textsOf(language);
  const isThere =
    inquiry.textGoneAt === undefined && inquiry.state !== "closed" && inquiry.state !== "noRequest";
  return (
    <>
      <p class="over">
        <a href="/requests">{words.back}</a>
      </p>
      <h1>
        {words.title} <Clause id="D10.1b" />
      </h1>
      {refused !== undefined && (
        <Notice kind="danger" title={refused.says}>
          {refused.remedy !== undefined && <p>{refused.remedy}</p>}
        </Notice>
      )}
      <Facts {...props} />
      <Out {...props} />
      {decides && isThere && shown === undefined && (
        <>
          <h2>{words.show}</h2>
          <Form action={`/requests/inquiries/${inquiry.id}/text`}>
            <p class="hint">{words.showHint}</p>
            <Field
              name="why"
              label={words.showReason}
              options={showReasons.map((each) => [each, words.showReasons[each]] as const)}
            />
            <Button>{words.showButton}</Button>
          </Form>
        </>
      )}
      {shown !== undefined && (
        <>
          <Written language={language} text={shown.text} />
          <WhoseItMayBe {...{ language }} candidates={shown.candidates} />
          <AssignForm
            {...{ language, inquiry, ...shown.assign }}
            text={shown.text}
            candidates={shown.candidates.found}
            clients={shown.clients}
          />
        </>
      )}
      {decides && waitsForPerson(inquiry) && <NoRequest {...props} />}
    </>
  );
}

function Facts({ language, inquiry }: InquiryPageProps) {
  const { inquiry: words, channels, inquiryStates, matters, roles } = textsOf(language);
  const named = (list: Inquiry["matters"]) => list.map((each) => matters[each]).join(", ") || "–";
  return (
    <Definition
      narrow
      entries={[
        [words.state, inquiryStates[inquiry.state]],
        [words.channel, channels[inquiry.channel]],
        [words.receivedAt, <Moment key="at" at={inquiry.receivedAt} />],
        ...(waitsForPerson(inquiry)
          ? [
              [
                words.due,
                <>
                  <Countdown until={inquiry.forwardDueAt} />
                  <span class="below">
                    <Moment at={inquiry.forwardDueAt} />
                  </span>
                </>,
              ] as const,
            ]
          : []),
        [words.said, named(inquiry.matters)],
        [words.recognised, named(inquiry.recognised)],
        ...(inquiry.role === undefined ? [] : [[words.role, roles[inquiry.role]] as const]),
        ...(inquiry.subject === undefined
          ? []
          : [[words.known, <code key="known">{inquiry.subject}</code>] as const]),
        ...(inquiry.channel === "mail"
          ? [[words.attachments, words.attachmentsOf(inquiry.attachments)] as const]
          : []),
        [words.level, words.levelOf(inquiry.level)],
        ...(inquiry.overdueAt === undefined
          ? []
          : [[words.overdueAt, <Moment key="late" at={inquiry.overdueAt} />] as const]),
        ...(inquiry.textGoneAt === undefined
          ? []
          : [[words.textGone, <Moment key="gone" at={inquiry.textGoneAt} />] as const]),
      ]}
    />
  );
}

function Out({ language, requests }: InquiryPageProps) {
  const { inquiry: words, desk, matters, states } = textsOf(language);
  const { now } = usePage();
  return (
    <Table<Request>
      caption={words.out}
      empty={words.outEmpty}
      stacked
      columns={[
        {
          title: desk.request,
          cell: ({ id, matter }) => <a href={`/requests/${id}`}>{matters[matter]}</a>,
        },
        { title: desk.controller, cell: ({ controller }) => controller },
        { title: desk.state, cell: (request) => states[shownState(request, now)] },
      ]}
      rows={requests}
    />
  );
}

function Written({
  language,
  text: { text, name, address, concerns },
}: {
  readonly language: Language;
  readonly text: InquiryText;
}) {
  const { inquiry: words } = textsOf(language);
  const facts = [
    [words.name, name],
    [words.address, address],
    [words.concerns, concerns?.name],
    [words.school, concerns?.school],
  ] as const;
  const entries = facts.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as const]));
  return (
    <>
      <h2>{words.written}</h2>
      {entries.length > 0 && <Definition narrow entries={entries} />}
      {text === undefined ? <p class="soft">{words.nothing}</p> : <MarkedText {...{ language, text }} />}
    </>
  );
}

function WhoseItMayBe({
  language,
  candidates: { found, searched, of },
}: {
  readonly language: Language;
  readonly candidates: Candidates;
}) {
  const { inquiry: words } = textsOf(language);
  return (
    <>
      <h2>{words.candidates}</h2>
      <p class="hint">{words.candidatesHint}</p>
      <Table<Candidate>
        caption={words.candidates}
        empty={words.candidatesEmpty}
        stacked
        columns={[
          {
            title: words.controller,
            cell: ({ controller, name }) => (
              <>
                {name}
                <span class="below">
                  <code>{controller}</code>
                </span>
              </>
            ),
          },
          { title: words.why, cell: ({ why }) => why.map((each) => words.whys[each]).join(", ") },
          {
            title: words.subject,
            cell: ({ subject }) => (subject === undefined ? "–" : <code>{subject}</code>),
          },
        ]}
        rows={found}
      />
      {searched > 0 && (
        <p class="hint">{words.searched(sayNumber(searched, language), sayNumber(of, language))}</p>
      )}
    </>
  );
}

function NoRequest({ language, inquiry }: InquiryPageProps) {
  const { inquiry: words } = textsOf(language);
  return (
    <>
      {inquiry.state === "new" && (
        <details>
          <summary>{words.unknownController}</summary>
          <Form action={`/requests/inquiries/${inquiry.id}/unknown-controller`}>
            <p class="hint">{words.unknownControllerHint}</p>
            <Button kind="secondary">{words.unknownControllerButton}</Button>
          </Form>
        </details>
      )}
      <details>
        <summary>{words.noRequest}</summary>
        <Form action={`/requests/inquiries/${inquiry.id}/dismissal`}>
          <p class="hint">{words.noRequestHint}</p>
          <Field
            name="dismissal"
            label={words.noRequestReason}
            options={dismissals.map((each) => [each, words.noRequestReasons[each]] as const)}
          />
          <Button kind="danger">{words.noRequestButton}</Button>
        </Form>
      </details>
    </>
  );
}
