/** What the controller's own people say of a request: that they have it, who it is, that they answered, or need longer. */
import type { Language } from "@preau/kernel";
import { Button, Clause, Field, Form } from "@preau/web";
import { isOpen, type Request, refusalReasons } from "../request.ts";
import { extensionReasons } from "../request-extend.ts";
import { textsOf } from "../texts.ts";

export interface CaseAnswerFormsProps {
  readonly language: Language;
  readonly request: Request;
  /** By the publisher's officer, of what the controller wrote: under which reference its writing is found. */
  readonly writesDown: boolean;
}

export function CaseAnswerForms({ language, request, writesDown }: CaseAnswerFormsProps) {
  const { one, reasons } = textsOf(language);
  const { id, extendedAt, answerDueAt, subject, identity } = request;
  if (!isOpen(request)) return null;
  const reference = (name: string) => (writesDown ? <Reference {...{ language, name }} /> : null);
  return (
    <>
      <h2>
        {writesDown ? one.theirAnswer : one.yourAnswer} <Clause id="D10.1c" />
      </h2>
      {writesDown && <p>{one.theirAnswerLead}</p>}
      {request.acknowledgedAt === undefined && (
        <Form action={`/requests/${id}/acknowledgement`}>
          <p class="hint">{one.acknowledgeHint}</p>
          {reference("acknowledgement")}
          <Button>{one.acknowledge}</Button>
        </Form>
      )}
      <details open={!writesDown && subject === undefined}>
        <summary>{one.whoIsIt}</summary>
        <Form action={`/requests/${id}/person`}>
          <p class="hint">{one.whoIsItHint}</p>
          {subject === undefined && (
            <Field name="person" label={one.person} hint={one.personHint} autocomplete="off" />
          )}
          {identity !== "signedIn" && (
            <Field
              name="identity"
              label={one.identity}
              value={identity === "unverified" ? "verified" : identity}
              options={(["verified", "asked", "failed"] as const).map(
                (each) => [each, one.identitySays[each]] as const,
              )}
            />
          )}
          {reference("person")}
          <Button kind="secondary">{one.save}</Button>
        </Form>
      </details>
      <details>
        <summary>{one.sayAnswered}</summary>
        <Form action={`/requests/${id}/outcome`}>
          <p class="hint">{one.sayAnsweredHint}</p>
          <Field
            name="outcome"
            label={one.outcome}
            options={[
              ["answered", one.outcomeAnswered],
              ["executed", one.outcomeExecuted],
              ["refused", one.outcomeRefused],
              ["withdrawn", one.outcomeWithdrawn],
            ]}
          />
          <Field
            name="reason"
            label={one.refusalReason}
            hint={one.refusalReasonHint}
            options={[["", one.noReason], ...refusalReasons.map((each) => [each, reasons[each]] as const)]}
          />
          {reference("outcome")}
          <Button>{one.close}</Button>
        </Form>
      </details>
      {extendedAt === undefined && answerDueAt !== undefined && (
        <details>
          <summary>{one.needLonger}</summary>
          <Form action={`/requests/${id}/extension`}>
            <p class="hint">{one.needLongerHint}</p>
            <Field
              name="extensionReason"
              label={one.extensionReason}
              options={extensionReasons.map((each) => [each, one.extensionReasons[each]] as const)}
            />
            {reference("extension")}
            <Button kind="secondary">{one.extend}</Button>
          </Form>
        </details>
      )}
    </>
  );
}

/** Of the controller's writing. Each form has its own field of that name, so that each has an id of its own. */
function Reference({ language, name }: { readonly language: Language; readonly name: string }) {
  const { one } = textsOf(language);
  return (
    <Field
      name={`reference-${name}`}
      label={one.writing}
      hint={one.writingHint}
      autocomplete="off"
      required
    />
  );
}
