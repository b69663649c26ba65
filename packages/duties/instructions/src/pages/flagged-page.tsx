/** What the client's officer sees behind the link of a flagged instruction. */
import type { Due, Language } from "@preau/kernel";
import { Button, Clause, Definition, Form, Moment, Notice } from "@preau/web";
import type { Flag } from "../flag.ts";
import type { Instruction } from "../instruction.ts";
import { textsOf } from "../texts.ts";
import { scopeEntries } from "./scope-list.tsx";

export interface FlaggedPageProps {
  readonly language: Language;
  readonly instruction: Instruction;
  readonly flag: Flag;
  readonly explained: string | undefined;
  readonly holds: boolean;
  readonly clocks: readonly Due[];
  readonly action: string;
}

export function FlaggedPage({
  language,
  instruction,
  flag,
  explained,
  holds,
  clocks,
  action,
}: FlaggedPageProps) {
  const words = textsOf(language);
  return (
    <>
      <h1>
        {words.flaggedTitle} <Clause id="D6.2a" />
      </h1>
      <p class="lead">{words.kinds[instruction.kind]}</p>
      <Notice kind="warn" title={holds ? words.flaggedHeld : words.flaggedOpen}>
        <ul>
          {flag.reasons.map((each) => (
            <li key={each}>{words.doubts[each]}</li>
          ))}
        </ul>
        {explained !== undefined && <p>{explained}</p>}
      </Notice>
      <Definition
        entries={[
          [
            words.received,
            <Moment key="at" at={instruction.writing?.receivedAt ?? instruction.recordedAt} />,
          ],
          ...(instruction.writing === undefined
            ? []
            : [[words.reference, instruction.writing.reference] as const]),
          ...scopeEntries(instruction.scope, language),
        ]}
      />
      {clocks.length > 0 && (
        <>
          <h2>{words.clocks}</h2>
          <p>{words.clocksLead}</p>
          <Definition
            entries={clocks.map((each) => [
              `${each.title[language]} (${each.clause})`,
              <Moment key={each.id} at={each.dueAt} />,
            ])}
          />
        </>
      )}
      <Form action={action}>
        <p class="hint">{words.confirmHint}</p>
        <div class="actions">
          <Button name="answer" value="confirm">
            {words.confirm}
          </Button>
          <Button kind="secondary" name="answer" value="withdraw">
            {words.withdraw}
          </Button>
        </div>
      </Form>
    </>
  );
}
