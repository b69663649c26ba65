/** Whose a message is: one block a person, each with its controller, its rights, and what goes on of the text. */
import { dataSubjectRights, type Language, otherRequests } from "@preau/kernel";
import { Button, Field, Form } from "@preau/web";
import type { Inquiry, InquiryText } from "../inquiry.ts";
import type { Candidate } from "../receive-candidates.ts";
import { proposeExtract } from "../receive-extract.ts";
import { textsOf } from "../texts.ts";
import { requesterRoles } from "./intake-page.tsx";

export interface AssignFormProps {
  readonly language: Language;
  readonly inquiry: Inquiry;
  readonly text: InquiryText;
  readonly candidates: readonly Candidate[];
  /** Every client, where a list of them can be read. */
  readonly clients: readonly (readonly [id: string, name: string])[];
  /** Blocks. */
  readonly persons: number;
  /** What was typed in the blocks, when one was added or something was refused. */
  readonly typed: URLSearchParams | undefined;
  /** Why it is read, again: each showing is journalled with it. */
  readonly why: string;
}

export function AssignForm(props: AssignFormProps) {
  const { language, inquiry, persons, why } = props;
  const { inquiry: words } = textsOf(language);
  const base = `/requests/inquiries/${inquiry.id}`;
  return (
    <>
      <h2>{words.assign}</h2>
      <p>{words.assignHint}</p>
      <Form action={`${base}/requests`}>
        <input type="hidden" name="why" value={why} />
        <input type="hidden" name="persons" value={String(persons)} />
        {Array.from({ length: persons }, (_, at) => (
          <Person key={at} {...props} at={at} />
        ))}
        <div class="actions">
          <Button>{words.assignButton}</Button>
          <Button kind="secondary" name="more" value="1">
            {words.another}
          </Button>
        </div>
      </Form>
    </>
  );
}

function Person(props: AssignFormProps & { readonly at: number }) {
  const { language, inquiry, text, candidates, clients, typed, at, persons } = props;
  const { inquiry: words, matters, intake } = textsOf(language);
  const isTyped = typed?.has(`p${at}-controller`) === true;
  const value = (name: string, otherwise = "") => (isTyped ? (typed.get(`p${at}-${name}`) ?? "") : otherwise);
  const likely = inquiry.matters.length > 0 ? inquiry.matters : inquiry.recognised;
  const best = candidates[0];
  const likeliest = new Set<string>(candidates.map(({ controller }) => controller));
  const name = value("name", at === 0 ? (text.concerns?.name ?? "") : "");
  const others = Array.from({ length: persons }, (_, other) => other)
    .filter((other) => other !== at)
    .map((other) => typed?.get(`p${other}-name`) ?? "")
    .filter((each) => each !== "");
  const own = [text.name, text.address, name].filter(
    (each): each is string => each !== undefined && each !== "",
  );
  const proposed = text.text === undefined ? undefined : proposeExtract(text.text, { own, others });
  return (
    <fieldset>
      <legend>{words.person(at + 1)}</legend>
      <Field
        name={`p${at}-controller`}
        label={words.controller}
        value={value("controller", best?.controller)}
        options={[
          ...candidates.map((each) => [each.controller, each.name] as const),
          ["", words.otherController] as const,
          ...clients.filter(([id]) => !likeliest.has(id)),
        ]}
      />
      <Field
        name={`p${at}-other`}
        label={words.otherController}
        hint={words.controllerHint}
        value={value("other")}
        autocomplete="off"
      />
      <fieldset>
        <legend>{words.matters}</legend>
        {[...dataSubjectRights, ...otherRequests].map((matter) => (
          <Field
            key={matter}
            type="checkbox"
            name={`p${at}-ask-${matter}`}
            label={matters[matter]}
            checked={isTyped ? typed.has(`p${at}-ask-${matter}`) : likely.includes(matter)}
          />
        ))}
      </fieldset>
      <Field
        name={`p${at}-role`}
        label={words.personRole}
        value={value("role", inquiry.role ?? "other")}
        options={requesterRoles.map((role) => [role, intake.roles[role]] as const)}
      />
      <Field
        name={`p${at}-name`}
        label={words.aboutAnother}
        hint={words.aboutAnotherHint}
        value={name}
        autocomplete="off"
      />
      <Field
        name={`p${at}-subject`}
        label={words.subject}
        hint={words.subjectHint}
        value={value("subject", at === 0 ? (best?.subject ?? "") : "")}
        autocomplete="off"
      />
      {proposed !== undefined && (
        <>
          <Field
            name={`p${at}-passed`}
            label={words.passed}
            value={value("passed", proposed.looksClear ? "extract" : "none")}
            options={[
              ["none", words.passedNone],
              ["extract", words.passedExtract],
              ["whole", words.passedWhole],
            ]}
          />
          <Field
            name={`p${at}-extract`}
            type="textarea"
            label={words.extract}
            hint={proposed.looksClear ? words.extractProposed : words.extractUnclear}
            value={value("extract", proposed.text)}
          />
        </>
      )}
    </fieldset>
  );
}
