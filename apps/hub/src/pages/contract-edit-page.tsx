/** One edit: its form with what is wrong beside each field, or what it would change, to be confirmed. */
import { type Issue, sayIssue } from "@preau/contracts";
import type { Bilingual, Language } from "@preau/kernel";
import { Button, Clause, Field, type FieldProps, Form, Notice } from "@preau/web";
import type { ContractsTexts } from "../locales/contracts-fr.ts";
import type { Preview } from "../preview-edit.ts";
import { ChangesTable } from "./changes-table.tsx";

export interface ContractEditPageProps {
  readonly words: ContractsTexts;
  readonly language: Language;
  readonly title: string;
  readonly subject: string;
  readonly clause: string;
  readonly lead?: string | undefined;
  readonly note?: string | undefined;
  readonly action: string;
  readonly back: string;
  readonly version: number;
  readonly fields: readonly FieldProps[];
  readonly submit: string;
  readonly danger?: boolean | undefined;
  readonly issues?: readonly Issue[];
  /** What is wrong with the edit as a whole. */
  readonly refused?:
    | {
        readonly says: Bilingual;
        readonly remedy?: Bilingual | undefined;
        readonly clause?: string | undefined;
      }
    | undefined;
}

export function ContractEditPage(props: ContractEditPageProps) {
  const { words, language, issues = [], refused } = props;
  return (
    <>
      <p class="over">{props.subject}</p>
      <h1>
        {props.title} <Clause id={props.clause} />
      </h1>
      {props.lead !== undefined && <p class="lead">{props.lead}</p>}
      {props.note !== undefined && (
        <Notice kind="info">
          <p>{props.note}</p>
        </Notice>
      )}
      {refused !== undefined && (
        <Notice kind="danger" title={refused.says[language]}>
          {refused.clause !== undefined && (
            <p>
              <Clause id={refused.clause} />
            </p>
          )}
          {refused.remedy !== undefined && <p>{refused.remedy[language]}</p>}
        </Notice>
      )}
      {issues.length > 0 && (
        <Notice kind="danger" title={words.wrong}>
          <p>{words.wrongLead}</p>
        </Notice>
      )}
      <Form action={props.action}>
        <input type="hidden" name="version" value={String(props.version)} />
        {groupsOf(props.fields).map(({ legend, fields }) =>
          legend === undefined ? (
            fields.map((field) => <Field key={field.name} {...withIssue(field, issues, language)} />)
          ) : (
            <fieldset key={legend}>
              <legend>{legend === "products" ? words.products : words.attestation}</legend>
              {fields.map((field) => (
                <Field key={field.name} {...withIssue(field, issues, language)} />
              ))}
            </fieldset>
          ),
        )}
        <div class="actions">
          <Button kind={props.danger === true ? "danger" : "primary"}>{props.submit}</Button>
          <Button kind="secondary" href={props.back}>
            {words.cancel}
          </Button>
        </div>
      </Form>
    </>
  );
}

/** Ticks that stand together, `products.…` and `statement.…`, are one question. */
function groupsOf(
  fields: readonly FieldProps[],
): readonly { readonly legend?: string; readonly fields: readonly FieldProps[] }[] {
  const groups: { legend?: string; fields: FieldProps[] }[] = [];
  for (const field of fields) {
    const legend = /^(products|statement)\./.exec(field.name)?.[1];
    const last = groups.at(-1);
    if (last !== undefined && last.legend === legend) last.fields.push(field);
    else groups.push({ ...(legend === undefined ? {} : { legend }), fields: [field] });
  }
  return groups;
}

function withIssue(field: FieldProps, issues: readonly Issue[], language: Language): FieldProps {
  // Ticks of one list share one issue: it stands at the first of them.
  const found = issues.find((issue) => issue.field === field.name);
  if (found === undefined) return field;
  const { says, remedy } = sayIssue(found);
  return { ...field, error: `${says[language]} ${remedy[language]}` };
}

export interface ContractConfirmPageProps
  extends Pick<
    ContractEditPageProps,
    "words" | "title" | "subject" | "clause" | "action" | "back" | "version"
  > {
  readonly form: URLSearchParams;
  readonly preview: Preview | undefined;
}

export function ContractConfirmPage(props: ContractConfirmPageProps) {
  const { words, preview, form } = props;
  const kept = [...form].filter(([name]) => !["_csrf", "version", "confirmed"].includes(name));
  return (
    <>
      <p class="over">{props.subject}</p>
      <h1>
        {props.title} <Clause id={props.clause} />
      </h1>
      {preview === undefined ? (
        <>
          <Notice kind="info">
            <p>{words.nothingChanges}</p>
          </Notice>
          <Button kind="secondary" href={props.back}>
            {words.cancel}
          </Button>
        </>
      ) : (
        <>
          <p class="lead">{words.confirmLead}</p>
          <ChangesTable words={words} caption={words.confirmTitle} {...preview} />
          <Form action={props.action}>
            <input type="hidden" name="version" value={String(props.version)} />
            <input type="hidden" name="confirmed" value="yes" />
            {kept.map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <div class="actions">
              <Button>{words.confirm}</Button>
              <Button kind="secondary" href={props.back}>
                {words.cancel}
              </Button>
            </div>
          </Form>
        </>
      )}
    </>
  );
}
