/** The form in which an instruction is given, or written down. */
import { type ControllerId, instructionKinds, type Language } from "@preau/kernel";
import { Button, Clause, Field, Form } from "@preau/web";
import { textsOf } from "../texts.ts";
import { ChooseClient, type Refused, RefusedNotice, sentIn, WritingFields } from "./writing-fields.tsx";

export interface NewInstructionPageProps {
  readonly language: Language;
  readonly controller: ControllerId | undefined;
  readonly clients: readonly { readonly id: string; readonly name: string }[];
  readonly products: readonly (readonly [id: string, name: string])[];
  readonly isOwn: boolean;
  /** Of this form: sent twice it records once. */
  readonly press: string;
  readonly refused?: Refused | undefined;
}

export function NewInstructionPage(props: NewInstructionPageProps) {
  const { language, controller, clients, isOwn, refused } = props;
  const words = textsOf(language);
  return (
    <>
      <p class="over">
        <a href="/instructions">{words.title}</a>
        {controller !== undefined && <> · {controller}</>}
      </p>
      <h1>
        {isOwn ? words.newTitle : words.newTitleStaff} <Clause id="D6.1c" />
      </h1>
      <p class="lead">{isOwn ? words.newLead : words.newLeadStaff}</p>
      {refused?.says !== "" && <RefusedNotice refused={refused} />}
      {controller === undefined ? (
        <ChooseClient {...{ language, clients }} action="/instructions/new" />
      ) : (
        <InstructionForm {...props} controller={controller} />
      )}
    </>
  );
}

function InstructionForm(props: NewInstructionPageProps & { readonly controller: ControllerId }) {
  const { language, controller, products, isOwn, press, refused } = props;
  const words = textsOf(language);
  const sent = sentIn(refused, language);
  const bounded = (name: "recipients" | "purposes" | "categories") => (
    <Field name={name} label={words[name]} hint={words.wordsHint} {...sent(name)} />
  );
  return (
    <Form action="/instructions">
      <input type="hidden" name="controller" value={controller} />
      <input type="hidden" name="press" value={press} />
      <Field
        name="kind"
        label={words.kind}
        options={instructionKinds.map((each) => [each, words.kinds[each]] as const)}
        {...sent("kind")}
      />
      <fieldset class="stack">
        <legend>{words.scope}</legend>
        <Field
          name="product"
          label={words.product}
          options={[["", words.productAny], ...products]}
          {...sent("product")}
        />
        <Field
          name="subject"
          label={words.subject}
          hint={words.subjectHint}
          autocomplete="off"
          {...sent("subject")}
        />
        <Field name="about" label={words.about} hint={words.aboutHint} {...sent("about")} />
        {bounded("recipients")}
        {bounded("purposes")}
        {bounded("categories")}
        <Field
          name="operations"
          label={words.operations}
          hint={words.operationsHint}
          {...sent("operations")}
        />
        <Field
          name="endsOn"
          type="date"
          label={words.endsOn}
          hint={words.endsOnHint}
          {...sent("endsOn", "endsAt")}
        />
      </fieldset>
      {!isOwn && <WritingFields {...{ language, refused }} />}
      <Button>{isOwn ? words.give : words.record}</Button>
    </Form>
  );
}
