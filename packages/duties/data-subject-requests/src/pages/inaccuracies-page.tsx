/** Data that the publisher learnt to be inaccurate or outdated, and what its controllers were told. */
import type { ControllerId, Language } from "@preau/kernel";
import { Button, Clause, Definition, Field, Form, Moment, Notice, Table } from "@preau/web";
import type { InaccurateData } from "../inaccurate-data.ts";
import { textsOf } from "../texts.ts";

export interface InaccuraciesPageProps {
  readonly language: Language;
  readonly reports: readonly InaccurateData[];
  readonly several: boolean;
  readonly reportsNew: boolean;
}

export function InaccuraciesPage({ language, reports, several, reportsNew }: InaccuraciesPageProps) {
  const { inaccuracy } = textsOf(language);
  return (
    <>
      <h1>
        {inaccuracy.title} <Clause id="D10.3b" />
      </h1>
      <p class="lead">{several ? inaccuracy.lead : inaccuracy.leadController}</p>
      {reportsNew && (
        <p>
          <Button kind="secondary" href="/inaccuracies/new">
            {inaccuracy.new}
          </Button>
        </p>
      )}
      <Table<InaccurateData>
        caption={inaccuracy.list}
        empty={inaccuracy.empty}
        stacked
        columns={[
          {
            title: inaccuracy.place,
            cell: ({ id, place }) => (
              <a href={`/inaccuracies/${id}`}>
                <code>{place}</code>
              </a>
            ),
          },
          ...(several
            ? [{ title: inaccuracy.controller, cell: ({ controller }: InaccurateData) => controller }]
            : []),
          { title: inaccuracy.state, cell: ({ state }) => inaccuracy.states[state] },
          { title: inaccuracy.learntAt, cell: ({ learntAt }) => <Moment at={learntAt} /> },
        ]}
        rows={reports}
      />
    </>
  );
}

export interface InaccuracyPageProps {
  readonly language: Language;
  readonly report: InaccurateData;
  /** For its controller; gone once it has acknowledged. */
  readonly what?: string | undefined;
  readonly acknowledges: boolean;
  /** The publisher's people tell it by hand. */
  readonly tells: boolean;
}

export function InaccuracyPage({ language, report, what, acknowledges, tells }: InaccuracyPageProps) {
  const { inaccuracy, one } = textsOf(language);
  const isOver = report.state === "acknowledged";
  return (
    <>
      <p class="over">
        <a href="/inaccuracies">{inaccuracy.back}</a> · {report.controller}
      </p>
      <h1>
        {inaccuracy.report} <Clause id="D10.3b" />
      </h1>
      <ReportFacts {...{ language, report, what }} />
      {acknowledges && !isOver && (
        <Form action={`/inaccuracies/${report.id}/acknowledgement`}>
          <Button>{inaccuracy.acknowledge}</Button>
        </Form>
      )}
      {tells && report.state === "noted" && (
        <details>
          <summary>{inaccuracy.byHand}</summary>
          <Form action={`/inaccuracies/${report.id}/hand-over`}>
            <Field name="day" type="date" label={one.day} required />
            <Field name="time" label={one.time} hint={one.timeHint} autocomplete="off" />
            <Field name="reference" label={one.reference} hint={one.referenceHint} required />
            <Button kind="secondary">{one.byHandRecord}</Button>
          </Form>
        </details>
      )}
    </>
  );
}

export function ReportFacts({
  language,
  report,
  what,
}: Pick<InaccuracyPageProps, "language" | "report" | "what">) {
  const { inaccuracy } = textsOf(language);
  const dated = [
    [inaccuracy.learntAt, report.learntAt],
    [inaccuracy.toldAt, report.toldAt],
    [inaccuracy.openedAt, report.openedAt],
    [inaccuracy.acknowledgedAt, report.acknowledgedAt],
  ] as const;
  return (
    <Definition
      narrow
      entries={[
        [inaccuracy.state, inaccuracy.states[report.state]],
        [inaccuracy.place, <code key="place">{report.place}</code>],
        ...(report.subject === undefined
          ? []
          : [[inaccuracy.about, <code key="about">{report.subject}</code>] as const]),
        ...(what === undefined ? [] : [[inaccuracy.what, what] as const]),
        ...dated.flatMap(([name, at]) =>
          at === undefined ? [] : [[name, <Moment key={name} at={at} />] as const],
        ),
      ]}
    />
  );
}

export interface NewInaccuracyPageProps {
  readonly language: Language;
  readonly controller: ControllerId | undefined;
  readonly clients: readonly (readonly [id: string, name: string])[];
  readonly stores: readonly (readonly [id: string, title: string])[];
  readonly press: string;
  readonly refused?: { readonly says: string; readonly remedy: string | undefined } | undefined;
}

export function NewInaccuracyPage(props: NewInaccuracyPageProps) {
  const { language, controller, clients, stores, press, refused } = props;
  const { inaccuracy, one, inquiry } = textsOf(language);
  return (
    <>
      <p class="over">
        <a href="/inaccuracies">{inaccuracy.back}</a>
        {controller !== undefined && <> · {controller}</>}
      </p>
      <h1>
        {inaccuracy.new} <Clause id="D10.3b" />
      </h1>
      <p class="lead">{inaccuracy.newLead}</p>
      {refused !== undefined && (
        <Notice kind="danger" title={refused.says}>
          {refused.remedy !== undefined && <p>{refused.remedy}</p>}
        </Notice>
      )}
      {controller === undefined ? (
        <Form action="/inaccuracies/new" method="get">
          <Field name="controller" label={inaccuracy.chooseController} options={clients} />
          <Button>{inaccuracy.continue}</Button>
        </Form>
      ) : (
        <Form action="/inaccuracies">
          <input type="hidden" name="controller" value={controller} />
          <input type="hidden" name="press" value={press} />
          <Field name="store" label={inaccuracy.store} options={stores} />
          <Field
            name="column"
            label={inaccuracy.column}
            hint={inaccuracy.columnHint}
            autocomplete="off"
            required
          />
          <Field name="day" type="date" label={inaccuracy.day} required />
          <Field name="time" label={inaccuracy.time} hint={one.timeHint} autocomplete="off" />
          <Field name="person" label={inaccuracy.subject} hint={inquiry.subjectHint} autocomplete="off" />
          <Field name="what" type="textarea" label={inaccuracy.what} hint={inaccuracy.whatHint} required />
          <Button>{inaccuracy.send}</Button>
        </Form>
      )}
    </>
  );
}
