/** What may be answered and by which way, before anything is typed; then what is typed, read over as it will be kept. @clause D10.1c */
import type { Language } from "@preau/kernel";
import { Button, Clause, Field, Form, Notice } from "@preau/web";
import type { AnswerForm } from "../http/case-form.ts";
import type { CaseSeen } from "../http/case-view.ts";
import type { AnswerPreview } from "../preview-answer.ts";
import { textsOf, wordOf } from "../texts.ts";
import { sayMasked } from "./case-message.tsx";
import { SaidWords } from "./said-words.tsx";

export interface AnswerSectionProps {
  readonly language: Language;
  readonly seen: CaseSeen;
  /** Of this form: sent twice it is one answer. */
  readonly press: string;
  readonly typed?: AnswerForm | undefined;
  readonly preview?: AnswerPreview | undefined;
}

export function AnswerSection(props: AnswerSectionProps) {
  const { language, seen, preview } = props;
  const { guard, line } = seen;
  const { cases } = textsOf(language);
  if (guard === undefined) return null;
  const mayTry = guard.may || guard.why === "instruction";
  const byDesk = line.side === "desk";
  return (
    <>
      <h2 id="answer">
        {cases.answerTitle} <Clause id="D10.1c" />
      </h2>
      {guard.may ? (
        <Notice kind="info" title={byDesk ? cases.answerDesk : cases.answerHub}>
          <p>{cases.answerRule}</p>
        </Notice>
      ) : (
        <Refused {...props} guard={guard} />
      )}
      {preview !== undefined && <Preview {...props} preview={preview} />}
      {mayTry && <Typing {...props} />}
    </>
  );
}

function Refused({
  language,
  seen: { line },
  guard,
}: AnswerSectionProps & { readonly guard: Extract<NonNullable<CaseSeen["guard"]>, { may: false }> }) {
  const { cases } = textsOf(language);
  const [title, more] = cases.guards[guard.why];
  return (
    <Notice kind="warn" title={title}>
      <p>
        {more} <Clause id={guard.clause} />
      </p>
      {guard.why === "gate" && guard.remedy !== undefined && <p>{guard.remedy[language]}</p>}
      {guard.why === "gate" && <p>{wordOf(cases.reasons, guard.reason)}</p>}
      {guard.why === "instruction" && (
        <>
          {line.subject !== undefined && (
            <p>
              {cases.answerPerson} <code>{line.subject}</code>
            </p>
          )}
          <p>
            <a href="/requests">{cases.answerRequests}</a> ·{" "}
            <a href={`/instructions/new?controller=${encodeURIComponent(line.controller)}`}>
              {cases.withheldPage}
            </a>
          </p>
        </>
      )}
    </Notice>
  );
}

/** What is masked is seen before it is sent: the text that stays is this one. */
function Preview({
  language,
  seen: { line, guard },
  typed,
  press,
  preview,
}: AnswerSectionProps & { readonly preview: AnswerPreview }) {
  const { cases } = textsOf(language);
  const byDesk = line.side === "desk";
  const masked = sayMasked(preview.counts, cases.masks);
  return (
    <section class="card thread" aria-label={byDesk ? cases.previewTitle : cases.previewHub}>
      <h3>{byDesk ? cases.previewTitle : cases.previewHub}</h3>
      <SaidWords text={preview.text} />
      <p class="hint">{masked === "" ? cases.previewNothing : `${cases.previewMasked} ${masked}`}</p>
      {guard?.may === true && (
        <Form action={`/support/cases/${line.id}/answer`}>
          <input type="hidden" name="press" value={press} />
          <input type="hidden" name="text" value={typed?.text ?? ""} />
          {typed?.instruction !== undefined && (
            <input type="hidden" name="instruction" value={typed.instruction} />
          )}
          <Button name="act" value="send">
            {byDesk ? cases.answerSend : cases.answerKeep}
          </Button>
        </Form>
      )}
    </section>
  );
}

function Typing({ language, seen: { line, guard }, typed, press, preview }: AnswerSectionProps) {
  const { cases } = textsOf(language);
  const needsInstruction = guard?.may === false && guard.why === "instruction";
  return (
    <Form action={`/support/cases/${line.id}/answer`}>
      <input type="hidden" name="press" value={press} />
      <Field
        name="text"
        type="textarea"
        required
        label={cases.answerText}
        hint={cases.answerTextHint}
        value={typed?.text ?? ""}
      />
      <Field
        name="instruction"
        label={cases.answerInstruction}
        hint={needsInstruction ? cases.answerInstructionHint : cases.answerInstructionOptional}
        value={typed?.instruction ?? ""}
        required={needsInstruction}
        autocomplete="off"
      />
      <Button kind={preview === undefined ? "primary" : "secondary"} name="act" value="preview">
        {cases.answerPreview}
      </Button>
    </Form>
  );
}
