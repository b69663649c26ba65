/** One person over time, under an opaque id: journal, purges, holds, receipts. No name, no address. */
import { sayDay } from "@preau/calendar";
import { type ActorRole, actorRoles, type Instant, type Language, type SubjectId } from "@preau/kernel";
import { Clause, Moment, Table } from "@preau/web";
import { purgesTextsOf, sayDecision } from "../say-rule.ts";
import type { SubjectTimeline } from "../subject-timeline.ts";

export interface SubjectPageProps {
  readonly language: Language;
  readonly subject: SubjectId;
  readonly timeline: SubjectTimeline;
  readonly titleOf: (store: string) => string;
  readonly hrefOf: (path: string) => string;
}

export interface TimelineEvent {
  readonly at: Instant;
  readonly type: string;
  readonly clause?: string;
  readonly by?: ActorRole;
  readonly href?: string;
  readonly detail?: string;
}

export function SubjectPage({ language, subject, timeline, titleOf, hrefOf }: SubjectPageProps) {
  const words = purgesTextsOf(language);
  const said = (type: string): string => {
    const known: Readonly<Record<string, string>> = {
      "retention.erasureOrdered": words.eventErasureOrdered,
      "retention.personDropped": words.eventPersonDropped,
      "retention.holdPlaced": words.eventHoldPlaced,
      "retention.holdLifted": words.eventHoldLifted,
      "retention.purgeProposed": words.eventPurgeWaiting,
    };
    return known[type] ?? words.eventOther(type);
  };
  return (
    <>
      <p class="over">
        <a href={hrefOf("/retention")}>{words.title}</a>
      </p>
      <h1>{words.subjectTitle}</h1>
      <p class="lead">{words.subjectLead}</p>
      <p>
        <code class="key">{subject}</code>
      </p>
      <Table
        caption={words.nowTitle}
        empty={words.nowNothing}
        columns={[
          { title: words.store, cell: (row) => titleOf(row.store) },
          {
            title: words.due,
            cell: (row) => (row.decision.day === undefined ? "–" : sayDay(row.decision.day, language)),
          },
          { title: words.reasons, cell: (row) => sayDecision(row.decision, language, timeline.dayOf) || "–" },
        ]}
        rows={timeline.today}
      />
      <Table<TimelineEvent>
        caption={words.subjectTitle}
        empty={words.subjectEmpty}
        columns={[
          { title: words.when, cell: (row) => <Moment at={row.at} /> },
          {
            title: words.what,
            cell: (row) => (
              <>
                {row.href === undefined ? said(row.type) : <a href={hrefOf(row.href)}>{said(row.type)}</a>}
                {row.detail !== undefined && <span class="below">{row.detail}</span>}
              </>
            ),
          },
          {
            title: words.clause,
            cell: (row) => (row.clause === undefined ? "" : <Clause id={row.clause} />),
          },
          { title: words.who, cell: (row) => (row.by === undefined ? "–" : actorRoles[row.by][language]) },
        ]}
        rows={timeline.events}
      />
    </>
  );
}
