/** The desk: what waits for a person, what must be passed on and by when, what is in the controllers' hands. */
import { dataSubjectRights, type Language, otherRequests, type RequestMatter } from "@preau/kernel";
import {
  Button,
  Clause,
  Countdown,
  Field,
  Form,
  Moment,
  Notice,
  sayNumber,
  Table,
  usePage,
} from "@preau/web";
import type { Inquiry } from "../inquiry.ts";
import { shownState } from "../request.ts";
import { type DeskCounts, type DeskRow, type DeskView, deskViews, statesOfView } from "../store/desk.ts";
import { textsOf } from "../texts.ts";

export interface DeskPageProps {
  readonly language: Language;
  readonly view: DeskView;
  readonly matter: RequestMatter | undefined;
  readonly rows: readonly DeskRow[];
  readonly counts: DeskCounts;
  /** Messages whose requests nobody has told yet, the soonest due first; of the publisher's people alone. */
  readonly inquiries: readonly Inquiry[] | undefined;
  /** 1 is the first. */
  readonly page: number;
  readonly more: boolean;
  /** Several controllers are shown. */
  readonly several: boolean;
  /** Clocks, and nothing that tells what somebody asks for. */
  readonly clocksAlone: boolean;
  readonly enters: boolean;
}

export function DeskPage(props: DeskPageProps) {
  const { language, counts, inquiries, several, enters } = props;
  const { desk, inaccuracy } = textsOf(language);
  return (
    <>
      <h1>
        {desk.title} <Clause id="D10.1a" /> <Clause id="D10.1b" />
      </h1>
      <p class="lead">{several ? desk.lead : desk.leadController}</p>
      {counts.overdue > 0 && (
        <Notice kind="danger" title={desk.overdue(counts.overdue, sayNumber(counts.overdue, language))}>
          <p>{several ? desk.overdueMore : desk.overdueMoreController}</p>
        </Notice>
      )}
      {!props.clocksAlone && (
        <p class="actions">
          {enters && (
            <Button kind="secondary" href="/requests/entry">
              {desk.enter}
            </Button>
          )}
          <a href="/inaccuracies">{inaccuracy.title}</a>
        </p>
      )}
      {inquiries !== undefined && <Inquiries {...props} inquiries={inquiries} />}
      <h2>{desk.requests}</h2>
      <Views {...props} />
      {!props.clocksAlone && <Filter {...props} />}
      <Requests {...props} />
      <Pages {...props} />
    </>
  );
}

