/** Who processes data for the publisher today, and what changed. For everybody; more for those whom it concerns. */
import { sayDate } from "@preau/documents";
import type { Language } from "@preau/kernel";
import { Button, Clause, Moment, sayMoment, Table, usePage } from "@preau/web";
import type { Change } from "../change.ts";
import type { NoticeView } from "../notice-view.ts";
import { pageTextsOf } from "../page-texts.ts";
import type { HistoryEvent } from "../public-register.ts";
import type { Standing } from "../standing.ts";
import type { RegisteredSubprocessor } from "../subprocessor.ts";
import { sayPlaces, sayScope, sayTransfer } from "./entry-parts.tsx";

export interface SubprocessorsPageProps {
  readonly language: Language;
  readonly subprocessors: readonly RegisteredSubprocessor[];
  /** Newest first. */
  readonly history: readonly HistoryEvent[];
  /** Of who prepares them: drafts too. */
  readonly changes: readonly Change[];
  /** Of a client's own people. */
  readonly own: readonly NoticeView[] | undefined;
  readonly prepares: boolean;
}

export function SubprocessorsPage(props: SubprocessorsPageProps) {
  const { language, prepares, own } = props;
  const words = pageTextsOf(language);
  return (
    <>
      <h1>
        {words.title} <Clause id="DC" />
      </h1>
      <p class="lead">{words.lead}</p>
      {prepares && (
        <p>
          <Button href="/subprocessors/changes/new">{words.newChange}</Button>
        </p>
      )}
      {own !== undefined && <Own language={language} own={own} />}
      <Current {...props} />
      {prepares && <Changes {...props} />}
      <History {...props} />
    </>
  );
}

function Current({ language, subprocessors, prepares }: SubprocessorsPageProps) {
  const words = pageTextsOf(language);
  const findings = {
    title: words.toComplete,
    cell: ({ findings: found }: RegisteredSubprocessor) =>
      found.length === 0 ? words.nothingMissing : words.pointsMissing(found.length),
  };
  return (
    <Table<RegisteredSubprocessor>
      caption={words.list}
      empty={words.listEmpty}
      stacked
      columns={[
        {
          title: words.company,
          cell: ({ recipient, entry, from }) => (
            <>
              <a href={`/subprocessors/${recipient}`}>{entry.name}</a>
              {from !== "annexC" && (
                <span class="below">{from === "draft" ? words.draftOnly : words.announcedOnly}</span>
              )}
            </>
          ),
        },
        { title: words.activity, cell: ({ entry }) => entry[language] },
        { title: words.scope, cell: ({ entry }) => sayScope(entry, language) },
        { title: words.places, cell: ({ facts }) => sayPlaces(facts.places, language) },
        { title: words.transfer, cell: ({ entry }) => sayTransfer(entry, language) },
        ...(prepares ? [findings] : []),
      ]}
      rows={subprocessors}
    />
  );
}

function Changes({ language, changes }: SubprocessorsPageProps) {
  const words = pageTextsOf(language);
  return (
    <Table<Change>
      caption={words.changes}
      empty={words.changesEmpty}
      stacked
      columns={[
        {
          title: words.change,
          cell: ({ id, entry, kind }) => (
            <>
              <a href={`/subprocessors/changes/${id}`}>{entry.name}</a>
              <span class="below">{words.kinds[kind]}</span>
            </>
          ),
        },
        { title: words.state, cell: ({ state }) => words.states[state] },
        {
          title: words.announcedOn,
          cell: ({ announcedAt }) => (announcedAt === undefined ? "–" : <Moment at={announcedAt} />),
        },
        { title: words.startsOn, cell: ({ startsOn }) => sayDate(startsOn, language) },
      ]}
      rows={changes}
    />
  );
}

function History({ language, history }: SubprocessorsPageProps) {
  const words = pageTextsOf(language);
  return (
    <Table<HistoryEvent>
      caption={words.history}
      empty={words.historyEmpty}
      stacked
      columns={[
        { title: words.when, cell: ({ at }) => <Moment at={at} /> },
        {
          title: words.company,
          cell: (event) => ("change" in event ? event.change.entry : event.entry).name,
        },
        {
          title: words.event,
          cell: (event) => (
            <>
              {words.happened[event.is]}
              {"change" in event && <span class="below">{words.kinds[event.change.kind]}</span>}
            </>
          ),
        },
      ]}
      rows={history}
    />
  );
}

/** What was announced to one client. */
function Own({ language, own }: { readonly language: Language; readonly own: readonly NoticeView[] }) {
  const words = pageTextsOf(language);
  const page = usePage();
  const opensOf = (standing: Standing) =>
    "window" in standing ? sayMoment(standing.window.opensAt, page) : "–";
  return (
    <Table<NoticeView>
      caption={words.yours}
      empty={words.yoursEmpty}
      stacked
      columns={[
        {
          title: words.change,
          cell: ({ change, notice }) => (
            <>
              <a href={`/subprocessors/notices/${notice.id}`}>{change.entry.name}</a>
              <span class="below">{words.kinds[change.kind]}</span>
            </>
          ),
        },
        { title: words.clientStands, cell: ({ standing }) => words.standings[standing.is] },
        {
          title: words.received,
          cell: ({ notice }) =>
            notice.receipt === undefined ? words.notYet : <Moment at={notice.receipt.receivedAt} />,
        },
        { title: words.opens, cell: ({ standing }) => opensOf(standing) },
      ]}
      rows={own}
    />
  );
}
