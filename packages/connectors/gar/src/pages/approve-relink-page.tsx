/** The pages of whoever approves: the code and the number, what would be joined, and that it is done. */
import type { Bilingual, Language, PreauError } from "@preau/kernel";
import { Button, Clause, Definition, Field, Form, Moment, Notice, sayNumber, Table } from "@preau/web";
import type { RelinkView } from "../accounts/approve-relink.ts";
import type { AccountStanding } from "../accounts/judge-relink.ts";
import { accountTextsOf } from "../accounts/texts.ts";

/** What was typed, as it came; it goes back into the form, never into an address. */
export interface RelinkFields {
  readonly code: string;
  readonly old: string;
  /** Kind of an application's account number; empty for none. */
  readonly kind: string;
  readonly number: string;
  readonly controller: string;
  readonly instruction: string;
}

export interface ApproveRelinkPageProps {
  readonly language: Language;
  readonly fields: RelinkFields;
  /** Kinds of account numbers that the controller's applications know, with their titles. */
  readonly kinds: readonly (readonly [kind: string, title: Bilingual])[];
  readonly staff: boolean;
  /** Must this reader name the controller and the instruction? */
  readonly namesInstruction: boolean;
  readonly refused?: PreauError | undefined;
  readonly oldError?: string | undefined;
}

export function ApproveRelinkPage(props: ApproveRelinkPageProps) {
  const { language, fields, kinds, staff, namesInstruction, refused, oldError } = props;
  const words = accountTextsOf(language).relink;
  return (
    <>
      <h1>{words.approveTitle}</h1>
      <p class="lead">{staff ? words.approveStaffLead : words.approveLead}</p>
      {refused !== undefined && (
        <Notice kind="danger" title={refused.entry.says[language]}>
          {refused.remedy(language) !== undefined && <p>{refused.remedy(language)}</p>}
        </Notice>
      )}
      <Form action="/gar/relink/approve">
        {namesInstruction && (
          <Field name="controller" label={words.controller} value={fields.controller} required />
        )}
        {namesInstruction && (
          <Field
            name="instruction"
            label={words.instruction}
            hint={words.instructionHint}
            value={fields.instruction}
            required
          />
        )}
        <Field
          name="code"
          label={words.code}
          hint={words.codeHint}
          value={fields.code}
          autocomplete="off"
          required
        />
        <fieldset>
          <legend>{words.oldTitle}</legend>
          <Field
            name="old"
            label={words.old}
            hint={words.oldHint}
            value={fields.old}
            autocomplete="off"
            {...(oldError === undefined ? {} : { error: oldError })}
          />
          {kinds.length > 0 && (
            <>
              <p>{words.orInApplication}</p>
              <Field
                name="kind"
                label={words.application}
                value={fields.kind}
                options={[
                  ["", words.noApplication],
                  ...kinds.map(([kind, title]) => [kind, title[language]] as const),
                ]}
              />
              <Field
                name="number"
                label={words.numberThere}
                hint={words.numberThereHint}
                value={fields.number}
                autocomplete="off"
              />
            </>
          )}
        </fieldset>
        <div class="actions">
          <Button>{words.look}</Button>
        </div>
      </Form>
    </>
  );
}

export interface LookRelinkPageProps {
  readonly language: Language;
  readonly fields: RelinkFields;
  readonly view: RelinkView;
  readonly productName: string;
  readonly roleName: string;
}

interface Row extends AccountStanding {
  readonly title: string;
  readonly stores: number;
}

export function LookRelinkPage({ language, fields, view, productName, roleName }: LookRelinkPageProps) {
  const words = accountTextsOf(language).relink;
  return (
    <>
      <h1>
        {words.lookTitle} <Clause id="DD.7" />
      </h1>
      <p class="lead">{words.lookLead}</p>
      <Definition
        narrow
        entries={[
          [words.product, productName],
          [words.role, roleName],
          [words.number, <code key="number">{view.old.subject}</code>],
        ]}
      />
      <Table<Row>
        caption={words.bothAccounts}
        stacked
        columns={[
          { title: words.account, cell: ({ title }) => title },
          { title: words.firstSignIn, cell: ({ firstAt }) => <Moment at={firstAt} /> },
          { title: words.lastSignIn, cell: ({ lastAt }) => <Moment at={lastAt} /> },
          { title: words.stores, cell: ({ stores }) => sayNumber(stores, language) },
        ]}
        rows={[
          { title: words.oldAccount, ...view.old },
          { title: words.newAccount, ...view.now, stores: 0 },
        ]}
      />
      <Notice kind="warn">
        <ul>
          {words.consequences.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </Notice>
      <Form action="/gar/relink/confirm">
        {Object.entries<string>({ ...fields }).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div class="actions">
          <Button kind="danger">{words.confirm}</Button>
          <Button kind="secondary" href="/gar/relink/approve">
            {words.back}
          </Button>
        </div>
      </Form>
    </>
  );
}

export function RelinkedPage({ language }: { readonly language: Language }) {
  const words = accountTextsOf(language).relink;
  return (
    <>
      <h1>{words.doneTitle}</h1>
      <Notice kind="ok">
        <p>{words.doneLead}</p>
      </Notice>
      <div class="actions">
        <Button kind="secondary" href="/gar/relink/approve">
          {words.another}
        </Button>
      </div>
    </>
  );
}
