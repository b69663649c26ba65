/** How the publisher's officer passes a request on: a link again, by hand, and what goes on of the text. */
import type { Language } from "@preau/kernel";
import { Button, Field, Form, Notice } from "@preau/web";
import { isOpen, type Request } from "../request.ts";
import { textsOf } from "../texts.ts";

export interface CaseRelayFormsProps {
  readonly language: Language;
  readonly request: Request;
  /** Shown once: of a link that was made by this very request, to be handed over. */
  readonly link?: string | undefined;
  /** Support writes down a handing over, and passes nothing on itself. */
  readonly relays: boolean;
}

export function CaseRelayForms({ language, request, link, relays }: CaseRelayFormsProps) {
  const { one } = textsOf(language);
  const { id, state, bounces } = request;
  if (state === "closed") return null;
  return (
    <>
      <h2>{one.passOn}</h2>
      {bounces > 0 && state === "open" && (
        <Notice kind="danger" title={one.bouncedTitle}>
          <p>{one.bouncedMore}</p>
        </Notice>
      )}
      {link !== undefined && (
        <Notice kind="warn" title={one.linkTitle}>
          <p>
            <code class="key">{link}</code>
          </p>
          <p>{one.linkOnce}</p>
        </Notice>
      )}
      {relays && (
        <Form action={`/requests/${id}/relay`}>
          <p class="hint">{one.linkHint}</p>
          <div class="actions">
            <Button name="how" value="mail">
              {state === "open" ? one.forwardNow : one.newLink}
            </Button>
            <Button kind="secondary" name="how" value="hand">
              {one.linkByHand}
            </Button>
          </div>
        </Form>
      )}
      {state === "open" && (
        <details>
          <summary>{one.byHand}</summary>
          <Form action={`/requests/${id}/hand-over`}>
            <p class="hint">{one.byHandHint}</p>
            <Field name="day" type="date" label={one.day} required />
            <Field name="time" label={one.time} hint={one.timeHint} autocomplete="off" />
            <Field name="reference" label={one.reference} hint={one.referenceHint} required />
            <Button kind="secondary">{one.byHandRecord}</Button>
          </Form>
        </details>
      )}
      {relays && state === "open" && isOpen(request) && (
        <details>
          <summary>{one.merge}</summary>
          <Form action={`/requests/${id}/merge`}>
            <p class="hint">{one.mergeHint}</p>
            <Field name="into" label={one.mergeInto} hint={one.mergeIntoHint} required autocomplete="off" />
            <Button kind="secondary">{one.mergeNow}</Button>
          </Form>
        </details>
      )}
      {relays && request.textHeld && (
        <details>
          <summary>{one.heldText}</summary>
          <Form action={`/requests/${id}/text`}>
            <p class="hint">
              {one.heldTextHint} <a href={`/requests/inquiries/${request.inquiry}`}>{one.readMessage}</a>
            </p>
            <Field
              name="passed"
              label={one.passed}
              options={[
                ["extract", one.passedExtract],
                ["none", one.passedNone],
                ["whole", one.passedWhole],
              ]}
            />
            <Field name="extract" type="textarea" label={one.extract} hint={one.extractHint} />
            <Button kind="secondary">{one.passText}</Button>
          </Form>
        </details>
      )}
    </>
  );
}
