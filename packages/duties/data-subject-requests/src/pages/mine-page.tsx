/** What somebody signed in has asked for, and where it stands. Nothing here answers them: that is the controller's. */
import type { Language } from "@preau/kernel";
import { Clause, Form, Moment, Table } from "@preau/web";
import type { Inquiry } from "../inquiry.ts";
import { isOpen, type Request } from "../request.ts";
import { textsOf } from "../texts.ts";

export interface MinePageProps {
  readonly language: Language;
  /** Newest first. */
  readonly requests: readonly Request[];
  /** Messages of theirs out of which no request has come yet. */
  readonly untold: readonly Inquiry[];
}

type Row = { readonly request: Request } | { readonly inquiry: Inquiry };

export function MinePage({ language, requests, untold }: MinePageProps) {
  const { mine, matters } = textsOf(language);
  const rows: readonly Row[] = [
    ...untold.map((inquiry) => ({ inquiry })),
    ...requests.map((request) => ({ request })),
  ];
  return (
    <>
      <h1>
        {mine.title} <Clause id="D10.1a" />
      </h1>
      <p class="lead">{mine.lead}</p>
      <Table<Row>
        caption={mine.list}
        empty={mine.empty}
        stacked
        columns={[
          {
            title: mine.matter,
            cell: (row) => {
              if ("inquiry" in row) return mine.untold;
              const { matter, authority } = row.request;
              return (
                <>
                  {matters[matter]}
                  {authority.startsWith("guardian") && <span class="below">{mine.forAnother}</span>}
                </>
              );
            },
          },
          {
            title: mine.received,
            cell: (row) => <Moment at={"inquiry" in row ? row.inquiry.receivedAt : row.request.receivedAt} />,
          },
          {
            title: mine.where,
            cell: (row) =>
              "inquiry" in row ? mine.untoldState : <Where language={language} request={row.request} />,
          },
          {
            title: mine.next,
            cell: (row) =>
              "inquiry" in row ? (
                <Said words={mine.nextForward} at={row.inquiry.forwardDueAt} />
              ) : (
                <>
                  <Next language={language} request={row.request} />
                  {isOpen(row.request) && (
                    <Form action={`/requests/mine/${row.request.id}/withdrawal`} class="inline">
                      <button type="submit" class="quiet">
                        {mine.withdraw}
                      </button>
                    </Form>
                  )}
                </>
              ),
          },
        ]}
        rows={rows}
      />
      <p>
        <a class="button secondary" href="/requests/new">
          {mine.new}
        </a>
      </p>
    </>
  );
}

interface One {
  readonly language: Language;
  readonly request: Request;
}

function Where({ language, request }: One) {
  const { mine } = textsOf(language);
  const { state, forwardedAt, openedAt, closedAt } = request;
  const at = {
    open: undefined,
    forwarded: forwardedAt,
    received: openedAt,
    inProgress: undefined,
    closed: closedAt,
  }[state];
  return (
    <>
      {mine.states[isOpen(request) ? state : "closed"]}
      {at !== undefined && (
        <span class="below">
          <Moment at={at} />
        </span>
      )}
    </>
  );
}

function Next({ language, request }: One) {
  const { mine } = textsOf(language);
  const { state, forwardDueAt, answerDueAt } = request;
  if (!isOpen(request)) return <>{mine.nextOver}</>;
  if (state === "open") return <Said words={mine.nextForward} at={forwardDueAt} />;
  return answerDueAt === undefined ? (
    <>{mine.nextAnswerNoDate}</>
  ) : (
    <Said words={mine.nextAnswer} at={answerDueAt} />
  );
}

function Said({ words, at }: { readonly words: string; readonly at: Request["forwardDueAt"] }) {
  return (
    <>
      {words}
      <span class="below">
        <Moment at={at} />
      </span>
    </>
  );
}
