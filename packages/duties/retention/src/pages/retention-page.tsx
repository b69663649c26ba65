/** What is due at one controller, why, when, and on whose instruction. Counts and opaque ids alone. Towards D12.4. */
import { formatDuration, parseDuration, sayDay, sayDuration } from "@preau/calendar";
import { addHours, type Language } from "@preau/kernel";
import { Button, Clause, Form, Moment, Notice, sayNumber, Table, Verdict } from "@preau/web";
import type { Purge } from "../purge.ts";
import type { RetentionView } from "../retention-view.ts";
import { purgesTextsOf, sayAnchor, sayRuleInForce, sayState } from "../say-rule.ts";
import { ForecastChart } from "./forecast-chart.tsx";
import { sayShare } from "./purge-page.tsx";
import { StoreDelays, sayDelay, sayFits } from "./store-delays.tsx";

export interface RetentionPageProps {
  readonly language: Language;
  readonly view: RetentionView;
  readonly titleOf: (store: string) => string;
  readonly hrefOf: (path: string) => string;
  readonly decides: boolean;
  /** Surveys older than that are said to be old. */
  readonly oldAfterHours: number;
  readonly massShare: number;
}

export function RetentionPage(props: RetentionPageProps) {
  const { language, view, hrefOf } = props;
  const words = purgesTextsOf(language);
  return (
    <>
      <p class="over">{view.controller}</p>
      <h1>
        {words.title} <Clause id="D12.4" />
      </h1>
      <p class="lead">{words.lead}</p>
      <Purges {...props} />
      <Notices {...props} />
      <h2>{words.chartTitle}</h2>
      <ForecastChart language={language} months={view.months} rules={view.rules} />
      <Surveys {...props} />
      <Rules {...props} />
      <Stores {...props} />
      <div class="actions">
        <Button kind="secondary" href={hrefOf("/retention/holds")}>
          {words.holdsLink}
        </Button>
        <Button kind="secondary" href={hrefOf("/retention/receipts")}>
          {words.receiptsLink}
        </Button>
      </div>
      <Form action="/retention/subjects" method="get" class="filters">
        <input type="hidden" name="controller" value={view.controller} />
        <div class="field">
          <label for="subject">{words.lookUp}</label>
          <input id="subject" name="subject" type="search" placeholder="sub_…" autocomplete="off" />
        </div>
        <Button kind="secondary">{words.lookUpButton}</Button>
      </Form>
    </>
  );
}

function Purges({ language, view, titleOf, hrefOf, massShare }: RetentionPageProps) {
  const words = purgesTextsOf(language);
  const columns = [
    {
      title: words.purge,
      cell: (row: Purge) => (
        <a class="row" href={hrefOf(`/retention/purges/${row.id}`)}>
          {sayRuleInForce(view.rules, row.rule, language)}
        </a>
      ),
    },
    { title: words.clause, cell: (row: Purge) => <Clause id={row.clause} /> },
    { title: words.store, cell: (row: Purge) => titleOf(row.source) },
    {
      title: words.persons,
      numeric: true,
      cell: (row: Purge) => sayNumber(row.persons, language),
    },
    { title: words.actsAt, cell: (row: Purge) => <Moment at={row.actedAt ?? row.actsAt} /> },
    {
      title: words.state,
      cell: (row: Purge) =>
        row.verdict === undefined ? sayState(row, words) : <Verdict verdict={row.verdict} />,
    },
  ];
  return (
    <>
      <Table caption={words.purgesTitle} columns={columns} rows={view.purges} empty={words.purgesEmpty} />
      <p class="hint">{words.massHint(sayShare(massShare, language))}</p>
      {view.done.length > 0 && <Table caption={words.purgeActed} columns={columns} rows={view.done} />}
    </>
  );
}

function Notices({ language, view, titleOf }: RetentionPageProps) {
  const words = purgesTextsOf(language);
  if (view.notices.length === 0) return null;
  const ahead = (text: string) => {
    const duration = parseDuration(text);
    return duration === undefined ? text : sayDuration(duration, language);
  };
  return (
    <>
      <Table
        caption={words.noticesTitle}
        columns={[
          { title: words.noticeDay, cell: (row) => sayDay(row.day, language) },
          { title: words.rule, cell: (row) => sayRuleInForce(view.rules, row.rule, language) },
          { title: words.store, cell: (row) => titleOf(row.source) },
          { title: words.persons, numeric: true, cell: (row) => sayNumber(row.persons, language) },
          { title: words.noticeAhead, cell: (row) => ahead(row.ahead) },
          { title: words.noticeShown, cell: (row) => <Moment at={row.shownAt} /> },
        ]}
        rows={view.notices}
      />
      <p class="hint">{words.noticeHint}</p>
    </>
  );
}

