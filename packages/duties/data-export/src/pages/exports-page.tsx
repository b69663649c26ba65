/** All exports of one controller, or of all of them, and the three that can be ordered. */
import { actorRoles, type Language } from "@preau/kernel";
import { Clause, Moment, sayNumber, Table, usePage } from "@preau/web";
import type { ExportOrder } from "../export-order.ts";
import { shownState } from "../export-order-list.ts";
import { textsOf } from "../texts.ts";
import { sayBytes } from "./say-bytes.ts";

export interface ExportsPageProps {
  readonly language: Language;
  readonly exports: readonly ExportOrder[];
  readonly decides: boolean;
  /** Several controllers are shown. */
  readonly several: boolean;
}

export function ExportsPage({ language, exports, decides, several }: ExportsPageProps) {
  const words = textsOf(language);
  const { now } = usePage();
  const client = { title: words.client, cell: ({ controller }: ExportOrder) => controller };
  return (
    <>
      <h1>
        {words.title} <Clause id="D10.1a" /> <Clause id="DD.2" /> <Clause id="S8" />
      </h1>
      <p class="lead">{words.lead}</p>
      {decides && (
        <div class="cards">
          <New of="person" title={words.newPerson} hint={words.newPersonHint} label={words.order} />
          <New of="project" title={words.newProject} hint={words.newProjectHint} label={words.order} />
          <New of="database" title={words.newDatabase} hint={words.newDatabaseHint} label={words.order} />
        </div>
      )}
      <Table<ExportOrder>
        caption={words.list}
        empty={words.empty}
        stacked
        columns={[
          {
            title: words.what,
            cell: ({ id, what }) => <a href={`/exports/${id}`}>{words.kinds[what.kind]}</a>,
          },
          ...(several ? [client] : []),
          {
            title: words.state,
            cell: (order) => (
              <>
                {words.states[shownState(order, now)]}
                {order.files > 0 && order.overAt === undefined && (
                  <span class="below">
                    {words.progressOf(
                      order.files,
                      sayNumber(order.files, language),
                      sayBytes(order.contentBytes, language),
                    )}
                  </span>
                )}
              </>
            ),
          },
          {
            title: words.orderedAt,
            cell: ({ orderedAt, orderedBy }) => (
              <>
                <Moment at={orderedAt} />
                <span class="below">{actorRoles[orderedBy][language]}</span>
              </>
            ),
          },
          {
            title: words.destruction,
            cell: ({ destroyBy, overAt }) => {
              const at = overAt ?? destroyBy;
              if (at === undefined) return "–";
              return (
                <>
                  <Moment at={at} />
                  <span class="below">{overAt === undefined ? words.destroyedBy : words.done}</span>
                </>
              );
            },
          },
        ]}
        rows={exports}
      />
    </>
  );
}

interface NewProps {
  readonly of: string;
  readonly title: string;
  readonly hint: string;
  readonly label: string;
}

function New({ of, title, hint, label }: NewProps) {
  return (
    <div class="card stack">
      <h2>{title}</h2>
      <p>{hint}</p>
      <a class="button secondary" href={`/exports/new?what=${of}`} aria-label={`${label} : ${title}`}>
        {label}
      </a>
    </div>
  );
}
