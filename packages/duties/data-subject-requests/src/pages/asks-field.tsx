/** What is asked, in plain words: the seven rights, the two beside them apart, and “I do not know”. */
import { dataSubjectRights, type Language, otherRequests, type RequestMatter } from "@preau/kernel";
import { Field } from "@preau/web";
import { textsOf } from "../texts.ts";

export interface AsksFieldProps {
  readonly language: Language;
  readonly chosen: readonly string[];
  readonly error?: string | undefined;
}

/** Names of its boxes: `ask-access`; `ask-unknown`. */
export function AsksField({ language, chosen, error }: AsksFieldProps) {
  const { intake, asks } = textsOf(language);
  const box = (matter: RequestMatter) => {
    const [label, hint] = asks[matter];
    return (
      <Field
        key={matter}
        type="checkbox"
        name={`ask-${matter}`}
        {...{ label, hint }}
        checked={chosen.includes(matter)}
      />
    );
  };
  return (
    <>
      <fieldset aria-describedby={error === undefined ? "asks-hint" : "asks-hint asks-error"}>
        <legend>{intake.asksTitle}</legend>
        <div class="field">
          <p class="hint" id="asks-hint">
            {intake.asksHint}
          </p>
          {error !== undefined && (
            <p class="error" id="asks-error">
              {error}
            </p>
          )}
        </div>
        {dataSubjectRights.map(box)}
      </fieldset>
      <fieldset>
        <legend>{intake.alsoTitle}</legend>
        {otherRequests.map(box)}
        <Field
          type="checkbox"
          name="ask-unknown"
          label={intake.unknown}
          hint={intake.unknownHint}
          checked={chosen.includes("unknown")}
        />
      </fieldset>
    </>
  );
}