function Surveys({ language, view, titleOf, decides, oldAfterHours }: RetentionPageProps) {
  const words = purgesTextsOf(language);
  const number = (value: number) => sayNumber(value, language);
  const isOld = view.surveys.some(({ surveyedAt }) => addHours(surveyedAt, oldAfterHours) < view.now);
  return (
    <>
      {!view.surveyable && (
        <Notice kind="warn">
          <p>{words.noLifecycle}</p>
        </Notice>
      )}
      {isOld && (
        <Notice kind="warn">
          <p>{words.surveyOld}</p>
        </Notice>
      )}
      <Table
        caption={words.surveysTitle}
        empty={words.surveysEmpty}
        columns={[
          { title: words.store, cell: (row) => titleOf(row.source) },
          { title: words.surveyedAt, cell: (row) => <Moment at={row.surveyedAt} /> },
          { title: words.accounts, numeric: true, cell: (row) => number(row.accounts) },
          { title: words.held, numeric: true, cell: (row) => number(row.held) },
          { title: words.withoutRole, numeric: true, cell: (row) => number(row.withoutRole) },
          { title: words.withoutRule, numeric: true, cell: (row) => number(row.withoutRule) },
        ]}
        rows={view.surveys}
      />
      {view.surveys.some(({ withoutRole }) => withoutRole > 0) && <p class="hint">{words.withoutRoleHint}</p>}
      {decides && view.surveyable && (
        <Form action="/retention/survey">
          <input type="hidden" name="controller" value={view.controller} />
          <Button kind="secondary">{words.surveyNow}</Button>
        </Form>
      )}
    </>
  );
}

function Rules({ language, view }: RetentionPageProps) {
  const words = purgesTextsOf(language);
  const referenceOf = (id: string) => view.contracts.find((each) => each.id === id)?.reference ?? id;
  return (
    <>
      <Table
        caption={words.rulesTitle}
        empty={words.rulesEmpty}
        columns={[
          { title: words.anchor, cell: ({ rule }) => sayAnchor(rule.anchor, words) },
          { title: words.clause, cell: ({ rule }) => <Clause id={rule.clause} /> },
          {
            title: words.agreedPeriod,
            cell: ({ rule }) => (
              <>
                {sayDuration(rule.after, language)}
                {rule.ceiling && <span class="soft"> · {words.isCeiling}</span>}
                {rule.approval && <span class="soft"> · {words.isApproval}</span>}
                {rule.roles !== undefined && (
                  <span class="below">{words.forRoles(rule.roles.join(", "))}</span>
                )}
                {rule.categories !== undefined && <span class="below">{words.isPart}</span>}
              </>
            ),
          },
          {
            title: words.ownPeriod,
            cell: ({ own }) =>
              own === undefined ? (
                <span class="soft">{words.asAgreed}</span>
              ) : (
                <>
                  <data value={formatDuration(own.duration)}>{sayDuration(own.duration, language)}</data>{" "}
                  <span class="soft">({referenceOf(own.contract)})</span> <Clause id="D5" />
                </>
              ),
          },
        ]}
        rows={view.rules}
      />
      {view.contracts.length > 0 && (
        <ul>
          {view.contracts.map(({ id, reference }) => (
            <li key={id}>
              <a href={`/controllers/${view.controller}/contracts/${id}`}>
                {words.setOwnPeriods} · {reference}
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Stores({ language, view }: RetentionPageProps) {
  const words = purgesTextsOf(language);
  const tooLong = view.stores.filter(({ fits }) => fits === "no");
  return (
    <>
      {tooLong.length > 0 && (
        <Notice kind="danger" title={words.delayTooLong}>
          <p>{words.delayTooLongText(tooLong.map(({ title }) => title[language]).join(", "))}</p>
        </Notice>
      )}
      <StoreDelays language={language} stores={view.stores} />
      <Subprocessors language={language} subprocessors={view.subprocessors} />
      {view.figure !== undefined && (
        <p class="hint">
          {words.storesHint(sayNumber(view.figure.amount, language))} <Clause id={view.figure.clause} />
        </p>
      )}
    </>
  );
}

function Subprocessors({
  language,
  subprocessors,
}: Pick<RetentionView, "subprocessors"> & { readonly language: Language }) {
  const words = purgesTextsOf(language);
  const tooLong = subprocessors.filter(({ fits }) => fits === "no");
  return (
    <>
      {tooLong.length > 0 && (
        <Notice kind="danger" title={words.delayTooLong}>
          <p>{words.delayTooLongText(tooLong.map(({ name }) => name).join(", "))}</p>
        </Notice>
      )}
      {subprocessors.length > 0 && (
        <Table
          caption={words.subprocessorsTitle}
          columns={[
            { title: words.subprocessor, cell: (row) => row.name },
            {
              title: words.delay,
              cell: ({ hours }) => {
                if (hours === 0) return words.ownCopyNone;
                return hours === "unknown" ? words.delayUnknownShort : sayDelay(hours, language);
              },
            },
            {
              title: words.state,
              cell: (row) => (
                <>
                  {sayFits(row.fits, language)}
                  {!row.reached && row.hours !== 0 && <span class="below">{words.notReached}</span>}
                </>
              ),
            },
          ]}
          rows={subprocessors}
        />
      )}
    </>
  );
}
