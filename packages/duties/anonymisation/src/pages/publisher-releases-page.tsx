/** What the publisher's officer sees: every release and refusal, who objects, and where a writing is recorded. @clause D13.3 */
import type { Controller } from "@preau/contracts";
import type { ControllerId, Instant, Language } from "@preau/kernel";
import { Button, Clause, Field, Form, Moment, Notice, Table } from "@preau/web";
import type { Release } from "../ledger.ts";
import { type Objection, opposedSince } from "../objection.ts";
import { textsOf } from "../texts.ts";
import { ObjectionHistory, type ObjectionHistoryProps } from "./objection-parts.tsx";
import { ReleaseTable } from "./release-parts.tsx";

export interface PublisherReleasesPageProps {
  readonly language: Language;
  readonly objections: readonly Objection[];
  readonly releases: readonly Release[];
  readonly controllers: readonly Pick<Controller, "id" | "name">[];
  /** What was sent and refused, with the sentence that says why and the field that it is about. */
  readonly refused?: {
    readonly says: string;
    readonly remedy?: string | undefined;
    readonly place?: string | undefined;
    readonly form: URLSearchParams;
  };
}

export function PublisherReleasesPage(props: PublisherReleasesPageProps) {
  const { language, objections, releases, controllers } = props;
  const nameOf = (id: ControllerId) => controllers.find((each) => each.id === id)?.name ?? id;
  const words = textsOf(language);
  return (
    <>
      <h1>
        {words.title} <Clause id="D13.1" />
      </h1>
      <p class="lead">{words.leadPublisher}</p>
      <ReleaseTable {...{ language, releases }} empty={words.releasesEmptyPublisher} />
      <Opposed {...{ language, objections, nameOf }} />
      <RecordForm {...props} />
      {objections.length > 0 && <ObjectionHistory {...{ language, objections, nameOf }} />}
    </>
  );
}

function Opposed({ language, objections, nameOf }: Required<ObjectionHistoryProps>) {
  const words = textsOf(language);
  const controllers = [...new Set(objections.map(({ controller }) => controller))].sort();
  const rows = controllers.flatMap((controller) => {
    const since = opposedSince(objections.filter((each) => each.controller === controller));
    return since === undefined ? [] : [{ controller, since }];
  });
  return (
    <Table<{ readonly controller: ControllerId; readonly since: Instant }>
      caption={words.opposedTitle}
      empty={words.opposedEmpty}
      columns={[
        { title: words.controller, cell: (row) => nameOf(row.controller) },
        { title: words.since, cell: (row) => <Moment at={row.since} /> },
      ]}
      rows={rows}
    />
  );
}

function RecordForm({ language, controllers, refused }: PublisherReleasesPageProps) {
  const words = textsOf(language);
  const sent = (name: string) => refused?.form.get(name) ?? "";
  if (controllers.length === 0)
    return (
      <>
        <h2>{words.recordTitle}</h2>
        <p>{words.noController}</p>
      </>
    );
  return (
    <>
      <h2>
        {words.recordTitle} <Clause id="D13.3" />
      </h2>
      <p>{words.recordLead}</p>
      {refused !== undefined && (
        <Notice kind="danger" title={refused.says}>
          {refused.remedy !== undefined && <p>{refused.remedy}</p>}
        </Notice>
      )}
      <Form action="/releases/objections">
        <Field
          name="controller"
          label={words.controller}
          value={sent("controller")}
          options={controllers.map(({ id, name }) => [id, name] as const)}
        />
        <Field
          name="deed"
          label={words.recordKind}
          value={sent("deed")}
          options={[
            ["objection", words.kindObjection],
            ["withdrawal", words.kindWithdrawal],
          ]}
        />
        <Field name="day" label={words.recordDay} type="date" value={sent("day")} required />
        <Field name="time" label={words.recordTime} hint={words.recordTimeHint} value={sent("time")} />
        <Field
          name="means"
          label={words.recordMeans}
          value={sent("means")}
          options={[
            ["email", words.meansEmail],
            ["letter", words.meansLetter],
          ]}
        />
        <Field
          name="writer"
          label={words.recordWriter}
          value={sent("writer")}
          options={[
            ["dpo", words.capacityDpo],
            ["representative", words.capacityRepresentative],
            ["contact", words.capacityContact],
          ]}
        />
        <Field
          name="reference"
          label={words.recordReference}
          hint={words.recordReferenceHint}
          value={sent("reference")}
          required
        />
        <Button>{words.recordButton}</Button>
      </Form>
    </>
  );
}
