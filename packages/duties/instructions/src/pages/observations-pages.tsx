/** All requests to observe practices, and the form that makes one. */
import type { ControllerId, Language } from "@preau/kernel";
import { Button, Clause, Field, Form, Moment, Table } from "@preau/web";
import type { Observation } from "../observation.ts";
import type { SealedObservation } from "../store/observation-rows.ts";
import { textsOf } from "../texts.ts";
import { ChooseClient, type Refused, RefusedNotice, sentIn } from "./writing-fields.tsx";

export function ObservationsPage({
  language,
  observations,
  several,
  asks,
}: {
  readonly language: Language;
  readonly observations: readonly SealedObservation[];
  readonly several: boolean;
  readonly asks: boolean;
}) {
  const words = textsOf(language);
  const client = { title: words.client, cell: ({ controller }: SealedObservation) => controller };
  return (
    <>
      <p class="over">
        <a href="/instructions">{words.title}</a>
      </p>
      <h1>
        {words.observations} <Clause id="S14" />
      </h1>
      <p class="lead">{words.observationsLead}</p>
      {asks && (
        <div class="actions">
          <Button href="/instructions/observations/new">{words.observationNew}</Button>
        </div>
      )}
      <Table<SealedObservation>
        caption={words.observations}
        empty={words.observationsEmpty}
        stacked
        columns={[
          {
            title: words.state,
            cell: ({ id, state }) => (
              <a href={`/instructions/observations/${id}`}>{words.observationStates[state]}</a>
            ),
          },
          ...(several ? [client] : []),
          { title: words.observationFrom, cell: ({ startsAt }) => <Moment at={startsAt} /> },
          { title: words.observationTo, cell: ({ endsAt }) => <Moment at={endsAt} /> },
          { title: words.fields, numeric: true, cell: ({ fields }) => fields.length },
        ]}
        rows={observations}
      />
    </>
  );
}

export function NewObservationPage({
  language,
  controller,
  clients,
  products,
  change,
  refused,
}: {
  readonly language: Language;
  readonly controller: ControllerId | undefined;
  readonly clients: readonly { readonly id: string; readonly name: string }[];
  readonly products: readonly (readonly [id: string, name: string])[];
  /** The request that is changed. */
  readonly change?: Observation | undefined;
  readonly refused?: Refused | undefined;
}) {
  const words = textsOf(language);
  const sent = sentIn(refused, language);
  return (
    <>
      <p class="over">
        <a href="/instructions/observations">{words.observations}</a>
        {controller !== undefined && <> · {controller}</>}
      </p>
      <h1>
        {change === undefined ? words.observationNew : words.observationChange} <Clause id="S14" />
      </h1>
      <p class="lead">{change === undefined ? words.observationsLead : words.observationChangeHint}</p>
      {refused?.says !== "" && <RefusedNotice refused={refused} />}
      {controller === undefined ? (
        <ChooseClient {...{ language, clients }} action="/instructions/observations/new" />
      ) : (
        <Form action="/instructions/observations">
          <input type="hidden" name="controller" value={controller} />
          {change !== undefined && <input type="hidden" name="change" value={change.id} />}
          <Field name="product" label={words.product} options={products} {...sent("product")} />
          <Field
            name="purpose"
            type="textarea"
            label={words.observationPurpose}
            hint={words.observationPurposeHint}
            required
            {...sent("purpose")}
          />
          <Field
            name="capacity"
            label={words.observationCapacity}
            hint={words.observationCapacityHint}
            required
            {...sent("capacity")}
          />
          <Field name="startsOn" type="date" label={words.observationFrom} required {...sent("startsOn")} />
          <Field name="endsOn" type="date" label={words.observationTo} required {...sent("endsOn")} />
          <Field
            name="fields"
            type="textarea"
            label={words.observationFields}
            hint={words.observationFieldsHint}
            required
            {...sent("fields")}
          />
          <Button>{change === undefined ? words.observationAsk : words.observationChange}</Button>
        </Form>
      )}
    </>
  );
}