function Views({ language, view, matter, counts }: DeskPageProps) {
  const { desk } = textsOf(language);
  const many = (each: DeskView) => statesOfView[each].reduce((sum, state) => sum + counts.states[state], 0);
  return (
    <nav class="menu" aria-label={desk.views}>
      <ul>
        {deskViews.map((each) => (
          <li key={each}>
            <a href={addressOf({ view: each, matter })} aria-current={each === view ? "page" : undefined}>
              {desk.viewNames[each]} ({sayNumber(many(each), language)})
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Filter({ language, view, matter }: DeskPageProps) {
  const { desk, matters } = textsOf(language);
  const all = [...dataSubjectRights, ...otherRequests];
  return (
    <Form action="/requests" method="get" class="filters">
      <input type="hidden" name="view" value={view} />
      <Field
        name="matter"
        label={desk.matter}
        value={matter ?? ""}
        options={[["", desk.anyMatter], ...all.map((each) => [each, matters[each]] as const)]}
      />
      <Button kind="secondary">{desk.filter}</Button>
    </Form>
  );
}

function Requests({ language, view, rows, several, clocksAlone }: DeskPageProps) {
  const { desk, matters, roles, states } = textsOf(language);
  const { now } = usePage();
  const isForwarding = view === "toForward";
  return (
    <Table<DeskRow>
      caption={desk.viewNames[view]}
      empty={desk.empties[view]}
      stacked
      columns={[
        {
          title: desk.request,
          cell: ({ id, matter, role }) =>
            clocksAlone ? (
              <code>{id}</code>
            ) : (
              <>
                <a href={`/requests/${id}`}>{matters[matter]}</a>
                <span class="below">{roles[role]}</span>
              </>
            ),
        },
        ...(several ? [{ title: desk.controller, cell: ({ controller }: DeskRow) => controller }] : []),
        {
          title: desk.state,
          cell: (row) => (
            <>
              {states[shownState(row, now)]}
              {row.bounces > 0 && row.state === "open" && <strong class="below">{desk.bounced}</strong>}
              {row.textHeld && isForwarding && <span class="below">{desk.textHeld}</span>}
            </>
          ),
        },
        { title: desk.received, cell: ({ receivedAt }) => <Moment at={receivedAt} /> },
        isForwarding
          ? { title: desk.forwardBy, cell: ({ forwardDueAt }) => <Due at={forwardDueAt} /> }
          : view === "withController"
            ? {
                title: desk.answerBy,
                cell: ({ answerDueAt }) => (answerDueAt === undefined ? "–" : <Due at={answerDueAt} />),
              }
            : {
                title: desk.closedAt,
                cell: ({ closedAt }) => (closedAt === undefined ? "–" : <Moment at={closedAt} />),
              },
      ]}
      rows={rows}
    />
  );
}

function Due({ at }: { readonly at: DeskRow["forwardDueAt"] }) {
  return (
    <>
      <Countdown until={at} />
      <span class="below">
        <Moment at={at} />
      </span>
    </>
  );
}

function Inquiries({
  language,
  inquiries,
  counts,
  clocksAlone,
}: DeskPageProps & { readonly inquiries: readonly Inquiry[] }) {
  const { desk, channels, matters, inquiryStates, inquiry: words } = textsOf(language);
  return (
    <>
      <h2>{desk.inquiries}</h2>
      <p>{desk.inquiriesLead}</p>
      <Table<Inquiry>
        caption={desk.inquiriesWaiting(counts.inquiries, sayNumber(counts.inquiries, language))}
        empty={desk.inquiriesEmpty}
        stacked
        columns={[
          {
            title: desk.message,
            cell: ({ id, channel }) =>
              clocksAlone ? <code>{id}</code> : <a href={`/requests/inquiries/${id}`}>{channels[channel]}</a>,
          },
          ...(clocksAlone
            ? []
            : [
                {
                  title: desk.asked,
                  cell: ({ matters: said, recognised }: Inquiry) =>
                    [...new Set([...said, ...recognised])].map((each) => matters[each]).join(", ") || "–",
                },
              ]),
          { title: desk.state, cell: ({ state }) => inquiryStates[state] },
          { title: words.receivedAt, cell: ({ receivedAt }) => <Moment at={receivedAt} /> },
          { title: desk.forwardBy, cell: ({ forwardDueAt }) => <Due at={forwardDueAt} /> },
        ]}
        rows={inquiries}
      />
    </>
  );
}

function Pages({ language, view, matter, page, more }: DeskPageProps) {
  const { desk } = textsOf(language);
  if (page === 1 && !more) return null;
  return (
    <nav class="menu" aria-label={desk.pages}>
      <ul>
        {page > 1 && (
          <li>
            <a href={addressOf({ view, matter, page: page - 1 })} rel="prev">
              {desk.previous}
            </a>
          </li>
        )}
        {more && (
          <li>
            <a href={addressOf({ view, matter, page: page + 1 })} rel="next">
              {desk.next}
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}

function addressOf({
  view,
  matter,
  page = 1,
}: Pick<DeskPageProps, "view" | "matter"> & { readonly page?: number }): string {
  const query = new URLSearchParams({
    view,
    ...(matter === undefined ? {} : { matter }),
    ...(page === 1 ? {} : { page: String(page) }),
  });
  return `/requests?${query.toString()}`;
}
