/** A request to observe practices: exactly what would be read, by whom, when, and the two answers. */
import type { Bilingual, Language } from "@preau/kernel";
import { Button, Clause, Definition, Form, Moment, Table } from "@preau/web";
import type { Observation } from "../observation.ts";
import { textsOf } from "../texts.ts";
import { HandedLink, type Refused, RefusedNotice } from "./writing-fields.tsx";

export interface ObservationPageProps {
  readonly language: Language;
  readonly observation: Observation;
  /** What the fields are called, where a store says it. */
  readonly titles: ReadonlyMap<string, readonly [table: Bilingual, column: Bilingual]>;
  /** The reader answers for the client. */
  readonly answers: boolean;
  /** The reader asked for the publisher. */
  readonly asks: boolean;
  /** One form for both answers, behind a link. */
  readonly answerAction: string;
  readonly link?: string | undefined;
  readonly refused?: Refused | undefined;
}

export function ObservationPage(props: ObservationPageProps) {
  const { language, observation, titles, answers, asks, answerAction, link, refused } = props;
  const words = textsOf(language);
  const { id, product, purpose, capacity, fields, startsAt, endsAt, state, answered, instruction } =
    observation;
  return (
    <>
      {asks && (
        <p class="over">
          <a href="/instructions/observations">{words.observations}</a> · {observation.controller}
        </p>
      )}
      <h1>
        {words.observations} <Clause id="S14" />
      </h1>
      <p class="lead">{words.observationStates[state]}</p>
      <RefusedNotice refused={refused} />
      {link !== undefined && <HandedLink {...{ language, link }} />}
      <Definition
        entries={[
          [words.observationPurpose, purpose],
          [words.observationCapacity, capacity],
          [words.product, product],
          [words.observationFrom, <Moment key="from" at={startsAt} />],
          [words.observationTo, <Moment key="to" at={endsAt} />],
          ...(answered === undefined
            ? []
            : [[words.observationAnswered, <Moment key="answered" at={answered.at} />] as const]),
          ...(instruction === undefined
            ? []
            : [
                [
                  words.instruction,
                  <a key="instruction" href={`/instructions/${instruction}`}>
                    {instruction}
                  </a>,
                ] as const,
              ]),
        ]}
      />
      <h2>{words.observationList}</h2>
      <Table<string>
        caption={words.observationList}
        columns={[
          { title: words.observationSearch, cell: (field) => <code>{field}</code> },
          {
            title: words.observationMeaning,
            cell: (field) => {
              const title = titles.get(field);
              return title === undefined ? "–" : `${title[0][language]} · ${title[1][language]}`;
            },
          },
        ]}
        rows={fields}
      />
      {answers && state === "asked" && (
        <Form action={answerAction}>
          <input type="hidden" name="hash" value={observation.hash} />
          <p class="hint">{words.observationApproveHint}</p>
          <div class="actions">
            <Button name="answer" value="approve">
              {words.observationApprove}
            </Button>
            <Button kind="secondary" name="answer" value="refuse">
              {words.observationRefuse}
            </Button>
          </div>
        </Form>
      )}
      {asks && state === "asked" && (
        <div class="actions">
          <Button kind="secondary" href={`/instructions/observations/new?change=${id}`}>
            {words.observationChange}
          </Button>
          <Form action={`/instructions/observations/${id}/link`} class="inline">
            <Button kind="secondary">{words.makeLink}</Button>
          </Form>
          <Form action={`/instructions/observations/${id}/withdrawal`} class="inline">
            <Button kind="danger">{words.observationDrop}</Button>
          </Form>
        </div>
      )}
    </>
  );
}
