/** Where anybody asks for a right. Nothing is asked beyond what the school needs to find the person and to answer. */
import type { Language, RequesterRole } from "@preau/kernel";
import { Button, Clause, Field, Form, Notice } from "@preau/web";
import { textsOf } from "../texts.ts";
import { AsksField } from "./asks-field.tsx";

export const requesterRoles = [
  "pupil",
  "guardian",
  "teacher",
  "other",
] as const satisfies readonly RequesterRole[];

/** What was typed stays on the form: the page is stored nowhere. */
export interface RefusedIntake {
  readonly place: string | undefined;
  readonly form: URLSearchParams;
}

export interface IntakePageProps {
  readonly language: Language;
  /** Signed in: then who asks is known, and neither name nor address nor school is asked for. */
  readonly known?: RequesterRole | undefined;
  /** Of this form: sent twice it is one request. */
  readonly press: string;
  readonly refused?: RefusedIntake | undefined;
}

export function IntakePage({ language, known, press, refused }: IntakePageProps) {
  const { intake, received } = textsOf(language);
  return (
    <>
      <h1>
        {intake.title} <Clause id="D10.1a" />
      </h1>
      <p class="lead">{intake.lead}</p>
      {refused !== undefined && (
        <Notice kind="danger" title={intake.refused}>
          <p>{intake.refusedMore}</p>
        </Notice>
      )}
      <p>{known === undefined ? intake.why : intake.whyKnown}</p>
      {known === undefined ? (
        <p class="hint">{intake.signIn}</p>
      ) : (
        <p>
          <a href="/requests/mine">{received.mine}</a>
        </p>
      )}
      <Form action="/requests/new">
        <input type="hidden" name="press" value={press} />
        <IntakeFields {...{ language, known, refused }} />
        <Button>{intake.send}</Button>
      </Form>
    </>
  );
}

/** Of the public page, and of the form in which the desk writes down what came another way. */
export function IntakeFields({ language, known, refused }: Omit<IntakePageProps, "press">) {
  const { intake } = textsOf(language);
  const sent = (name: string) => refused?.form.get(name) ?? "";
  const chosen = [...(refused?.form.keys() ?? [])]
    .filter((name) => name.startsWith("ask-"))
    .map((name) => name.slice("ask-".length));
  return (
    <>
      <AsksField {...{ language, chosen }} error={refused?.place === "asks" ? intake.asksError : undefined} />
      {known === undefined && (
        <fieldset>
          <legend>{intake.whoTitle}</legend>
          <Field
            name="role"
            label={intake.role}
            value={sent("role")}
            options={[
              ["", intake.roleUnsaid],
              ...requesterRoles.map((role) => [role, intake.roles[role]] as const),
            ]}
          />
          <Field name="name" label={intake.name} value={sent("name")} autocomplete="name" />
          <Field
            name="address"
            label={intake.address}
            hint={intake.addressHint}
            value={sent("address")}
            autocomplete="email"
          />
          <Field
            name="school"
            label={intake.school}
            hint={intake.schoolHint}
            value={sent("school")}
            autocomplete="off"
          />
        </fieldset>
      )}
      {(known === undefined || known === "guardian") && (
        <Field
          name="pupil"
          label={intake.pupil}
          hint={intake.pupilHint}
          value={sent("pupil")}
          autocomplete="off"
        />
      )}
      <Field
        name="text"
        type="textarea"
        label={intake.text}
        hint={intake.textHint}
        value={sent("text")}
        {...(refused?.place === "text" ? { error: intake.textError } : {})}
      />
    </>
  );
}
