/** Parts that several pages of the duty share. */
import type { Language } from "@preau/kernel";
import { Button, Field, Form, Notice } from "@preau/web";
import { textsOf } from "../texts.ts";

/** Why what was sent was not taken. */
export interface Refused {
  readonly says: string;
  readonly remedy: string | undefined;
  /** The field that it is about. */
  readonly place: string | undefined;
  readonly form: URLSearchParams;
}

export function RefusedNotice({ refused }: { readonly refused: Refused | undefined }) {
  if (refused === undefined) return null;
  return (
    <Notice kind="danger" title={refused.says}>
      {refused.remedy !== undefined && <p>{refused.remedy}</p>}
    </Notice>
  );
}

/** What a field bore, and what is wrong with it. */
export function sentIn(refused: Refused | undefined, language: Language) {
  return (name: string, place = name) => ({
    value: refused?.form.get(name) ?? "",
    ...(refused?.place === place || refused?.place === `scope.${place}`
      ? { error: textsOf(language).toCorrect }
      : {}),
  });
}

interface WritingProps {
  readonly language: Language;
  readonly refused?: Refused | undefined;
}

/** The writing that staff hold in their hands. */
export function WritingFields({ language, refused }: WritingProps) {
  const words = textsOf(language);
  const sent = sentIn(refused, language);
  return (
    <fieldset class="stack">
      <legend>{words.writing}</legend>
      <Field name="day" type="date" label={words.day} required {...sent("day", "receivedAt")} />
      <Field name="time" label={words.time} hint={words.timeHint} {...sent("time")} />
      <Field name="means" label={words.means} options={Object.entries(words.allMeans)} {...sent("means")} />
      <Field name="writer" label={words.writer} options={Object.entries(words.writers)} {...sent("writer")} />
      <Field
        name="reference"
        label={words.reference}
        hint={words.referenceHint}
        required
        {...sent("reference")}
      />
      <Field name="sha256" label={words.sha256} hint={words.sha256Hint} {...sent("sha256")} />
    </fieldset>
  );
}

interface ChooseProps {
  readonly language: Language;
  readonly action: string;
  readonly clients: readonly { readonly id: string; readonly name: string }[];
}

/** Only who sees every controller chooses one. */
export function ChooseClient({ language, action, clients }: ChooseProps) {
  const words = textsOf(language);
  if (clients.length === 0) return <p>{words.clientNone}</p>;
  return (
    <Form action={action} method="get">
      <Field
        name="controller"
        label={words.chooseClient}
        options={clients.map(({ id, name }) => [id, name] as const)}
      />
      <Button>{words.choose}</Button>
    </Form>
  );
}

/** A link that is no more, or never was: one answer for all of them. */
export function DeadLinkPage({ language }: { readonly language: Language }) {
  const words = textsOf(language);
  return (
    <>
      <h1>{words.linkDead}</h1>
      <p class="lead">{words.linkDeadHint}</p>
    </>
  );
}

export function AnsweredPage({ language, title }: { readonly language: Language; readonly title: string }) {
  return (
    <>
      <h1>{title}</h1>
      <Notice kind="ok" title={textsOf(language).answered} />
    </>
  );
}

/** Shown once: whoever sees it copies it. */
export function HandedLink({ language, link }: { readonly language: Language; readonly link: string }) {
  return (
    <Notice kind="info" title={textsOf(language).linkMade}>
      <p>
        <code class="long">{link}</code>
      </p>
    </Notice>
  );
}
