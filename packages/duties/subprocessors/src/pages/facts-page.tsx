/** What the publisher's officer puts on file of a subprocessor. Towards D8.5, D9.2. */
import type { Agreement } from "@preau/agreement";
import type { Language } from "@preau/kernel";
import { Button, Clause, Field, Form, Notice } from "@preau/web";
import { pageTextsOf } from "../page-texts.ts";
import type { RegisteredSubprocessor, SubSubprocessor } from "../subprocessor.ts";

export interface FactsPageProps {
  readonly language: Language;
  readonly agreement: Agreement;
  readonly one: RegisteredSubprocessor;
  readonly refused?: {
    readonly says: string;
    readonly remedy: string | undefined;
    readonly form: URLSearchParams;
  };
}

export function FactsPage({ language, agreement, one, refused }: FactsPageProps) {
  const words = pageTextsOf(language);
  const { entry, facts, recipient, version } = one;
  const { contract, review, transfer, places } = facts;
  const value = (name: string, kept: string | undefined) => refused?.form.get(name) ?? kept ?? "";
  const field = (
    name: string,
    label: string,
    kept: string | undefined,
    more: { hint?: string; type?: "date" | "textarea" } = {},
  ) => <Field name={name} label={label} value={value(name, kept)} {...more} />;
  return (
    <>
      <p class="over">
        <a href="/subprocessors">{words.title}</a> · <a href={`/subprocessors/${recipient}`}>{entry.name}</a>
      </p>
      <h1>
        {words.factsTitle} <Clause id="D8.5" />
      </h1>
      <p class="lead">{words.factsLead}</p>
      {refused !== undefined && (
        <Notice kind="danger" title={refused.says}>
          {refused.remedy !== undefined && <p>{refused.remedy}</p>}
        </Notice>
      )}
      <Form action={`/subprocessors/${recipient}/facts`}>
        <input type="hidden" name="version" value={version} />
        <fieldset>
          <legend>{words.places}</legend>
          {field("storage", words.storageField, places?.storage.join(" "), { hint: words.countriesHint })}
          {field("processing", words.processingField, places?.processing.join(" "), {
            hint: words.countriesHint,
          })}
        </fieldset>
        <fieldset>
          <legend>{words.contract}</legend>
          {field("contractReference", words.contractReference, contract?.reference, {
            hint: words.referenceHint,
          })}
          {field("contractSha256", words.contractSha256, contract?.sha256, { hint: words.sha256Hint })}
          {field("signedOn", words.signedOn, contract?.signedOn, { type: "date" })}
          {field("validFrom", words.validFrom, contract?.validFrom, { type: "date" })}
          {field("validUntil", words.validUntil, contract?.validUntil, { type: "date", hint: words.dayHint })}
        </fieldset>
        <fieldset>
          <legend>{words.guarantees}</legend>
          <fieldset>
            <legend>{words.measures}</legend>
            {agreement.measures.map((measure) => (
              <Field
                key={measure.id}
                type="checkbox"
                name={`measure.${measure.id}`}
                label={measure[language]}
                value="yes"
                checked={
                  refused === undefined
                    ? review?.measures.includes(measure.id) === true
                    : refused.form.get(`measure.${measure.id}`) === "yes"
                }
              />
            ))}
          </fieldset>
          {field("reviewReference", words.reviewReference, review?.reference, { hint: words.referenceHint })}
          {field("reviewedOn", words.reviewedOnField, review?.reviewedOn, { type: "date" })}
          {field("nextReviewBy", words.nextReviewField, review?.nextReviewBy, { type: "date" })}
        </fieldset>
        {entry.transfers !== "none" && (
          <fieldset>
            <legend>{words.transferTitle}</legend>
            {field("transferReference", words.transferReference, transfer?.reference, {
              hint: words.referenceHint,
            })}
            {field("transferSha256", words.transferSha256, transfer?.sha256, { hint: words.sha256Hint })}
            {field("transferUntil", words.validUntil, transfer?.validUntil, {
              type: "date",
              hint: words.dayHint,
            })}
          </fieldset>
        )}
        {field("contact", words.contact, facts.contact, { hint: words.contactHint })}
        {field("tree", words.treeField, sayTree(facts.subprocessors), {
          type: "textarea",
          hint: words.treeHint,
        })}
        <Button>{words.save}</Button>
      </Form>
    </>
  );
}

/** One a line, a dash a level. */
function sayTree(of: readonly SubSubprocessor[], level = 0): string {
  return of
    .map(({ name, country, activity, subprocessors }) => {
      const line = `${"-".repeat(level)}${level > 0 ? " " : ""}${[name, country, activity].filter(Boolean).join("; ")}`;
      const below = sayTree(subprocessors, level + 1);
      return below === "" ? line : `${line}\n${below}`;
    })
    .join("\n");
}
