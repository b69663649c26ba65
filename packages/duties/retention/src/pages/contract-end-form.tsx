/** What is settled for a contract's end: the choice, the window, the guard time, the folder of the hand-back. */
import { sayDuration } from "@preau/calendar";
import type { Contract } from "@preau/contracts";
import type { Language } from "@preau/kernel";
import { Button, Field, Form } from "@preau/web";
import { contractEndTextsOf } from "../contract-end-texts.ts";
import type { EndView } from "../contract-end-view.ts";
import type { ContractEndPageProps } from "./contract-end-page.tsx";
import { Reference } from "./purge-page.tsx";

/** The form that begins a contract's end, or changes what was settled for it. */
export function EndForm({
  language,
  view,
  contracts,
  known,
  namesInstruction,
  namesFolder,
}: ContractEndPageProps & {
  readonly contracts: readonly Contract[];
  readonly known?: EndView["ends"][number];
}) {
  const words = contractEndTextsOf(language);
  const { terms } = view;
  const offered = terms.offered ?? (["return", "delete", "returnThenDelete"] as const);
  return (
    <Form action={`/controllers/${view.controller}/contract-end`}>
      <Field
        name="contract"
        label={words.contract}
        value={contracts[0]?.id ?? ""}
        options={contracts.map(({ id, reference }) => [id, reference] as const)}
      />
      <Field
        name="choice"
        label={words.choice}
        hint={words.choiceHint}
        value={known?.facts.choice ?? contracts[0]?.atEnd ?? ""}
        options={[["", words.notChosen], ...offered.map((each) => [each, words.choices[each]] as const)]}
      />
      {terms.window !== undefined && (
        <Field name="window" label={words.window} hint={words.windowHint} value={known?.facts.window ?? ""} />
      )}
      {terms.guard !== undefined && (
        <Field
          name="guard"
          label={words.guard}
          hint={`${boundsOf(terms.guard, language)} ${words.guardHint}`.trim()}
          value={known?.facts.guard ?? ""}
        />
      )}
      {namesFolder && (
        <Field name="out" label={words.out} hint={words.outHint} value={known?.facts.out ?? ""} />
      )}
      {namesInstruction && <Reference language={language} required />}
      <Button>{known === undefined ? words.startButton : words.changeButton}</Button>
    </Form>
  );
}

function boundsOf({ least, most }: NonNullable<EndView["terms"]["guard"]>, language: Language): string {
  if (least === undefined || most === undefined) return "";
  return contractEndTextsOf(language).bounds(sayDuration(least, language), sayDuration(most, language));
}
