/** The list of cases: who waits, on which side of the wall and why, what must be decided and by when. */
import type { ControllerId, Language } from "@preau/kernel";
import { Button, Clause, Countdown, Field, Form, Moment, PUBLISHER, sayNumber, Table } from "@preau/web";
import { type CaseView, caseViews, type ListedCase } from "../store/case-list.ts";
import { textsOf, wordOf } from "../texts.ts";
import type { CasesShown } from "../view-cases.ts";

export interface CasesPageProps extends CasesShown {
  readonly language: Language;
  readonly view: CaseView;
  /** 1 is the first. */
  readonly page: number;
  /** Whose alone are shown, of several. */
  readonly client: ControllerId | undefined;
  /** Several controllers are shown. */
  readonly several: boolean;
  /** Clocks, and nothing that tells what somebody asks. */
  readonly clocksAlone: boolean;
}

export function CasesPage(props: CasesPageProps) {
  const { language, several } = props;
  const { cases } = textsOf(language);
  return (
    <>
      <h1>
        {cases.title} <Clause id="DC" />
      </h1>
      <p class="lead">{several ? cases.lead : cases.leadClient}</p>
      <Views {...props} />
      {several && !props.clocksAlone && <Filter {...props} />}
      <Cases {...props} />
      <Pages {...props} />
    </>
  );
}

function Filter({ language, view, client }: CasesPageProps) {
  const { cases } = textsOf(language);
  return (
    <Form action="/support/cases" method="get" class="filters">
      <input type="hidden" name="view" value={view} />
      <Field
        name="controller"
        type="search"
        label={cases.client}
        value={client ?? ""}
        hint={cases.writerClientHint}
        autocomplete="off"
      />
      <Button kind="secondary">{cases.filter}</Button>
    </Form>
  );
}

function Views({ language, view, client, counts }: CasesPageProps) {
  const { cases } = textsOf(language);
  return (
    <nav class="menu" aria-label={cases.views}>
      <ul>
        {caseViews.map((each) => (
          <li key={each}>
            <a href={addressOf(each, client)} aria-current={each === view ? "page" : undefined}>
              {cases.viewNames[each]} ({sayNumber(counts[each], language)})
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Cases({ language, view, rows, several, clocksAlone }: CasesPageProps) {
  const { cases } = textsOf(language);
  return (
    <Table<ListedCase>
      caption={cases.viewNames[view]}
      empty={cases.empties[view]}
      stacked
      columns={[
        {
          title: cases.case,
          cell: ({ line, waiting }) =>
            clocksAlone ? (
              <code>{line.id}</code>
            ) : (
              <>
                <a href={`/support/cases/${line.id}`}>{cases.channels[line.channel]}</a>
                <span class="below">{cases.states[line.state]}</span>
                {waiting > 0 && <span class="below">{cases.waiting(waiting)}</span>}
              </>
            ),
        },
        ...(several
          ? [
              {
                title: cases.client,
                cell: ({ line }: ListedCase) =>
                  line.controller === PUBLISHER ? cases.unknownClient : line.controller,
              },
            ]
          : []),
        ...(clocksAlone
          ? []
          : [
              {
                title: cases.side,
                cell: ({ line }: ListedCase) => (
                  <>
                    {cases.sides[line.side]}
                    <span class="below">{wordOf(cases.reasons, line.reason)}</span>
                    {(line.desk === "stuck" || line.desk === "leaving") && (
                      <strong class="below">{cases.desks[line.desk]}</strong>
                    )}
                  </>
                ),
              },
            ]),
        {
          title: view === "closed" ? cases.facts.closed : view === "answered" ? cases.lastAt : cases.since,
          cell: ({ line }) => <Moment at={line.closedAt ?? line.lastAt} />,
        },
        {
          title: cases.due,
          cell: ({ proposalDueAt }) =>
            proposalDueAt === undefined ? (
              cases.notDue
            ) : (
              <>
                <Countdown until={proposalDueAt} />
                <span class="below">
                  <Moment at={proposalDueAt} />
                </span>
              </>
            ),
        },
      ]}
      rows={rows}
    />
  );
}

function Pages({ language, view, client, page, more }: CasesPageProps) {
  const { cases } = textsOf(language);
  if (page === 1 && !more) return null;
  return (
    <nav class="menu" aria-label={cases.pages}>
      <ul>
        {page > 1 && (
          <li>
            <a href={addressOf(view, client, page - 1)} rel="prev">
              {cases.previous}
            </a>
          </li>
        )}
        {more && (
          <li>
            <a href={addressOf(view, client, page + 1)} rel="next">
              {cases.next}
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}

function addressOf(view: CaseView, client: ControllerId | undefined, page = 1): string {
  const query = new URLSearchParams({
    view,
    ...(client === undefined ? {} : { controller: client }),
    ...(page === 1 ? {} : { page: String(page) }),
  });
  return `/support/cases?${query.toString()}`;
}
