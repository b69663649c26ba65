/** “On whose instruction was this done?”, answered for one entry of the journal. */
import type { ControllerId, Language } from "@preau/kernel";
import { Button, Clause, Field, Form, Notice } from "@preau/web";
import type { Basis } from "../basis-of.ts";
import { textsOf } from "../texts.ts";
import { type Refused, RefusedNotice } from "./writing-fields.tsx";

export interface BasisPageProps {
  readonly language: Language;
  readonly entry: string;
  readonly controller: ControllerId | undefined;
  /** To choose one of; none for those of one client. */
  readonly clients: readonly { readonly id: string; readonly name: string }[];
  readonly answer?: Basis | undefined;
  readonly refused?: Refused | undefined;
}

export function BasisPage({ language, entry, controller, clients, answer, refused }: BasisPageProps) {
  const words = textsOf(language);
  return (
    <>
      <p class="over">
        <a href="/instructions">{words.title}</a>
      </p>
      <h1>
        {words.ofTitle} <Clause id="D6.1c" />
      </h1>
      <p class="lead">{words.ofLead}</p>
      <RefusedNotice refused={refused} />
      {answer !== undefined && <Answer {...{ language, answer }} />}
      <Form action="/instructions/of" method="get">
        {clients.length > 0 && (
          <Field
            name="controller"
            label={words.client}
            value={controller ?? ""}
            options={clients.map(({ id, name }) => [id, name] as const)}
          />
        )}
        <Field name="entry" label={words.ofEntry} value={entry} required autocomplete="off" />
        <Button>{words.ofAsk}</Button>
      </Form>
    </>
  );
}

function Answer({ language, answer }: { readonly language: Language; readonly answer: Basis }) {
  const words = textsOf(language);
  if (answer.basis === "instruction")
    return (
      <Notice kind="ok" title={words.ofInstruction}>
        <ul>
          {answer.instructions.map((id) => (
            <li key={id}>
              <a href={`/instructions/${id}`}>{id}</a>
            </li>
          ))}
        </ul>
      </Notice>
    );
  if (answer.basis === "entryIsInstruction")
    return (
      <Notice kind="ok" title={answer.isSelf ? words.ofSelf : words.ofOrder}>
        {!answer.isSelf && (
          <p>
            <code>{answer.entry}</code>
          </p>
        )}
      </Notice>
    );
  if (answer.basis === "agreement")
    return (
      <Notice kind="ok" title={`${words.ofAgreement} ${answer.clause}`}>
        <p>
          <Clause id={answer.clause} />
        </p>
      </Notice>
    );
  return <Notice kind="warn" title={words.ofNone} />;
}
