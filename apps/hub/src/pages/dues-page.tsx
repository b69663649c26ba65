/** What is due, in groups: late, today, within seven days, later. Below it, the way into one's own calendar. */
import type { Instant } from "@preau/kernel";
import { Button, Countdown, Field, Form, Notice, sayMoment, sayNumber, Table, usePage } from "@preau/web";
import { type DueGroup, dueGroups, type PlacedDue } from "../dues.ts";
import { duesTextsOf } from "../dues-texts.ts";
import { ClauseLink } from "./clause-link.tsx";

export interface DuesPageProps {
  /** After filtering; the most urgent first. */
  readonly dues: readonly PlacedDue[];
  /** How many more there are than are shown. */
  readonly more: number;
  /** Everybody's, for staff: the table names the controller. */
  readonly everybodys: boolean;
  readonly filter: DuesFilter;
  /** What there is to choose from; too many controllers to choose from are undefined, and typed. */
  readonly controllers: readonly string[] | undefined;
  readonly clauses: readonly string[];
  readonly opens: (path: string) => boolean;
  readonly feed: FeedProps;
}

interface DuesFilter {
  readonly controller: string;
  readonly clause: string;
}

interface FeedProps {
  /** False for a session without an account. */
  readonly possible: boolean;
  readonly madeAt: Instant | undefined;
  /** The address, right after it was made. */
  readonly address: string | undefined;
  readonly staff: boolean;
}

export function DuesPage(props: DuesPageProps) {
  const { dues, more, filter } = props;
  const { language } = usePage();
  const words = duesTextsOf(language);
  const filtered = filter.controller !== "" || filter.clause !== "";
  return (
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Filters {...props} />
      {filtered && (
        <p role="status">
          {sayNumber(dues.length + more, language)} {dues.length + more === 1 ? words.one : words.many} ·{" "}
          <a href="/dues">{words.clearFilter}</a>
        </p>
      )}
      {dues.length === 0 && <Notice kind="ok" title={filtered ? words.noneFound : words.none} />}
      {dueGroups.map((group) => (
        <DuesTable key={group} {...props} group={group} />
      ))}
      {more > 0 && (
        <p>
          {sayNumber(more, language)} {words.more}
        </p>
      )}
      <CalendarWays {...props.feed} />
    </>
  );
}

function Filters({ everybodys, controllers, clauses, filter }: DuesPageProps) {
  const words = duesTextsOf(usePage().language);
  if (clauses.length === 0) return null;
  const choice = (all: string, values: readonly string[]) => [
    ["", all] as const,
    ...values.map((value) => [value, value] as const),
  ];
  return (
    <Form action="/dues" method="get" class="filters">
      {everybodys && (
        <Field
          name="controller"
          label={words.controller}
          value={filter.controller}
          {...(controllers === undefined
            ? { hint: words.controllerId }
            : { options: choice(words.everyController, controllers) })}
        />
      )}
      <Field
        name="clause"
        label={words.clause}
        value={filter.clause}
        options={choice(words.everyClause, clauses)}
      />
      <Button kind="secondary">{words.filter}</Button>
    </Form>
  );
}

function DuesTable({ dues, group, everybodys, opens }: DuesPageProps & { readonly group: DueGroup }) {
  const { language, zone } = usePage();
  const words = duesTextsOf(language);
  const rows = dues.filter((due) => due.group === group);
  if (rows.length === 0) return null;
  return (
    <div class="stacked">
      <Table
        caption={`${words[group]} (${sayNumber(rows.length, language)})`}
        columns={[
          { title: words.what, cell: (due) => <DueTitle due={due} opens={opens} /> },
          { title: words.clause, cell: (due) => <ClauseLink id={due.clause} /> },
          ...(everybodys
            ? [{ title: words.controller, cell: (due: PlacedDue) => <code>{due.controller}</code> }]
            : []),
          {
            title: words.moment,
            cell: ({ dueAt, place }) => (
              <>
                <Countdown until={dueAt} />
                <small class="below">
                  <time datetime={dueAt}>{sayMoment(dueAt, { language, zone: place.zone })}</time>
                  {place.zone !== zone && ` (${words.zone} ${place.zone})`}
                </small>
              </>
            ),
          },
        ]}
        rows={rows}
      />
    </div>
  );
}

/** Its title, leading to its page where this reader may open that. */
export function DueTitle({
  due,
  opens,
}: {
  readonly due: PlacedDue;
  readonly opens: (path: string) => boolean;
}) {
  const { language } = usePage();
  const title = due.title[language];
  return due.href !== undefined && opens(due.href) ? <a href={due.href}>{title}</a> : <>{title}</>;
}

function CalendarWays({ possible, madeAt, address, staff }: FeedProps) {
  const { language, zone } = usePage();
  const words = duesTextsOf(language);
  return (
    <>
      <h2 id="calendar">{words.calendarTitle}</h2>
      <p>{words.calendarLead}</p>
      {address !== undefined && (
        <Notice kind="warn" title={words.feedAddress}>
          <p>{words.feedOnce}</p>
          <p>
            <code class="long">{address}</code>
          </p>
        </Notice>
      )}
      {address === undefined && (
        <p>
          {!possible
            ? words.feedNoAccount
            : madeAt === undefined
              ? words.feedNone
              : `${words.feedMade} ${sayMoment(madeAt, { language, zone })}.`}
        </p>
      )}
      {possible && staff && <p class="hint">{words.feedStaff}</p>}
      <div class="actions">
        <Button kind="secondary" href="/dues.ics">
          {words.download}
        </Button>
        {possible && (
          <Form action="/dues/feed" class="inline">
            <Button kind="secondary">{madeAt === undefined ? words.makeFeed : words.renewFeed}</Button>
          </Form>
        )}
        {possible && madeAt !== undefined && (
          <Form action="/dues/feed/revocation" class="inline">
            <Button kind="danger">{words.revokeFeed}</Button>
          </Form>
        )}
      </div>
    </>
  );
}
