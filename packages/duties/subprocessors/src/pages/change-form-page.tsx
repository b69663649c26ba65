/** Drafting a change: what annex C would say, and what a client needs in order to object. Towards D8.2, D9.3. */
import type { Agreement } from "@preau/agreement";
import { documentTexts } from "@preau/documents";
import type { Language, Operation } from "@preau/kernel";
import { Button, Clause, Field, Form, Notice } from "@preau/web";
import { changeKinds } from "../change.ts";
import { pageTextsOf } from "../page-texts.ts";

export interface ChangeFormPageProps {
  readonly language: Language;
  readonly agreement: Agreement;
  readonly mechanisms: readonly (keyof (typeof documentTexts)["fr"]["mechanisms"])[];
  /** What was sent and refused, and why. */
  readonly refused?: {
    readonly says: string;
    readonly remedy: string | undefined;
    readonly form: URLSearchParams;
  };
}

const operations: readonly Operation[] = ["store", "show", "send", "export", "erase"];

export function ChangeFormPage({ language, agreement, mechanisms, refused }: ChangeFormPageProps) {
  const words = pageTextsOf(language);
  const { operationWords, mechanisms: mechanismWords } = documentTexts[language];
  const given = (name: string) => refused?.form.get(name) ?? "";
  const text = (
    name: string,
    label: string,
    more: { hint?: string; required?: boolean; area?: boolean } = {},
  ) => (
    <Field
      name={name}
      label={label}
      value={given(name)}
      {...(more.area === true ? { type: "textarea" as const } : {})}
      {...(more.hint === undefined ? {} : { hint: more.hint })}
      {...(more.required === false ? {} : { required: true })}
    />
  );
  const boxes = (prefix: string, list: readonly (readonly [id: string, label: string])[]) =>
    list.map(([id, label]) => (
      <Field
        key={id}
        type="checkbox"
        name={`${prefix}.${id}`}
        label={label}
        value="yes"
        checked={given(`${prefix}.${id}`) === "yes"}
      />
    ));
  return (
    <>
      <p class="over">
        <a href="/subprocessors">{words.title}</a>
      </p>
      <h1>
        {words.changeTitle} <Clause id="D8.2" />
      </h1>
      <p class="lead">{words.changeLead}</p>
      {refused !== undefined && (
        <Notice kind="danger" title={refused.says}>
          {refused.remedy !== undefined && <p>{refused.remedy}</p>}
        </Notice>
      )}
      <Form action="/subprocessors/changes">
        <Field
          name="kind"
          label={words.kind}
          value={given("kind")}
          options={changeKinds.map((kind) => [kind, words.kinds[kind]] as const)}
        />
        <Field
          name="replaces"
          label={words.replaces}
          value={given("replaces")}
          options={[
            ["", words.none] as const,
            ...agreement.annexC.map(({ recipient, name }) => [recipient, name] as const),
          ]}
        />
        {text("recipient", words.recipient, { hint: words.recipientHint })}
        {text("name", words.name)}
        {text("siret", words.siret, { required: false })}
        {text("register", words.register, { required: false })}
        {text("activityFr", words.activityFr)}
        {text("activityEn", words.activityEn)}
        <Field
          name="origins"
          label={words.origins}
          value={given("origins")}
          options={[
            ["outsideGarOnly", words.outsideGarOnly],
            ["everyOrigin", words.everyOrigin],
          ]}
        />
        <fieldset>
          <legend>{words.operations}</legend>
          {boxes(
            "operation",
            operations.map((each) => [each, operationWords[each]] as const),
          )}
        </fieldset>
        <fieldset>
          <legend>{words.purposes}</legend>
          {boxes(
            "purpose",
            agreement.purposes.map((each) => [each.id, each[language]] as const),
          )}
        </fieldset>
        <fieldset>
          <legend>{words.categories}</legend>
          {boxes(
            "category",
            agreement.categories.map((each) => [each.id, each[language]] as const),
          )}
        </fieldset>
        {text("transferCountry", words.transferCountry, { hint: words.transferCountryHint, required: false })}
        <Field
          name="mechanism"
          label={words.mechanism}
          value={given("mechanism")}
          options={[
            ["", words.noMechanism] as const,
            ...mechanisms.map((each) => [each, mechanismWords[each]] as const),
          ]}
        />
        {text("deletionDelay", words.deletionDelay, { hint: words.deletionDelayHint })}
        {text("storage", words.storageField, { hint: words.countriesHint })}
        {text("processing", words.processingField, { hint: words.countriesHint })}
        {text("purposeFr", words.purposeFr, { area: true })}
        {text("purposeEn", words.purposeEn, { area: true })}
        {text("retentionFr", words.retentionFr, { area: true })}
        {text("retentionEn", words.retentionEn, { area: true })}
        {text("guaranteesFr", words.guaranteesFr, { area: true })}
        {text("guaranteesEn", words.guaranteesEn, { area: true })}
        <Field
          name="startsOn"
          type="date"
          label={words.start}
          hint={words.startHint}
          value={given("startsOn")}
          required
        />
        <p class="hint">{words.draftHint}</p>
        <Button>{words.saveDraft}</Button>
      </Form>
    </>
  );
}
