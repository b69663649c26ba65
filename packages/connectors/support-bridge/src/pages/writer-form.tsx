/** Who writes, said by a person: somebody outside the GAR by an identifier, or somebody for whom the desk is not. */
import type { Language } from "@preau/kernel";
import { Button, Clause, Field, Form } from "@preau/web";
import type { CaseSeen } from "../http/case-view.ts";
import type { SupportCase } from "../support-case.ts";
import { textsOf } from "../texts.ts";

export type WriterFormProps = NonNullable<CaseSeen["assignable"]> & {
  readonly language: Language;
  readonly line: SupportCase;
};

export function WriterForm({ language, line, clients, products }: WriterFormProps) {
  const { cases } = textsOf(language);
  const kinds = (["person", "child", "parent", "gar"] as const).filter(
    (each) => each === "person" || line.side === "unknown",
  );
  return (
    <>
      <h2>
        {cases.writerTitle} <Clause id="DC" />
      </h2>
      <p>{cases.writerLead}</p>
      <Form action={`/support/cases/${line.id}/writer`}>
        <Field
          name="kind"
          label={cases.writerKind}
          hint={cases.writerWalled}
          options={kinds.map((each) => [each, cases.writerKinds[each]] as const)}
        />
        <fieldset>
          <legend>{cases.writerOnlyPerson}</legend>
          {clients.length > 0 && (
            <Field
              name="client"
              label={cases.writerClient}
              options={[["", cases.writerChoose], ...clients]}
            />
          )}
          {clients.length === 0 && (
            <Field name="other" label={cases.writerClient} hint={cases.writerClientHint} autocomplete="off" />
          )}
          <Field name="product" label={cases.writerProduct} options={products} />
          <Field
            name="role"
            label={cases.writerRole}
            options={(["teacher", "administrator"] as const).map(
              (each) => [each, cases.writerRoles[each]] as const,
            )}
          />
          <Field
            name="subject"
            label={cases.writerSubject}
            hint={cases.writerSubjectHint}
            autocomplete="off"
          />
        </fieldset>
        <Button>{cases.writerSend}</Button>
      </Form>
    </>
  );
}
