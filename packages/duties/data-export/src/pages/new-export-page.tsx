/** The form that orders one export. */
import type { Controller } from "@preau/contracts";
import type { ControllerId, InstructionId, Language, Project, RequestId } from "@preau/kernel";
import { Button, Clause, Field, Form, Notice } from "@preau/web";
import { textsOf } from "../texts.ts";

export type NewWhat = "person" | "project" | "database";

/** Why an order was not taken. Of what was sent only choices out of a list come back, nothing that was typed. */
interface Refused {
  readonly says: string;
  readonly remedy: string | undefined;
  /** The field that it is about. */
  readonly place: string | undefined;
  readonly form: URLSearchParams;
}

/** What it is ordered on and for, as the page that led here said. Opaque ids. */
export interface OrderedFor {
  readonly instruction?: InstructionId | undefined;
  readonly about?: RequestId | undefined;
  readonly person?: string | undefined;
  readonly kind?: string | undefined;
}

export interface NewExportPageProps {
  readonly language: Language;
  readonly what: NewWhat;
  /** Undefined while the publisher's officer has not named one. */
  readonly controller: ControllerId | undefined;
  readonly projects: readonly (Project & { readonly store: string })[];
  readonly stores: readonly { readonly id: string; readonly title: string }[];
  readonly namesInstruction: boolean;
  readonly orderedFor: OrderedFor;
  /** Of this form: sent twice it orders once. */
  readonly press: string;
  /** Every client of the publisher, while one is to be chosen. */
  readonly clients: readonly Pick<Controller, "id" | "name">[];
  readonly refused?: Refused | undefined;
}

const CLAUSES = { person: "D10.1a", project: "DD.2", database: "S8" } as const;

export function NewExportPage(props: NewExportPageProps) {
  const { language, what, controller, clients, refused, orderedFor } = props;
  const words = textsOf(language);
  const titles = { person: words.newPerson, project: words.newProject, database: words.newDatabase };
  const hints = {
    person: words.newPersonHint,
    project: words.newProjectHint,
    database: words.newDatabaseHint,
  };
  return (
    <>
      <p class="over">
        <a href="/exports">{words.title}</a>
        {controller !== undefined && <> · {controller}</>}
      </p>
      <h1>
        {titles[what]} <Clause id={CLAUSES[what]} />
      </h1>
      <p class="lead">{hints[what]}</p>
      {refused !== undefined && (
        <Notice kind="danger" title={refused.says}>
          {refused.remedy !== undefined && <p>{refused.remedy}</p>}
        </Notice>
      )}
      {controller === undefined && clients.length === 0 && <p>{words.clientNone}</p>}
      {controller === undefined && clients.length > 0 && (
        <Form action="/exports/new" method="get">
          <input type="hidden" name="what" value={what} />
          <For {...orderedFor} />
          <Field
            name="controller"
            label={words.chooseClient}
            options={clients.map(({ id, name }) => [id, name] as const)}
          />
          <Button>{words.choose}</Button>
        </Form>
      )}
      {controller !== undefined && <OrderForm {...props} controller={controller} />}
    </>
  );
}

function OrderForm(props: NewExportPageProps & { readonly controller: ControllerId }) {
  const { language, what, controller, projects, stores, namesInstruction, press, refused, orderedFor } =
    props;
  const { instruction, about } = orderedFor;
  const words = textsOf(language);
  const sent = (name: string) => refused?.form.get(name) ?? "";
  const wrong = (name: string) =>
    refused?.place === name ? { error: words.toCorrectIn[name] ?? words.toCorrect } : {};
  if (what === "project" && projects.length === 0) return <p>{words.projectNone}</p>;
  if (what === "database" && stores.length === 0) return <p>{words.storeNone}</p>;
  return (
    <Form action="/exports">
      <input type="hidden" name="controller" value={controller} />
      <input type="hidden" name="what" value={what} />
      <input type="hidden" name="press" value={press} />
      <For {...{ instruction, about }} />
      {instruction !== undefined && (
        <p class="hint">
          {words.onInstruction} <code>{instruction}</code>
          {about !== undefined && (
            <>
              {" · "}
              {words.forRequest} <code>{about}</code>
            </>
          )}
        </p>
      )}
      {what === "person" && (
        <>
          <Field
            name="person"
            label={words.person}
            hint={words.personHint}
            value={orderedFor.person ?? ""}
            autocomplete="off"
            required
            {...wrong("person")}
          />
          <Field
            name="kind"
            value={sent("kind") || (orderedFor.kind ?? "")}
            label={words.kind}
            options={[
              ["access", words.kinds.access],
              ["portability", words.kinds.portability],
            ]}
          />
        </>
      )}
      {what === "project" && (
        <Field
          name="project"
          value={sent("project")}
          label={words.project}
          options={projects.map(
            ({ store, kind, id, title }) =>
              [JSON.stringify([store, kind, id]), `${title} · ${words.projectKinds[kind]} ${id}`] as const,
          )}
        />
      )}
      {what === "database" && (
        <Field
          name="store"
          value={sent("store")}
          label={words.store}
          options={stores.map(({ id, title }) => [id, title] as const)}
        />
      )}
      <Field
        name="language"
        label={words.packageLanguage}
        value={sent("language") || language}
        options={[
          ["fr", words.languages.fr],
          ["en", words.languages.en],
        ]}
      />
      <Field
        name="protection"
        value={sent("protection")}
        {...wrong("protection")}
        label={words.protection}
        hint={words.protectionHint}
        options={[
          ["zip", words.protections.zip],
          ["age", words.protections.age],
          ["recipients", words.protections.recipients],
        ]}
      />
      <Field
        name="recipients"
        label={words.recipients}
        hint={words.recipientsHint}
        type="textarea"
        {...wrong("recipients")}
      />
      {namesInstruction && instruction === undefined && what === "person" && (
        <Field
          name="instruction"
          label={words.onInstruction}
          hint={words.onInstructionHint}
          required
          {...wrong("instruction")}
        />
      )}
      {namesInstruction && instruction === undefined && what !== "person" && (
        <Field
          name="reference"
          label={words.reference}
          hint={words.referenceHint}
          required
          {...wrong("reference")}
        />
      )}
      <Button>{words.order}</Button>
    </Form>
  );
}

function For(given: OrderedFor) {
  const named: readonly (readonly [string, string | undefined])[] = Object.entries(given);
  return (
    <>
      {named.map(([name, value]) =>
        value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
    </>
  );
}
